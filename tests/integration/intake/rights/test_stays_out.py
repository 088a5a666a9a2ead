"""What was erased because of a right, or withdrawn longer ago than its stub lasts, does not come in again by any channel."""

from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone, translation

from intake.models.contribution import Contribution
from intake.models.ending import Ending
from intake.models.identity import SealedIdentity
from intake.models.stub import Stub
from intake.notifications import later, sentences, services
from intake.notifications.inputs import ConsentAnswer, NotificationInput, Problem
from intake.notifications.rules import Invalid
from intake.retention import services as retention
from intake.retention.rules import RULES, Action
from intake.rights.grounds import Right
from jobs import services as jobs
from safeguards.models import AuditEntry
from tests import cast, delivered, handled, interface, reported

pytestmark = pytest.mark.django_db
SUBMITTER = cast.Person("batch-owner", cast.SHELTER_TEAM, cast.Role.BATCH_SUBMITTER)
ERASED = (Problem("own_reference", "erased-at-request"),)
WITHDRAWN = (Problem("signed_on", "consent-withdrawn"),)


def row(own_reference: str = "zaak 1", **changes: Any) -> NotificationInput:
    return reported.report(identity=reported.person(own_reference=own_reference), **changes)


def with_consent(own_reference: str = "zaak 1") -> NotificationInput:
    return reported.report_with_consent(identity=reported.person(own_reference=own_reference, v_number=""))


def by_form(notification: NotificationInput, person: cast.Person = cast.OFFICER) -> Any:
    by = cast.actor(person)
    try:
        return services.submit(notification=notification, organisation=by.organisation, by=by, attempt="another")
    except Invalid as refused:
        return refused.problems


def by_file(notification: NotificationInput, person: cast.Person = cast.OFFICER) -> Any:
    by = cast.actor(person)
    return services.submit_many(notifications=[notification], organisation=by.organisation, by=by)[0]


def in_dry_run(notification: NotificationInput, person: cast.Person = cast.OFFICER) -> Any:
    organisation = cast.organisation(person.organisation)
    return services.preview_many(notifications=[notification], organisation=organisation)[0].problems


CHANNELS = pytest.mark.parametrize("channel", [by_form, by_file, in_dry_run])


def gone(right: Right = Right.ERASURE) -> UUID:
    """Erased, removed, and its stub is over."""
    contribution = Contribution.objects.get().id
    handled.granted(contribution, right=right)
    done()
    return contribution


def done(*, stubs: bool = False) -> None:
    jobs.drain(("files", "vault", "reports"))
    assert not Contribution.objects.exists()
    if not stubs:
        Stub.objects.update(expires=timezone.localdate())
        services.expire_stubs(by=handled.WORK)
        assert not Stub.objects.exists()


@CHANNELS
@pytest.mark.parametrize("right", [Right.ERASURE, Right.OBJECTION])
def test_what_was_erased_stays_out_by_every_channel(right: Right, channel: Any) -> None:
    by_file(row())
    gone(right)
    assert channel(row()) == ERASED
    assert not SealedIdentity.objects.exists()


@CHANNELS
def test_so_it_does_while_its_stub_is_there(channel: Any) -> None:
    by_file(row())
    handled.granted(Contribution.objects.get().id, right=Right.ERASURE)
    assert channel(row()) == ERASED
    done(stubs=True)
    assert channel(row()) == ERASED


def test_system_is_told_what_stands_in_the_way() -> None:
    by_file(row(), cast.OFFICER)
    gone()
    answer = interface.send("/meldingen", interface.REPORT | {"eigenKenmerk": "zaak 1"}, sender=interface.bearer(cast.POLICE))
    assert (answer.status_code, answer.json()["code"]) == (409, "erased-at-request")
    assert interface.errors(answer) == {("#/eigenKenmerk", "erased-at-request")}


@CHANNELS
def test_consent_that_was_withdrawn_stays_out_when_its_stub_is_gone(channel: Any) -> None:
    by_file(with_consent(), SUBMITTER)
    by = cast.actor(cast.OWNER)
    later.withdraw(reference=Contribution.objects.get().reference, organisation=by.organisation, by=by)
    done()
    person = cast.OWNER if channel is by_form else SUBMITTER
    assert channel(with_consent(), person) == WITHDRAWN
    assert not SealedIdentity.objects.exists()


