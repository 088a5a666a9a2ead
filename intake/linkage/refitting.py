"""New weights from reviewers' decisions, and whether they do better on decisions that they were not fitted on."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from intake.linkage import engine, fitting
from intake.linkage.columns import Compared
from intake.linkage.fellegi_sunter import Parameters, Weights, chance
from intake.linkage.ragged import Truths

FEWEST = 250
FEWEST_OF_A_KIND = 50
FOLDS = 5
# How many times as firmly as in a first fit: the present weights may rest on far more pairs than there are decisions.
FIRMER = (1.0, 20.0, 400.0)


class RefitRefusedError(Exception):
    """There is no new version; the text says why and what to do."""


Fit = Callable[[Compared, Truths], Parameters]


@dataclass(frozen=True)
class HeldOut:
    """Of decisions that the weights were not fitted on: mean log loss in bits, and how many were linked and the same."""

    loss: float
    linked: int
    linked_same: int
    same: int


@dataclass(frozen=True)
class Refitted:
    """before and after: the present and the new weights, both on every decision while it was held out.

    linked: by the present and by the new weights, which of the decisions are from the upper bound on while held out.
    """

    parameters: Parameters
    decisions: int
    before: HeldOut
    after: HeldOut
    linked: tuple[Truths, Truths]


def refit(compared: Compared, same: Truths, start: Parameters, *, version: str) -> Refitted:
    """Weights fitted to the decisions near those of start.

    Which pairs people were asked about depends on what is compared alone, so the odds given that are not biased by it (Prentice
    and Pyke, Biometrika 66, 1979): each decision counts once. Bounds and rules stay. Errors: RefitRefusedError for too few
    decisions, and where the mean loss over FOLDS folds (Stone, JRSS B 36, 1974) would not fall.
    """
    least = int(min(same.sum(), (~same).sum()))
    if len(same) < FEWEST or least < FEWEST_OF_A_KIND:
        raise RefitRefusedError(
            f"A refit needs {FEWEST} decisions, and {FEWEST_OF_A_KIND} of each kind; there are {len(same)}, and {least} of the "
            "rarer kind. Decide more questions first."
        )
    after = _while_held_out(compared, same, lambda rows, truths: _fitted(rows, truths, start))
    before = engine.weights_of(compared, start)
    measured = _held_out(before, same, start), _held_out(after, same, start)
    if measured[1].loss > measured[0].loss:
        raise RefitRefusedError("New weights would do worse on decisions that they were not fitted on; the present ones stay.")
    found = _fitted(compared, same, start)
    described = f"{start.version}, and {len(same)} decisions of reviewers"
    linked = before >= start.upper, after >= start.upper
    return Refitted(replace(found, version=version, fitted_on=described), len(same), *measured, linked)


def _fitted(compared: Compared, same: Truths, start: Parameters) -> Parameters:
    """As firm as does best on folds of these decisions alone."""
    ways: list[Fit] = [partial(fitting.fit, start=start, firmer=firmer) for firmer in FIRMER]
    best = min(ways, key=lambda way: _held_out(_while_held_out(compared, same, way), same, start).loss)
    return best(compared, same)


def _while_held_out(compared: Compared, same: Truths, fit: Fit) -> Weights:
    """The weight of every pair by a fit to the other folds."""
    found = np.zeros(len(same))
    for fold in range(FOLDS):
        held = np.arange(len(same)) % FOLDS == fold
        found[held] = engine.weights_of(_rows(compared, held), fit(_rows(compared, ~held), same[~held]))
    return found


def _rows(compared: Compared, kept: Truths) -> Compared:
    return Compared(
        {field: column[kept] for field, column in compared.levels.items()},
        {field: column[kept] for field, column in compared.rarities.items()},
    )


def _held_out(weights: Weights, same: Truths, parameters: Parameters) -> HeldOut:
    likely = np.clip(np.where(same, chance(weights), 1 - chance(weights)), 1e-12, 1)
    linked = weights >= parameters.upper
    return HeldOut(float(-np.log2(likely).mean()), int(linked.sum()), int((linked & same).sum()), int(same.sum()))
