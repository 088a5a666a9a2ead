"""What people decided, as the engine's refit takes it: pairs that are labelled same or different. It fits nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from intake.matching import quality_sample
from intake.matching.pairs import READABLE
from intake.models.matching import Pair


@dataclass(frozen=True)
class Labelled:
    """weight: bits under the parameters of that pair. sampled: drawn at random in its band, not asked for its use.

    standing: what it counts for in estimates of the register; None of what was asked for its use, or is not its turn yet.
    """

    first: UUID
    second: UUID
    same: bool
    weight: float
    sampled: bool
    standing: quality_sample.Standing | None


def labelled_pairs() -> Iterator[Labelled]:
    """The decisions that hold, in the order of the pairs' ends; what nobody could tell, and what is restricted, is left out."""
    sampled, standing = quality_sample.sampled(), quality_sample.standing()
    rows = Pair.objects.filter(READABLE).exclude(decision="").order_by("first", "second")
    for pair, first, second, decision, weight in rows.values_list("id", "first", "second", "decision", "weight").iterator():
        yield Labelled(first, second, decision == Pair.Decision.SAME, weight, pair in sampled, standing.get(pair))
