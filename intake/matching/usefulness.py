"""How much an answer about a pair helps the monitor: how unsure the link is, times what joining the two persons would change.

It is stored with the pair and renewed whenever one of the two persons changes, so that the queue is read from an index.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Any, NamedTuple
from uuid import UUID

from intake.matching.portions import chosen
from intake.models.matching import Pair, PersonContribution
from safeguards import bulk

# A weight that a caution contradicts is not believed: such a link counts as no surer than this.
CAUTIOUS = 0.25
# By their ends alone: asked for those that wait as well, SQLite would go through all that wait.
_READ = f"""
    SELECT id, first_id, second_id, weight, band, explanation, usefulness, waits FROM {Pair._meta.db_table}
    WHERE (band = '{Pair.Band.QUESTION}' OR usefulness > 0) AND
"""  # noqa: S608
UNREAD = f"{_READ} first_id IN ({{ids}}) UNION ALL {_READ} second_id IN ({{ids}})"

_MEMBERS = PersonContribution._meta.db_table
PERSONS = f"SELECT contribution_id, person_id FROM {_MEMBERS} WHERE contribution_id IN ({{ids}})"  # noqa: S608
YEARS = f"SELECT person_id, year FROM {_MEMBERS} WHERE person_id IN ({{ids}})"  # noqa: S608


@dataclass(frozen=True)
class Size:
    """Of one person: its contributions and the years they are in."""

    contributions: int
    years: frozenset[int]


class Unread(NamedTuple):
    """One pair as far as its usefulness needs it."""

    id: UUID
    first: UUID
    second: UUID
    weight: float
    band: str
    cautious: bool
    usefulness: float
    waits: str


def probability(weight: float) -> float:
    """That the two are one person: 1 / (1 + 2^-weight), the weight in bits with the prior in it (Fellegi and Sunter 1969)."""
    return 1 / (1 + 2 ** -max(min(weight, 500.0), -500.0))


def uncertainty(weight: float, *, cautious: bool) -> float:
    """From 1 where the probability is one half to 0 where it is certain: twice the lesser of p and 1 - p."""
    likely = probability(weight)
    unsure = 2 * min(likely, 1 - likely)
    return max(unsure, CAUTIOUS) if cautious else unsure


def impact(one: Size, other: Size) -> float:
    """(1 + years that both have) x root of the product of their contributions.

    Joined, each year that both have is one person-year less, and there is one person less in all (the 1). The answer says
    of each contribution of the one and each of the other whether they belong together; the root of that number, so that
    somebody who was reported very often does not push everybody else out of the queue.
    """
    return (1 + len(one.years & other.years)) * sqrt(one.contributions * other.contributions)


def renew(contributions: Iterable[UUID]) -> None:
    """Write anew how useful the unread questions about these contributions are.

    Nothing for two that are one person already, nor for a link that was held back and is no question any more.
    """
    rows = {row.id: row for row in map(_as_unread, chosen(UNREAD, contributions)) if row.waits == Pair.Waits.FIRST}
    if not rows:
        return
    persons = _persons(end for row in rows.values() for end in (row.first, row.second))
    sizes = _sizes(persons.values())
    found = {row: _useful(row, persons, sizes) for row in rows.values()}
    bulk.update(Pair, ("usefulness", "id"), [(useful, row.id) for row, useful in found.items() if useful != row.usefulness])


def _as_unread(row: tuple[Any, ...]) -> Unread:
    identifier, first, second, weight, band, explanation, useful, waits = row
    pair, one, other = map(bulk.as_uuid, (identifier, first, second))
    return Unread(pair, one, other, weight, band, bool(json.loads(explanation).get("cautions")), useful, waits)


def _useful(row: Unread, persons: dict[UUID, UUID], sizes: dict[UUID, Size]) -> float:
    one, other = persons.get(row.first), persons.get(row.second)
    if not one or not other or one == other or row.band != Pair.Band.QUESTION:
        return 0.0
    return uncertainty(row.weight, cautious=row.cautious) * impact(sizes[one], sizes[other])


def _persons(contributions: Iterable[UUID]) -> dict[UUID, UUID]:
    return {bulk.as_uuid(one): bulk.as_uuid(person) for one, person in chosen(PERSONS, contributions)}


def _sizes(persons: Iterable[UUID]) -> dict[UUID, Size]:
    years: dict[UUID, list[int]] = {}
    for person, year in chosen(YEARS, persons):
        years.setdefault(bulk.as_uuid(person), []).append(year)
    return {person: Size(len(found), frozenset(found)) for person, found in years.items()}
