"""Pairs that people decided: they carry the score of today's records, so that undo gives what a full relink gives."""

from dataclasses import replace
from unittest import mock
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from intake.errors import ContradictionError, OwnDecisionError
from intake.linkage.fellegi_sunter import shipped
from intake.matching import candidates, review, unlink
from intake.matching.services import LINKER
from intake.models.contribution import Contribution
from intake.models.decision import Verdict
from intake.models.matching import MatchingFeatures, Pair, Person, PersonContribution, Token
from safeguards import data_keys
from safeguards.models import DataKey
from tests import cast
from tests.cast import REVIEWER
from tests.linked import NO_DATE, VAGUE, link_all, linked, pair_of, persons, sent_again

pytestmark = pytest.mark.django_db

ANOTHER = {"given_names": ("Elena",), "family_name": "Popescu", "birth": NO_DATE}
VARIATIONS = ({}, {"family_name": "Kabriu"}, {"given_names": ("Isatu",)}, VAGUE, {"v_number": "2876543210"}, ANOTHER)
VERDICTS = (Verdict.SAME_DETAILS, Verdict.DIFFERENT_RELATIVES)
NUMBERS = st.integers(0, 3)
VARIED = st.integers(0, len(VARIATIONS) - 1)
STEPS = st.one_of(
    st.tuples(st.just("report"), VARIED),
    st.tuples(st.just("correct"), NUMBERS, VARIED),
    st.tuples(st.just("decide"), NUMBERS, st.sampled_from(VERDICTS)),
    st.tuples(st.just("undo"), NUMBERS),
    st.tuples(st.just("remove"), NUMBERS),
)
SMALL = replace(shipped(), cap=3)


@pytest.fixture
def worn_at_two(monkeypatch: pytest.MonkeyPatch) -> None:
    small = replace(shipped(), cap=2)
    monkeypatch.setattr(candidates, "shipped", lambda: small)


def decide(one: UUID, other: UUID, verdict: Verdict = Verdict.SAME_DETAILS) -> None:
    review.decide(pair=pair_of(one, other).id, verdict=verdict, by=cast.actor(REVIEWER))


def undo(one: UUID, other: UUID) -> None:
    review.undo(pair=pair_of(one, other).id, by=cast.actor(REVIEWER))


def test_undo_after_a_correction_to_another_person_leaves_strangers_apart() -> None:
    first, second = linked(), linked(own_reference="zaak 1")
    decide(first, second)
    sent_again(own_reference="zaak 1", **ANOTHER)
    link_all()
    pair = pair_of(first, second)
    assert (pair.band, pair.draw, pair.decision) == (Pair.Band.BELOW, None, Pair.Decision.SAME)
    assert ["birth-date", "same"] not in [part[:2] for part in pair.explanation["evidence"]]
    assert persons() == {frozenset({first, second})}
    undo(first, second)
    assert persons() == {frozenset({first}), frozenset({second})}
    assert not Pair.objects.exists()


@pytest.mark.usefixtures("worn_at_two")
def test_undo_after_the_token_wore_leaves_them_apart() -> None:
    first, second = linked(), linked()
    decide(first, second)
    third = linked()
    assert persons() == {frozenset({first, second}), frozenset({third})}
    undo(first, second)
    assert persons() == {frozenset({first}), frozenset({second}), frozenset({third})}
    assert not Pair.objects.exists()


@pytest.mark.usefixtures("worn_at_two")
def test_decided_pair_is_a_candidate_again_when_its_token_comes_back() -> None:
    first, second = linked(), linked()
    decide(first, second)
    before = pair_of(first, second).draw
    third = linked()
    unlink.remove(contributions=[third], by=LINKER)
    assert (pair_of(first, second).band, pair_of(first, second).draw) == (Pair.Band.AUTOMATIC, before)
    undo(first, second)
    assert persons() == {frozenset({first, second})}


def test_decided_pair_of_whom_one_identity_cannot_be_opened_shows_no_evidence() -> None:
    first, second = linked(), linked()
    decide(first, second)
    data_keys.destroy([second], [DataKey.Purpose.IDENTITY])
    Contribution.objects.filter(id=second).update(needs_linking=True)
    link_all()
    assert (pair_of(first, second).explanation["evidence"], pair_of(first, second).band) == ([], Pair.Band.BELOW)


class DatabaseEqualsFullRelink(TestCase):
    """A random history of reports, corrections, decisions, undo, withdrawals and worn tokens against one relink of all."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_state_equals_full_relink(self, data: st.DataObject) -> None:
        with mock.patch.object(candidates, "shipped", return_value=SMALL):
            reports: dict[int, UUID] = {}
            for variation in (0, *data.draw(st.lists(VARIED, min_size=1, max_size=3))):
                _report(reports, variation)
            for name, *values in data.draw(st.lists(STEPS, min_size=3, max_size=9)):
                ACTS[name](reports, *values)
            after = _state()
            _relink()
            assert _state() == after
            for pair in Pair.objects.exclude(decision=""):
                undo(pair.first_id, pair.second_id)
            after = _state()
            _forget_everything()
            _relink()
            assert _state() == after


def _report(reports: dict[int, UUID], variation: int) -> None:
    number = len(reports)
    reports[number] = linked(own_reference=f"zaak {number}", **VARIATIONS[variation])


def _correct(reports: dict[int, UUID], number: int, variation: int) -> None:
    if Contribution.objects.filter(id=reports.get(number)).exists():
        sent_again(own_reference=f"zaak {number}", **VARIATIONS[variation])
        link_all()


def _decide(_: dict[int, UUID], number: int, verdict: Verdict) -> None:
    """Where this can be said of the pair."""
    for pair in Pair.objects.filter(decision="").order_by("first", "second")[number : number + 1]:
        try:
            decide(pair.first_id, pair.second_id, verdict)
        except (ContradictionError, OwnDecisionError):
            return


def _undo(_: dict[int, UUID], number: int) -> None:
    for pair in Pair.objects.exclude(decision="").order_by("id")[number : number + 1]:
        undo(pair.first_id, pair.second_id)


def _remove(reports: dict[int, UUID], number: int) -> None:
    """For good, as after a withdrawal."""
    if gone := reports.get(number):
        unlink.remove(contributions=[gone], by=LINKER)
        Contribution.objects.filter(id=gone).update(state=Contribution.State.HELD)


ACTS = {"report": _report, "correct": _correct, "decide": _decide, "undo": _undo, "remove": _remove}


def _state() -> tuple[object, ...]:
    """A link that is held back counts as what it is by itself where people decided about it: nothing is held back there."""
    rows = Pair.objects.values_list("first", "second", "weight", "band", "held_back", "draw", "decision")
    pairs = {
        (*ends, weight, Pair.Band.AUTOMATIC if decision and held else band, held and not decision, draw, decision)
        for *ends, weight, band, held, draw, decision in rows
    }
    return persons(), pairs


def _relink() -> None:
    Contribution.objects.filter(state=Contribution.State.ACCEPTED).update(needs_linking=True)
    link_all()


def _forget_everything() -> None:
    data_keys.destroy(MatchingFeatures.objects.values_list("contribution", flat=True), [DataKey.Purpose.MATCHING])
    for model in (Token, MatchingFeatures, Pair, PersonContribution, Person):
        model.objects.all().delete()
