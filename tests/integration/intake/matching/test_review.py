"""People's decisions: they join and part, can be taken back, and nobody looks a second time at an own decision."""

from uuid import uuid4

import pytest

from accounts.permissions import NotAllowedError
from intake import events
from intake.errors import ContradictionError, NotDecidedError, OwnDecisionError, UnknownPairError
from intake.matching import history, quality_sample, review, selectors, setting_aside
from intake.models.change import Change
from intake.models.contribution import Contribution
from intake.models.matching import Pair
from safeguards.models import AuditEntry
from tests import cast
from tests.linked import NO_DATE, VAGUE, linked, pair_of, persons

pytestmark = pytest.mark.django_db

SAME, DIFFERENT = review.Verdict.SAME_DETAILS, review.Verdict.DIFFERENT_DETAILS
SECOND_REVIEWER = cast.SECOND_REVIEWER


def decide(one, other, decision, person=cast.REVIEWER):
    review.decide(pair=pair_of(one, other).id, verdict=decision, by=cast.actor(person))


def undo(one, other, person=cast.REVIEWER):
    review.undo(pair=pair_of(one, other).id, by=cast.actor(person))


def test_decision_same_makes_one_person_of_two():
    first, second = linked(), linked(**VAGUE)
    assert len(persons()) == 2
    decide(first, second, SAME)
    assert persons() == {frozenset({first, second})}


def test_decision_different_parts_an_automatic_link():
    first, second = linked(), linked()
    decide(first, second, DIFFERENT)
    assert persons() == {frozenset({first}), frozenset({second})}


def test_decision_different_holds_when_a_third_report_arrives():
    first, second = linked(), linked(v_number="2876543210", **VAGUE)
    decide(first, second, DIFFERENT)
    third = linked(v_number="2876543210")
    assert not any({first, second} <= group for group in persons())
    assert pair_of(second, third).held_back or pair_of(first, third).held_back


@pytest.mark.parametrize("decision", [SAME, DIFFERENT])
def test_decision_that_is_taken_back_leaves_no_trace_in_persons(decision):
    first, second = linked(), linked(**VAGUE)
    before = persons()
    decide(first, second, decision)
    undo(first, second)
    assert persons() == before
    pair = pair_of(first, second)
    assert (pair.decision, pair.decided_by, pair.decided, pair.band) == ("", "", None, Pair.Band.QUESTION)


def test_nobody_answers_twice_about_one_pair():
    first, second = linked(), linked(**VAGUE)
    decide(first, second, SAME)
    with pytest.raises(OwnDecisionError):
        decide(first, second, DIFFERENT)
    assert pair_of(first, second).decision == "same"


def test_what_contradicts_earlier_decisions_is_refused():
    first, second, third = linked(**VAGUE), linked(**VAGUE), linked(**VAGUE)
    decide(first, second, SAME)
    decide(second, third, SAME)
    with pytest.raises(ContradictionError):
        decide(first, third, DIFFERENT)
    assert pair_of(first, third).decision == ""
    assert persons() == {frozenset({first, second, third})}


def test_open_pair_cannot_be_taken_back_and_unknown_pair_not_decided():
    first, second = linked(), linked(**VAGUE)
    with pytest.raises(NotDecidedError):
        undo(first, second)
    with pytest.raises(UnknownPairError):
        review.decide(pair=uuid4(), verdict=SAME, by=cast.actor(cast.REVIEWER))
    with pytest.raises(UnknownPairError):
        review.undo(pair=uuid4(), by=cast.actor(cast.REVIEWER))


@pytest.mark.parametrize("person", [cast.OWNER, cast.OFFICER, cast.ANALYST, cast.CONSENT_ADMINISTRATOR, cast.ADMINISTRATOR])
def test_who_does_not_review_decides_nothing(person):
    first, second = linked(), linked(**VAGUE)
    with pytest.raises(NotAllowedError):
        decide(first, second, SAME, person)
    with pytest.raises(NotAllowedError):
        undo(first, second, person)
    assert pair_of(first, second).decision == ""


def test_decision_and_undo_stand_in_the_trail():
    first, second = linked(), linked(**VAGUE)
    decide(first, second, SAME)
    undo(first, second)
    entries = AuditEntry.objects.filter(object_type="pair").order_by("sequence")
    assert [entry.action for entry in entries] == [events.LINKAGE_DECIDED, events.LINKAGE_DECISION_UNDONE]
    assert {entry.object_id for entry in entries} == {str(pair_of(first, second).id)}
    assert entries[0].details["decision"] == "same"


def test_decision_touches_the_person_years_of_both():
    first, second = linked(), linked(**VAGUE)
    before = Change.objects.count()
    decide(first, second, SAME)
    assert Change.objects.count() == before + 2


