"""Every service that somebody calls leaves an audit entry, and where the entry cannot be written nothing has happened."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from accounts import clients, grants, tokens, webhooks
from accounts import services as accounts
from accounts.inputs import OrganisationInput, UserInput
from accounts.roles import Role
from consent import services as consent
from consent.models import Outcome
from consent.recording import NewStatement
from intake.batches import columns, uploads
from intake.batches import services as batches
from intake.enrichment import services as enrichment
from intake.matching import review, unlink
from intake.matching import services as matching
from intake.models.batch import Batch
from intake.models.stub import Stub
from intake.notifications import later
from intake.notifications import services as notifications
from intake.notifications.inputs import NotificationInput
from jobs import services as jobs
from jobs.models import Job
from reports.figures import services as figures
from reports.figures.cuts import Cut
from reports.figures.definitions import BY_ID
from safeguards import audit
from safeguards.actors import Actor, system
from safeguards.classification import own_models
from safeguards.errors import AuditError
from safeguards.models import AuditEntry
from tests import acts, cast, delivered, linked, reported, signed, statements, uploaded

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("accounts", "consent", "intake", "jobs", "reports")
OF_SYSTEMS = ("tokens.py", "clients.py", "grants.py", "webhooks.py")
OF_VISITORS = ("callbacks.py", "invitations.py", "expiry.py", "signals.py")
FILES = ("services.py", "review.py", "unlink.py", "later.py", "drafts.py", *OF_SYSTEMS, *OF_VISITORS, *acts.FILES)
# Its by is a length of time; the others only read codes.
NOT_SOMEBODY = {"jobs.services.late", "intake.public.callbacks.waiting", "intake.public.callbacks.one", *acts.READS}
MONTH = timedelta(days=30)
WORK = system("tests")
MORE = replace(reported.KNOWN, platforms=("dating-app",))

Act = Callable[[], object]


def _administrator() -> Any:
    return cast.actor(cast.ADMINISTRATOR)


def _manages(service: Callable[..., object], **arguments: Any) -> Act:
    by = _administrator()
    return lambda: service(**arguments, by=by)


def _of_user(service: Callable[..., object], **arguments: Any) -> Act:
    return _manages(service, user=cast.user(cast.COLLEAGUE).id, **arguments)


def _reactivate() -> Act:
    user = cast.user(cast.COLLEAGUE).id
    accounts.deactivate_user(user=user, by=_administrator())
    return _manages(accounts.reactivate_user, user=user)


def _end_own_sessions() -> Act:
    by = cast.actor(cast.OWNER)
    return lambda: accounts.end_own_sessions(by=by)


def _new_user() -> Act:
    made = UserInput("nieuw@example.org", "Nieuw", cast.organisation(cast.POLICE), frozenset({Role.REPORTER}))
    return _manages(accounts.create_user, user=made)


def _token() -> tokens.IssuedToken:
    where = cast.organisation(cast.POLICE)
    return tokens.issue(organisation=where, role=Role.REPORTER, name="test", lifetime=MONTH, by=_administrator())


def _issue() -> Act:
    where = cast.organisation(cast.POLICE)
    return _manages(tokens.issue, organisation=where, role=Role.REPORTER, name="test", lifetime=MONTH)


def _register() -> Act:
    where = cast.organisation(cast.POLICE)
    return _manages(clients.register, organisation=where, name="test", scopes=signed.BOTH)


def _add_key() -> Act:
    text = signed.pem(signed.p256_key())
    return _manages(clients.add_key, client=signed.system().id, text=text, lifetime=MONTH)


def _revoke_key() -> Act:
    system = signed.system()
    return _manages(clients.revoke_key, client=system.id, key=system.key_id)


def _add_webhook() -> Act:
    where, topics = cast.organisation(cast.POLICE), frozenset({webhooks.Topic.BATCH})
    return _manages(webhooks.add, organisation=where, address="https://hooks.example", topics=topics)


def _grant() -> Act:
    assertion = signed.system().assertion()
    return lambda: grants.grant(assertion=assertion, scope="", by=Actor("visitor", ""))


def _record_statement() -> Act:
    by, group = cast.actor(cast.OWNER), cast.SHELTER_TEAM.group
    assert group is not None
    new = NewStatement(uuid4(), cast.organisation(cast.SHELTER_TEAM), group, statements.GIVEN, statements.REPORTED)
    return lambda: consent.record(statements=[new], by=by)


def _correct() -> Act:
    notification, by, group = uuid4(), cast.actor(cast.OWNER), cast.SHELTER_TEAM.group
    assert group is not None
    statements.given(notification=notification)
    answer = replace(statements.GIVEN, method="oral")
    new = NewStatement(notification, cast.organisation(cast.SHELTER_TEAM), group, answer, statements.REPORTED)
    return lambda: consent.correct(statements=[new], by=by)


def _decides(service: Callable[..., object], **arguments: Any) -> Act:
    statement, by = statements.given(), statements.administrator()
    return lambda: service(statement=statement, by=by, **arguments)


def _approve_many() -> Act:
    given, by = [statements.given(), statements.given()], statements.administrator()
    return lambda: consent.approve_many(statements=given, by=by)


def _lapse() -> Act:
    statements.recorded_earlier(statements.given(), days=400)
    return lambda: consent.lapse_overdue(by=WORK)


def _carry_out() -> Act:
    consent.reject(statement=statements.given(), reason="not-signed", by=statements.administrator())
    return lambda: consent.mark_carried_out(outcomes=[Outcome.objects.get().pk], by=WORK)


def _sends(service: Callable[..., object], **arguments: Any) -> Act:
    by = cast.actor(cast.OFFICER)
    return lambda: service(organisation=by.organisation, by=by, **arguments)


def _take_back() -> Act:
    notification, by = uuid4(), cast.actor(cast.OWNER)
    statements.given(notification=notification)
    return lambda: consent.take_back(notifications=[notification], by=by)


def _anders() -> NotificationInput:
    return reported.report(identity=reported.person(family_name="Anders"))


def _later(service: Callable[..., object], **arguments: Any) -> Act:
    by = cast.actor(cast.OFFICER)
    sent = notifications.submit(notification=reported.report(), organisation=cast.organisation(cast.POLICE), by=by)
    return lambda: service(reference=sent.reference, organisation=by.organisation, by=by, **arguments)


def _withdraw_many() -> Act:
    by = cast.actor(cast.OFFICER)
    report = reported.report(identity=reported.person(own_reference="zaak 1"))
    notifications.submit(notification=report, organisation=cast.organisation(cast.POLICE), by=by)
    return lambda: later.withdraw_many(own_references=["zaak 1"], organisation=cast.organisation(cast.POLICE), by=by)


def _submit_prepared() -> Act:
    by = cast.actor(cast.OFFICER)
    prepared = notifications.prepare_many(notifications=uploaded.reports(12), organisation=cast.organisation(cast.POLICE))
    return lambda: notifications.submit_prepared(prepared=prepared, by=by)


def _expire_stubs() -> Act:
    Stub.objects.create(
        organisation_id=cast.organisation(cast.POLICE), state="signal", day=date(2020, 1, 1), expires=date(2020, 4, 1)
    )
    return lambda: notifications.expire_stubs(by=WORK)


def _file(service: Callable[..., object], made: Callable[[], UUID]) -> Act:
    batch, by = made(), cast.actor(cast.OFFICER)
    return lambda: service(batch=batch, by=by)


def _received() -> UUID:
    return uploaded.received(columns.write_csv(uploaded.reports(2)))


def _complete() -> Act:
    by = cast.actor(cast.OFFICER)
    incoming = uploads.begin(organisation=cast.organisation(cast.POLICE), by=by)
    incoming.write(columns.write_csv(uploaded.reports(2)))
    incoming.close()
    return lambda: batches.complete(incoming=incoming, by=by)


def _confirmed() -> UUID:
    batches.confirm(batch=(batch := _checked()), by=cast.actor(cast.OFFICER))
    return batch


def _paused() -> UUID:
    batches.pause(batch=(batch := _confirmed()), by=cast.actor(cast.OFFICER))
    return batch


def _checked() -> UUID:
    return uploaded.checked(uploaded.reports(2))


def _expire_files() -> Act:
    _checked()
    Batch.objects.update(received=timezone.now() - timedelta(days=400))
    return lambda: batches.expire_unconfirmed(by=WORK)


def _delivers(service: Callable[..., object]) -> Act:
    by, lines = delivered.feed(), delivered.lines(delivered.record())
    return lambda: service(lines=lines, organisation=by.organisation, by=by)


def _store_received() -> Act:
    by = delivered.feed()
    batch = enrichment.receive(lines=delivered.lines(delivered.record()), organisation=delivered.organisation(by), by=by)
    return lambda: enrichment.store_received(batch=batch, by=WORK)


def _question() -> UUID:
    return linked.pair_of(linked.linked(), linked.linked(given_names=("Isatu",))).id


def _decide() -> Act:
    pair, by = _question(), cast.actor(cast.REVIEWER)
    return lambda: review.decide(pair=pair, verdict=review.Verdict.SAME_DETAILS, by=by)


def _decide_many() -> Act:
    pair, by = _question(), cast.actor(cast.REVIEWER)
    return lambda: review.decide_many(verdicts={pair: review.Verdict.SAME_DETAILS}, by=by)


def _undo() -> Act:
    pair, by = _question(), cast.actor(cast.REVIEWER)
    review.decide(pair=pair, verdict=review.Verdict.SAME_DETAILS, by=by)
    return lambda: review.undo(pair=pair, by=by)


def _link() -> Act:
    linked.sent()
    return lambda: matching.link_waiting(by=WORK)


def _unlink() -> Act:
    contribution = linked.linked()
    return lambda: unlink.remove(contributions=[contribution], by=WORK)


def _replay() -> Act:
    linked.sent()
    Job.objects.update(state=Job.State.DEAD)
    return lambda: jobs.replay(job=Job.objects.get(kind="intake.link").id, by=WORK)


def _exact_figure() -> Act:
    by = cast.actor(cast.ANALYST)
    return lambda: figures.exact_figure(figure=BY_ID["2.7"], cut=Cut(), by=by)


def _exact_figures() -> Act:
    by = cast.actor(cast.ANALYST)
    return lambda: figures.exact_figures(by=by)


ACTS: dict[str, Callable[[], Act]] = {
    "accounts.services.create_organisation": lambda: _manages(
        accounts.create_organisation, organisation=OrganisationInput("Nieuw")
    ),
    "accounts.services.ensure_private_persons": lambda: _manages(accounts.ensure_private_persons),
    "accounts.services.deactivate_organisation": lambda: _manages(
        accounts.deactivate_organisation, organisation=cast.organisation(cast.POLICE)
    ),
    "accounts.services.create_user": _new_user,
    "accounts.services.invite": lambda: _of_user(accounts.invite),
    "accounts.services.set_roles": lambda: _of_user(
        accounts.set_roles, organisation=cast.organisation(cast.SHELTER_TEAM), roles=frozenset({Role.BATCH_SUBMITTER})
    ),
    "accounts.services.deactivate_user": lambda: _of_user(accounts.deactivate_user),
    "accounts.services.reactivate_user": _reactivate,
    "accounts.services.end_own_sessions": _end_own_sessions,
    "accounts.tokens.issue": _issue,
    "accounts.tokens.revoke": lambda: _manages(tokens.revoke, token=_token().id),
    "accounts.clients.register": _register,
    "accounts.clients.add_key": _add_key,
    "accounts.clients.revoke_key": _revoke_key,
    "accounts.clients.revoke": lambda: _manages(clients.revoke, client=signed.system().id),
    "accounts.grants.grant": _grant,
    "accounts.webhooks.add": _add_webhook,
    "accounts.webhooks.remove": lambda: _manages(webhooks.remove, webhook=signed.webhook()),
    "accounts.webhooks.enable": lambda: _manages(webhooks.enable, webhook=signed.webhook()),
    "accounts.webhooks.send_test": lambda: _manages(webhooks.send_test, webhook=signed.webhook()),
    "consent.services.record": _record_statement,
    "consent.services.correct": _correct,
    "consent.services.approve": lambda: _decides(consent.approve),
    "consent.services.approve_many": _approve_many,
    "consent.services.reject": lambda: _decides(consent.reject, reason="not-signed"),
    "consent.services.withdraw": lambda: _decides(consent.withdraw, on=statements.REPORTED),
    "consent.services.take_back": _take_back,
    "consent.services.lapse_overdue": _lapse,
    "consent.services.mark_carried_out": _carry_out,
    "intake.notifications.services.submit": lambda: _sends(notifications.submit, notification=reported.report()),
    "intake.notifications.services.submit_prepared": _submit_prepared,
    "intake.notifications.services.submit_many": lambda: _sends(notifications.submit_many, notifications=uploaded.reports(2)),
    "intake.notifications.services.expire_stubs": _expire_stubs,
    "intake.notifications.later.correct": lambda: _later(later.correct, notification=_anders()),
    "intake.notifications.later.correct_codes": lambda: _later(later.correct_codes, characteristics=MORE),
    "intake.notifications.later.supplement": lambda: _later(later.supplement, characteristics=MORE),
    "intake.notifications.later.withdraw": lambda: _later(later.withdraw),
    "intake.notifications.later.withdraw_many": _withdraw_many,
    "intake.batches.services.receive": lambda: _sends(batches.receive, parts=[columns.write_csv(uploaded.reports(2))]),
    "intake.batches.services.complete": _complete,
    "intake.batches.services.pause": lambda: _file(batches.pause, _confirmed),
    "intake.batches.services.resume": lambda: _file(batches.resume, _paused),
    "intake.batches.services.check": lambda: _file(batches.check, _received),
    "intake.batches.services.confirm": lambda: _file(batches.confirm, _checked),
    "intake.batches.services.cancel": lambda: _file(batches.cancel, _checked),
    "intake.batches.services.expire_unconfirmed": _expire_files,
    "intake.enrichment.services.deliver": lambda: _delivers(enrichment.deliver),
    "intake.enrichment.services.receive": lambda: _delivers(enrichment.receive),
    "intake.enrichment.services.store_received": _store_received,
    "intake.matching.review.decide": _decide,
    "intake.matching.review.decide_many": _decide_many,
    "intake.matching.review.undo": _undo,
    "intake.matching.services.link_waiting": _link,
    "intake.matching.unlink.remove": _unlink,
    **acts.ACTS,
    "jobs.services.replay": _replay,
    "reports.figures.services.rebuild_and_compare": lambda: lambda: figures.rebuild_and_compare(by=WORK),
    "reports.figures.services.exact_figure": _exact_figure,
    "reports.figures.services.exact_figures": _exact_figures,
}


def services_with_by() -> Iterator[str]:
    for path in sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if path.name in FILES):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            if public and any(argument.arg == "by" for argument in node.args.kwonlyargs):
                yield f"{module}.{node.name}"


def everything() -> dict[str, list[Any]]:
    """All rows of all own tables."""
    return {model._meta.label: sorted(map(repr, model._base_manager.values_list())) for model in own_models()}


def test_every_service_with_by_is_in_the_table() -> None:
    assert sorted(set(services_with_by()) - NOT_SOMEBODY) == sorted(ACTS)


@pytest.mark.parametrize("name", ACTS)
def test_service_leaves_an_audit_entry(name: str) -> None:
    act = ACTS[name]()
    before = AuditEntry.objects.count()
    act()
    assert AuditEntry.objects.count() > before


@pytest.mark.parametrize("name", ACTS)
def test_nothing_has_happened_where_the_entry_cannot_be_written(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    act = ACTS[name]()
    before = everything()

    def refuse(*_: Any) -> None:
        raise AuditError("The trail is closed.")

    monkeypatch.setattr(audit, "_locked_head", refuse)
    with pytest.raises(AuditError):
        act()
    assert everything() == before
