"""A file that says something else about consent than before: the reviewer sees it, and no identity stays without consent."""

import re
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consent import gate, selectors
from consent import services as consent
from consent.errors import AlreadyDecidedError, UnknownStatementError
from consent.models import Outcome, Statement, StatementEvent
from intake import events
from intake.models.anonymous_signal import AnonymousSignal
from intake.models.contribution import Contribution
from intake.models.identity import SealedIdentity
from intake.models.matching import PersonContribution, Token
from intake.models.stub import Stub
from intake.notifications import judging, services
from intake.notifications.inputs import ConsentAnswer, NotificationInput, Problem
from jobs import services as jobs
from safeguards.models import AuditEntry, DataKey
from tests import cast, reported
from tests.statements import administrator

pytestmark = pytest.mark.django_db
SUBMITTER = cast.Person("batch-owner", cast.SHELTER_TEAM, cast.Role.BATCH_SUBMITTER)
REFUSED = ConsentAnswer(answer=gate.Answer.REFUSED)
DECIDED = (Problem("answer", "statement-decided"),)


def row(**changes) -> NotificationInput:
    identity = reported.person(own_reference="zaak 1", v_number="")
    return reported.report_with_consent(**{"identity": identity} | changes)


def sent(**changes):
    by = cast.actor(SUBMITTER)
    (answer,) = services.submit_many(notifications=[row(**changes)], organisation=by.organisation, by=by)
    return answer


def previewed(**changes):
    by = cast.actor(SUBMITTER)
    (verdict,) = services.preview_many(notifications=[row(**changes)], organisation=by.organisation)
    return verdict


def waiting() -> UUID:
    return Statement.objects.get(state="given").id


def work() -> None:
    jobs.drain(("files", "vault", "reports"))


def nothing_of_anybody() -> None:
    for model in (Contribution, SealedIdentity, DataKey, Token, PersonContribution):
        assert not model.objects.exists(), model


ORAL = reported.answer(method=gate.Method.ORAL)


def test_reviewer_sees_the_corrected_statement():
    sent()
    answer = sent(consent=ORAL)
    view = selectors.statement(waiting(), by=administrator())
    assert (answer.outcome, answer.state, view.facts.method) == ("changed", "held", "oral")
    assert view.notification == Contribution.objects.get().id
    assert selectors.queue(by=administrator(), limit=10).waiting == 1


def test_corrected_statement_cannot_be_approved_on_the_old_facts():
    sent()
    read = waiting()
    sent(consent=ORAL)
    with pytest.raises(UnknownStatementError):
        selectors.statement(read, by=administrator())
    with pytest.raises(AlreadyDecidedError):
        consent.approve(statement=read, by=administrator())
    assert not Outcome.objects.exists()
    consent.approve(statement=waiting(), by=administrator())
    work()
    assert Contribution.objects.get().state == "accepted"


def test_superseded_statement_keeps_its_events_and_nothing_about_the_person():
    sent()
    read, code = waiting(), Statement.objects.get().receipt
    sent(consent=ORAL)
    old = Statement.objects.get(pk=read)
    assert (old.state, old.method, old.signer, old.signed_on) == ("superseded", "", "", None)
    assert list(StatementEvent.objects.order_by("id").values_list("kind", flat=True)) == ["given", "superseded", "given"]
    assert Statement.objects.get(state="given").receipt == code
    assert AuditEntry.objects.filter(action="consent.statement-superseded", object_id=str(read)).count() == 1


def test_consent_of_a_corrected_statement_counts_from_its_own_day():
    sent()
    sent(consent=reported.answer(signed_on=reported.DAY))
    consent.approve(statement=waiting(), by=administrator())
    notification = Contribution.objects.get().id
    registration = Statement.objects.filter(state="approved").values_list("notification", "purpose").get()[1]
    before = reported.answer().signed_on
    assert not selectors.consent_on(notification, registration, before)
    assert selectors.consent_on(notification, registration, reported.DAY)


def test_correction_of_something_else_leaves_the_statement_as_it_is():
    sent()
    read = waiting()
    answer = sent(identity=reported.person(own_reference="zaak 1", v_number="", family_name="Anders"))
    assert (answer.outcome, waiting(), Statement.objects.count()) == ("changed", read, 1)


def test_corrected_day_of_the_report_is_what_the_reviewer_sees():
    sent()
    day = reported.DAY.replace(day=20)
    sent(date=day)
    assert selectors.statement(waiting(), by=administrator()).item.reported_on == day