def test_refused_decision_leaves_no_change_and_no_entry():
    first, second = linked(), linked(**VAGUE)
    decide(first, second, SAME)
    before = Change.objects.count(), AuditEntry.objects.count()
    with pytest.raises(OwnDecisionError):
        decide(first, second, SAME)
    assert (Change.objects.count(), AuditEntry.objects.count()) == before


def test_many_decisions_are_all_or_none():
    first, second, third = linked(**VAGUE), linked(**VAGUE), linked(**VAGUE)
    decisions = {
        pair_of(first, second).id: SAME,
        pair_of(second, third).id: SAME,
        pair_of(first, third).id: DIFFERENT,
    }
    with pytest.raises(ContradictionError):
        review.decide_many(verdicts=decisions, by=cast.actor(cast.REVIEWER))
    assert not Pair.objects.exclude(decision="").exists()


def test_queue_has_the_most_useful_first_and_one_question_for_two_persons():
    first, second = linked(), linked()
    linked(**VAGUE)
    linked(given_names=("M.",), birth=NO_DATE)
    questions = selectors.open_questions(limit=10)
    useful = [question.usefulness for question in questions]
    assert useful == sorted(useful, reverse=True)
    assert len(questions) == 3
    assert not any({question.first.contribution, question.second.contribution} == {first, second} for question in questions)


def test_answered_question_leaves_the_queue():
    first, second = linked(), linked(**VAGUE)
    assert len(selectors.open_questions(limit=10)) == selectors.count_open() == 1
    decide(first, second, SAME)
    assert selectors.open_questions(limit=10) == ()
    assert selectors.count_open() == 0


def test_question_behind_many_answered_ones_is_found(monkeypatch):
    monkeypatch.setattr(selectors, "PORTION", 1)
    first, second, third = linked(), linked(), linked(**VAGUE)
    fourth = linked(birth=NO_DATE, given_names=("M.",))
    decide(first, third, DIFFERENT)
    (question, *_) = selectors.open_questions(limit=1)
    assert fourth in {question.first.contribution, question.second.contribution}
    assert pair_of(second, third).decision == ""


def test_question_between_persons_that_were_found_different_is_not_asked_again():
    first, second, third = linked(), linked(), linked(**VAGUE)
    decide(first, third, DIFFERENT)
    assert selectors.open_questions(limit=10) == ()
    assert pair_of(second, third).decision == ""


def test_question_shows_evidence_and_no_identity():
    linked()
    linked(given_names=("Isatu",))
    (question,) = selectors.open_questions(limit=10)
    assert {part.field for part in question.evidence} == {"family-name", "given-name", "birth-date", "sex", "nationality"}
    assert question.cautions == ("other-given-name",)
    assert "ariama" not in repr(question)


def test_unknown_question_is_nothing():
    assert selectors.question(uuid4()) is None


def _restricted(contribution):
    setting_aside.set_aside(contributions=[contribution], by=cast.actor(cast.PRIVACY_OFFICER))


def _withdrawn(contribution):
    Contribution.objects.filter(id=contribution).update(leaving=True)


@pytest.mark.parametrize("hide", [_restricted, _withdrawn])
def test_pair_of_what_is_restricted_or_leaves_is_neither_shown_nor_asked_nor_answered(hide):
    first, second, third = linked(), linked(**VAGUE), linked(family_name="Kabriu", **VAGUE)
    decide(first, second, SAME)
    decided, open_one = pair_of(first, second).id, pair_of(second, third).id
    reader = cast.actor(cast.SECOND_REVIEWER)
    hide(second)
    assert selectors.question(decided) is None
    assert all(second not in (one.first.contribution, one.second.contribution) for one in selectors.open_questions(9))
    assert review.reading_of(pair=decided, by=reader) is None
    assert review.own_last(pair=decided, by=cast.actor(cast.REVIEWER)) is None
    assert decided not in quality_sample.sampled()
    for pair in (decided, open_one):
        with pytest.raises(UnknownPairError):
            review.decide(pair=pair, verdict=SAME, by=reader)
    with pytest.raises(UnknownPairError):
        review.undo(pair=decided, by=cast.actor(cast.REVIEWER))


def test_history_names_no_other_report_that_leaves():
    first, second, third = linked(), linked(), linked(**VAGUE)
    decide(first, third, SAME)
    _withdrawn(third)
    question = selectors.question(pair_of(first, second).id)
    told = history.of_both(question, reader=cast.actor(cast.REVIEWER).id)
    gone = Contribution.objects.get(id=third).reference
    assert all(gone not in (*(one.together or ()), *(row.other for row in one.answered)) for one in told)
