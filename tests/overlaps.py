"""The published overlap tables with what was published of them, and populations of known size that lists are drawn from."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from reports.estimation.histories import OverlapTable, read_table
from reports.estimation.models import Model

PUBLISHED: dict[str, dict[str, Any]] = {
    table["id"]: table
    for table in json.loads((Path(__file__).parent / "reference" / "overlap_tables.json").read_text(encoding="utf-8"))["tables"]
}


def published(name: str) -> OverlapTable:
    return read_table(PUBLISHED[name])


def model_of(table: OverlapTable, terms: list[str]) -> Model:
    """The model whose terms are written as in the publications: "A:B"."""
    return tuple(sum(1 << table.lists.index(code) for code in term.split(":")) for term in terms)


def names_of(table: OverlapTable, model: Model) -> set[frozenset[str]]:
    return {frozenset(code for place, code in enumerate(table.lists) if term >> place & 1) for term in model}


def drawn(size: int, chances: list[float], odds: dict[int, float], seed: int) -> OverlapTable:
    """Lists of a made-up population: the chance of each list, and odds ratios for terms of several lists."""
    histories = np.arange(2 ** len(chances))
    weights = np.ones(len(histories))
    for place, chance in enumerate(chances):
        weights *= np.where(histories >> place & 1, chance, 1 - chance)
    for term, ratio in odds.items():
        weights *= np.where(histories & term == term, ratio, 1.0)
    counts = np.random.default_rng(seed).multinomial(size, weights / weights.sum()).astype(np.float64)
    counts[0] = 0
    return OverlapTable(tuple("ABCDEFGHIJ"[: len(chances)]), counts)
