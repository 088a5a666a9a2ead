"""The sample of pairs, what is asked to be read of it, and the figures of how well linkage does that rest on it."""

from typing import Any
from uuid import UUID

import pytest

from accounts.permissions import NotAllowedError
from accounts.reporters import ReporterGroup, Source
from intake.codes.lists import REGIONS
from intake.linkage.fellegi_sunter import shipped
from intake.matching import labels, quality, quality_sample, review, sampling
from intake.matching.quality_sample import Stratum
from intake.models.decision import Verdict
from intake.models.matching import Pair
from intake.notifications.inputs import PartialDate
from tests import cast
from tests.linked import VAGUE, link_all, linked, pair_of, persons, sent

pytestmark = pytest.mark.django_db

SAME, DIFFERENT, UNCLEAR = Verdict.SAME_DETAILS, Verdict.DIFFERENT_DETAILS, Verdict.UNCLEAR_TOO_LITTLE


def answer(pair: UUID, verdict: Verdict, person: cast.Person = cast.REVIEWER) -> None:
    review.decide(pair=pair, verdict=verdict, by=cast.actor(person))


def measured() -> quality.Quality:
    return quality.measure(by=cast.actor(cast.ANALYST))


def sample(stratum: Stratum) -> quality_sample.Sample:
    return next(one for one in quality_sample.samples() if one.stratum is stratum)


NAMES = (
    "Zwaluwenburg", "Okafor", "Petrescu", "Nguyen", "Haddad", "Wójcik", "Tesfaye", "Bakker", "Moreira", "Ivanova", "Yilmaz",
    "Khan",
)  # fmt: skip


def links(number: int, **said: Any) -> list[UUID]:
    """So many persons with two reports each, joined automatically, and nobody like anybody else."""
    ends = []
    for place, name in enumerate(NAMES[:number]):
        born = PartialDate(1970 + place, 12 - place, 2 * place + 1)
        who = {"family_name": name, "given_names": (name[::-1],), "birth": born}
        ends.append([sent(**who, **said) for _ in range(2)])
    link_all()
    return [pair_of(*two).id for two in ends]


def test_draw_depends_on_the_two_alone_and_falls_evenly() -> None:
    ends = [(UUID(int=number), UUID(int=number + 1)) for number in range(4000)]
    places = [sampling.place(two) for two in ends]
    assert places == [sampling.place(two) for two in ends]
    assert sum(place < sampling.PLACES // 4 for place in places) == pytest.approx(1000, abs=110)
    assert all(0 <= place < sampling.PLACES for place in places)
    assert len(set(places)) > 3990


def test_second_reading_is_drawn_apart_from_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "READ_TWICE", 10)
    ends = [(UUID(int=number), UUID(int=number + 1)) for number in range(4000)]
    twice = [two for two in ends if sampling.read_twice(two)]
    assert len(twice) == pytest.approx(400, abs=80)
    assert sum(sampling.place(two) < sampling.PLACES // 2 for two in twice) == pytest.approx(len(twice) / 2, abs=50)


def test_automatic_links_are_checked_in_the_order_of_the_draw() -> None:
    pairs = links(4)
    asked = quality_sample.next_checks()
    assert set(asked) == set(pairs)
    for stratum in Stratum:
        places = [Pair.objects.get(id=one.pair).draw or 0 for one in sample(stratum).drawn]
        assert places == sorted(places)
    answer(asked[0], SAME)
    assert quality_sample.next_checks() == asked[1:]
    assert len(quality_sample.next_checks()) == 3


def test_a_link_that_a_check_finds_wrong_is_undone() -> None:
    (pair,) = links(1)
    answer(pair, DIFFERENT)
    assert len(persons()) == 2


def test_what_is_too_unlike_is_kept_by_the_draw_alone_and_joins_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "KEPT_BELOW", 1)
    monkeypatch.setattr(sampling, "BITS_BELOW", 40.0)
    first, second = linked(), linked(given_names=("Elena",), family_name="Popescu")
    pair = pair_of(first, second)
    assert (pair.band, pair.weight < shipped().lower) == ("below", True)
    assert len(persons()) == 2
    assert quality_sample.next_checks() == (pair.id,)
    answer(pair.id, SAME)
    assert len(persons()) == 1


def test_pair_read_before_its_turn_does_not_count_until_those_before_it_are_read() -> None:
    links(3)
    first, second, third = quality_sample.next_checks()
    answer(third, SAME)
    assert sample(Stratum.SURELY_LINKED).read == ()
    answer(first, SAME)
    answer(second, UNCLEAR)
    found = sample(Stratum.SURELY_LINKED)
    assert (len(found.read), len(found.answered), found.stands_for) == (3, 2, 3)


def test_figures_are_of_the_answers_that_hold() -> None:
    pairs = links(12)
    for pair in pairs[:-1]:
        answer(pair, SAME)
    answer(pairs[-1], DIFFERENT)
    found = measured().overall
    assert found.precision is not None
    assert found.precision.value == pytest.approx(11 / 12)
    review.undo(pair=pairs[-1], by=cast.actor(cast.REVIEWER))
    answer(pairs[-1], SAME)
    again = measured().overall.precision
    assert again is not None
    assert again.value == 1.0
    assert again.low < 1.0


