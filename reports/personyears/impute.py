"""Imputes visibility of the prostitution sector within strata (Figure 2.4b, domain section 6), with the share covered.

The publication names the factors and not the method: the unknown of a stratum and period are divided as its known ones
are, and a stratum without a known one stays unknown. It reads no database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Stratum:
    """Counts of one stratum in one period."""

    more_visible: int = 0
    less_visible: int = 0
    unknown: int = 0

    @property
    def known(self) -> int:
        return self.more_visible + self.less_visible

    @property
    def total(self) -> int:
        return self.known + self.unknown


@dataclass(frozen=True)
class Imputed:
    """more + less = covered, the known and the imputed; of is everybody, with those who stay unknown."""

    more_visible: int
    less_visible: int
    of: int

    @property
    def covered(self) -> int:
        return self.more_visible + self.less_visible


def impute(strata: Iterable[Stratum]) -> Imputed:
    """less = sum over strata of total × less / known, rounded half up once; more is the rest of those covered."""
    known_strata, of = [], 0
    for stratum in strata:
        of += stratum.total
        if stratum.known:
            known_strata.append(stratum)
    covered = sum(stratum.total for stratum in known_strata)
    less = sum((Fraction(one.total * one.less_visible, one.known) for one in known_strata), Fraction())
    rounded = int(less + Fraction(1, 2))
    return Imputed(more_visible=covered - rounded, less_visible=rounded, of=of)
