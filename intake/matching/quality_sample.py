"""The pairs that are read to measure the linkage: from each band of weights the first so many of the draw, links included.

What is read counts in the order of the draw, up to the first that nobody has read: so the easy ones cannot come first.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from uuid import UUID

from django.db.models import Q, QuerySet

from intake.linkage.fellegi_sunter import shipped
from intake.matching import sampling
from intake.matching.pairs import READABLE
from intake.models.matching import Pair

# Per stratum: 100 of one stratum tell a proportion to within ten points, and all five are a day's work.
WANTED = 100
SURE = shipped().upper + 6.0
MIDDLE = (shipped().lower + shipped().upper) / 2


class Stratum(StrEnum):
    BELOW = "below"
    LOWER_QUESTIONS = "lower-questions"
    UPPER_QUESTIONS = "upper-questions"
    LINKED = "linked"
    SURELY_LINKED = "surely-linked"


LINKED = frozenset({Stratum.LINKED, Stratum.SURELY_LINKED})
CONDITIONS = {
    Stratum.BELOW: Q(band=Pair.Band.BELOW),
    Stratum.LOWER_QUESTIONS: Q(band=Pair.Band.QUESTION, weight__lt=MIDDLE),
    Stratum.UPPER_QUESTIONS: Q(band=Pair.Band.QUESTION, weight__gte=MIDDLE),
    Stratum.LINKED: Q(band=Pair.Band.AUTOMATIC, weight__lt=SURE),
    Stratum.SURELY_LINKED: Q(band=Pair.Band.AUTOMATIC, weight__gte=SURE),
}


@dataclass(frozen=True)
class Drawn:
    """One pair of the sample; decision is empty where nobody could tell."""

    pair: UUID
    first: UUID
    second: UUID
    read: bool
    decision: str


@dataclass(frozen=True)
class Sample:
    """stands_for: how many pairs of the register the stratum has. drawn: in the order of the draw."""

    stratum: Stratum
    stands_for: int
    drawn: tuple[Drawn, ...]

    @property
    def read(self) -> tuple[Drawn, ...]:
        return tuple(takewhile(lambda one: one.read, self.drawn))

    @property
    def answered(self) -> tuple[Drawn, ...]:
        return tuple(one for one in self.read if one.decision)


def samples() -> tuple[Sample, ...]:
    return tuple(Sample(stratum, _size(stratum), _drawn(stratum)) for stratum in Stratum)


@dataclass(frozen=True)
class Standing:
    """For how many pairs of its stratum an answered pair of the sample stands: the inverse of its chance to be among them."""

    stratum: Stratum
    pairs: float


def standing() -> dict[UUID, Standing]:
    """Of every pair that counts in the estimates; pairs that were asked about for their use alone stand for nothing.

    Worked out from the draw that is stored with each pair and from the strata as they are now, since that is the register
    which is estimated; places in the draw do not depend on the weight or on the answers.
    """
    return {
        one.pair: Standing(sample.stratum, sample.stands_for / len(sample.answered))
        for sample in samples()
        for one in sample.answered
    }


def unread_strata() -> tuple[Stratum, ...]:
    """Those that have pairs of which none is answered: while there are any, what rests on them cannot be estimated."""
    return tuple(sample.stratum for sample in samples() if sample.stands_for and not sample.answered)


def next_checks(*, after: UUID | None = None) -> tuple[UUID, ...]:
    """All that has to be read, from the stratum of which least was read; one after another in the order of the draw.

    after: only those that come later than this one, which may have been read meanwhile.
    """
    drawn = {stratum: _drawn(stratum) for stratum in Stratum}
    order = sorted(Stratum, key=lambda stratum: (-sum(not one.read for one in drawn[stratum]), stratum))
    found = [one for stratum in order for one in drawn[stratum]]
    places = [one.pair for one in found]
    start = places.index(after) + 1 if after in places else 0
    return tuple(one.pair for one in found[start:] if not one.read)


def sampled() -> frozenset[UUID]:
    """Pairs that count in the estimates, or will as soon as they are read."""
    return frozenset(one.pair for stratum in Stratum for one in _drawn(stratum))


def _rows(stratum: Stratum) -> QuerySet[Pair]:
    return Pair.objects.filter(READABLE, CONDITIONS[stratum], draw__isnull=False)


def _drawn(stratum: Stratum) -> tuple[Drawn, ...]:
    rows = _rows(stratum).order_by("draw", "id").values_list("id", "first", "second", "waits", "decision")[:WANTED]
    return tuple(
        Drawn(pair, first, second, waits != Pair.Waits.FIRST, decision) for pair, first, second, waits, decision in rows
    )


def _size(stratum: Stratum) -> int:
    """Of those below the bound only one in so many is kept."""
    kept = _rows(stratum).count()
    return kept * sampling.KEPT_BELOW if stratum is Stratum.BELOW else kept
