"""Compared pairs drawn at random with chances that are known, for tests of what recovers weights from them."""

from collections.abc import Mapping

import numpy as np

from intake.linkage.columns import CODE, Compared
from intake.linkage.comparisons import Field, Level
from intake.linkage.ragged import Truths

# For every field: level to (m, u), its chance between two reports about one person and about two.
Chances = Mapping[Field, Mapping[Level, tuple[float, float]]]

CHANCES: Chances = {
    Field.FAMILY_NAME: {Level.SAME: (0.7, 0.02), Level.ONE_LETTER: (0.2, 0.03), Level.DIFFERENT: (0.1, 0.95)},
    Field.GIVEN_NAME: {Level.SAME: (0.6, 0.05), Level.SAME_START: (0.2, 0.1), Level.DIFFERENT: (0.2, 0.85)},
    Field.BIRTH_DATE: {Level.SAME: (0.75, 0.01), Level.YEAR_ONLY: (0.15, 0.09), Level.DIFFERENT: (0.1, 0.9)},
    Field.SEX: {Level.SAME: (0.95, 0.5), Level.DIFFERENT: (0.05, 0.5)},
    Field.NATIONALITY: {Level.SAME: (0.9, 0.2), Level.DIFFERENT: (0.1, 0.8)},
}


def drawn(pairs: int, share: float, *, seed: int, missing: float = 0.1) -> tuple[Compared, Truths]:
    """So many pairs of which that share is one person, fields independent; for each whether it is one person."""
    draw = np.random.default_rng(seed)
    same = draw.random(pairs) < share
    levels = {field: np.full(pairs, CODE[Level.MISSING], dtype=np.uint8) for field in Field}
    for field, chances in CHANCES.items():
        codes = np.array([CODE[level] for level in chances], dtype=np.uint8)
        of_same, of_others = (draw.choice(codes, pairs, p=[two[end] for two in chances.values()]) for end in (0, 1))
        known = draw.random(pairs) >= missing
        levels[field][known] = np.where(same, of_same, of_others)[known]
    return Compared(levels, {field: np.zeros(pairs, dtype=np.uint8) for field in Field}), same
