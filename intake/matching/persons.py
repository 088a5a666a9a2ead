"""Who is one person: regroups the component of the contributions whose links changed, and keeps persons' ids stable.

The grouping is a pure function of the stored pairs and decisions. It scores nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from intake.linkage import clusters, engine
from intake.linkage.fellegi_sunter import shipped
from intake.matching import copies, pairs, person_events, usefulness
from intake.matching.changes import PersonYear
from intake.matching.pairs import Stored
from intake.matching.person_events import Cause, Counted
from intake.matching.portions import chosen, in_portions
from intake.models.contribution import Contribution
from intake.models.matching import Pair, Person, PersonContribution, Two
from safeguards import bulk

_MEMBERS = PersonContribution._meta.db_table
MEMBERSHIPS = f"SELECT contribution_id, person_id, year FROM {_MEMBERS} WHERE contribution_id IN ({{ids}})"  # noqa: S608
COMPANIONS = f"""
    SELECT contribution_id, person_id, year FROM {_MEMBERS} WHERE person_id IN (
        SELECT person_id FROM {_MEMBERS} WHERE contribution_id IN ({{ids}})
    )
"""  # noqa: S608

Groups = tuple[frozenset[UUID], ...]


@dataclass(frozen=True)
class Regrouped:
    """touched: the person-years whose contributions changed. contradicted: decisions 'same' that others make impossible."""

    touched: frozenset[PersonYear]
    contradicted: frozenset[Two]
    held_back: int
    counted: Counted


@dataclass(frozen=True)
class TakenOut:
    """linked: how many had a person. touched: the person-years of these and of all whom it regrouped."""

    linked: int
    touched: frozenset[PersonYear]
    counted: Counted


def regroup(disturbed: Iterable[UUID], cause: Cause) -> Regrouped:
    """Group anew everything that hangs together with these contributions, all of which are linked or about to be."""
    members, found = _component(_with_their_persons(disturbed))
    grouped = clusters.unite(members, pairs.links_of(found), engine.rules(shipped()))
    pairs.mark_held_back(found, grouped.held_back)
    groups = copies.with_followers(grouped.groups)
    before = _memberships(member for group in groups for member in group)
    after = _assign(groups, before)
    counted = person_events.record(_persons_of(before), _persons_of(after), found, cause)
    usefulness.renew(members)
    return Regrouped(
        touched=frozenset(_touched(before, after)),
        contradicted=frozenset(pair for pair in grouped.held_back if found[pair].decision == Pair.Decision.SAME),
        held_back=len(grouped.held_back),
        counted=counted,
    )


def take_out(leaving: set[UUID], *, forget: Callable[[set[UUID]], set[UUID]], cause: Cause) -> TakenOut:
    """These stand under no person any more; the others are grouped as if they were not here.

    forget ends what links them, and returns whoever else's links may have changed.
    """
    before = companions(leaving)
    linked = leaving & before.keys()
    disturbed = pairs.partners(leaving) | (before.keys() - leaving) | forget(leaving)
    for portion in in_portions(leaving):
        PersonContribution.objects.filter(contribution__in=portion).delete()
    delete_empty(before[contribution][0] for contribution in linked)
    grouped = regroup(disturbed - leaving, cause)
    return TakenOut(len(linked), grouped.touched | {before[contribution] for contribution in linked}, grouped.counted)


def follow(following: Mapping[UUID, UUID], grouped: Regrouped, cause: Cause) -> Regrouped:
    """What was regrouped, and with it each of these copies at the person of whom it follows."""
    if not following:
        return grouped
    before, years = _memberships(following.values()) | companions(following), _years(following)
    after = before | {one: (before[other][0], years[one]) for one, other in following.items()}
    _write(before, {one: after[one] for one in following if before.get(one) != after[one]})
    counted = person_events.record(_persons_of(before), _persons_of(after), {}, cause)
    delete_empty(person for person, _ in before.values())
    merges, splits = grouped.counted.merges + counted.merges, grouped.counted.splits + counted.splits
    return replace(
        grouped,
        touched=grouped.touched | _touched(before, after),
        counted=replace(counted, merges=merges, splits=splits),
    )


def companions(contributions: Iterable[UUID]) -> dict[UUID, PersonYear]:
    """These contributions and all others of the same persons, each with its person and year."""
    return _person_years(COMPANIONS, contributions)


def grouped_otherwise(contributions: Iterable[UUID]) -> frozenset[UUID]:
    """Everybody of the persons, as stored or as their pairs and decisions give them now, that are not the same."""
    members, found = _component(_with_their_persons(contributions))
    united = clusters.unite(members, pairs.links_of(found), engine.rules(shipped())).groups
    groups = set(copies.with_followers(united))
    stored: dict[UUID | None, set[UUID]] = {}
    everybody = {contribution for group in groups for contribution in group}
    memberships = _memberships(everybody)
    for contribution in everybody:
        person, _ = memberships.get(contribution, (None, 0))
        stored.setdefault(person, set()).add(contribution)
    differing: frozenset[UUID] = frozenset()
    return differing.union(*(groups ^ {frozenset(group) for group in stored.values()}))


def years_of(contributions: Iterable[UUID]) -> set[PersonYear]:
    """The person-years that these contributions count in now."""
    return set(_memberships(contributions).values())


def delete_empty(persons: Iterable[UUID]) -> None:
    for portion in in_portions(persons):
        inhabited = PersonContribution.objects.filter(person__in=portion).values_list("person", flat=True)
        Person.objects.filter(id__in=set(portion) - set(inhabited)).delete()


def _with_their_persons(contributions: Iterable[UUID]) -> set[UUID]:
    asked = set(contributions)
    return asked | companions(asked).keys()


def _component(start: set[UUID]) -> tuple[set[UUID], dict[Two, Stored]]:
    """Everything that a chain of links reaches, with the pairs that join or separate it; copies are where they follow."""
    following = copies.among(start)
    members: set[UUID] = set()
    found: dict[Two, Stored] = {}
    reached = (start - following.keys()) | set(following.values())
    while reached:
        members |= reached
        found |= pairs.joining(reached)
        reached = {end for pair in found for end in pair} - members
    return members, found | pairs.within(members)


def _assign(groups: Groups, before: Mapping[UUID, PersonYear]) -> dict[UUID, PersonYear]:
    """Write the memberships, and return them."""
    person_of = _persons_for(groups, before)
    after = {contribution: (person_of[contribution], year) for contribution, year in _years(person_of).items()}
    _write(before, {contribution: state for contribution, state in after.items() if before.get(contribution) != state})
    delete_empty({person for person, _ in before.values()} - set(person_of.values()))
    return after


def _touched(before: Mapping[UUID, PersonYear], after: Mapping[UUID, PersonYear]) -> set[PersonYear]:
    """The person-years that lost or gained a contribution."""
    changed = [contribution for contribution, state in after.items() if before.get(contribution) != state]
    return {state[contribution] for contribution in changed for state in (before, after) if contribution in state}


def _persons_of(memberships: Mapping[UUID, PersonYear]) -> dict[UUID, UUID]:
    return {contribution: person for contribution, (person, _) in memberships.items()}


def _persons_for(groups: Groups, before: Mapping[UUID, PersonYear]) -> dict[UUID, UUID]:
    """The id of a person stays with the largest part of its contributions; of two equally large the older one keeps it.

    Who comes apart again from whom they had come to is the person that they were before.
    """
    created = _created({person for person, _ in before.values()})
    claims = [
        (-size, created[person], person, number)
        for number, group in enumerate(groups)
        for person, size in Counter(before[contribution][0] for contribution in group if contribution in before).items()
    ]
    kept: dict[int, UUID] = {}
    claimed: set[UUID] = set()
    for _, _, person, number in sorted(claims):
        if number not in kept and person not in claimed:
            kept[number] = person
            claimed.add(person)
    apart = {number: group for number, group in enumerate(groups) if number not in kept}
    former = person_events.came_from([group for group in apart.values() if not group.isdisjoint(before)])
    new = {number: former.get(group) or uuid4() for number, group in apart.items()}
    Person.objects.bulk_create(Person(id=person) for person in new.values())
    return {contribution: (kept | new)[number] for number, group in enumerate(groups) for contribution in group}


def _write(before: Mapping[UUID, PersonYear], changed: Mapping[UUID, PersonYear]) -> None:
    new = [(contribution, *state) for contribution, state in changed.items() if contribution not in before]
    bulk.insert(PersonContribution, ("contribution_id", "person_id", "year"), new)
    rows = [
        PersonContribution(contribution_id=contribution, person_id=person, year=year)
        for contribution, (person, year) in changed.items()
        if contribution in before
    ]
    PersonContribution.objects.bulk_update(rows, ["person", "year"])


def _memberships(contributions: Iterable[UUID]) -> dict[UUID, PersonYear]:
    return _person_years(MEMBERSHIPS, contributions)


def _person_years(statement: str, contributions: Iterable[UUID]) -> dict[UUID, PersonYear]:
    rows = chosen(statement, contributions)
    return {bulk.as_uuid(contribution): (bulk.as_uuid(person), year) for contribution, person, year in rows}


def _created(persons: Iterable[UUID]) -> dict[UUID, datetime]:
    rows = (Person.objects.filter(id__in=portion) for portion in in_portions(persons))
    return {person: created for found in rows for person, created in found.values_list("id", "created")}


def _years(contributions: Iterable[UUID]) -> dict[UUID, int]:
    rows = (Contribution.objects.filter(id__in=portion) for portion in in_portions(contributions))
    return {contribution: day.year for found in rows for contribution, day in found.values_list("id", "date")}
