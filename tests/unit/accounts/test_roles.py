"""Which roles meet in one organisation, and which need a second factor."""

import pytest

from accounts.labels import ROLES
from accounts.roles import (
    REGISTRY_ROLES,
    REPORTING_ROLES,
    ROLE_PERMISSIONS,
    ROLES_WITH_SECOND_FACTOR,
    Permission,
    Role,
    roles_of_systems,
    roles_of_users,
)

STRONG = (
    Permission.REVIEW_CONSENT,
    Permission.REVIEW_LINKAGE,
    Permission.SETTLE_LINKAGE,
    Permission.READ_LINKAGE_QUALITY,
    Permission.UNLOCK_FOR_REVIEW,
    Permission.UNLOCK_IDENTITY,
    Permission.READ_EXACT_FIGURES,
    Permission.APPROVE_RELEASE,
    Permission.FREEZE_EDITION,
    Permission.READ_AUDIT,
    Permission.MANAGE_ORGANISATIONS,
    Permission.MANAGE_OWN_SYSTEMS,
    Permission.ANSWER_CALLBACKS,
)


@pytest.mark.parametrize("permission", STRONG)
def test_person_with_a_strong_permission_needs_a_second_factor(permission: Permission) -> None:
    holders = {role for role in Role if permission in ROLE_PERMISSIONS[role]} - {Role.SYSTEM, Role.FEED}
    assert holders <= ROLES_WITH_SECOND_FACTOR


def test_organisation_that_reports_has_no_role_of_the_registry() -> None:
    assert roles_of_users(reports=True, feeds=False) == REPORTING_ROLES - {Role.CARE_COORDINATOR}


def test_only_a_team_of_care_coordinators_calls_people_back() -> None:
    assert Role.CARE_COORDINATOR in roles_of_users(reports=True, feeds=False, care=True)
    assert Role.CARE_COORDINATOR not in roles_of_users(reports=True, feeds=False) | roles_of_systems(reports=True, feeds=False)


def test_registry_does_not_report() -> None:
    assert not roles_of_users(reports=False, feeds=False) & REPORTING_ROLES


def test_feed_has_systems_and_no_users() -> None:
    assert roles_of_users(reports=False, feeds=True) == frozenset()
    assert roles_of_systems(reports=False, feeds=True) == {Role.FEED}


def test_no_system_has_a_role_of_the_registry() -> None:
    assert not roles_of_systems(reports=False, feeds=False)
    assert not roles_of_systems(reports=True, feeds=False) & REGISTRY_ROLES


def test_no_system_lets_other_systems_in() -> None:
    assert Role.SYSTEMS_KEEPER not in roles_of_systems(reports=True, feeds=False)


def test_no_person_is_given_a_role_of_the_machine() -> None:
    possible = roles_of_users(reports=True, feeds=False, care=True) | roles_of_users(reports=False, feeds=False)
    assert set(Role) - possible == {Role.PRIVATE_PERSON, Role.FEED, Role.SYSTEM}


def test_every_role_has_a_name_on_the_pages() -> None:
    assert set(ROLES) == set(Role)
