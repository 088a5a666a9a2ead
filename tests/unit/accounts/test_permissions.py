"""The table from role to permissions, cell by cell: a change of it changes this file too."""

from uuid import uuid4

import pytest

from accounts.permissions import NotAllowedError, has, operator, require
from accounts.roles import ROLE_PERMISSIONS, Permission, Role
from safeguards.actors import Actor, system

P = Permission

EXPECTED = {
    P.SUBMIT_NOTIFICATION: {Role.REPORTER, Role.BATCH_SUBMITTER, Role.PRIVATE_PERSON},
    P.SUBMIT_BATCH: {Role.BATCH_SUBMITTER},
    P.READ_OWN_REPORTS: {Role.REPORTER, Role.BATCH_SUBMITTER},
    P.DELIVER_FEED: {Role.FEED},
    P.REVIEW_CONSENT: {Role.CONSENT_ADMINISTRATOR},
    P.REVIEW_LINKAGE: {Role.LINKAGE_REVIEWER, Role.LINKAGE_SUPERVISOR},
    P.SETTLE_LINKAGE: {Role.LINKAGE_SUPERVISOR},
    P.READ_LINKAGE_QUALITY: {Role.LINKAGE_SUPERVISOR, Role.ANALYST, Role.SYSTEM_ADMINISTRATOR},
    P.UNLOCK_FOR_REVIEW: {Role.CONSENT_ADMINISTRATOR, Role.LINKAGE_REVIEWER, Role.LINKAGE_SUPERVISOR},
    P.UNLOCK_IDENTITY: {Role.PRIVACY_OFFICER},
    P.EXPORT_CONSENT: {Role.CONSENT_ADMINISTRATOR, Role.PRIVACY_OFFICER},
    P.GRANT_UNLOCK: {Role.PRIVACY_OFFICER, Role.RELEASE_APPROVER},
    P.HANDLE_RIGHTS: {Role.PRIVACY_OFFICER},
    P.READ_EXACT_FIGURES: {
        Role.CONSENT_ADMINISTRATOR,
        Role.ANALYST,
        Role.PRIVACY_OFFICER,
        Role.SYSTEM_ADMINISTRATOR,
        Role.SYSTEM,
    },
    P.READ_EDITIONS: set(Role) - {Role.PRIVATE_PERSON, Role.FEED, Role.SYSTEM},
    P.FREEZE_EDITION: {Role.SYSTEM_ADMINISTRATOR},
    P.REQUEST_EXTRACT: {Role.ANALYST},
    P.APPROVE_RELEASE: {Role.RELEASE_APPROVER},
    P.READ_RELEASES: {Role.RELEASE_APPROVER, Role.PRIVACY_OFFICER, Role.SYSTEM_ADMINISTRATOR},
    P.DELIVER_AGGREGATES: {Role.ANALYST},
    P.DELIVER_FIGURES: {Role.ANALYST, Role.RELEASE_APPROVER, Role.SYSTEM_ADMINISTRATOR},
    P.ESTIMATE_POPULATION: {Role.ANALYST, Role.SYSTEM_ADMINISTRATOR},
    P.READ_AUDIT: {Role.PRIVACY_OFFICER},
    P.ANSWER_CALLBACKS: {Role.CARE_COORDINATOR},
    P.MANAGE_ORGANISATIONS: {Role.SYSTEM_ADMINISTRATOR},
    P.MANAGE_OWN_SYSTEMS: {Role.SYSTEMS_KEEPER},
    P.RUN_BACKGROUND_WORK: {Role.SYSTEM},
}


def actor(*roles: str) -> Actor:
    return Actor(kind="user", id="someone", organisation=uuid4(), roles=roles)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_role_has_the_permission_or_not(role: Role, permission: Permission) -> None:
    assert has(actor(role.value), permission) is (role in EXPECTED[permission])


def test_every_role_is_in_the_table() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role)


def test_unknown_role_has_nothing() -> None:
    assert not any(has(actor("director"), permission) for permission in Permission)


def test_nobody_has_nothing() -> None:
    assert not any(has(Actor(kind="visitor", id=""), permission) for permission in Permission)


def test_permission_does_not_reach_into_another_organisation() -> None:
    assert not has(actor(Role.REPORTER), P.READ_OWN_REPORTS, organisation=uuid4())


def test_permission_holds_in_the_own_organisation() -> None:
    reporter = actor(Role.REPORTER)
    assert has(reporter, P.READ_OWN_REPORTS, organisation=reporter.organisation)


def test_require_refuses_with_a_sentence_that_names_the_permission() -> None:
    with pytest.raises(NotAllowedError, match="approve-release"):
        require(actor(Role.REPORTER), P.APPROVE_RELEASE)


def test_operator_manages_organisations_and_opens_no_identity() -> None:
    assert has(operator("command"), P.MANAGE_ORGANISATIONS)
    assert not has(operator("command"), P.UNLOCK_IDENTITY)


def test_background_work_opens_no_identity() -> None:
    assert not has(system("linkage"), P.UNLOCK_IDENTITY)
