"""What became of persons: one event a merge and a split, from which who is one person now follows; and its undoing."""

from collections.abc import Callable
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from intake import events
from intake.errors import IntakeError
from intake.linkage.fellegi_sunter import shipped
from intake.matching import person_events, review, services, setting_aside, unlink
from intake.matching.services import LINKER
from intake.models.contribution import Contribution
from intake.models.decision import LinkDecision, Reading, Verdict
from intake.models.matching import Pair, Person, PersonContribution
from intake.models.person_event import PersonEvent, PersonMove
from intake.models.restriction import Restriction
from safeguards.errors import AppendOnlyError
from safeguards.models import AuditEntry
from tests import cast
from tests.linked import NO_DATE, VAGUE, link_all, linked, pair_of, persons, sent

pytestmark = pytest.mark.django_db

Kind, Reason = PersonEvent.Kind, PersonEvent.Reason
NUMBER = {"v_number": "2876543210"}
VARIATIONS = ({}, {"given_names": ("Isatu",)}, VAGUE, {"birth": NO_DATE}, NUMBER, VAGUE | NUMBER)
VERDICTS = (Verdict.SAME_DETAILS, Verdict.DIFFERENT_RELATIVES, Verdict.UNCLEAR_TOO_LITTLE)


def stored() -> dict[UUID, UUID]:
    return dict(PersonContribution.objects.values_list("contribution", "person"))


def replayed() -> dict[UUID, UUID]:
    """Who is one person by the moves alone, from the first on."""
    found: dict[UUID, UUID] = {}
    for contribution, person in PersonMove.objects.order_by("id").values_list("contribution", "person"):
        found.pop(contribution, None)
        if person:
            found[contribution] = person
    return found


def person_of(contribution: UUID) -> UUID:
    return stored()[contribution]


def moved(event: PersonEvent) -> set[UUID]:
    return set(event.moves.values_list("contribution", flat=True))


def answer(one: UUID, other: UUID, verdict: Verdict = Verdict.SAME_DETAILS, by: cast.Person = cast.REVIEWER) -> None:
    review.decide(pair=pair_of(one, other).id, verdict=verdict, by=cast.actor(by))


def undo(one: UUID, other: UUID) -> None:
    review.undo(pair=pair_of(one, other).id, by=cast.actor(cast.REVIEWER))


def a_bridge() -> tuple[UUID, UUID, UUID]:
    """Two persons whom a third report, sent last, joins."""
    return linked(**NUMBER, **VAGUE), linked(), linked(**NUMBER)


def test_automatic_link_is_an_event_with_its_pair_and_version():
    first, second = linked(), linked()
    event = PersonEvent.objects.get()
    assert (event.kind, event.person, event.other, moved(event)) == (Kind.MERGE, person_of(first), None, {second})
    assert (event.reason, event.actor_kind, event.actor_id) == (Reason.LINKED, "system", LINKER.id)
    assert (event.pair, event.decision, event.parameters) == (pair_of(first, second).id, None, shipped().version)


def test_weight_is_kept_in_steps_alone():
    pair = pair_of(linked(), linked())
    event = PersonEvent.objects.get()
    assert event.weight in person_events.STEPS
    assert event.weight < pair.weight
    assert [person_events.step(weight) for weight in (7.1, 6.9, -0.5, -900.0)] == [7, 3, -1, person_events.LOWEST]


def test_reports_that_are_linked_in_one_go_begin_one_person():
    first, second, third = sorted(sent() for _ in range(3))
    link_all()
    assert moved(PersonEvent.objects.get()) == {second, third}
    assert PersonMove.objects.get(event=None).contribution_id == first


def test_answer_joins_two_persons_and_is_named():
    first, second = linked(), linked(**VAGUE)
    older, younger = person_of(first), person_of(second)
    answer(first, second)
    event = PersonEvent.objects.get()
    assert (event.kind, event.person, event.other, moved(event)) == (Kind.MERGE, older, younger, {second})
    assert (event.reason, event.reading, event.decision) == (Reason.SAME, Reading.FIRST, LinkDecision.objects.get())
    assert (event.actor_kind, event.actor_id) == ("user", cast.actor(cast.REVIEWER).id)


def test_answer_taken_back_makes_the_inverse_event_and_the_person_that_was():
    first, second = linked(), linked(**VAGUE)
    before = stored()
    answer(first, second)
    undo(first, second)
    merge, split = PersonEvent.objects.order_by("id")
    assert (split.kind, split.person, split.other, moved(split)) == (Kind.SPLIT, merge.person, merge.other, moved(merge))
    assert (split.undoes, split.reason) == (merge, Reason.TAKEN_BACK)
    assert stored() == before == replayed()


