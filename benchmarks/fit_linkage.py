"""Fits the shipped weights of linkage on made-up registers: `python -m benchmarks.fit_linkage VERSION`.

Writes intake/linkage/parameters/VERSION.json and the model card. The registers that it measures on are others than it fits on.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from benchmarks.model_card import write_card
from benchmarks.registers import Register, make_register
from intake.linkage import engine, files, fitting
from intake.linkage.columns import Columns, Compared, Frozen
from intake.linkage.comparisons import Field
from intake.linkage.evaluation import Evaluation, evaluate
from intake.linkage.features import Maker, one_by_one
from intake.linkage.fellegi_sunter import FOLDER, Parameters, shipped, to_json
from intake.linkage.frequencies import KNOWN, Counted
from intake.linkage.ragged import Numbers, Truths

PERSONS = 5_000
FIT_SEEDS = tuple(range(101, 109))
CHOOSE_SEEDS = tuple(range(201, 205))
MEASURE_SEEDS = tuple(range(301, 304))
PRECISION = 0.986
UPPERS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.25, 2.5)
SUPPORTS = (0.5, 0.75, 1.0, 1.5)
# From here on a person is asked; a pair that was lighter counts as much when two groups are weighed against each other.
LOWER = -3.5
# In the register no link is made at less than four to one, however good the whole is.
UPPER = 2.0
# And none of a name that one in some 8,000 has where the dates differ in a part.
COMMON = 52


@dataclass(frozen=True)
class Prepared:
    """A register with its candidate pairs compared; same says which of them are one person."""

    register: Register
    members: tuple[str, ...]
    frozen: Frozen
    left: Numbers
    right: Numbers
    compared: Compared
    same: Truths


def prepare(seed: int, *, counted: bool, persons: int = PERSONS, cap: int = 200) -> Prepared:
    """counted: rarities as counted in the file, as link_file does; else from public tables, as the register does."""
    register = make_register(persons, seed=seed)
    reports = {row.report_id: files.details_of(row._asdict()) for row in register.rows}
    maker = Maker(one_by_one(files.throw_away_digests()), Counted(reports.values()) if counted else KNOWN)
    frozen = Columns(maker.make(details) for details in reports.values()).frozen()
    left, right, _ = engine.candidate_pairs(frozen, cap)
    numbers: dict[str, int] = {}
    persons_of = np.array([numbers.setdefault(register.truth[report], len(numbers)) for report in reports])
    same = persons_of[left] == persons_of[right]
    return Prepared(register, tuple(reports), frozen, left, right, frozen.compare(left, right), same)


def fitted(prepared: Sequence[Prepared], start: Parameters) -> Parameters:
    pooled = Compared(
        {field: np.concatenate([one.compared.levels[field] for one in prepared]) for field in Field},
        {field: np.concatenate([one.compared.rarities[field] for one in prepared]) for field in Field},
    )
    return fitting.fit(pooled, np.concatenate([one.same for one in prepared]), start)


def measured(one: Prepared, parameters: Parameters) -> tuple[Evaluation, float]:
    """How good the automatic clusters are, and the share of look-alikes that they join."""
    scored = engine.score_all(one.frozen, one.left, one.right, parameters.of_size(len(one.members)))
    groups = engine.unite(one.members, scored, frozenset(), frozenset(), parameters).groups
    found = {report: number for number, group in enumerate(groups) for report in group}
    alike = one.register.look_alikes
    joined = sum(found[pair.report_id_a] == found[pair.report_id_b] for pair in alike)
    return evaluate(found, one.register.truth), joined / len(alike)


def chosen(prepared: Iterable[Prepared], parameters: Parameters) -> Parameters:
    """Of the bounds at which the registers reach PRECISION on the mean, those with the best F1."""
    registers, best = list(prepared), (0.0, replace(parameters, upper=UPPERS[-1], support=SUPPORTS[-1]))
    for support, upper in product(SUPPORTS, UPPERS):
        found = replace(parameters, upper=upper, support=support)
        evaluations = [measured(one, found)[0] for one in registers]
        if np.mean([one.precision for one in evaluations]) >= PRECISION:
            best = max(best, (float(np.mean([one.f1 for one in evaluations])), found), key=lambda scored: scored[0])
    return best[1]


def main() -> None:
    (version,) = sys.argv[1:]
    found = {name: _version(name, counted=counted) for name, counted in ((version, False), (f"{version}-file", True))}
    for name, parameters in found.items():
        (FOLDER / f"{name}.json").write_text(json.dumps(to_json(parameters), indent=1) + "\n", encoding="utf-8")
    write_card(
        found[version],
        {
            name: [measured(prepare(seed, counted=name != version), parameters) for seed in MEASURE_SEEDS]
            for name, parameters in found.items()
        },
    )


def _version(name: str, *, counted: bool) -> Parameters:
    start = shipped("by-hand").of_size(round(1.538 * PERSONS))
    weights = fitted([prepare(seed, counted=counted) for seed in FIT_SEEDS], start)
    described = f"{len(FIT_SEEDS)} made-up registers of {PERSONS} persons"
    weights = replace(weights, version=name, fitted_on=described, lower=LOWER, unlike=LOWER, support=1.0)
    if not counted:
        return replace(weights, upper=UPPER, common=COMMON)
    return chosen((prepare(seed, counted=counted) for seed in CHOOSE_SEEDS), weights)


if __name__ == "__main__":
    main()