def test_same_correction_twice_is_once():
    sent()
    sent(consent=ORAL)
    assert sent(consent=ORAL).outcome == "unchanged"
    assert Statement.objects.count() == 2


def test_statement_that_was_decided_cannot_be_changed_by_a_file():
    sent()
    consent.approve(statement=waiting(), by=administrator())
    assert (previewed(consent=ORAL).problems, sent(consent=ORAL)) == (DECIDED, DECIDED)
    work()
    assert sent(consent=ORAL) == DECIDED
    assert sent(identity=reported.person(own_reference="zaak 1", v_number="", family_name="Anders")).outcome == "changed"


def test_statement_decided_while_a_correction_was_judged_stops_the_correction(monkeypatch):
    sent()
    before, looks = judging.before, []

    def slowly(*asked):
        """The second look is the one under the lock."""
        looks.append(before(*asked))
        if len(looks) == 2:
            consent.approve(statement=waiting(), by=administrator())
        return looks[-1]

    monkeypatch.setattr(judging, "before", slowly)
    blob = bytes(SealedIdentity.objects.get().blob)
    with pytest.raises(AlreadyDecidedError):
        sent(consent=ORAL)
    assert bytes(SealedIdentity.objects.get().blob) == blob


@pytest.mark.parametrize("answer", ["refused", "not-asked", "impossible"])
def test_held_report_that_turns_out_to_be_without_consent_becomes_a_signal(answer):
    sent()
    read = waiting()
    assert previewed(consent=ConsentAnswer(answer=answer)).outcome == "changed"
    receipt = sent(consent=ConsentAnswer(answer=answer))
    assert (receipt.outcome, receipt.state) == ("changed", "signal")
    with pytest.raises(AlreadyDecidedError):
        consent.approve(statement=read, by=administrator())
    assert sent(consent=ConsentAnswer(answer=answer)).outcome == "unchanged"
    work()
    nothing_of_anybody()
    assert (AnonymousSignal.objects.count(), Stub.objects.count()) == (1, 1)
    assert Statement.objects.get().signed_on is None
    assert sent(consent=ConsentAnswer(answer=answer)).outcome == "unchanged"
    assert AuditEntry.objects.filter(action=events.NOTIFICATION_CORRECTED).count() == 1
    assert AuditEntry.objects.filter(action="consent.statement-retracted").count() == 1


def test_released_report_whose_consent_is_taken_back_goes_with_its_links_and_leaves_no_signal():
    sent()
    consent.approve(statement=waiting(), by=administrator())
    work()
    assert PersonContribution.objects.exists()
    assert sent(consent=REFUSED).outcome == "changed"
    work()
    nothing_of_anybody()
    assert not AnonymousSignal.objects.exists()
    assert Statement.objects.get().state == "withdrawn"


def test_consent_taken_back_before_its_release_leaves_nothing():
    sent()
    consent.approve(statement=waiting(), by=administrator())
    sent(consent=REFUSED)
    work()
    nothing_of_anybody()


def test_consent_that_is_given_again_before_the_report_is_gone_is_refused():
    sent()
    sent(consent=REFUSED)
    assert sent() == DECIDED
    work()
    assert (sent().outcome, Contribution.objects.count()) == ("new", 1)


def test_consent_that_was_never_there_stood_on_no_day():
    sent()
    notification = Contribution.objects.get().id
    sent(consent=REFUSED)
    purpose = Statement.objects.get().purpose
    assert not selectors.consent_on(notification, purpose, timezone.localdate())


# One statement with many rows is noted as so many times.
WRITES = re.compile(r"(\d+ times: )?(INSERT|UPDATE|DELETE)")


@pytest.mark.parametrize("answer", [ORAL, REFUSED])
def test_correction_of_many_rows_takes_as_many_writes_as_of_fewer(answer):
    by = cast.actor(SUBMITTER)

    def writes(file, count):
        people = [reported.person(own_reference=f"{file} {number}", v_number="") for number in range(count)]
        first = [row(identity=identity) for identity in people]
        services.submit_many(notifications=first, organisation=by.organisation, by=by)
        again = [row(identity=identity, consent=answer) for identity in people]
        with CaptureQueriesContext(connection) as queries:
            services.submit_many(notifications=again, organisation=by.organisation, by=by)
        return sum(bool(WRITES.match(query["sql"])) for query in queries)

    # Enough for COPY on PostgreSQL, few enough for one statement on SQLite: a write for each row would be six more.
    assert writes("many", 26) == writes("fewer", 20)