def test_too_few_answers_and_unread_strata_give_no_figure() -> None:
    pairs = links(12)
    for pair in pairs[:9]:
        answer(pair, SAME)
    assert measured().overall.precision is None
    for pair in pairs[9:]:
        answer(pair, SAME)
    assert measured().overall.precision is not None
    first, second = linked(), linked(**VAGUE)
    assert measured().overall.recall is None
    answer(pair_of(first, second).id, SAME)
    recall = measured().overall.recall
    assert recall is not None
    assert recall.value == pytest.approx(12 / 13)


def test_groups_are_all_regions_and_reporters_and_counts_are_told_in_steps() -> None:
    for pair in links(12):
        answer(pair, SAME)
    found = measured()
    assert [group.code for group in found.by_region] == [*REGIONS.codes, ""]
    assert [group.code for group in found.by_reporter] == [*ReporterGroup, Source.EMM, Source.OM]
    known = {group.code: group.answered for group in (*found.by_region, *found.by_reporter) if group.answered}
    assert known == {"africa": quality.Within(10, 14), "police": quality.Within(10, 14)}
    assert found.overall.answered == quality.Within(10, 14)


def test_what_is_told_of_nobody_is_what_is_told_of_a_few() -> None:
    nothing = measured().by_region
    for pair in links(9):
        answer(pair, SAME)
    assert measured().by_region == nothing


@pytest.mark.parametrize(("number", "told"), [(0, None), (1, None), (9, None), (10, (10, 14)), (14, (10, 14)), (15, (15, 19))])
def test_count_under_ten_is_told_as_fewer_and_others_in_steps(number: int, told: tuple[int, int] | None) -> None:
    assert quality.protected(number) == (told and quality.Within(*told))


def test_agreement_is_of_the_drawn_pairs_and_counts_no_answer_that_was_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = links(4)
    answer(pairs[0], UNCLEAR)
    answer(pairs[0], SAME, cast.SECOND_REVIEWER)
    assert measured().agreement.read_twice == 0
    monkeypatch.setattr(sampling, "READ_TWICE", 1)
    monkeypatch.setattr(quality, "ENOUGH_READ_TWICE", 2)
    for pair, second in zip(pairs[1:], (SAME, DIFFERENT, SAME), strict=True):
        answer(pair, SAME if pair != pairs[2] else DIFFERENT)
        answer(pair, second, cast.SECOND_REVIEWER)
    found = measured().agreement
    assert (found.read_twice, found.disputed) == (3, 0)
    assert found.kappa is not None
    assert found.kappa.value == 1.0
    review.undo(pair=pairs[1], by=cast.actor(cast.SECOND_REVIEWER))
    assert measured().agreement.read_twice == 2


def test_answered_pair_of_the_sample_stands_for_its_stratum_and_what_was_asked_for_its_use_for_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(quality_sample, "WANTED", 2)
    pairs = links(3)
    for pair in pairs:
        answer(pair, SAME, cast.SUPERVISOR)
    (sample_of_links,) = (one for one in quality_sample.samples() if one.stands_for)
    drawn = {one.pair for one in sample_of_links.drawn}
    assert quality_sample.standing() == dict.fromkeys(drawn, quality_sample.Standing(sample_of_links.stratum, 1.5))
    assert sorted(one.standing is None for one in labels.labelled_pairs()) == [False, False, True]
    assert quality_sample.unread_strata() == ()


def test_labels_are_the_decisions_that_hold_and_whether_they_were_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality_sample, "WANTED", 1)
    first, second, third = links(3)
    drawn = quality_sample.next_checks()[:1]
    for pair, verdict in ((first, SAME), (second, DIFFERENT), (third, UNCLEAR)):
        answer(pair, verdict, cast.SUPERVISOR)
    rows = {row.id: row for row in Pair.objects.all()}
    found = {(one.first, one.second): (one.same, one.sampled) for one in labels.labelled_pairs()}
    expected = {(first, True), (second, False)}
    assert found == {(rows[pair].first_id, rows[pair].second_id): (same, pair in drawn) for pair, same in expected}


@pytest.mark.parametrize("person", [cast.OFFICER, cast.OWNER, cast.REVIEWER, cast.CONSENT_ADMINISTRATOR, cast.APPROVER])
def test_who_may_not_read_the_figures_gets_none(person: cast.Person) -> None:
    with pytest.raises(NotAllowedError):
        quality.measure(by=cast.actor(person))


def test_after_an_answer_the_next_check_is_not_the_one_that_was_passed_over() -> None:
    links(3)
    passed, read, following = quality_sample.next_checks()
    answer(read, SAME)
    assert quality_sample.next_checks(after=read) == (following,)
    assert quality_sample.next_checks() == (passed, following)
