"""The columns of a whole file: every distinct word, name and number gets its features once. It holds no key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from intake.linkage import arrays, features, ragged
from intake.linkage.arrays import BOXES, NOBODY, Arrays, Box, NumberTable, WordTable
from intake.linkage.columns import Column, Frozen, distinct
from intake.linkage.features import Digests, Maker, as_one_word, distinct_words, place_words
from intake.linkage.frequencies import Counted, Rarities
from intake.linkage.processes import each
from intake.linkage.ragged import Ids, Numbers, Small, within
from intake.linkage.records import MOST_RARITY, BirthDate
from intake.linkage.texts import Coded, Codes, Texts

# Words, or names of one box, that a process takes at once.
AT_ONCE = 8_000
_WORDS_OF: dict[str, Callable[[Any], Sequence[str]]] = {
    "given": distinct_words,
    "family": lambda text: distinct_words((text,)),
    "aliases": distinct_words,
    "place": place_words,
}
_AS_ONE_WORD = frozenset({"given", "family"})
_COUNTED_NAMES = ("given", "family")


@dataclass(frozen=True)
class _Named:
    """What one box says of every report: the distinct names of each nationality, 0 for none; names and nationalities by place,
    ids a report, and how many reports say it.
    """

    box: Box
    nationalities: Numbers
    ids: Ids
    times: Numbers


def columns_of(texts: Texts, digests: Digests, processes: int = 1) -> Frozen:
    """The features of all reports, as Maker makes them of one; how rare names are is counted among them. Errors: none."""
    codes, of_report = _nationalities_of(texts)
    words = Codes()
    split = _split(texts, processes)
    named = {name: _named(name, split[name], getattr(texts, name).ids, (of_report, len(codes)), words) for name in BOXES}
    counted = _counted(texts, named, list(words), codes)
    maker = Maker(features.one_by_one(digests), counted)
    rare = {name: _with_rarities(one, list(words), codes, _rarity(name, counted)) for name, one in named.items()}
    columns = {name: Column((), one.ids) for name, one in named.items()}
    columns["birth"] = _column(texts.birth, BirthDate(), lambda birth: maker.birth(*birth))
    columns["sex"] = _column(texts.sex, b"", maker.sex)
    columns["nationalities"] = _column(texts.nationalities, (), maker.nationalities)
    numbers: dict[str, NumberTable] = {}
    for name, (kind, read) in features.NUMBERS.items():
        column = _column(getattr(texts, name), "", read)
        columns[name] = Column((), column.ids)
        near = ragged.of_values(list(map(features.near, column.values)), partial(digests, kind))
        numbers[name] = NumberTable(digests(kind, column.values), near)
    return Frozen(columns, of_values=Arrays(_word_table(list(words), digests, processes), rare, numbers))


def _split(texts: Texts, processes: int) -> dict[str, list[Sequence[str]]]:
    """The words of every distinct text of the boxes."""
    portions = [(name, start) for name in BOXES for start in range(0, len(getattr(texts, name).values), AT_ONCE)]

    def words_of(portion: tuple[str, int]) -> list[Sequence[str]]:
        name, start = portion
        return list(map(_WORDS_OF[name], getattr(texts, name).values[start : start + AT_ONCE]))

    found: dict[str, list[Sequence[str]]] = {name: [] for name in BOXES}
    for (name, _), words in zip(portions, each(words_of, portions, processes), strict=True):
        found[name] += words
    return found


def _word_table(words: Sequence[str], digests: Digests, processes: int) -> WordTable:
    """In portions, since a word with all that is digested of it is larger than what is kept."""

    def made(portion: Sequence[str]) -> WordTable:
        return arrays.word_table(list(map(features.forms, portion)), digests)

    portions = [words[start : start + AT_ONCE] for start in range(0, max(len(words), 1), AT_ONCE)]
    return arrays.one_behind_another(tuple(each(made, portions, processes)))


def _nationalities_of(texts: Texts) -> tuple[list[str], Ids]:
    """Codes of nationalities, '' the first, and of every report the place of the one that its names are counted for."""
    codes = Codes({"": 0})
    first = codes.of(found[0] if found else "" for found in texts.nationalities.values)
    return list(codes), first[texts.nationalities.ids]


def _named(name: str, split: Sequence[Sequence[str]], ids: Ids, nationalities: tuple[Ids, int], words: Codes) -> _Named:
    """split: the words of every text; ids, the text of every report; nationalities, that of every report and how many."""
    of_report, many = nationalities
    names = Codes({(): 0})
    of_text = names.of(tuple(map(words.__getitem__, found)) for found in split)
    known = list(words)
    whole = [as_one_word([known[word] for word in found]) if name in _AS_ONE_WORD else "" for found in names]
    box = arrays.box(list(names), [words[one] if one else NOBODY for one in whole])
    named = of_text[ids].astype(np.int64)
    keys, places = distinct(np.concatenate(([0], np.where(named > 0, named * many + of_report, 0))))
    times = np.bincount(places, minlength=len(keys))
    return _Named(box.at(keys // many), keys % many, places[1:].astype(np.int32), times)


def _counted(texts: Texts, named: dict[str, _Named], words: list[str], codes: list[str]) -> Counted:
    found = Counted()
    for name, one in named.items():
        many = one.box.count.astype(np.int64)
        rows = np.repeat(np.arange(len(many)), many)
        keys, places = distinct(one.box.words[rows, within(many)].astype(np.int64) * len(codes) + one.nationalities[rows])
        times = np.bincount(places, one.times[rows], len(keys)).astype(np.int64)
        count = found.count_place if name == "place" else found.count_name
        if name in _COUNTED_NAMES or name == "place":
            for key, number in zip(keys.tolist(), times.tolist(), strict=True):
                count(words[key // len(codes)], codes[key % len(codes)], number)
    for of_report, number in zip(texts.nationalities.values, np.bincount(texts.nationalities.ids).tolist(), strict=True):
        found.count_nationalities(of_report, number)
    return found


def _rarity(name: str, rarities: Rarities) -> Callable[[str, str], int]:
    return rarities.place if name == "place" else rarities.name


def _with_rarities(one: _Named, words: list[str], codes: list[str], rarity: Callable[[str, str], int]) -> Box:
    def of(numbers: Ids) -> Small:
        known = np.flatnonzero(numbers != NOBODY)
        keys, places = distinct(numbers[known].astype(np.int64) * len(codes) + one.nationalities[known])
        found = [min(rarity(words[key // len(codes)], codes[key % len(codes)]), MOST_RARITY) for key in keys.tolist()]
        rarities = np.zeros(len(numbers), dtype=np.uint8)
        rarities[known] = np.array(found, dtype=np.uint8)[places]
        return rarities

    rarities = np.stack([of(one.box.words[:, place]) for place in range(one.box.words.shape[1])], axis=1)
    return replace(one.box, rarities=rarities, joined_rarity=of(one.box.joined))


def _column(told: Coded[Any], nothing: Any, made: Callable[[Any], Any]) -> Column:
    """Distinct values, nothing the first, and what every report has."""
    values = Codes({nothing: 0})
    of_text = values.of(map(made, told.values))
    return Column(tuple(values), of_text[told.ids])
