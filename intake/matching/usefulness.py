"""How much an answer about a pair helps the monitor: how unsure the link is, times what joining the two persons would change.

It is stored with the pair and renewed whenever one of the two persons changes, so that the queue is read from an index.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from uuid import UUID

from django.db.models import Q

from intake.matching.portions import in_portions
from intake.models.matching import Pair, PersonContribution

# A weight that a caution contradicts is not believed: such a link counts as no surer than this.
CAUTIOUS = 0.25
READ = ("first", "second", "weight", "band", "explanation", "usefulness", "waits")


@dataclass(frozen=True)
class Size:
    """Of one person: its contributions and the years they are in."""

    contributions: int
    years: frozenset[int]


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
    rows = {row.id: row for portion in in_portions(contributions) for row in _unread(portion)}
    if not rows:
        return
    persons = _persons(end for row in rows.values() for end in (row.first_id, row.second_id))
    sizes = _sizes(persons.values())
    changed = [row for row in rows.values() if _renewed(row, persons, sizes)]
    Pair.objects.bulk_update(changed, ["usefulness"])


def _unread(contributions: list[UUID]) -> list[Pair]:
    """By their ends alone: asked for those that wait as well, SQLite would go through all that wait."""
    ends = Q(first__in=contributions), Q(second__in=contributions)
    found = Pair.objects.filter(Q(band=Pair.Band.QUESTION) | Q(usefulness__gt=0)).only(*READ)
    return [row for end in ends for row in found.filter(end) if row.waits == Pair.Waits.FIRST]


def _renewed(row: Pair, persons: dict[UUID, UUID], sizes: dict[UUID, Size]) -> bool:
    one, other = persons.get(row.first_id), persons.get(row.second_id)
    found = 0.0
    if one and other and one != other and row.band == Pair.Band.QUESTION:
        unsure = uncertainty(row.weight, cautious=bool(row.explanation.get("cautions")))
        found = unsure * impact(sizes[one], sizes[other])
    before, row.usefulness = row.usefulness, found
    return before != found


def _persons(contributions: Iterable[UUID]) -> dict[UUID, UUID]:
    found: dict[UUID, UUID] = {}
    for portion in in_portions(contributions):
        found |= dict(PersonContribution.objects.filter(contribution__in=portion).values_list("contribution", "person"))
    return found


def _sizes(persons: Iterable[UUID]) -> dict[UUID, Size]:
    years: dict[UUID, list[int]] = {}
    for portion in in_portions(persons):
        for person, year in PersonContribution.objects.filter(person__in=portion).values_list("person", "year"):
            years.setdefault(person, []).append(year)
    return {person: Size(len(found), frozenset(found)) for person, found in years.items()}