def test_the_same_answer_again_undoes_the_split():
    first, second = linked(), linked(**VAGUE)
    answer(first, second)
    undo(first, second)
    answer(first, second)
    *_, split, again = PersonEvent.objects.order_by("id")
    assert (again.undoes, moved(again)) == (split, {second})


def test_link_that_a_supervisor_corrects_is_a_split_by_that_answer():
    first, second = linked(), linked()
    answer(first, second, Verdict.DIFFERENT_NAMESAKES, cast.SUPERVISOR)
    merge, split = PersonEvent.objects.order_by("id")
    assert (split.kind, split.person, split.reason) == (Kind.SPLIT, merge.person, Reason.DIFFERENT)
    assert split.decision == LinkDecision.objects.get()
    assert split.pair == pair_of(first, second).id


def test_report_that_joins_two_persons_makes_an_event_for_each_that_comes():
    first, second, bridge = a_bridge()
    kept = person_of(bridge)
    assert {(event.other is None, frozenset(moved(event))) for event in PersonEvent.objects.all()} == {
        (True, frozenset({bridge})),
        (False, frozenset({second})),
    }
    assert set(PersonEvent.objects.values_list("person", flat=True)) == {kept} == {person_of(first)}


def test_withdrawal_splits_what_it_had_joined_and_leaves_nothing_of_itself():
    first, second = linked(**NUMBER, **VAGUE), linked()
    before = stored()
    bridge = linked(**NUMBER)
    told = set(Pair.objects.filter(first=bridge).values_list("id", flat=True))
    told |= set(Pair.objects.filter(second=bridge).values_list("id", flat=True))
    unlink.remove(contributions=[bridge], by=LINKER)
    merge, split = PersonEvent.objects.order_by("id")
    assert (split.kind, split.reason, split.undoes, moved(split)) == (Kind.SPLIT, Reason.REMOVED, merge, {second})
    assert (split.at.hour, split.at.minute, split.at.second, split.at.microsecond) == (0, 0, 0, 0)
    assert not PersonMove.objects.filter(contribution=bridge).exists()
    assert told.isdisjoint(PersonEvent.objects.values_list("pair", flat=True))
    assert (merge.pair, merge.weight) == (None, None)
    assert stored() == before == replayed()
    assert set(stored()) == {first, second}


def test_event_that_moved_the_withdrawn_report_alone_goes_with_it():
    _, second = linked(), linked()
    unlink.remove(contributions=[second], by=LINKER)
    assert not PersonEvent.objects.exists()
    assert replayed() == stored()


def test_answer_about_a_withdrawn_report_is_no_longer_named():
    first, second, third = linked(**VAGUE), linked(**VAGUE), linked(**VAGUE)
    answer(first, second)
    answer(second, third)
    unlink.remove(contributions=[first], by=LINKER)
    assert set(PersonEvent.objects.filter(decision__isnull=False).values_list("decision__pair", flat=True)) <= {
        pair_of(second, third).id
    }
    assert replayed() == stored()


def test_restricted_report_stands_under_nobody_until_it_comes_back():
    first, second, bridge = a_bridge()
    setting_aside.set_aside(contributions=[bridge], by=cast.actor(cast.PRIVACY_OFFICER))
    assert PersonEvent.objects.latest("id").reason == Reason.SET_ASIDE
    assert replayed() == stored()
    assert bridge not in stored()
    services.bring_back(contribution=bridge)
    assert PersonEvent.objects.latest("id").reason == Reason.BROUGHT_BACK
    assert replayed() == stored()
    assert persons() == {frozenset({first, second, bridge})}


def test_report_that_is_linked_anew_says_so():
    first, second = linked(), linked(**VAGUE)
    answer(first, second)
    Contribution.objects.filter(id=second).update(needs_linking=True)
    PersonContribution.objects.filter(contribution=second).update(person=Person.objects.create())
    link_all()
    assert PersonEvent.objects.latest("id").reason == Reason.LINKED_ANEW


def test_of_a_closed_person_only_stays_where_its_reports_stand():
    both = {linked(), linked()}
    unlink.close(contributions=both, by=LINKER)
    assert not PersonEvent.objects.exists()
    assert PersonMove.objects.count() == len(both)
    assert replayed() == stored()


def test_event_is_written_once():
    linked(), linked()
    event = PersonEvent.objects.get()
    for change in (event.save, lambda: PersonEvent.objects.update(weight=None)):
        with pytest.raises(AppendOnlyError):
            change()


