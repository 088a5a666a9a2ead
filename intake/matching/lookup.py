"""Looks a person up for a granted search: by keyed tokens, in memory, on the vault. It hands out ids and how alike, no value.

What is restricted or waits for its review has no tokens and is found all the same: it is kept, so the person may know of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import islice
from uuid import UUID

from intake.linkage import engine
from intake.linkage.decisions import Band
from intake.linkage.engine import Record
from intake.matching import candidates, features, identities, persons
from intake.models.contribution import Contribution
from intake.models.matching import MatchingFeatures
from intake.models.restriction import Restriction
from intake.notifications.identities import from_bytes
from safeguards import blind_index, unsealing
from safeguards.blind_index import Linker
from safeguards.places import Place

AT_ONCE = 250


class Likeness(StrEnum):
    """LINKED: by its own data perhaps not alike, but one person with a report that is."""

    SURE = "sure"
    LIKELY = "likely"
    LINKED = "linked"


LIKENESS = {Band.AUTOMATIC: Likeness.SURE, Band.QUESTION: Likeness.LIKELY}


def find(sealed: bytes | memoryview, place: Place) -> Mapping[UUID, Likeness]:
    digest = blind_index.linker()
    wanted = engine.make_record(identities.details_of(from_bytes(unsealing.open_sealed(sealed, place))), digest)
    found = _alike(wanted, features.load(_holders(wanted, digest)))
    for records in _not_linked(digest):
        found |= _alike(wanted, records)
    sure = [contribution for contribution, likeness in found.items() if likeness is Likeness.SURE]
    return {one: Likeness.LINKED for one in persons.companions(sure)} | found


def _alike(wanted: Record, records: Mapping[UUID, Record]) -> dict[UUID, Likeness]:
    return {one: LIKENESS[pair.band] for one, pair in engine.compare_many(wanted, records).items()}


def _holders(wanted: Record, digest: Linker) -> set[UUID]:
    (found,) = engine.tokens([wanted], digest)
    sharing = candidates.holders_of(found)
    return sharing | set(Restriction.objects.values_list("contribution", flat=True))


def _not_linked(digest: Linker) -> Iterator[Mapping[UUID, Record]]:
    """Held reports, and those that linking has not come to yet: opened in memory, a portion at a time."""
    rows = Contribution.objects.filter(leaving=False).exclude(id__in=MatchingFeatures.objects.values("contribution"))
    for portion in _portions(rows.order_by("id").iterator(AT_ONCE)):
        opened = identities.open_details(portion)
        yield {one: engine.make_record(details, digest) for one, details in opened.items()}


def _portions(rows: Iterable[Contribution]) -> Iterator[list[Contribution]]:
    rest = iter(rows)
    while portion := list(islice(rest, AT_ONCE)):
        yield portion