def test_so_it_does_after_a_signal_came_in_its_place() -> None:
    by_file(with_consent(), SUBMITTER)
    by = cast.actor(cast.OWNER)
    later.withdraw(reference=Contribution.objects.get().reference, organisation=by.organisation, by=by)
    done(stubs=True)
    refusal = reported.report_with_consent(
        identity=reported.person(own_reference="zaak 1"), consent=ConsentAnswer(answer="refused")
    )
    assert by_file(refusal, SUBMITTER).state == "signal"
    assert by_file(with_consent(), SUBMITTER) == WITHDRAWN


@CHANNELS
def test_under_a_new_reference_it_is_a_new_report(channel: Any) -> None:
    by_file(row())
    gone()
    found = channel(row("zaak 2"))
    assert found == () if channel is in_dry_run else found.outcome == "new"


def test_new_consent_under_a_new_reference_is_a_new_report() -> None:
    by_file(with_consent(), SUBMITTER)
    handled.granted(Contribution.objects.get().id, right=Right.ERASURE)
    done()
    assert by_file(with_consent("zaak 2"), SUBMITTER).outcome == "new"


def test_another_organisation_is_not_told_of_it() -> None:
    by_file(row())
    gone()
    assert by_file(with_consent(), SUBMITTER).outcome == "new"


def test_answer_is_the_same_whether_the_person_is_known_otherwise() -> None:
    by_file(row())
    gone()
    alone = by_file(row())
    by_file(row("zaak 2"))
    jobs.drain(("files", "vault", "reports"))
    assert by_file(row()) == alone == ERASED
    assert by_file(row("zaak 3")).outcome == "new"


def test_correction_does_not_take_such_a_reference() -> None:
    by_file(row())
    gone()
    other = by_file(row("")).reference
    by = cast.actor(cast.OFFICER)
    with pytest.raises(Invalid) as refused:
        later.correct(reference=other, notification=row(), organisation=by.organisation, by=by)
    assert refused.value.problems == ERASED


def test_reference_that_a_correction_gave_is_kept_out_too() -> None:
    reference = by_form(row("")).reference
    by = cast.actor(cast.OFFICER)
    later.correct(reference=reference, notification=row(), organisation=by.organisation, by=by)
    gone()
    assert by_form(row()) == ERASED


@pytest.mark.parametrize("right", [Right.ERASURE, Right.OBJECTION])
def test_nothing_is_left_of_what_has_no_own_reference(right: Right) -> None:
    by_form(row(""))
    gone(right)
    assert not Ending.objects.exists()


def test_report_that_its_reporter_withdrew_by_law_comes_back_as_before() -> None:
    by_file(row())
    by = cast.actor(cast.OFFICER)
    later.withdraw(reference=Contribution.objects.get().reference, organisation=by.organisation, by=by)
    done()
    assert by_file(row()).outcome == "new"


@pytest.mark.parametrize("right", [Right.ERASURE, Right.OBJECTION])
def test_record_of_a_feed_is_skipped_and_counted(right: Right) -> None:
    delivered.delivered(delivered.record())
    gone(right)
    found = delivered.delivered(delivered.record(), delivered.record("sleutel 2"))
    assert (found.rows, found.new, found.skipped, found.errors) == (2, 1, 1, 0)
    assert Contribution.objects.count() == SealedIdentity.objects.count() == 1
    entry = AuditEntry.objects.filter(action="feed.delivered").latest("sequence")
    assert entry.details["skipped"] == 1


def test_record_that_its_feed_took_back_comes_back_as_before() -> None:
    delivered.delivered(delivered.record())
    delivered.delivered(delivered.record(standing="ingetrokken"))
    done()
    assert delivered.delivered(delivered.record()).new == 1


def test_ending_says_nothing_of_a_person_and_is_forgotten_after_its_time() -> None:
    by_file(row())
    contribution = gone()
    kept = Ending.objects.values().get()
    assert (kept["source"], kept["rule"], kept["day"]) == ("report", "erasure", timezone.localdate())
    assert str(contribution) not in str(kept)
    (rule,) = (rule for rule in RULES if rule.action is Action.FORGET_ENDING)
    Ending.objects.update(day=rule.cutoff(timezone.localdate()))
    retention.erase(by=handled.WORK)
    assert not Ending.objects.exists()
    assert by_file(row()).outcome == "new"


@pytest.mark.parametrize("problem", [*ERASED, *WITHDRAWN])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_sentence_says_what_to_do(problem: Problem, language: str) -> None:
    with translation.override(language):
        assert ("nieuw kenmerk" if language == "nl" else "new reference") in sentences.sentence(problem)