def test_trail_has_counts_of_what_people_and_removals_changed_and_no_person():
    first, second = linked(), linked(**VAGUE)
    answer(first, second)
    entry = AuditEntry.objects.get(action=events.LINKAGE_PERSONS_CHANGED)
    assert (entry.object_type, entry.object_id) == ("", "")
    assert entry.details == {"merges": 1, "splits": 0, "reason": "same"}


def test_trail_of_one_report_does_not_tell_whether_the_person_was_known():
    linked()
    linked()
    assert not AuditEntry.objects.filter(action=events.LINKAGE_PERSONS_CHANGED).exists()
    unknown, known = (entry.details for entry in AuditEntry.objects.filter(action=events.LINKAGE_LINKED).order_by("sequence"))
    assert unknown == known


def test_order_of_arrival_changes_no_person_that_the_events_give():
    groups = set()
    for order in ((NUMBER, VAGUE | NUMBER, {}), (VAGUE | NUMBER, {}, NUMBER), ({}, NUMBER, VAGUE | NUMBER)):
        made = {str(variation): linked(**variation) for variation in order}
        names = {contribution: name for name, contribution in made.items()}
        by_person: dict[UUID, set[str]] = {}
        for contribution, person in replayed().items():
            by_person.setdefault(person, set()).add(names[contribution])
        groups.add(frozenset(map(frozenset, by_person.values())))
        unlink.remove(contributions=list(names), by=LINKER)
    assert len(groups) == 1


Step = Callable[[st.DataObject, list[UUID]], None]


def _link(data: st.DataObject, ids: list[UUID]) -> None:
    for number in data.draw(st.lists(st.integers(0, len(VARIATIONS) - 1), min_size=1, max_size=2)):
        ids.append(sent(**VARIATIONS[number]))
    link_all()


def _pair(data: st.DataObject) -> Pair | None:
    found = list(Pair.objects.filter(set_aside=False).order_by("first", "second"))
    return data.draw(st.sampled_from(found)) if found else None


def _answer(data: st.DataObject, _: list[UUID]) -> None:
    pair, verdict = _pair(data), data.draw(st.sampled_from(VERDICTS))
    if pair:
        _if_allowed(lambda: review.decide(pair=pair.id, verdict=verdict, by=cast.actor(cast.SUPERVISOR)))


def _take_back(data: st.DataObject, _: list[UUID]) -> None:
    if pair := _pair(data):
        _if_allowed(lambda: review.undo(pair=pair.id, by=cast.actor(cast.SUPERVISOR)))


def _withdraw(data: st.DataObject, ids: list[UUID]) -> None:
    if ids:
        gone = data.draw(st.sampled_from(ids))
        ids.remove(gone)
        unlink.remove(contributions=[gone], by=LINKER)
        Restriction.objects.filter(contribution=gone).delete()


def _restrict(data: st.DataObject, ids: list[UUID]) -> None:
    if ids:
        setting_aside.set_aside(contributions=[data.draw(st.sampled_from(ids))], by=cast.actor(cast.PRIVACY_OFFICER))


def _bring_back(data: st.DataObject, ids: list[UUID]) -> None:
    if ids:
        services.bring_back(contribution=data.draw(st.sampled_from(ids)))


def _correct(data: st.DataObject, ids: list[UUID]) -> None:
    if ids:
        Contribution.objects.filter(id=data.draw(st.sampled_from(ids))).update(needs_linking=True)
        link_all()


def _if_allowed(act: Callable[[], None]) -> None:
    try:
        act()
    except IntakeError:
        return


class ReplayGivesMembership(TestCase):
    """A random history of reports, answers, answers taken back, withdrawals, restrictions and corrections."""

    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_moves_replayed_are_the_persons_after_every_step(self, data: st.DataObject) -> None:
        ids: list[UUID] = []
        steps: tuple[Step, ...] = (_link, _answer, _take_back, _withdraw, _restrict, _bring_back, _correct)
        _link(data, ids)
        for step in data.draw(st.lists(st.sampled_from(steps), max_size=7)):
            step(data, ids)
            assert replayed() == stored()
        assert set(PersonMove.objects.values_list("contribution", flat=True)) <= set(ids)
        self._each_change_of_persons_is_an_event()

    def _each_change_of_persons_is_an_event(self) -> None:
        for event in PersonEvent.objects.all():
            targets = set(event.moves.values_list("person", flat=True))
            assert targets == {event.other if event.kind == Kind.SPLIT else event.person}
            assert event.actor_id
            assert event.parameters == shipped().version
            if event.undoes:
                assert {event.kind, event.undoes.kind} == {Kind.MERGE, Kind.SPLIT}
