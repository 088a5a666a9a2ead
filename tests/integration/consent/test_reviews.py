"""The desk beside its decisions: the checklist, a question to the reporter and its answer, and two pairs of eyes."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from accounts.permissions import NotAllowedError
from accounts.reporters import Purpose
from consent import gate, reviews, selectors, services
from consent.checklist import POINTS
from consent.errors import (
    AlreadyDecidedError,
    NoSheetError,
    OwnOrganisationError,
    SecondPersonError,
    UncheckedError,
    UnknownReasonError,
    UnknownStatementError,
)
from consent.models import Outcome, Statement, StatementEvent
from consent.workflow import State
from safeguards.actors import Actor
from safeguards.models import AuditEntry
from tests import cast, statements
from tests.reviewed import ALL, WORK, asked, for_two, with_sheet
from tests.statements import administrator, given, recorded_earlier

pytestmark = pytest.mark.django_db
SEEN = "seen-on-paper"


def second() -> Actor:
    return cast.actor(cast.SECOND_CONSENT_ADMINISTRATOR)


def state(statement: UUID) -> str:
    return Statement.objects.get(pk=statement).state


def kinds(statement: UUID) -> list[str]:
    return list(StatementEvent.objects.filter(statement=statement).order_by("pk").values_list("kind", flat=True))


def queue(by: Actor) -> list[UUID]:
    return [item.id for item in selectors.queue(by=by, limit=10).items]


def test_approval_wants_every_point_that_belongs_to_the_statement() -> None:
    statement = given()
    wanted = set(reviews.points_of(Statement.objects.get(pk=statement)))
    assert "proof-missing" not in wanted
    for left_out in wanted:
        with pytest.raises(UncheckedError):
            reviews.approve(statement=statement, checked=wanted - {left_out}, without_sheet=SEEN, by=administrator())
    assert reviews.approve(statement=statement, checked=wanted, without_sheet=SEEN, by=administrator()) is State.APPROVED


@pytest.mark.parametrize("said", ["", "Kanarie"])
def test_what_was_signed_is_not_approved_without_its_sheet_or_a_word_from_the_list(said: str) -> None:
    statement = given()
    with pytest.raises(NoSheetError):
        reviews.approve(statement=statement, checked=ALL, without_sheet=said, by=administrator())
    assert state(statement) == "given"


def test_word_on_how_the_signature_is_known_stays_with_the_approval() -> None:
    statement = given()
    reviews.approve(statement=statement, checked=ALL, without_sheet=SEEN, by=administrator())
    assert StatementEvent.objects.get(kind="approved").reason == SEEN
    assert AuditEntry.objects.get(action="consent.statement-approved").details["reason"] == SEEN


def test_with_a_sheet_and_of_what_was_said_aloud_nothing_more_is_asked() -> None:
    oral = given(answer=replace(statements.GIVEN, method="oral"))
    for statement in (with_sheet(given()), oral):
        assert reviews.approve(statement=statement, checked=ALL, by=administrator()) is State.APPROVED
    assert set(StatementEvent.objects.filter(kind="approved").values_list("reason", flat=True)) == {""}


def test_each_reason_of_rejection_but_the_last_has_a_point() -> None:
    assert [reason.value for reason in POINTS] == [
        "not-signed", "wrong-signer", "wrong-notice", "proof-missing", "unreadable", "not-freely-given",
    ]  # fmt: skip


def test_proof_is_checked_where_the_table_wants_one() -> None:
    assert "proof-missing" in reviews.points_of(Statement.objects.get(pk=for_two()))


def test_two_different_people_approve_where_the_table_says_so() -> None:
    statement = for_two()
    assert services.approve(statement=statement, by=administrator()) is State.GIVEN
    assert not Outcome.objects.exists()
    assert services.approve(statement=statement, by=second()) is State.APPROVED
    assert kinds(statement) == ["given", "first-approved", "approved"]
    assert Outcome.objects.get().kind == "release"


def test_one_person_is_not_two() -> None:
    statement = for_two()
    services.approve(statement=statement, by=administrator())
    with pytest.raises(SecondPersonError):
        services.approve(statement=statement, by=administrator())
    assert kinds(statement) == ["given", "first-approved"]


def test_first_of_two_does_not_see_it_again_and_the_second_does() -> None:
    statement = for_two()
    services.approve(statement=statement, by=administrator())
    assert queue(administrator()) == []
    assert queue(second()) == [statement]
    assert selectors.next_for(by=administrator()) is None


def test_second_person_can_reject_what_the_first_approved() -> None:
    statement = for_two()
    services.approve(statement=statement, by=administrator())
    services.reject(statement=statement, reason="proof-missing", by=second())
    assert Outcome.objects.get().kind == "make-signal"


def test_consent_does_not_stand_after_the_first_of_two() -> None:
    notification = uuid4()
    statement = for_two()
    Statement.objects.filter(pk=statement).update(notification=notification)
    services.approve(statement=statement, by=administrator())
    assert not gate.consent_on(notification, Purpose.REGISTRATION, timezone.localdate())


def test_question_makes_the_approval_of_the_first_void() -> None:
    statement = for_two()
    services.approve(statement=statement, by=administrator())
    reviews.ask_back(statement=statement, reason="proof-missing", by=second())
    reviews.reply(notification=Statement.objects.get().notification, answer="as-it-stands", by=cast.actor(cast.OWNER))
    assert queue(administrator()) == [statement]
    assert services.approve(statement=statement, by=administrator()) is State.GIVEN


def test_many_at_once_each_get_what_the_table_wants() -> None:
    one, two = given(), for_two()
    services.approve_many(statements=[one, two], by=administrator())
    assert (state(one), state(two)) == ("approved", "given")


def test_what_was_asked_leaves_the_queue_and_its_clock_runs_on() -> None:
    statement = given()
    recorded_earlier(statement, days=20)
    asked(statement)
    found = selectors.queue(by=administrator(), limit=10)
    assert [item.id for item in found.items] == []
    assert [(item.id, item.days_left) for item in found.asked] == [(statement, selectors.lapse_days() - 20)]


def test_asked_statement_lapses_on_its_day_all_the_same() -> None:
    statement = asked()
    recorded_earlier(statement, days=61)
    assert services.lapse_overdue(by=WORK) == 1
    assert state(statement) == "lapsed"


def test_nobody_approves_what_was_asked_about() -> None:
    statement = asked()
    with pytest.raises(AlreadyDecidedError):
        services.approve(statement=statement, by=administrator())


def test_reply_brings_it_back_where_it_stood() -> None:
    first, later = given(), given()
    recorded_earlier(first, days=5)
    asked(first)
    reviews.reply(notification=Statement.objects.get(pk=first).notification, answer="person-asked", by=cast.actor(cast.OWNER))
    assert queue(administrator()) == [first, later]
    assert StatementEvent.objects.filter(statement=first, kind="answered", reason="person-asked").exists()


def test_correction_is_an_answer_and_keeps_the_clock() -> None:
    notification = uuid4()
    statement = given(notification=notification)
    recorded_earlier(statement, days=9)
    asked(statement)
    group = cast.SHELTER_TEAM.group
    assert group is not None
    answer = gate.StatementInput("sixteen-or-older", "person", "oral", gate.CURRENT_NOTICE, "nl", statements.SIGNED)
    new = gate.NewStatement(notification, cast.organisation(cast.SHELTER_TEAM), group, answer, statements.REPORTED)
    gate.correct_statements(statements=[new], retracted=(), by=cast.actor(cast.OWNER))
    (item,) = selectors.queue(by=administrator(), limit=10).items
    assert item.id != statement
    assert item.days_left == selectors.lapse_days() - 9


def test_reporter_reads_the_question_and_the_day_of_lapse() -> None:
    statement = asked(reason="day-unclear")
    row = Statement.objects.get(pk=statement)
    found = gate.questions([row.notification])[row.notification]
    assert found.reason == "day-unclear"
    assert found.lapses == timezone.localdate(row.recorded + timedelta(days=selectors.lapse_days()))
    assert gate.questions_of(row.organisation) == {row.notification: found}
    assert gate.questions_of(uuid4()) == {}


@pytest.mark.parametrize("reason", ["", "other", "Zwaluwenburg"])
def test_question_and_reply_come_from_their_lists(reason: str) -> None:
    statement = given()
    with pytest.raises(UnknownReasonError):
        reviews.ask_back(statement=statement, reason=reason, by=administrator())
    asked(statement)
    with pytest.raises(UnknownReasonError):
        reviews.reply(notification=Statement.objects.get().notification, answer=reason, by=cast.actor(cast.OWNER))


def test_reply_to_nothing_is_refused() -> None:
    statement = given()
    with pytest.raises(AlreadyDecidedError):
        reviews.reply(notification=Statement.objects.get(pk=statement).notification, answer="as-it-stands", by=administrator())
    with pytest.raises(UnknownStatementError):
        reviews.reply(notification=uuid4(), answer="as-it-stands", by=administrator())


@pytest.mark.parametrize("person", [cast.OWNER, cast.REVIEWER, cast.PRIVACY_OFFICER, cast.ADMINISTRATOR])
def test_approving_and_asking_are_for_consent_administrators(person: cast.Person) -> None:
    statement, by = given(), cast.actor(person)
    with pytest.raises(NotAllowedError):
        reviews.approve(statement=statement, checked=ALL, by=by)
    with pytest.raises(NotAllowedError):
        reviews.ask_back(statement=statement, reason="day-unclear", by=by)
    assert state(statement) == "given"


def test_nobody_asks_or_approves_for_the_own_organisation() -> None:
    statement = given()
    own = Actor("user", "7", cast.organisation(cast.SHELTER_TEAM), ("consent-administrator",))
    for refused in (
        lambda: reviews.approve(statement=statement, checked=ALL, by=own),
        lambda: reviews.ask_back(statement=statement, reason="day-unclear", by=own),
    ):
        with pytest.raises(OwnOrganisationError):
            refused()


def test_trail_names_the_question_by_its_code() -> None:
    statement = asked(reason="signer-unclear")
    entry = AuditEntry.objects.get(action="consent.statement-asked-back")
    assert (entry.object_id, entry.details["reason"]) == (str(statement), "signer-unclear")


def test_questions_that_wait_are_shown_oldest_first_and_counted_all() -> None:
    statements_asked = [asked(), asked(), asked()]
    for days, statement in zip((1, 3, 2), statements_asked, strict=True):
        recorded_earlier(statement, days)
    found = selectors.queue(by=administrator(), limit=2)
    assert [item.id for item in found.asked] == [statements_asked[1], statements_asked[2]]
    assert found.asked_number == 3


def test_next_one_is_found_among_those_recorded_at_one_moment() -> None:
    made = sorted(given() for _ in range(3))
    Statement.objects.update(recorded=timezone.now() - timedelta(days=1))
    assert [selectors.next_for(by=administrator(), after=one) for one in made] == [made[1], made[2], made[0]]


def test_one_that_is_left_alone_has_no_next() -> None:
    assert selectors.next_for(by=administrator(), after=given()) is None


def test_left_for_later_comes_round_again() -> None:
    first, middle, last = given(), given(), given()
    for days, statement in ((3, first), (2, middle), (1, last)):
        recorded_earlier(statement, days)
    by = administrator()
    assert [selectors.next_for(by=by, after=after) for after in (first, middle, last)] == [middle, last, first]
    assert selectors.next_for(by=by) == first
