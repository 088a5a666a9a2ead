"""Match weights: the bits of evidence of each level of agreement, from one frozen version of parameters. It compares nothing.

m is the chance of the level between two reports about one person, u between reports about two persons.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from math import log2
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intake.linkage.columns import CODE, LEVELS, Compared
from intake.linkage.comparisons import Field, Level

Weights = NDArray[np.float64]
FOLDER = Path(__file__).parent / "parameters"
CURRENT = "2026-4"
QUARTERS = 4
# A handful of reports does not come from a handful of persons: whoever could have been reported counts too.
SMALLEST = 400


@dataclass(frozen=True)
class Weight:
    """Bits of evidence of one level: base, and per_bit for every bit of rarity of what is shared (term frequency)."""

    base: float
    per_bit: float = 0.0


@dataclass(frozen=True)
class Parameters:
    """One frozen version: weights per field and level, the size of register the prior stands for, and the bounds.

    upper and lower are weights in bits: from upper a pair is linked automatically (if no caution holds), from lower it is a
    question. unlike, support and lead are those of clusters.Rules, common that of decisions.cautions. cap is the most
    contributions that may share a token for it to be used. register_size is the number of reports of the register; shift is
    what the fit found beside its prior.
    """

    version: str
    register_size: int
    weights: Mapping[Field, Mapping[Level, Weight]]
    upper: float
    lower: float
    cap: int
    unlike: float = -3.5
    support: float = 0.0
    lead: float = 2.0
    common: int = 0
    shift: float = 0.0
    fitted_on: str = ""

    @cached_property
    def prior(self) -> float:
        """Bits against a pair before its fields are looked at: of the register's size, and what the fit found beside it."""
        return prior(self.register_size) + self.shift

    @cached_property
    def tables(self) -> dict[Field, tuple[Weights, Weights]]:
        """Per field the base and the weight per quarter bit of rarity, by code of level."""
        found = {field: (np.zeros(len(LEVELS)), np.zeros(len(LEVELS))) for field in Field}
        for field, levels in self.weights.items():
            for level, weight in levels.items():
                found[field][0][CODE[level]] = weight.base
                found[field][1][CODE[level]] = weight.per_bit / QUARTERS
        return found

    def by_field(self, compared: Compared) -> dict[Field, Weights]:
        """Bits of evidence of every pair, by field; a missing field weighs nothing."""
        return {
            field: base[compared.levels[field]] + per_quarter[compared.levels[field]] * compared.rarities[field]
            for field, (base, per_quarter) in self.tables.items()
        }

    def doublings(self, reports: int) -> int:
        """How often a register as large as the weights were fitted at has doubled to hold so many reports, to the nearest."""
        return max(0, round(log2(max(reports, 1) / self.register_size)))

    def of_size(self, reports: int) -> "Parameters":
        """The same weights with the prior of a register of so many reports, of SMALLEST where there are fewer."""
        return replace(self, register_size=max(reports, SMALLEST))


def prior(register_size: int) -> float:
    """Bits against any two reports being about one person, in a register of so many: log2(1 / size).

    Errors: ValueError for a size under 1. Source: a report matches few others, each as likely as the next.
    """
    if register_size < 1:
        raise ValueError("the register holds at least one report")
    return -log2(register_size)


def chance(weights: Weights) -> Weights:
    """The probability that a pair is one person, from match weights in bits with the prior within: 1 / (1 + 2^-weight)."""
    found: Weights = 1 / (1 + np.exp2(-np.clip(weights, -60, 60)))
    return found


@cache
def shipped(version: str = CURRENT) -> Parameters:
    """The parameters that come with this version of the software. Errors: OSError for an unknown version."""
    return from_json(json.loads((FOLDER / f"{version}.json").read_text(encoding="utf-8")))


@cache
def doubled(times: int) -> Parameters:
    """The shipped weights with the prior of a register that has doubled so often since they were fitted; its name says so."""
    one = shipped()
    return replace(one, version=f"{one.version}+{times}", register_size=one.register_size << times) if times else one


def from_json(content: Mapping[str, Any]) -> Parameters:
    """Errors: KeyError, ValueError, TypeError where a name is missing or unknown."""
    weights = {
        Field(field): {Level(level): Weight(*bits) for level, bits in levels.items()}
        for field, levels in content["weights"].items()
    }
    return Parameters(**(dict(content) | {"weights": weights}))


def to_json(parameters: Parameters) -> dict[str, Any]:
    weights = {
        field.value: {level.value: [round(weight.base, 3), round(weight.per_bit, 3)] for level, weight in levels.items()}
        for field, levels in parameters.weights.items()
    }
    names = ("version", "register_size", "upper", "lower", "cap", "unlike", "support", "lead", "common", "shift", "fitted_on")
    return {name: getattr(parameters, name) for name in names} | {"weights": weights}
