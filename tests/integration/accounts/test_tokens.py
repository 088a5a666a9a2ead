"""A token is shown once, stored as a keyed digest, and stops at revocation, expiry or the end of its organisation."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts import errors, events, services, tokens
from accounts.inputs import OrganisationInput
from accounts.models import ApiToken
from accounts.permissions import NotAllowedError, has
from accounts.roles import Permission, Role
from accounts.scopes import Scope
from safeguards import keyring
from safeguards.models import AuditEntry
from tests import cast
from tests.keys import throw_away_keys

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


def issued(organisation: OrganisationInput = cast.POLICE, role: Role = Role.BATCH_SUBMITTER) -> tokens.IssuedToken:
    where = cast.organisation(organisation)
    return tokens.issue(organisation=where, role=role, name="test", lifetime=MONTH, by=cast.actor(cast.ADMINISTRATOR))


def limited(*scopes: Scope, role: Role = Role.BATCH_SUBMITTER) -> tokens.IssuedToken:
    where, by = cast.organisation(cast.POLICE), cast.actor(cast.KEEPER)
    return tokens.issue(organisation=where, role=role, name="test", lifetime=MONTH, scopes=frozenset(scopes), by=by)


def test_token_gives_the_actor_of_its_organisation_and_role() -> None:
    token = issued()
    actor = tokens.verify(token.text)
    assert actor is not None
    assert (actor.kind, actor.id, actor.strength) == ("client", str(token.id), "token")
    assert (actor.organisation, actor.roles) == (cast.organisation(cast.POLICE), ("batch-submitter",))


def test_token_without_named_scopes_has_those_of_its_role() -> None:
    actor = tokens.verify(issued(role=Role.REPORTER).text)
    assert actor is not None
    assert actor.scopes == ("meldingen:indienen", "meldingen:lezen")


def test_token_has_the_scopes_that_were_chosen() -> None:
    actor = tokens.verify(limited(Scope.READ_REPORTS).text)
    assert actor is not None
    assert actor.scopes == ("meldingen:lezen",)
    assert has(actor, Permission.READ_OWN_REPORTS)
    assert not has(actor, Permission.SUBMIT_BATCH)


@pytest.mark.parametrize("scopes", [(), (Scope.DELIVER_EMM,), (Scope.READ_REPORTS, Scope.DELIVER_OM)])
def test_scope_that_the_organisation_cannot_have_is_refused(scopes: tuple[Scope, ...]) -> None:
    with pytest.raises(errors.ScopeNotPossibleError):
        limited(*scopes)
    assert not ApiToken.objects.exists()


def test_scope_beyond_the_role_is_refused() -> None:
    with pytest.raises(errors.ScopeNotPossibleError):
        limited(Scope.SUBMIT_BATCHES, role=Role.REPORTER)


def test_token_itself_is_stored_nowhere() -> None:
    token = issued()
    row = ApiToken.objects.get(pk=token.id)
    assert len(bytes(row.digest)) == 32
    assert token.text not in str(row.__dict__)
    assert token.text.removeprefix(tokens.PREFIX).encode() not in bytes(row.digest)


def test_token_issued_before_a_newer_key_still_works(tmp_path: Path) -> None:
    with throw_away_keys(tmp_path / "keys") as folder:
        token = issued()
        (folder / "api-token-2.secret").write_text((folder / "row-digest-1.secret").read_text())
        (folder / "api-token-2.secret").chmod(0o400)
        keyring.forget()
        assert tokens.verify(token.text) is not None
        assert tokens.verify(issued().text) is not None


def test_issue_and_revocation_are_recorded() -> None:
    token = issued()
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.action, entry.object_id) == (events.SYSTEM_ADMITTED, str(token.id))
    tokens.revoke(token=token.id, by=cast.actor(cast.ADMINISTRATOR))
    assert AuditEntry.objects.latest("sequence").action == events.SYSTEM_EXCLUDED


def refusal() -> tuple[str, str, str]:
    entry = AuditEntry.objects.filter(action=events.SYSTEM_REFUSED).latest("sequence")
    return entry.object_id, entry.details["reason"], entry.request


def test_revoked_token_is_refused_and_its_use_recorded() -> None:
    token = issued()
    tokens.revoke(token=token.id, by=cast.actor(cast.ADMINISTRATOR))
    assert tokens.verify(token.text, request="number-1") is None
    assert refusal() == (str(token.id), "revoked", "number-1")


def test_expired_token_is_refused_and_its_use_recorded() -> None:
    token = issued()
    ApiToken.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert tokens.verify(token.text) is None
    assert refusal() == (str(token.id), "expired", "")


def test_token_of_a_closed_organisation_is_refused_and_its_use_recorded() -> None:
    token = issued()
    services.deactivate_organisation(organisation=cast.organisation(cast.POLICE), by=cast.actor(cast.ADMINISTRATOR))
    assert tokens.verify(token.text) is None
    assert refusal() == (str(token.id), "organisation-closed", "")


def test_log_of_refused_tokens_cannot_be_flooded() -> None:
    token = issued()
    tokens.revoke(token=token.id, by=cast.actor(cast.ADMINISTRATOR))
    for _ in range(12):
        tokens.verify(token.text)
    assert AuditEntry.objects.filter(action=events.SYSTEM_REFUSED).count() == 5


@pytest.mark.parametrize("text", ["", "baken_", "baken_" + "a" * 43, "something", "baken_\x00"])
def test_text_that_is_no_token_is_refused(text: str) -> None:
    issued()
    assert tokens.verify(text) is None


def test_token_with_one_character_changed_is_refused() -> None:
    text = issued().text
    assert tokens.verify(text[:-1] + ("A" if text[-1] != "A" else "B")) is None


@pytest.mark.parametrize(
    ("organisation", "role"),
    [(cast.POLICE, Role.ANALYST), (cast.POLICE, Role.FEED), (cast.REGISTRY, Role.ANALYST), (cast.EMM, Role.REPORTER)],
    ids=lambda value: getattr(value, "name", value),
)
def test_role_that_a_system_of_the_organisation_cannot_have_is_refused(organisation: OrganisationInput, role: Role) -> None:
    with pytest.raises(errors.RoleNotPossibleError):
        issued(organisation, role)


def test_feed_may_have_a_token() -> None:
    actor = tokens.verify(issued(cast.EMM, Role.FEED).text)
    assert actor is not None
    assert actor.roles == ("feed",)


def test_reporter_issues_no_token() -> None:
    where = cast.organisation(cast.SHELTER_TEAM)
    with pytest.raises(NotAllowedError):
        tokens.issue(organisation=where, role=Role.REPORTER, name="test", lifetime=MONTH, by=cast.actor(cast.OWNER))
    assert not ApiToken.objects.exists()


def test_keeper_issues_and_revokes_for_the_own_organisation() -> None:
    token = limited(Scope.READ_REPORTS)
    tokens.revoke(token=token.id, by=cast.actor(cast.KEEPER))
    assert tokens.verify(token.text) is None


def test_keeper_reaches_no_other_organisation() -> None:
    keeper, elsewhere = cast.actor(cast.KEEPER), cast.organisation(cast.SHELTER_TEAM)
    with pytest.raises(NotAllowedError):
        tokens.issue(organisation=elsewhere, role=Role.REPORTER, name="test", lifetime=MONTH, by=keeper)
    foreign = issued(cast.SHELTER_TEAM, Role.REPORTER)
    with pytest.raises(NotAllowedError):
        tokens.revoke(token=foreign.id, by=keeper)
    assert tokens.verify(foreign.text) is not None


def test_token_lives_a_year_at_most() -> None:
    where, by = cast.organisation(cast.POLICE), cast.actor(cast.ADMINISTRATOR)
    long = tokens.issue(organisation=where, role=Role.REPORTER, name="test", lifetime=timedelta(days=4000), by=by)
    assert long.expires < timezone.now() + tokens.LONGEST + timedelta(minutes=1)


def test_unknown_token_cannot_be_revoked() -> None:
    with pytest.raises(errors.UnknownTokenError):
        tokens.revoke(token=uuid4(), by=cast.actor(cast.ADMINISTRATOR))


def test_last_use_is_noted_but_not_at_every_call() -> None:
    token = issued()
    tokens.verify(token.text)
    first = ApiToken.objects.get().last_used
    tokens.verify(token.text)
    assert first is not None
    assert ApiToken.objects.get().last_used == first
