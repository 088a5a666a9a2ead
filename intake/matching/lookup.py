"""Looks a person up for a granted search: by keyed tokens, in memory, on the vault. It hands out ids and how alike, no value.

What is restricted or waits for its review has no tokens and is found all the same: it is kept, so the person may know of it.
It compares no more than so many reports, and says so where there are more.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from intake.linkage import engine
from intake.linkage.decisions import Band
from intake.linkage.engine import Record
from intake.matching import candidates, features, identities, in_force, persons
from intake.matching.portions import in_portions
from intake.models.contribution import Contribution
from intake.models.matching import MatchingFeatures, Token
from intake.models.restriction import Restriction
from intake.notifications.identities import from_bytes
from safeguards import blind_index, unsealing
from safeguards.blind_index import Linker
from safeguards.places import Place

AT_ONCE = 250
# Of the reports that share a combination with so many others that linking passes it over, and of those not linked: ten times
# what can be about one person, and a minute's work.
MOST_OF_WORN = 2_000
MOST_OPENED = 5_000


class Likeness(StrEnum):
    """LINKED: by its own data perhaps not alike, but one person with a report that is."""

    SURE = "sure"
    LIKELY = "likely"
    LINKED = "linked"


LIKENESS = {Band.AUTOMATIC: Likeness.SURE, Band.QUESTION: Likeness.LIKELY}


@dataclass(frozen=True)
class Found:
    """bounded: more reports should have been compared than are at once, so some of the person's may not be among these."""

    alike: Mapping[UUID, Likeness]
    bounded: bool


def find(sealed: bytes | memoryview, place: Place) -> Found:
    digest = blind_index.linker()
    wanted = engine.make_record(identities.details_of(from_bytes(unsealing.open_sealed(sealed, place))), digest)
    holders, all_of_worn = _holders(wanted, digest)
    waiting, all_opened = _within(_not_linked(), MOST_OPENED)
    found = _alike(wanted, features.load(holders))
    for records in _opened(waiting, digest):
        found |= _alike(wanted, records)
    sure = [contribution for contribution, likeness in found.items() if likeness is Likeness.SURE]
    alike = {one: Likeness.LINKED for one in persons.companions(sure)} | found
    return Found(alike, bounded=not (all_of_worn and all_opened))


def _alike(wanted: Record, records: Mapping[UUID, Record]) -> dict[UUID, Likeness]:
    return {one: LIKENESS[pair.band] for one, pair in engine.compare_many(wanted, records, in_force.parameters()).items()}


def _holders(wanted: Record, digest: Linker) -> tuple[set[UUID], bool]:
    """Whoever shares a token; of what too many share only so many, and whether that was all of them."""
    (found,) = engine.tokens([wanted], digest)
    held_by = candidates.holders(found)
    worn = candidates.worn(held_by)
    of_worn, all_of_worn = _within(
        Token.objects.filter(digest__any_of=sorted(worn)).values_list("contribution", flat=True).distinct(), MOST_OF_WORN
    )
    restricted = set(Restriction.objects.values_list("contribution", flat=True))
    return candidates.holding(held_by) | set(of_worn) | restricted, all_of_worn


def _not_linked() -> QuerySet[Contribution, UUID]:
    """Held reports first, then those that linking has not come to yet; of others without features nothing is left to open."""
    rows = Contribution.objects.filter(Q(state=Contribution.State.HELD) | Q(needs_linking=True), leaving=False)
    rows = rows.exclude(id__in=MatchingFeatures.objects.values("contribution"))
    return rows.order_by("needs_linking", "id").values_list("id", flat=True)


def _within(rows: QuerySet[Any, UUID], most: int) -> tuple[list[UUID], bool]:
    found = list(rows[: most + 1])
    return found[:most], len(found) <= most


def _opened(waiting: Iterable[UUID], digest: Linker) -> Iterator[Mapping[UUID, Record]]:
    """Opened in memory, a portion at a time."""
    for portion in in_portions(waiting, AT_ONCE):
        opened = identities.open_details(list(Contribution.objects.filter(id__in=portion)))
        yield {one: engine.make_record(details, digest) for one, details in opened.items()}
