"""Imputes what is unknown within strata (Figure 2.4b, domain section 6), with the share covered.

The publication names the factors and not the method: the unknown of a stratum and period are divided as its known ones
are, and a stratum without a known one stays unknown. It reads no database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Stratum:
    """Counts of one stratum in one period: of each row, and of those unknown."""

    rows: tuple[int, ...]
    unknown: int = 0

    @property
    def known(self) -> int:
        return sum(self.rows)

    @property
    def total(self) -> int:
        return self.known + self.unknown


@dataclass(frozen=True)
class Imputed:
    """rows: the known and the imputed of each row; of is everybody, with those who stay unknown."""

    rows: tuple[int, ...]
    of: int

    @property
    def covered(self) -> int:
        return sum(self.rows)


def impute(strata: Iterable[Stratum], rows: int) -> Imputed:
    """Row r = sum over strata of total × r / known, as whole persons; rows is their number."""
    shares, of = [Fraction()] * rows, 0
    for stratum in strata:
        of += stratum.total
        if stratum.known:
            weight = Fraction(stratum.total, stratum.known)
            shares = [share + weight * count for share, count in zip(shares, stratum.rows, strict=True)]
    return Imputed(_whole(shares), of)


def _whole(shares: Sequence[Fraction]) -> tuple[int, ...]:
    """Rounded once, so that they add up: what is left goes to the largest fractions, of equal ones to the first row."""
    down = [int(share) for share in shares]
    left = int(sum(shares)) - sum(down)
    order = sorted(range(len(shares)), key=lambda place: (down[place] - shares[place], place))
    return tuple(count + (place in order[:left]) for place, count in enumerate(down))
