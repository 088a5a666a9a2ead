"""Match weights: how many bits of evidence each level of agreement is, from a frozen table of m and u. It compares nothing.

m is the chance of the level between two reports about one person, u between reports about two persons that share an index
token's worth of likeness. The first values are set by hand; the next version is fitted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import log2

from intake.linkage.comparisons import Field, Level

Chances = tuple[float, float]


@dataclass(frozen=True)
class Parameters:
    """One frozen version: chances per field and level, the size of register the prior stands for, and the bounds.

    upper and lower are weights in bits: from upper a pair is linked automatically (if no caution holds), from lower it is a
    question. lead is how far a link must be ahead of a contradicting one. cap is the most contributions that may share a
    token for it to be used.
    """

    version: str
    register_size: int
    chances: Mapping[Field, Mapping[Level, Chances]]
    upper: float
    lower: float
    lead: float
    cap: int

    @cached_property
    def weights(self) -> dict[tuple[Field, Level], float]:
        return {(field, level): weight(chances) for field, levels in self.chances.items() for level, chances in levels.items()}

    @cached_property
    def prior(self) -> float:
        return prior(self.register_size)

    def for_register(self, size: int) -> "Parameters":
        """The same weights for a register of another size: a version of its own, since every weight shifts."""
        return replace(self, version=f"{self.version}/{size}", register_size=size)


def weight(chances: Chances) -> float:
    """log2(m / u): bits of evidence for 'same person'. Errors: ValueError unless 0 < m, u <= 1.

    Source: Fellegi and Sunter, A Theory for Record Linkage, JASA 64 (1969).
    """
    m, u = chances
    if not (0 < m <= 1 and 0 < u <= 1):
        raise ValueError("m and u must lie above 0 and not above 1")
    return log2(m / u)


def prior(register_size: int) -> float:
    """Bits against any two reports being about one person, in a register of so many persons: log2(1 / size).

    Errors: ValueError for a size under 1. Source: a report matches at most one of the persons, each as likely as the other.
    """
    if register_size < 1:
        raise ValueError("the register holds at least one person")
    return -log2(register_size)


_NUMBER = {Level.SAME: (0.95, 1e-6), Level.DIFFERENT: (0.04, 0.999999)}

FROZEN = Parameters(
    version="2026-1",
    register_size=10_000,
    upper=9.0,
    lower=-3.0,
    lead=3.0,
    cap=300,
    chances={
        Field.FAMILY_NAME: {
            Level.SAME: (0.72, 0.002),
            Level.SAME_COMMON: (0.72, 0.008),
            Level.SAME_VERY_COMMON: (0.72, 0.02),
            Level.ONE_LETTER: (0.10, 0.003),
            Level.SOUNDS_ALIKE: (0.08, 0.004),
            Level.PART_OF_NAME: (0.05, 0.003),
            Level.SHARED_AND_DIFFERENT: (0.01, 0.005),
            Level.SAME_START: (0.02, 0.006),
            Level.INITIAL: (0.03, 0.06),
            Level.OTHER_BOX: (0.03, 0.001),
            Level.DIFFERENT: (0.05, 0.95),
        },
        Field.GIVEN_NAME: {
            Level.SAME: (0.68, 0.004),
            Level.SAME_COMMON: (0.68, 0.012),
            Level.SAME_VERY_COMMON: (0.68, 0.03),
            Level.ONE_LETTER: (0.08, 0.004),
            Level.SOUNDS_ALIKE: (0.08, 0.006),
            Level.PART_OF_NAME: (0.25, 0.008),
            Level.SHARED_AND_DIFFERENT: (0.01, 0.01),
            Level.SAME_START: (0.02, 0.008),
            Level.INITIAL: (0.90, 0.09),
            Level.OTHER_BOX: (0.03, 0.001),
            Level.DIFFERENT: (0.04, 0.95),
        },
        # That no alias is found is no evidence, so there is no level for it.
        Field.ALIAS: {Level.SAME: (0.40, 0.006)},
        Field.BIRTH_DATE: {
            Level.SAME: (0.80, 0.00007),
            Level.DAY_AND_MONTH_SWAPPED: (0.02, 0.00003),
            Level.MONTH_AND_YEAR: (0.95, 0.0025),
            Level.FIRST_OF_JANUARY: (0.60, 0.008),
            Level.YEAR_ONLY: (0.90, 0.03),
            Level.YEAR_AND_PLACEHOLDER: (0.60, 0.03),
            Level.ONE_PART_DIFFERENT: (0.06, 0.006),
            Level.YEAR_BUT_OTHER_DAY: (0.006, 0.03),
            Level.YEAR_BESIDE: (0.20, 0.06),
            Level.DIFFERENT: (0.005, 0.93),
        },
        Field.SEX: {Level.SAME: (0.98, 0.60), Level.DIFFERENT: (0.02, 0.40)},
        Field.NATIONALITY: {Level.SAME: (0.93, 0.35), Level.DIFFERENT: (0.07, 0.65)},
        Field.V_NUMBER: _NUMBER,
        Field.BSN: _NUMBER,
        Field.DOCUMENT: {Level.SAME: (0.60, 1e-6), Level.DIFFERENT: (0.40, 0.999999)},
    },
)
