"""Rows that no person is behind, by the synthesiser of the Synthetic Data Showcase (pac-synth 0.0.8), and its noisy counts.

The guarantee is (epsilon, delta)-differential privacy for adding or removing one record, over all counts of up to LENGTH
columns together: five per cent of epsilon goes to the number of rows, the rest to Gaussian noise on the counts; the rows are
drawn from those (docs/dp/README.md of the showcase). It draws its noise from the system and cannot be seeded.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pacsynth

# Longer combinations were measured to be worse: the budget is spread over more of them.
LENGTH = 2
DELTA = 1e-6
_BETWEEN = ";"
# The share of epsilon for the number of rows. By its own half a per cent that number falls below 0, where it breaks off, for
# one in ten registers of 100 rows; so for one in tens of millions.
_FOR_NUMBER = 0.05
FEWEST = 100

Line = tuple[str, ...]


@dataclass(frozen=True)
class Synthetic:
    """rows: of the columns that went in, as many as the noisy number of records. counts: noisy, of (column, value) pairs."""

    rows: tuple[Line, ...]
    counts: dict[tuple[tuple[str, str], ...], int]


def synthesise(columns: Sequence[str], rows: Sequence[Line], epsilon: float) -> Synthetic:
    """FEWEST rows or more, without an empty value, which would not be counted. Each run spends epsilon and DELTA again."""
    builder = pacsynth.DpAggregateSeededParametersBuilder()
    builder.epsilon(epsilon).delta(DELTA).reporting_length(LENGTH).use_synthetic_counts(True)
    settings = builder.number_of_records_epsilon_proportion(_FOR_NUMBER).build()
    synthesiser = pacsynth.DpAggregateSeededSynthesizer(settings)
    synthesiser.fit(pacsynth.Dataset([list(columns), *map(list, rows)]))
    made = synthesiser.sample(max(1, synthesiser.get_dp_number_of_records()))
    head, *lines = made
    order = [head.index(name) for name in columns]
    found = synthesiser.get_dp_aggregates(_BETWEEN)
    counts = {tuple(_pair(one) for one in name.split(_BETWEEN)): count for name, count in found.items()}
    return Synthetic(tuple(tuple(line[place] for place in order) for line in lines), counts)


def _pair(written: str) -> tuple[str, str]:
    column, _, value = written.partition(":")
    return column, value
