"""The table from scope to permission, cell by cell, and that a scope only takes away."""

from uuid import uuid4

import pytest

from accounts.permissions import has
from accounts.roles import Permission, Role
from accounts.scopes import SCOPE_PERMISSIONS, Scope, granted, scopes_of, scopes_of_role
from safeguards.actors import Actor

P = Permission
EXPECTED = {
    "meldingen:indienen": {P.SUBMIT_NOTIFICATION},
    "meldingen:lezen": {P.READ_OWN_REPORTS},
    "aanleveringen:indienen": {P.SUBMIT_BATCH},
    "leveringen:emm": {P.DELIVER_FEED},
    "leveringen:om": {P.DELIVER_FEED},
}


def client(role: Role, *scopes: str) -> Actor:
    return Actor("client", "tests", uuid4(), (role.value,), scopes=scopes)


def test_every_scope_gives_what_the_table_says() -> None:
    assert {scope.value: set(permissions) for scope, permissions in SCOPE_PERMISSIONS.items()} == EXPECTED
    assert set(SCOPE_PERMISSIONS) == set(Scope)


@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("permission", Permission)
def test_client_may_do_what_its_scope_and_its_role_both_give(scope: Scope, permission: Permission) -> None:
    role = Role.FEED if scope.value.startswith("leveringen") else Role.BATCH_SUBMITTER
    assert has(client(role, scope.value), permission) is (permission in EXPECTED[scope.value])


def test_scope_adds_nothing_to_the_role() -> None:
    assert not has(client(Role.REPORTER, "aanleveringen:indienen"), P.SUBMIT_BATCH)


@pytest.mark.parametrize("scopes", [(), ("everything",), ("*",), ("",)])
def test_client_without_a_known_scope_may_do_nothing(scopes: tuple[str, ...]) -> None:
    assert not any(has(client(Role.BATCH_SUBMITTER, *scopes), permission) for permission in Permission)


def test_person_is_not_limited_by_scopes() -> None:
    assert has(Actor("user", "somebody", uuid4(), (Role.REPORTER.value,)), P.SUBMIT_NOTIFICATION)


def test_scopes_together_give_what_each_gives() -> None:
    assert granted(["meldingen:indienen", "meldingen:lezen"]) == {P.SUBMIT_NOTIFICATION, P.READ_OWN_REPORTS}


def test_each_kind_of_organisation_has_its_own_scopes() -> None:
    reporting = {Scope.SUBMIT_REPORTS, Scope.READ_REPORTS, Scope.SUBMIT_BATCHES}
    assert scopes_of(reports=True, feed="") == reporting
    assert scopes_of(reports=False, feed="emm") == {Scope.DELIVER_EMM}
    assert scopes_of(reports=False, feed="om") == {Scope.DELIVER_OM}
    assert scopes_of(reports=False, feed="") == frozenset()


def test_role_leaves_the_scopes_that_it_can_use() -> None:
    possible = scopes_of(reports=True, feed="")
    assert scopes_of_role(Role.REPORTER, possible) == {Scope.SUBMIT_REPORTS, Scope.READ_REPORTS}
    assert scopes_of_role(Role.BATCH_SUBMITTER, possible) == possible
