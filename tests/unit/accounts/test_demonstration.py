"""When the demonstration sign-in exists at all, and that its data covers every role and every kind of organisation."""

import pytest
from pytest_django import Settings

from accounts import demonstration
from accounts.reporters import OtherReporter, PoliceUnit, ReporterGroup
from accounts.roles import Role, roles_of_users


@pytest.mark.parametrize("mode", ["demonstration", "local", "test"])
def test_demonstration_is_allowed_where_settings_are_made_for_it(settings: Settings, mode: str) -> None:
    settings.BAKEN_DEMONSTRATION, settings.BAKEN_MODE = True, mode
    assert demonstration.allowed()


def test_switch_alone_does_not_allow_it_in_production(settings: Settings) -> None:
    settings.BAKEN_DEMONSTRATION, settings.BAKEN_MODE = True, "production"
    assert not demonstration.allowed()


def test_settings_alone_do_not_allow_it_without_the_switch(settings: Settings) -> None:
    settings.BAKEN_DEMONSTRATION, settings.BAKEN_MODE = False, "demonstration"
    assert not demonstration.allowed()


def test_there_is_an_account_for_every_role_of_a_person() -> None:
    assert {account.role for account in demonstration.DEMONSTRATION_ACCOUNTS} == set(Role) - {
        Role.PRIVATE_PERSON,
        Role.FEED,
        Role.SYSTEM,
    }


def test_every_account_belongs_to_a_known_organisation_that_can_have_its_role() -> None:
    known = {organisation.name: organisation for organisation in demonstration.ORGANISATIONS}
    for account in demonstration.DEMONSTRATION_ACCOUNTS:
        where = known[account.organisation]
        care = where.group is ReporterGroup.CARE_COORDINATORS
        assert account.role in roles_of_users(reports=where.group is not None, feeds=bool(where.feed), care=care)


def test_every_group_unit_and_kind_of_reporter_has_one_organisation() -> None:
    organisations = demonstration.ORGANISATIONS
    assert sorted(one.unit for one in organisations if one.unit) == sorted(PoliceUnit)
    assert sorted(one.other_kind for one in organisations if one.other_kind) == sorted(OtherReporter)
    single = [one.group for one in organisations if one.group and not one.unit and not one.other_kind]
    assert set(single) == set(ReporterGroup) - {ReporterGroup.POLICE, ReporterGroup.OTHER}
    assert len(single) == len(set(single))


def test_mail_to_a_demonstration_account_cannot_arrive() -> None:
    assert all(account.email.endswith(".example") for account in demonstration.DEMONSTRATION_ACCOUNTS)


def test_unknown_key_is_no_account() -> None:
    assert demonstration.account("somebody") is None
