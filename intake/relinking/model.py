"""The frozen parameters as a model of Splink: blocking on tokens, and the fields whose weight hangs on their level alone.

Names, place and how rare a nationality is are left to statements: their rarity is of what two names share, word by word, and
Splink adjusts by the frequency of whole values. It runs nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from intake.linkage.columns import CODE
from intake.linkage.comparisons import Field, Level
from intake.linkage.fellegi_sunter import Parameters, Weight, Weights
from intake.linkage.ragged import Small

Ordered = Sequence[tuple[Level, str]]
KEPT = ("given", "family", "aliases", "place", "nationality")
CERTAIN = "true"
# Bits; weights are given to a thousandth.
APART = 1e-6


@dataclass(frozen=True)
class Compared:
    """A field that Splink compares: its missing value, then levels with the first condition that holds."""

    field: Field
    missing: str
    levels: Ordered

    @property
    def name(self) -> str:
        return column(self.field)

    def bits(self, weights: Mapping[Level, Weight]) -> dict[Level, float]:
        """The weight of each level; a missing value weighs 0. Splink hands weights on, not levels, so no two are the same."""
        return {
            level: weights.get(level, Weight(0.0)).base + place * APART for place, (level, _) in enumerate(self.levels, start=1)
        }

    def codes(self, found: Weights, weights: Mapping[Level, Weight]) -> Small:
        """The codes of the levels that weigh this."""
        bits = {Level.MISSING: 0.0} | self.bits(weights)
        order = sorted(bits, key=bits.__getitem__)
        between = np.array([(bits[one] + bits[other]) / 2 for one, other in pairwise(order)])
        return np.array([CODE[level] for level in order], dtype=np.uint8)[np.searchsorted(between, found)]


def column(field: Field) -> str:
    return field.value.replace("-", "_")


def compared(overlap: str) -> tuple[Compared, ...]:
    """The fields of one engine. overlap is its name for 'two lists share an element'.

    Source: the levels of comparisons.birth_dates, codes, nationalities and numbers, condition by condition.
    """
    return (
        Compared(Field.BIRTH_DATE, "year_l = 0 or year_r = 0", _BIRTH),
        Compared(Field.SEX, "sex_l = 0 or sex_r = 0", ((Level.SAME, "sex_l = sex_r"), (Level.DIFFERENT, CERTAIN))),
        Compared(
            Field.NATIONALITY,
            "nationality_l = 0 or nationality_r = 0",
            ((Level.SAME, f"{overlap}(codes_l, codes_r)"), (Level.DIFFERENT, CERTAIN)),
        ),
        *(_number(field, overlap) for field in (Field.V_NUMBER, Field.BSN, Field.DOCUMENT)),
    )


def settings(fields: Sequence[Compared], parameters: Parameters) -> dict[str, Any]:
    """Splink's settings: m and u of a level are such that log2(m / u) is its weight."""
    against = 2.0**-parameters.prior
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "report",
        "probability_two_random_records_match": 1 / (1 + against),
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": "l.tokens = r.tokens", "arrays_to_explode": ["tokens"]},
        ],
        "comparisons": [_comparison(one, parameters.weights.get(one.field, {})) for one in fields],
        "additional_columns_to_retain": list(KEPT),
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
    }


def _comparison(one: Compared, weights: Mapping[Level, Weight]) -> dict[str, Any]:
    missing = {"sql_condition": one.missing, "label_for_charts": Level.MISSING.value, "is_null_level": True}
    bits = one.bits(weights)
    levels = [
        {"sql_condition": condition, "label_for_charts": level.value} | _chances(bits[level]) for level, condition in one.levels
    ]
    return {"output_column_name": one.name, "comparison_levels": [missing, *levels]}


def _chances(bits: float) -> dict[str, float]:
    """Only their ratio counts; neither may be above 1."""
    return {"m_probability": min(1.0, 2.0**bits) / 2, "u_probability": min(1.0, 2.0**-bits) / 2}


def _number(field: Field, overlap: str) -> Compared:
    name = column(field)
    near = f"{overlap}({name}_near_l, {name}_near_r)"
    levels = ((Level.SAME, f"{name}_l = {name}_r"), (Level.ONE_LETTER, near), (Level.DIFFERENT, CERTAIN))
    return Compared(field, f"{name}_l = 0 or {name}_r = 0", levels)


_YEAR = "year_l = year_r"
_COMPLETE = f"{_YEAR} and complete_l and complete_r"
_DAY = "day_l = day_r and month_l = month_r"
_PLACEHOLDER = "(placeholder_l or placeholder_r)"
_IN_MONTHS = f"{_YEAR} and month_l <> 0 and month_r <> 0 and not (vague_l or vague_r)"
_BESIDE = "array_contains(around_l, year_r)"
_OTHER_YEAR = f"day_l <> 0 and {_DAY} and not new_year_l"
_BIRTH: Ordered = (
    (Level.FIRST_OF_JANUARY, f"{_COMPLETE} and {_DAY} and {_PLACEHOLDER}"),
    (Level.SAME, f"{_COMPLETE} and {_DAY}"),
    (Level.YEAR_AND_PLACEHOLDER, f"{_COMPLETE} and {_PLACEHOLDER}"),
    (Level.DAY_AND_MONTH_SWAPPED, f"{_COMPLETE} and day_l = month_r and month_l = day_r"),
    (Level.ONE_PART_DIFFERENT, f"{_COMPLETE} and (day_l = day_r or month_l = month_r)"),
    (Level.MONTH_AND_YEAR, f"{_IN_MONTHS} and not (complete_l and complete_r) and month_l = month_r"),
    (Level.YEAR_BUT_OTHER_DAY, f"({_COMPLETE}) or ({_IN_MONTHS})"),
    (Level.YEAR_ONLY, _YEAR),
    (Level.YEAR_MISTYPED, f"{_OTHER_YEAR} and ({_BESIDE} or array_contains(mistyped_l, year_r))"),
    (Level.OTHER_YEAR, _OTHER_YEAR),
    (Level.DIFFERENT, f"not {_BESIDE} or not (vague_l or vague_r)"),
    (Level.YEAR_BESIDE, "array_contains(beside_l, year_r)"),
    (Level.YEARS_NEAR, CERTAIN),
)
