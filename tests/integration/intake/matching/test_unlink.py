"""Taking contributions out: as if they had never been there, for persons, pairs, tokens, features and keys."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.permissions import NotAllowedError
from intake import events
from intake.errors import ContradictionError, OwnDecisionError
from intake.matching import review, services, unlink
from intake.matching.services import LINKER
from intake.models.change import Change
from intake.models.contribution import Contribution
from intake.models.decision import LinkDecision, Verdict
from intake.models.matching import MatchingFeatures, Pair, Person, PersonContribution, Token
from safeguards import data_keys
from safeguards.models import AuditEntry, DataKey
from tests import cast
from tests.linked import NO_DATE, VAGUE, linked, pair_of, persons

pytestmark = pytest.mark.django_db

VARIATIONS = (
    {},
    {"family_name": "Kabriu"},
    {"given_names": ("Isatu",)},
    {"given_names": ("Mariama", "Isatu")},
    {"given_names": ("M.",)},
    {"birth": NO_DATE},
    {"v_number": "2876543210"},
    {"v_number": "2876543210", "birth": NO_DATE, "family_name": "Kabirou"},
)
VERDICTS = (Verdict.SAME_DETAILS, Verdict.DIFFERENT_RELATIVES, Verdict.UNCLEAR_TOO_LITTLE)


def remove(*contributions):
    return unlink.remove(contributions=contributions, by=LINKER)


def test_two_reports_joined_through_a_third_come_apart():
    first = linked(v_number="2876543210", **VAGUE)
    second = linked()
    bridge = linked(v_number="2876543210")
    assert persons() == {frozenset({first, second, bridge})}
    assert remove(bridge) == 1
    assert persons() == {frozenset({first}), frozenset({second})}


def test_nothing_of_the_removed_remains():
    first, second = linked(), linked()
    remove(second)
    assert list(PersonContribution.objects.values_list("contribution", flat=True)) == [first]
    assert Person.objects.count() == 1
    assert not Pair.objects.exists()
    for rows in (Token.objects, MatchingFeatures.objects):
        assert not rows.filter(contribution=second).exists()
    assert not DataKey.objects.filter(owner=second, purpose=DataKey.Purpose.MATCHING).exists()
    assert DataKey.objects.filter(owner=second, purpose=DataKey.Purpose.IDENTITY).exists()


def test_last_contribution_takes_its_person_along_and_the_figures_hear_of_it():
    contribution = linked()
    key = PersonContribution.objects.values_list("person", "year").get()
    remove(contribution)
    assert not Person.objects.exists()
    assert list(Change.objects.order_by("sequence").values_list("person", "year")) == [key, key]


def test_link_that_was_held_back_is_made_when_the_look_alike_goes():
    first, sister = linked(), linked(given_names=("Isatu",))
    between = linked(given_names=("Mariama", "Isatu"))
    assert pair_of(first, between).held_back
    assert persons() == {frozenset({first}), frozenset({sister}), frozenset({between})}
    remove(sister)
    pair = pair_of(first, between)
    assert (pair.held_back, pair.band) == (False, Pair.Band.AUTOMATIC)
    assert persons() == {frozenset({first, between})}


def test_decisions_that_rest_on_it_go_and_others_stay():
    first, second, third = linked(**VAGUE), linked(**VAGUE), linked(**VAGUE)
    by = cast.actor(cast.REVIEWER)
    for one, other in ((first, second), (second, third)):
        review.decide(pair=pair_of(one, other).id, verdict=review.Verdict.SAME_DETAILS, by=by)
    remove(third)
    assert persons() == {frozenset({first, second})}
    assert pair_of(first, second).decision == Pair.Decision.SAME


def test_person_years_of_all_whose_person_changed_are_touched():
    first, second = linked(v_number="2876543210", **VAGUE), linked()
    bridge = linked(v_number="2876543210")
    person = PersonContribution.objects.get(contribution=bridge).person_id
    before = Change.objects.count()
    remove(bridge)
    touched = set(Change.objects.order_by("sequence").values_list("person", "year")[before:])
    now = set(PersonContribution.objects.filter(contribution__in=[first, second]).values_list("person", "year"))
    assert touched == {(person, 2019)} | now


def test_what_was_never_linked_is_removed_without_trace():
    assert remove() == 0
    contribution = linked()
    remove(contribution)
    assert remove(contribution) == 0


def test_removal_stands_in_the_trail_and_needs_the_right():
    contribution = linked()
    with pytest.raises(NotAllowedError):
        unlink.remove(contributions=[contribution], by=cast.actor(cast.OWNER))
    assert PersonContribution.objects.exists()
    remove(contribution)
    assert AuditEntry.objects.get(action=events.LINKAGE_REMOVED).object_id == str(contribution)


class WithdrawalEqualsNeverBeen(TestCase):
    """A random history of reports, decisions and withdrawals against the same register without the withdrawn."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_state_equals_never_been(self, data: st.DataObject) -> None:
        chosen = data.draw(st.lists(st.integers(0, len(VARIATIONS) - 1), min_size=2, max_size=7))
        ids = [linked(**VARIATIONS[number]) for number in chosen]
        drawn = st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids), st.sampled_from(VERDICTS)), max_size=4)
        decided = [one for one in data.draw(drawn) if _decided(*one)]
        gone = data.draw(st.sets(st.sampled_from(ids), min_size=1, max_size=3))
        remove(*gone)
        after = persons(), _pairs()
        remaining = [identifier for identifier in ids if identifier not in gone]
        _forget_everything()
        for identifier in remaining:
            _link_again(identifier)
        for one in decided:
            assert gone & set(one[:2]) or _decided(*one)
        assert (persons(), _pairs()) == after


def _decided(one: UUID, other: UUID, verdict: Verdict) -> bool:
    """Whether the two are a pair about which this can be said."""
    if one == other or not Pair.objects.filter(first=min(one, other), second=max(one, other)).exists():
        return False
    try:
        review.decide(pair=pair_of(one, other).id, verdict=verdict, by=cast.actor(cast.REVIEWER))
    except (ContradictionError, OwnDecisionError):
        return False
    return True


def _pairs() -> set[tuple[object, ...]]:
    return set(Pair.objects.values_list("first", "second", "weight", "band", "held_back", "decision", "waits"))


def _forget_everything() -> None:
    data_keys.destroy(MatchingFeatures.objects.values_list("contribution", flat=True), [DataKey.Purpose.MATCHING])
    for model in (Token, MatchingFeatures, Pair, LinkDecision, PersonContribution, Person):
        model.objects.all().delete()


def _link_again(contribution: object) -> None:
    Contribution.objects.filter(id=contribution).update(needs_linking=True)
    services.link_waiting()
