"""Only what somebody is asked to read is opened and answered; any other link is put right by whoever settles."""

from uuid import UUID

import pytest

from intake import comparing
from intake.errors import NotAskedError, NotForReviewError
from intake.matching import history, quality_sample, review, sampling, selectors
from intake.models.decision import LinkDecision, Verdict
from intake.models.matching import Pair
from intake.unlock import Motive
from tests import cast
from tests.cast import REVIEWER, SECOND_REVIEWER, SUPERVISOR
from tests.linked import NO_DATE, VAGUE, linked, pair_of, persons

pytestmark = pytest.mark.django_db

SAME, DIFFERENT = Verdict.SAME_DETAILS, Verdict.DIFFERENT_RELATIVES


@pytest.fixture
def no_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality_sample, "WANTED", 0)


@pytest.fixture
def link() -> UUID:
    return pair_of(linked(), linked()).id


@pytest.fixture
def below(monkeypatch: pytest.MonkeyPatch) -> UUID:
    monkeypatch.setattr(sampling, "KEPT_BELOW", 1)
    monkeypatch.setattr(sampling, "BITS_BELOW", 40.0)
    return pair_of(linked(), linked(given_names=("Elena",), family_name="Popescu")).id


def refused(pair: UUID, person: cast.Person) -> None:
    by, before = cast.actor(person), (persons(), LinkDecision.objects.count(), Pair.objects.get(id=pair).waits)
    assert review.reading_of(pair=pair, by=by) is None
    with pytest.raises(NotForReviewError):
        comparing.open_both(pair=pair, motive=Motive.PAIR_DETAILS, by=by)
    for verdict in (SAME, DIFFERENT):
        with pytest.raises(NotAskedError):
            review.decide(pair=pair, verdict=verdict, by=by)
    assert (persons(), LinkDecision.objects.count(), Pair.objects.get(id=pair).waits) == before


def answer(pair: UUID, verdict: Verdict, person: cast.Person) -> Pair:
    review.decide(pair=pair, verdict=verdict, by=cast.actor(person))
    return Pair.objects.get(id=pair)


@pytest.mark.usefixtures("no_sample")
def test_link_that_was_not_drawn_is_no_reviewers(link: UUID) -> None:
    refused(link, REVIEWER)


@pytest.mark.usefixtures("no_sample")
@pytest.mark.parametrize("person", [REVIEWER, SUPERVISOR])
def test_pair_below_the_bound_that_was_not_drawn_is_nobodys(below: UUID, person: cast.Person) -> None:
    refused(below, person)


def test_drawn_link_is_every_reviewers_until_it_was_read(link: UUID) -> None:
    assert answer(link, SAME, REVIEWER).waits == Pair.Waits.DONE
    refused(link, SECOND_REVIEWER)
    refused(link, SUPERVISOR)


def test_question_that_was_answered_and_waits_for_nobody_is_closed_to_everybody() -> None:
    pair = pair_of(linked(), linked(**VAGUE)).id
    answer(pair, SAME, REVIEWER)
    refused(pair, SECOND_REVIEWER)


@pytest.mark.usefixtures("no_sample")
def test_whoever_settles_corrects_a_link_with_a_reason(link: UUID) -> None:
    comparing.open_both(pair=link, motive=Motive.PAIR_CONTRADICTS, by=cast.actor(SUPERVISOR))
    assert answer(link, DIFFERENT, SUPERVISOR).decision == "different"
    assert LinkDecision.objects.get().reason == "relatives"
    assert len(persons()) == 2


@pytest.mark.usefixtures("no_sample")
def test_one_pair_that_is_not_asked_stops_many_answers(link: UUID) -> None:
    asked = pair_of(linked(family_name="Zwaluw"), linked(family_name="Zwaluw", **VAGUE)).id
    with pytest.raises(NotAskedError):
        review.decide_many(verdicts={asked: SAME, link: DIFFERENT}, by=cast.actor(REVIEWER))
    assert not LinkDecision.objects.exists()


def test_second_reader_learns_nothing_of_the_first_answer_from_a_neighbouring_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "READ_TWICE", 1)
    first, second, third = linked(), linked(**VAGUE), linked(given_names=("M.",), birth=NO_DATE, family_name="Kabirou")
    answer(pair_of(first, second).id, SAME, REVIEWER)
    for end in (first, second):
        question = selectors.question(pair_of(end, third).id)
        assert question is not None
        told = history.of_both(question, reader=cast.actor(SECOND_REVIEWER).id)
        assert [row for one in told for row in one.answered] == []
        assert None in [one.together for one in told]
        known = history.of_both(question, reader=cast.actor(REVIEWER).id)
        assert [row.answer for one in known for row in one.answered] == ["same"]
