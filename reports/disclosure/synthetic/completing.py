"""Fills what the synthesiser left empty, from its own noisy counts: it drops a value where no combination allows it.

Whatever is made of noisy counts alone spends nothing more (Dwork and Roth, 2014, proposition 2.1). A value is drawn with a
chance that grows with how many of it are still wanting, and with how often it goes with the row's other values: naive Bayes.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from secrets import SystemRandom

from reports.disclosure.synthetic.synthesising import Line, Synthetic

_random = SystemRandom()
# Nothing is impossible because noise left it out; and of a value of which enough are there, one more is unlikely.
_LEAST = 0.5

Pair = tuple[str, str]


def completed(columns: Sequence[str], made: Synthetic, unknown: str) -> tuple[Line, ...]:
    """The same rows without an empty value; unknown fills a column of which no value was counted."""
    single = {key[0]: count for key, count in made.counts.items() if len(key) == 1}
    pairs = {frozenset(key): count for key, count in made.counts.items() if len(key) == len(set(key)) == 2}
    there = Counter((column, value) for row in made.rows for column, value in zip(columns, row, strict=True) if value)
    found = []
    for row in made.rows:
        values = dict(zip(columns, row, strict=True))
        for column in columns:
            if not values[column]:
                values[column] = _drawn(column, values, single, pairs, there) or unknown
                there[column, values[column]] += 1
        found.append(tuple(values.values()))
    return tuple(found)


def _drawn(
    column: str, row: Mapping[str, str], single: Mapping[Pair, int], pairs: Mapping[frozenset[Pair], int], there: Counter[Pair]
) -> str:
    possible = [pair for pair in single if pair[0] == column]
    if not possible:
        return ""
    chances = []
    for pair in possible:
        chance = max(single[pair] - there[pair], _LEAST)
        for other in row.items():
            if other[1]:
                chance *= (pairs.get(frozenset((pair, other)), 0) + _LEAST) / max(single[pair], 1)
        chances.append(chance)
    return _random.choices(possible, chances)[0][1]
