"""Columns of records as tables for another engine: row numbers, numbers of distinct values, keyed digests as whole numbers.

No value and no id of a contribution is in them: who reads them learns no more than from the features themselves.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow
from pyarrow import parquet

from intake.linkage import engine
from intake.linkage.columns import Column, Frozen
from intake.linkage.records import BirthDate, Name, Nationality, Number, Word

NAMES = ("given", "family", "aliases", "place")
NUMBERS = ("v_number", "bsn", "document")
WORDS, NAME_WORDS, NATIONALITIES, REPORTS = "words", "name_words", "nationalities", "reports"
NOTHING = 0
"""The digest of what is not known; no list holds it."""

_whole = pyarrow.int64()
_list = pyarrow.list_(_whole)
_truth = pyarrow.bool_()
_OF_NAME_WORDS = dict.fromkeys(("name", "place", "word", "many", "whole"), _whole)
_OF_NATIONALITIES = dict.fromkeys(("nationality", "code", "rarity"), _whole)
_OF_WORDS = (
    dict.fromkeys(("exact", "sound", "start", "initial", "size", "rarity"), _whole)
    | dict.fromkeys(("families", "deletions", "whole", "ends"), _list)
    | dict.fromkeys(("listed", "at_work"), _truth)
)
_OF_BIRTH = (
    dict.fromkeys(("year", "month", "day"), _whole)
    | dict.fromkeys(("around", "beside", "mistyped"), _list)
    | dict.fromkeys(("new_year", "placeholder", "vague", "complete"), _truth)
)
Row = Mapping[str, Any]
Kinds = Mapping[str, pyarrow.DataType]


def write(frozen: Frozen, cap: int, folder: Path) -> int:
    """Write the tables as parquet files into the folder; how many tokens more than cap rows share, which count for nothing."""
    names = _Names()
    ids = {box: names.of(frozen.columns[box]) for box in NAMES}
    tokens, worn = _tokens(frozen, cap)
    columns: dict[str, Any] = {"report": np.arange(len(frozen.columns["given"].ids)), **ids, "tokens": tokens}
    columns["nationality"] = frozen.columns["nationalities"].ids.astype(np.int64)
    for name, (of_value, kinds) in _OF_VALUE.items():
        columns |= _spread(frozen.columns[name], of_value, kinds)
    _save(folder, REPORTS, columns)
    words = _table(map(_word, names.words), _OF_WORDS)
    _save(folder, WORDS, {"word": np.arange(len(names.words)), **words})
    _save(folder, NAME_WORDS, _table(names.rows(), _OF_NAME_WORDS))
    _save(folder, NATIONALITIES, _table(_nationalities(frozen.columns["nationalities"].values), _OF_NATIONALITIES))
    return worn


def path_of(folder: Path, table: str) -> Path:
    return folder / f"{table}.parquet"


class _Names:
    """Distinct names of all boxes under one number each, 0 for the empty one, and their words."""

    def __init__(self) -> None:
        self._words: dict[tuple[bytes, int], int] = {}
        self._names: dict[tuple[tuple[int, ...], int | None], int] = {((), None): 0}
        self.words: list[Word] = []

    def of(self, column: Column) -> Any:
        return np.array([self._number(name) for name in column.values], dtype=np.int64)[column.ids]

    def rows(self) -> Iterable[Row]:
        """A row per word of a name; whole is the name as one word."""
        for (words, whole), number in self._names.items():
            for place, word in enumerate(words):
                yield {"name": number, "place": place, "word": word, "many": len(words), "whole": whole}

    def _number(self, name: Name) -> int:
        words = tuple(self._word(word) for word in name.words)
        whole = self._word(name.joined or name.words[0]) if words else None
        return self._names.setdefault((words, whole), len(self._names))

    def _word(self, word: Word) -> int:
        key = (word.exact, word.rarity)
        if key not in self._words:
            self._words[key] = len(self.words)
            self.words.append(word)
        return self._words[key]


def _digest(feature: bytes) -> int:
    return int.from_bytes(feature, "big", signed=True)


def _digests(features: Iterable[bytes]) -> list[int]:
    return [_digest(feature) for feature in features if feature]


def _word(word: Word) -> Row:
    single = {name: _digest(getattr(word, name)) for name in ("exact", "sound", "start", "initial")}
    lists = {name: _digests(getattr(word, name)) for name in ("families", "deletions", "whole", "ends")}
    plain = {"size": word.length, "rarity": word.rarity, "listed": word.listed, "at_work": word.at_work}
    return single | lists | plain


def _birth(birth: BirthDate) -> Row:
    lists = {"around": birth.around, "beside": birth.around[2:4], "mistyped": birth.mistyped}
    single = {name: _digest(getattr(birth, name)) for name in ("year", "month", "day")}
    placeholder = birth.first_of_january or birth.estimated
    flags = {"new_year": birth.first_of_january, "placeholder": placeholder, "vague": birth.vague, "complete": birth.complete}
    return single | {name: _digests(features) for name, features in lists.items()} | flags


def _number(name: str) -> Callable[[Number], Row]:
    return lambda number: {name: _digest(number.exact), f"{name}_near": _digests(number.near)}


_OF_VALUE: dict[str, tuple[Callable[[Any], Row], Kinds]] = {
    "birth": (_birth, _OF_BIRTH),
    "sex": (lambda sex: {"sex": _digest(sex)}, {"sex": _whole}),
    "nationalities": (lambda found: {"codes": _digests(one.code for one in found)}, {"codes": _list}),
    **{name: (_number(name), {name: _whole, f"{name}_near": _list}) for name in NUMBERS},
}


def _nationalities(values: Sequence[tuple[Nationality, ...]]) -> Iterable[Row]:
    for number, found in enumerate(values):
        for one in found:
            yield {"nationality": number, "code": _digest(one.code), "rarity": one.rarity}


def _tokens(frozen: Frozen, cap: int) -> tuple[Any, int]:
    """Two rows share a number where they share enough tokens to be compared, as a list a row: one rule for all engines."""
    left, right, worn = engine.candidate_pairs(frozen, cap)
    holders = np.concatenate([left, right])
    numbers = np.tile(np.arange(len(left)), 2)
    order = np.argsort(holders, kind="stable")
    size = len(frozen.columns["given"].ids)
    ends = np.concatenate(([0], np.cumsum(np.bincount(holders, minlength=size))))
    return pyarrow.ListArray.from_arrays(pyarrow.array(ends, pyarrow.int32()), numbers[order]), worn


def _spread(column: Column, of_value: Callable[[Any], Row], kinds: Kinds) -> dict[str, Any]:
    """What of_value makes of each distinct value, for every row that has it."""
    table = _table(map(of_value, column.values), kinds)
    at = pyarrow.array(column.ids)
    return {name: values.take(at) for name, values in table.items()}


def _table(rows: Iterable[Row], kinds: Kinds) -> dict[str, Any]:
    found = list(rows)
    return {name: pyarrow.array([row[name] for row in found], kind) for name, kind in kinds.items()}


def _save(folder: Path, name: str, columns: Mapping[str, Any]) -> None:
    parquet.write_table(pyarrow.table(dict(columns)), path_of(folder, name))
