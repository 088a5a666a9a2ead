"""Sectors of those of whom none is known, by weights and by regression: beside the strata of impute, which the monitor prints.

Weights are one over the chance that a sector is known (Horvitz and Thompson; Hájek's ratio, see Särndal, Swensson and Wretman
1992, Model Assisted Survey Sampling, section 5.7); the chance is a logistic regression, the sector a multinomial one, each on
the main effects of its factors. Both take it that within the factors it is chance whose sector is known. It reads no database;
what it imputes goes into no record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

# A normal prior with a standard deviation of five on each effect: keeps it finite where all or none of a factor is known.
PRIOR = 1 / 25
MOST_STEPS = 50
SMALL = 1e-8
UNKNOWN = ""
LIMITS = (0.025, 0.975)

Factors = tuple[str, ...]


@dataclass(frozen=True)
class Persons:
    """cells: (C, F) factors of each cell; sectors: J codes; known: (C, J) counts; unknown: (C,) counts; design: (C, P)."""

    cells: tuple[Factors, ...]
    sectors: tuple[str, ...]
    known: Floats
    unknown: Floats
    design: Floats

    @property
    def total(self) -> float:
        return float(self.known.sum() + self.unknown.sum())


@dataclass(frozen=True)
class Estimates:
    """Persons of each sector, in the order of Persons.sectors, shape (J,): by weights and by regression."""

    weighted: Floats
    regressed: Floats


@dataclass(frozen=True)
class Quality:
    """effective: how many equally weighted known persons say as much (Kish 1965, Survey Sampling, section 11.7).

    largest: the largest weight. empty_cells: cells without a known sector, with empty_persons in them: they are estimated from
    what their factors do elsewhere.
    """

    known: int
    effective: float
    largest: float
    empty_cells: int
    empty_persons: int


def gathered(counted: Mapping[tuple[Factors, str], int]) -> Persons:
    """counted: how many persons have these factors and this sector, UNKNOWN where none is known."""
    cells = tuple(sorted({factors for factors, _ in counted}))
    sectors = tuple(sorted({sector for _, sector in counted} - {UNKNOWN}))
    known = np.array([[counted.get((cell, sector), 0) for sector in sectors] for cell in cells], dtype=np.float64)
    unknown = np.array([counted.get((cell, UNKNOWN), 0) for cell in cells], dtype=np.float64)
    return Persons(cells, sectors, known.reshape(len(cells), len(sectors)), unknown, _design(cells))


def estimate(persons: Persons) -> Estimates:
    """Of persons of whom at least one has a known sector."""
    weights = _weights(persons)
    weighted = weights @ persons.known
    return Estimates(persons.total * weighted / weighted.sum(), persons.known.sum(axis=0) + persons.unknown @ _shares(persons))


def quality(persons: Persons) -> Quality:
    weights, known = _weights(persons), persons.known.sum(axis=1)
    empty = known == 0
    return Quality(
        known=int(known.sum()),
        effective=float((weights * known).sum() ** 2 / (weights**2 * known).sum()),
        largest=float(weights[~empty].max()),
        empty_cells=int(empty.sum()),
        empty_persons=int(persons.unknown[empty].sum()),
    )


def draw(persons: Persons, seed: int, numbers: Sequence[int]) -> list[Estimates]:
    """Estimates of the replicates with these numbers: as many persons, drawn with replacement; each has its own generator."""
    counts = np.concatenate((persons.known, persons.unknown[:, None]), axis=1)
    chances = (counts / counts.sum()).ravel()
    found = []
    for number in numbers:
        drawn = np.random.default_rng((seed, number)).multinomial(int(counts.sum()), chances).reshape(counts.shape)
        replicate = Persons(
            persons.cells, persons.sectors, drawn[:, :-1].astype(float), drawn[:, -1].astype(float), persons.design
        )
        if replicate.known.any():
            found.append(estimate(replicate))
    return found


def limits(replicates: Sequence[Floats]) -> tuple[Floats, Floats]:
    """Percentile limits of each sector; replicates: each (J,)."""
    low, high = np.quantile(np.array(replicates), LIMITS, axis=0)
    return low, high


def _design(cells: Sequence[Factors]) -> Floats:
    """An intercept, and for each factor a column for each of its values but the first."""
    columns = [np.ones(len(cells))]
    for place in range(len(cells[0]) if cells else 0):
        values = [cell[place] for cell in cells]
        columns += [np.array([one == value for one in values], dtype=np.float64) for value in sorted(set(values))[1:]]
    return np.column_stack(columns)


def _weights(persons: Persons) -> Floats:
    """One over the chance that a sector is known, by cell."""
    known = persons.known.sum(axis=1)
    fitted = _multinomial(persons.design, np.column_stack((persons.unknown, known)))
    return np.asarray(1 / fitted[:, 1], dtype=np.float64)


def _shares(persons: Persons) -> Floats:
    """The chance of each sector by cell, (C, J)."""
    return _multinomial(persons.design, persons.known)


def _multinomial(design: Floats, counts: Floats) -> Floats:
    """Fitted chances (C, J) of a multinomial logistic regression, its first category as reference; Newton's method.

    counts: (C, J). The prior is on all effects but the intercept.
    """
    others, size = counts.shape[1] - 1, design.shape[1]
    effects, penalty = np.zeros((size, others)), np.full(size, PRIOR)
    penalty[0] = SMALL
    numbers = counts.sum(axis=1)
    for _ in range(MOST_STEPS):
        chances = _chances(design @ effects)
        score = design.T @ (counts[:, 1:] - numbers[:, None] * chances[:, 1:]) - penalty[:, None] * effects
        step = np.linalg.solve(_information(design, numbers, chances[:, 1:], penalty), score.T.ravel()).reshape(others, size).T
        # Far from the maximum a whole step can overshoot.
        effects = effects + step * min(1.0, 4.0 / max(float(np.abs(step).max(initial=0.0)), SMALL))
        if np.abs(step).max(initial=0.0) < SMALL:
            break
    return _chances(design @ effects)


def _chances(logits: Floats) -> Floats:
    whole = np.column_stack((np.zeros(len(logits)), logits))
    raised = np.exp(whole - whole.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float64)


def _information(design: Floats, numbers: Floats, chances: Floats, penalty: Floats) -> Floats:
    """Blocks of categories, each over the effects."""
    others, size = chances.shape[1], design.shape[1]
    spread = numbers[:, None, None] * (np.eye(others)[None] * chances[:, :, None] - chances[:, :, None] * chances[:, None, :])
    blocks = np.einsum("cjk,cp,cq->jpkq", spread, design, design, optimize=True)
    return np.asarray(blocks.reshape(others * size, others * size) + np.diag(np.tile(penalty, others)), dtype=np.float64)
