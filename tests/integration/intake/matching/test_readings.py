"""First and second readers, what they disagree on and who settles it; every answer is a row that stays."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intake.errors import DisputedError, NotAskedError, NotDecidedError, OwnDecisionError
from intake.linkage.fellegi_sunter import shipped
from intake.matching import candidates, review, sampling, selectors, unlink, usefulness
from intake.matching.services import LINKER
from intake.models.contribution import Contribution
from intake.models.decision import LinkDecision, Reading, Verdict
from intake.models.matching import Pair
from safeguards.errors import AppendOnlyError
from safeguards.models import AuditEntry
from tests import cast
from tests.cast import REVIEWER, SECOND_REVIEWER, SUPERVISOR
from tests.linked import MARIAMA, NO_DATE, VAGUE, link_all, linked, pair_of, persons, sent

pytestmark = pytest.mark.django_db

SAME, DIFFERENT, UNCLEAR = Verdict.SAME_DETAILS, Verdict.DIFFERENT_RELATIVES, Verdict.UNCLEAR_TOO_LITTLE
Waits = Pair.Waits


@pytest.fixture
def pair() -> UUID:
    return pair_of(linked(), linked(**VAGUE)).id


@pytest.fixture
def read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "READ_TWICE", 1)


def answer(pair: UUID, verdict: Verdict, person: cast.Person = REVIEWER) -> Pair:
    review.decide(pair=pair, verdict=verdict, by=cast.actor(person))
    return Pair.objects.get(id=pair)


def undo(pair: UUID, person: cast.Person = REVIEWER) -> Pair:
    review.undo(pair=pair, by=cast.actor(person))
    return Pair.objects.get(id=pair)


def contest(pair: UUID, person: cast.Person) -> Pair:
    review.contest(pair=pair, by=cast.actor(person))
    return Pair.objects.get(id=pair)


def asked(person: cast.Person) -> set[UUID]:
    return {question.id for question in selectors.open_questions(10, reader=cast.actor(person).id)}


def test_answer_is_a_row_with_who_when_why_and_how_much(pair: UUID) -> None:
    answer(pair, DIFFERENT)
    row, held = LinkDecision.objects.get(), Pair.objects.get(id=pair)
    assert (row.first_id, row.second_id, row.pair) == (held.first_id, held.second_id, pair)
    assert (row.answer, row.reason, row.reading, row.by) == ("different", "relatives", "first", cast.actor(REVIEWER).id)
    assert (row.weight, row.parameters) == (held.weight, held.parameters)
    assert row.at == held.decided


def test_row_cannot_be_changed(pair: UUID) -> None:
    answer(pair, SAME)
    row = LinkDecision.objects.get()
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        LinkDecision.objects.update(answer="different")


def test_cannot_tell_leaves_the_pair_as_its_weight_makes_it_and_asks_a_second_reader(pair: UUID) -> None:
    before = persons()
    found = answer(pair, UNCLEAR)
    assert (found.decision, found.waits, found.band) == ("", Waits.SECOND, Pair.Band.QUESTION)
    assert persons() == before
    assert asked(REVIEWER) == set()
    assert asked(SECOND_REVIEWER) == {pair}


def test_second_reader_decides_what_the_first_could_not_tell(pair: UUID) -> None:
    answer(pair, UNCLEAR)
    found = answer(pair, SAME, SECOND_REVIEWER)
    assert (found.decision, found.decided_by, found.waits) == ("same", cast.actor(SECOND_REVIEWER).id, Waits.DONE)
    assert len(persons()) == 1


def test_what_two_people_cannot_tell_is_asked_no_more(pair: UUID) -> None:
    answer(pair, UNCLEAR)
    assert answer(pair, UNCLEAR, SECOND_REVIEWER).waits == Waits.DONE
    assert asked(REVIEWER) == asked(SECOND_REVIEWER) == asked(SUPERVISOR) == set()


def test_without_a_draw_one_clear_answer_is_enough(pair: UUID) -> None:
    assert answer(pair, SAME).waits == Waits.DONE
    assert asked(SECOND_REVIEWER) == set()


@pytest.mark.usefixtures("read_twice")
def test_drawn_pair_is_asked_of_a_second_reader_and_never_of_the_first(pair: UUID) -> None:
    assert answer(pair, SAME).waits == Waits.SECOND
    assert len(persons()) == 1
    assert asked(REVIEWER) == set()
    assert asked(SECOND_REVIEWER) == {pair}
    with pytest.raises(OwnDecisionError):
        answer(pair, SAME)
    answer(pair, SAME, SECOND_REVIEWER)
    assert asked(SECOND_REVIEWER) == set()
    second = LinkDecision.objects.get(reading=Reading.SECOND)
    assert second.drawn
    assert second.about == LinkDecision.objects.get(reading=Reading.FIRST)


@pytest.mark.usefixtures("read_twice")
def test_disagreement_keeps_the_first_answer_until_a_third_person_settles_it(pair: UUID) -> None:
    answer(pair, SAME)
    found = answer(pair, DIFFERENT, SECOND_REVIEWER)
    assert (found.decision, found.waits) == ("same", Waits.DISPUTED)
    assert len(persons()) == 1
    assert [question.id for question in selectors.disputes(10, reader=cast.actor(SUPERVISOR).id)] == [pair]
    assert (answer(pair, DIFFERENT, SUPERVISOR).waits, len(persons())) == (Waits.DONE, 2)
    assert selectors.disputes(10, reader=cast.actor(SUPERVISOR).id) == ()


@pytest.mark.usefixtures("read_twice")
def test_only_a_supervisor_who_is_neither_of_the_two_settles(pair: UUID) -> None:
    answer(pair, SAME, SUPERVISOR)
    answer(pair, DIFFERENT, SECOND_REVIEWER)
    with pytest.raises(DisputedError):
        answer(pair, SAME, REVIEWER)
    with pytest.raises(OwnDecisionError):
        answer(pair, SAME, SUPERVISOR)
    assert selectors.disputes(10, reader=cast.actor(SUPERVISOR).id) == ()


def test_answer_that_a_colleague_doubts_holds_until_somebody_else_has_read_the_pair(pair: UUID) -> None:
    """Also the colleague, whose word then says nothing of agreement."""
    answer(pair, SAME)
    found = contest(pair, SECOND_REVIEWER)
    assert (found.decision, found.waits, len(persons())) == ("same", Waits.SECOND, 1)
    assert asked(REVIEWER) == set()
    assert asked(SECOND_REVIEWER) == {pair}
    assert answer(pair, DIFFERENT, SECOND_REVIEWER).waits == Waits.DISPUTED
    assert len(persons()) == 1
    assert not LinkDecision.objects.get(reading=Reading.SECOND).drawn


def test_what_was_doubted_is_read_twice_also_where_it_is_answered_anew(pair: UUID) -> None:
    answer(pair, SAME)
    contest(pair, SECOND_REVIEWER)
    assert undo(pair).waits == Waits.FIRST
    assert answer(pair, DIFFERENT).waits == Waits.SECOND


def test_own_answer_is_not_contested_nor_one_that_another_reading_waits_for_or_had(pair: UUID) -> None:
    with pytest.raises(NotDecidedError):
        contest(pair, SECOND_REVIEWER)
    answer(pair, SAME)
    with pytest.raises(NotDecidedError):
        contest(pair, REVIEWER)
    contest(pair, SECOND_REVIEWER)
    with pytest.raises(NotDecidedError):
        contest(pair, SUPERVISOR)
    answer(pair, SAME, SUPERVISOR)
    with pytest.raises(NotDecidedError):
        contest(pair, SECOND_REVIEWER)


def test_whoever_cuts_an_automatic_link_is_read_by_a_second_person() -> None:
    first, second = linked(), linked()
    cut = answer(pair_of(first, second).id, DIFFERENT, SUPERVISOR)
    assert (cut.decision, cut.waits, len(persons())) == ("different", Waits.SECOND, 2)
    assert asked(SUPERVISOR) == set()
    assert asked(REVIEWER) == {cut.id}
    assert answer(cut.id, SAME).waits == Waits.DISPUTED
    with pytest.raises(OwnDecisionError):
        answer(cut.id, DIFFERENT, SUPERVISOR)


def test_whoever_finds_different_a_link_that_a_look_alike_holds_back_is_read_by_a_second_person() -> None:
    """When the look-alike is withdrawn the answer cuts that link, as if the look-alike had never been there."""
    first, sister, between = linked(), linked(given_names=("Isatu",)), linked(given_names=("Mariama", "Isatu"))
    held_back = pair_of(first, between)
    assert (held_back.held_back, held_back.band) == (True, Pair.Band.QUESTION)
    assert answer(held_back.id, DIFFERENT).waits == Waits.SECOND
    unlink.remove(contributions=[sister], by=LINKER)
    assert (pair_of(first, between).band, pair_of(first, between).waits) == (Pair.Band.AUTOMATIC, Waits.SECOND)


def test_cut_link_waits_for_a_second_person_also_after_a_token_wore_out(monkeypatch: pytest.MonkeyPatch) -> None:
    small = replace(shipped(), cap=2)
    monkeypatch.setattr(candidates, "shipped", lambda: small)
    cut = pair_of(linked(), linked()).id
    answer(cut, DIFFERENT, SUPERVISOR)
    assert answer(cut, DIFFERENT).waits == Waits.DONE
    linked()
    assert Pair.objects.get(id=cut).band == Pair.Band.BELOW
    assert undo(cut).waits == Waits.SECOND


def test_own_slip_is_put_right_without_anybody_else(pair: UUID) -> None:
    answer(pair, SAME)
    undo(pair)
    assert answer(pair, DIFFERENT).waits == Waits.DONE


@pytest.mark.usefixtures("read_twice")
def test_what_two_people_agree_on_is_no_third_persons(pair: UUID) -> None:
    answer(pair, SAME)
    answer(pair, SAME, SECOND_REVIEWER)
    with pytest.raises(NotAskedError):
        answer(pair, DIFFERENT, SUPERVISOR)


@pytest.mark.usefixtures("read_twice")
def test_undo_goes_back_one_answer_at_a_time_and_keeps_every_row(pair: UUID) -> None:
    before = persons()
    answer(pair, SAME)
    answer(pair, DIFFERENT, SECOND_REVIEWER)
    answer(pair, DIFFERENT, SUPERVISOR)
    assert (undo(pair, SUPERVISOR).waits, undo(pair, SECOND_REVIEWER).waits, undo(pair).waits) == (
        "disputed",
        "second",
        "first",
    )
    assert persons() == before
    assert [row.answer for row in LinkDecision.objects.order_by("id")].count("taken-back") == 3
    assert answer(pair, DIFFERENT).decision == "different"


def test_answer_of_a_colleague_is_taken_back_by_nobody_else(pair: UUID) -> None:
    answer(pair, SAME)
    with pytest.raises(NotDecidedError):
        undo(pair, SECOND_REVIEWER)


@pytest.mark.usefixtures("read_twice")
def test_second_reader_cannot_take_back_what_he_may_not_see(pair: UUID) -> None:
    answer(pair, SAME)
    with pytest.raises(NotDecidedError):
        undo(pair, SECOND_REVIEWER)


@pytest.mark.usefixtures("read_twice")
def test_first_reader_cannot_take_back_the_second_answer(pair: UUID) -> None:
    answer(pair, SAME)
    answer(pair, DIFFERENT, SECOND_REVIEWER)
    with pytest.raises(NotDecidedError):
        undo(pair)


@pytest.mark.usefixtures("read_twice")
def test_second_answer_given_again_says_nothing_of_agreement(pair: UUID) -> None:
    """Whoever answered has been shown the first answer since."""
    answer(pair, SAME)
    answer(pair, DIFFERENT, SECOND_REVIEWER)
    undo(pair, SECOND_REVIEWER)
    assert answer(pair, SAME, SECOND_REVIEWER).waits == Waits.DONE
    assert [row.drawn for row in LinkDecision.objects.filter(reading="second").order_by("id")][-1] is False


def test_removal_of_a_report_takes_the_answers_about_it_along() -> None:
    first, second, third = linked(), linked(**VAGUE), linked(given_names=("M.",), birth=NO_DATE)
    answer(pair_of(first, second).id, SAME)
    answer(pair_of(first, third).id, UNCLEAR)
    undo(pair_of(first, second).id)
    unlink.remove(contributions=[second], by=LINKER)
    assert {(row.first_id, row.second_id) for row in LinkDecision.objects.all()} == {tuple(sorted((first, third)))}


@pytest.mark.parametrize("twice", [False, True])
def test_correction_asks_anew_what_nobody_could_tell_and_keeps_a_second_reading_that_was_due(twice: bool) -> None:
    first, second = linked(), linked(**VAGUE)
    old = pair_of(first, second).id
    answer(old, UNCLEAR)
    if twice:
        answer(old, UNCLEAR, SECOND_REVIEWER)
    _link_anew(second)
    assert pair_of(first, second).id != old
    assert pair_of(first, second).waits == Waits.FIRST
    assert answer(pair_of(first, second).id, SAME).waits == (Waits.DONE if twice else Waits.SECOND)


def test_correction_keeps_that_somebody_doubted_the_answer() -> None:
    first, second = linked(), linked(**VAGUE)
    answer(pair_of(first, second).id, SAME)
    contest(pair_of(first, second).id, SECOND_REVIEWER)
    undo(pair_of(first, second).id)
    _link_anew(second)
    assert answer(pair_of(first, second).id, DIFFERENT).waits == Waits.SECOND


def test_reason_reading_and_answer_stand_in_the_trail(pair: UUID) -> None:
    answer(pair, DIFFERENT)
    details = AuditEntry.objects.filter(object_type="pair").get().details
    assert (details["decision"], details["reason"], details["reading"]) == ("different", "relatives", "first")


def test_one_answer_takes_as_many_queries_in_a_large_register(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    one = pair_of(linked(), linked(**VAGUE)).id
    cast.actor(REVIEWER)
    with django_assert_max_num_queries(40) as few:
        answer(one, UNCLEAR)
    for number in range(60):
        sent(given_names=(f"Naam{number}",), family_name=f"Ander{number % 20}", birth=NO_DATE)
    link_all()
    other = pair_of(
        linked(family_name="Zwaluw", given_names=("Isatu",)),
        linked(family_name="Zwaluw", birth=NO_DATE, given_names=("I.",)),
    )
    with django_assert_max_num_queries(len(few)):
        answer(other.id, UNCLEAR)


def _link_anew(contribution: UUID) -> None:
    Contribution.objects.filter(id=contribution).update(needs_linking=True)
    link_all()


def stored() -> dict[UUID, float]:
    return dict(Pair.objects.filter(waits=Waits.FIRST, band=Pair.Band.QUESTION).values_list("id", "usefulness"))


def test_usefulness_follows_the_persons() -> None:
    """A second report of one of the two in the same year makes more hang on the answer; joined by another way, nothing."""
    first, second = linked(), linked(**VAGUE)
    pair = pair_of(first, second).id
    alone = stored()[pair]
    third = linked()
    assert stored()[pair] == pytest.approx(alone * 2**0.5)
    answer(pair_of(second, third).id, SAME)
    assert stored()[pair] == 0
    undo(pair_of(second, third).id)
    assert stored()[pair] == pytest.approx(alone * 2**0.5)
    unlink.remove(contributions=[third], by=LINKER)
    assert stored()[pair] == alone


def test_what_is_stored_is_what_is_computed_anew() -> None:
    for number in range(4):
        linked(birth=NO_DATE if number % 2 else MARIAMA.birth, given_names=("M.",) if number == 3 else MARIAMA.given_names)
    before = stored()
    assert any(before.values())
    Pair.objects.update(usefulness=99.0)
    usefulness.renew(Contribution.objects.values_list("id", flat=True))
    assert stored() == before
    assert not Pair.objects.exclude(band=Pair.Band.QUESTION).exclude(usefulness=0).exists()


def test_questions_are_read_a_portion_at_a_time_by_key(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        linked(family_name=f"Zwaluw{'abcde'[number]}", **VAGUE), linked(family_name=f"Zwaluw{'abcde'[number]}", **VAGUE)
    whole = [one.id for one in selectors.open_questions(50)]
    monkeypatch.setattr(selectors, "PORTION", 2)
    with CaptureQueriesContext(connection) as read:
        assert [one.id for one in selectors.open_questions(50)] == whole
    assert not [query for query in read if "OFFSET" in query["sql"]]


def test_pair_that_nobody_could_tell_about_waits_as_before_when_a_worn_token_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answers outlive the row; the second reading that was due is still due."""
    small = replace(shipped(), cap=2)
    monkeypatch.setattr(candidates, "shipped", lambda: small)
    first, second = linked(), linked(**VAGUE)
    row = pair_of(first, second).id
    assert answer(row, UNCLEAR).waits == Waits.SECOND
    third = linked(**VAGUE)
    assert not Pair.objects.filter(id=row).exists()
    assert LinkDecision.objects.get().pair == row
    unlink.remove(contributions=[third], by=LINKER)
    back = pair_of(first, second)
    assert (back.waits, back.decision) == (Waits.FIRST, "")
    assert answer(back.id, DIFFERENT).waits == Waits.SECOND
    assert len(persons()) == 2
