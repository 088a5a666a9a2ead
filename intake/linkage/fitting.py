"""Fits weights from pairs of which people decided whether they are one person. It decides nothing itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from intake.linkage.columns import CODE, Compared
from intake.linkage.comparisons import Field, Level
from intake.linkage.fellegi_sunter import QUARTERS, Parameters, Weight, Weights, prior
from intake.linkage.ragged import Truths

Matrix = NDArray[np.float64]
STEPS = 30
CLOSE = 1e-6
# How firmly a weight holds on to where it begins, in decisions that say otherwise.
FIRMNESS = 2.0
FIRMNESS_PER_BIT = 20.0
BITS = float(np.log2(np.e))


def fit(
    compared: Compared, same: Truths, start: Parameters, sizes: Weights | None = None, *, firmer: float = 1.0
) -> Parameters:
    """Weights that make the decisions most likely, near those of start where few decisions say anything.

    Arguments: the compared pairs; for each whether it is one person; sizes, how many pairs of the register each stands for;
    firmer, how many times as firmly weights hold on to start.
    Returns: start with other weights; prior, bounds and version stay. Errors: ValueError where all decisions are alike.
    Source: logistic regression by Newton's steps with a ridge towards start (Hastie, Tibshirani and Friedman 2009, 4.4);
    its coefficients are log2(m/u) where the fields are independent.
    """
    if same.all() or not same.any():
        raise ValueError("decisions of both kinds are needed")
    names, matrix = _design(compared, start)
    begin = np.array([*(_bits(start, name) for name in names), start.shift]) / BITS
    firm = firmer * np.array([*(FIRMNESS_PER_BIT if of_rarity else FIRMNESS for *_, of_rarity in names), FIRMNESS])
    offset = np.full(len(same), prior(start.register_size) / BITS)
    weighed = np.ones(len(same)) if sizes is None else sizes
    found = _newton(matrix, same.astype(np.float64), offset, weighed, begin, firm) * BITS
    return replace(start, weights=_weights(start, names, found[:-1]), shift=float(found[-1]))


Coefficient = tuple[Field, Level, bool]


def _design(compared: Compared, start: Parameters) -> tuple[list[Coefficient], Matrix]:
    """A column per level that has a weight, and one more per level of which rarity counts."""
    names: list[Coefficient] = []
    columns = []
    for field, levels in start.weights.items():
        for level, weight in levels.items():
            holds = compared.levels[field] == CODE[level]
            names.append((field, level, False))
            columns.append(holds.astype(np.float64))
            if weight.per_bit:
                names.append((field, level, True))
                columns.append(holds * compared.rarities[field] / QUARTERS)
    return names, np.column_stack([*columns, np.ones(len(columns[0]))])


def _newton(matrix: Matrix, same: Weights, offset: Weights, weighed: Weights, begin: Weights, firm: Weights) -> Weights:
    """Steps are halved until they lead downhill: the loss is convex, and a whole step may go far past its lowest point."""

    def loss(coefficients: Weights) -> float:
        odds = offset + matrix @ coefficients
        held = firm @ (coefficients - begin) ** 2 / 2
        return float(weighed @ (np.logaddexp(0, odds) - same * odds) + held)

    found = begin.copy()
    for _ in range(STEPS):
        expected = 1 / (1 + np.exp(-np.clip(offset + matrix @ found, -40, 40)))
        gradient = matrix.T @ (weighed * (same - expected)) - firm * (found - begin)
        curvature = (matrix * (weighed * expected * (1 - expected))[:, None]).T @ matrix + np.diag(firm)
        step = np.linalg.solve(curvature, gradient)
        while loss(found + step) > loss(found) and float(np.abs(step).max()) > CLOSE:
            step /= 2
        found += step
        if float(np.abs(step).max()) < CLOSE:
            break
    return found


def _bits(parameters: Parameters, name: Coefficient) -> float:
    field, level, of_rarity = name
    weight = parameters.weights[field][level]
    return weight.per_bit if of_rarity else weight.base


def _weights(start: Parameters, names: Sequence[Coefficient], bits: Weights) -> Mapping[Field, Mapping[Level, Weight]]:
    found = {field: dict(levels) for field, levels in start.weights.items()}
    for (field, level, of_rarity), value in zip(names, bits.tolist(), strict=True):
        change = {"per_bit": value} if of_rarity else {"base": value}
        found[field][level] = replace(found[field][level], **change)
    return found
