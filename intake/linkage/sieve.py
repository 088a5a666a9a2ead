"""Which pairs cannot reach the lower bound, whatever else their fields say: found before they are compared. It keeps too many
and never too few.

Of a pair the birth dates, sex and nationality are compared, and what the rest could give at most is taken from each of the two
alone: the best level of each field at the rarity of all that the report says there.
"""

import numpy as np
from numpy.typing import NDArray

from intake.linkage.arrays import NUMBERS, Box
from intake.linkage.columns import CODE, Frozen
from intake.linkage.comparisons import MOST_SHARED, Field, Level
from intake.linkage.fellegi_sunter import Parameters
from intake.linkage.lookups import Births, births
from intake.linkage.ragged import Ids, Numbers, Truths

Bits = NDArray[np.float32]

# Sums in another order than those of scoring, and in fewer digits, may differ by far less.
SLACK = 0.01
# For two that both have a number: it may be the same, and then they are asked about whatever they weigh.
ENOUGH = 1_000.0


class Sieve:
    """keeps(rows, others) for columns that are ready to compare many pairs (quick.prepared)."""

    def __init__(self, frozen: Frozen, parameters: Parameters) -> None:
        columns = frozen.columns
        self._parameters = parameters
        self._needed = np.float32(parameters.lower - parameters.prior - SLACK)
        self._own, self._alias = self._most(frozen)
        known = (frozen.quick or {}).get(("birth", "birth"))
        self._births = known if isinstance(known, Births) else births(columns["birth"].values)
        self._years = self._births.years[columns["birth"].ids]
        self._days = self._births.days[columns["birth"].ids]
        self._of_date = parameters.tables[Field.BIRTH_DATE][0].astype(np.float32)
        self._best_date = self._of_date.max(initial=0)
        self._plain, self._code, self._codes = self._sex_and_nationality(frozen)

    def keeps(self, rows: Numbers, others: Numbers) -> Truths:
        found = np.minimum(self._own[rows], self._own[others]) + np.maximum(self._alias[rows], self._alias[others])
        found += self._plain[self._code[rows] * self._codes + self._code[others]]
        open_pairs = np.flatnonzero(found + self._best_date >= self._needed)
        one, other = rows[open_pairs], others[open_pairs]
        levels = self._births.find((self._years[one], self._days[one]), (self._years[other], self._days[other]))
        kept = np.zeros(len(rows), dtype=np.bool_)
        kept[open_pairs] = found[open_pairs] + self._of_date[levels] >= self._needed
        return kept

    def _most(self, frozen: Frozen) -> tuple[Bits, Bits]:
        """Of every row the most bits that its names and place can give, ENOUGH with a number, and those of its other names."""
        columns, boxes = frozen.columns, frozen.arrays().boxes
        rarities = {name: _all_of(box)[columns[name].ids] for name, box in boxes.items()}
        # A name may agree with what stands in the other box.
        names = np.maximum(rarities["given"], rarities["family"])
        own = self._best(Field.FAMILY_NAME, names) + self._best(Field.GIVEN_NAME, names)
        own += self._best(Field.PLACE, rarities["place"]) * (columns["place"].ids > 0)
        for name in NUMBERS:
            own += ENOUGH * (columns[name].ids > 0)
        return own.astype(np.float32), self._best(Field.ALIAS, rarities["aliases"]) * (columns["aliases"].ids > 0)

    def _best(self, field: Field, rarities: Numbers) -> Bits:
        base, per_quarter = self._parameters.tables[field]
        levels = [CODE[level] for level in self._parameters.weights.get(field, {})] or [CODE[Level.MISSING]]
        shared = np.arange(int(rarities.max(initial=0)) + 1)
        of_level = base[levels][:, None] + np.maximum(per_quarter[levels], 0)[:, None] * shared
        found: Bits = np.maximum(of_level.max(axis=0), 0).astype(np.float32)[rarities]
        return found

    def _sex_and_nationality(self, frozen: Frozen) -> tuple[Bits, Ids, int]:
        """Their bits by the code of one row and of another, the code of every row, and how many codes there are."""
        sex, nationalities = frozen.columns["sex"], frozen.columns["nationalities"]
        of_sex, of_nationality = (
            self._every_two(frozen, "sex", Field.SEX),
            self._every_two(frozen, "nationalities", Field.NATIONALITY),
        )
        both = of_nationality[:, None, :, None] + of_sex[None, :, None, :]
        codes = len(of_sex) * len(of_nationality)
        code = nationalities.ids * len(of_sex) + sex.ids if len(of_nationality) > 1 else sex.ids
        return both.astype(np.float32).ravel(), code.astype(np.int32), codes

    def _every_two(self, frozen: Frozen, name: str, field: Field) -> Bits:
        """Bits of every two values; of a column with too many values the best that any two could give."""
        base, per_quarter = self._parameters.tables[field]
        many = len(frozen.columns[name].values)
        compare = (frozen.quick or {}).get((name, name))
        if compare is None:
            rarest = max((one.rarity for value in frozen.columns[name].values for one in value), default=0)
            return self._best(field, np.array([[rarest]]))
        one, other = (found.ravel().astype(np.int32) for found in np.indices((many, many)))
        levels, rarities = compare(one, other)
        found: Bits = (base[levels] + per_quarter[levels] * rarities).astype(np.float32).reshape(many, many)
        return found


def _all_of(box: Box) -> Numbers:
    """The rarity of all words of each name together, or of them as one word."""
    apart = np.minimum(box.rarities.sum(axis=1, dtype=np.int64), MOST_SHARED)
    found: Numbers = np.maximum(apart, box.joined_rarity)
    return found
