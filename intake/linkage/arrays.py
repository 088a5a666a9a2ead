"""The distinct words, names and numbers of many records as arrays: what is compared, and what tokens are combined of."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any

import numpy as np

from intake.linkage import ragged
from intake.linkage.features import Feature, Forms
from intake.linkage.ragged import Ids, Keys, Numbers, Ragged, Small, Truths
from intake.linkage.records import Name, Number, Word

BOXES = ("given", "family", "aliases", "place")
NUMBERS = ("v_number", "bsn", "document")
NOBODY = -1

KeysOf = Callable[[Feature, Sequence[Any]], Keys]
"""The keys of what stands for one kind of feature: of its digests, or of the texts that are digested."""


@dataclass(frozen=True)
class WordTable:
    """Words by number, with the features of records.Word but rarity."""

    exact: Keys
    sound: Keys
    start: Keys
    initial: Keys
    families: Ragged
    deletions: Ragged
    whole: Ragged
    ends: Ragged
    length: Small
    listed: Truths
    at_work: Truths


@dataclass(frozen=True)
class Box:
    """The names of one box of a form by number, 0 for none.

    words are the numbers of its words, in their order, NOBODY behind the last; joined that of all of them as one word, of a
    single word itself. rarities and joined_rarity belong to them. count is how many words it has; several says that joined is
    a word of its own.
    """

    words: Ids
    rarities: Small
    joined: Ids
    joined_rarity: Small
    count: Small
    several: Truths

    def __len__(self) -> int:
        return len(self.count)

    def at(self, places: Numbers) -> "Box":
        return Box(*(getattr(self, one.name)[places] for one in fields(self)))


@dataclass(frozen=True)
class NumberTable:
    exact: Keys
    near: Ragged


@dataclass(frozen=True)
class Arrays:
    words: WordTable
    boxes: Mapping[str, Box]
    numbers: Mapping[str, NumberTable]


def word_table(words: Sequence[Word | Forms], keys_of: KeysOf) -> WordTable:
    """Of words that are digested already, or of what is to be digested of them."""

    def several(kind: Feature, values: Sequence[Collection[bytes] | Collection[str]]) -> Ragged:
        return ragged.of_values(values, partial(keys_of, kind))

    return WordTable(
        exact=keys_of(Feature.NAME, [word.exact for word in words]),
        sound=keys_of(Feature.SOUND, [word.sound for word in words]),
        start=keys_of(Feature.START, [word.start for word in words]),
        initial=keys_of(Feature.INITIAL, [word.initial for word in words]),
        families=several(Feature.FAMILY, [word.families for word in words]),
        deletions=several(Feature.DELETION, [word.deletions for word in words]),
        whole=several(Feature.END, [word.whole for word in words]),
        ends=several(Feature.END, [word.ends for word in words]),
        length=np.array([word.length for word in words], dtype=np.uint8),
        listed=np.array([word.listed for word in words], dtype=np.bool_),
        at_work=np.array([word.at_work for word in words], dtype=np.bool_),
    )


def one_behind_another(tables: Sequence[WordTable]) -> WordTable:
    starts = np.cumsum([0, *(len(table.exact) for table in tables)])

    def whole(name: str) -> Any:
        parts = [getattr(table, name) for table in tables]
        if not isinstance(parts[0], Ragged):
            return np.concatenate(parts)
        rows = [part.rows + np.int32(start) for part, start in zip(parts, starts[:-1], strict=True)]
        return Ragged(np.concatenate(rows), np.concatenate([part.keys for part in parts]))

    return WordTable(**{one.name: whole(one.name) for one in fields(WordTable)})


def number_table(numbers: Sequence[Number]) -> NumberTable:
    exact = ragged.keys_of([number.exact or bytes(ragged.KEY_SIZE) for number in numbers])
    return NumberTable(exact, ragged.of_values([number.near for number in numbers], ragged.keys_of))


def box(names: Sequence[Sequence[int]], joined: Sequence[int]) -> Box:
    """Names of which the words are given by number, and of each all of them as one word or NOBODY; rarities are 0."""
    count = np.array([len(name) for name in names], dtype=np.uint8)
    words = np.full((len(names), int(count.max(initial=1))), NOBODY, dtype=np.int32)
    flat = np.array([word for name in names for word in name], dtype=np.int32)
    many = count.astype(np.int64)
    words[np.repeat(np.arange(len(names)), many), ragged.within(many)] = flat
    own = np.array(joined, dtype=np.int32)
    several = own != NOBODY
    return Box(
        words=words,
        rarities=np.zeros(words.shape, dtype=np.uint8),
        joined=np.where(several, own, words[:, 0]),
        joined_rarity=np.zeros(len(names), dtype=np.uint8),
        count=count,
        several=several,
    )


def of_values(values: Mapping[str, Sequence[Any]]) -> Arrays:
    """The arrays of columns of names and numbers, by the names of the columns."""
    known = _Known()
    boxes = {name: known.box(values[name]) for name in BOXES}
    table = word_table(known.words, lambda _, content: ragged.keys_of(content))
    return Arrays(table, boxes, {name: number_table(values[name]) for name in NUMBERS})


class _Known:
    """Words by number, in the order of their coming."""

    def __init__(self) -> None:
        self.words: list[Word] = []
        self._numbers: dict[bytes, int] = {}

    def box(self, names: Sequence[Name]) -> Box:
        made = box(
            [[self._number(word) for word in name.words] for name in names],
            [self._number(name.joined) if name.joined else NOBODY for name in names],
        )
        rarities = np.zeros_like(made.words, dtype=np.uint8)
        many = made.count.astype(np.int64)
        at = np.repeat(np.arange(len(names)), many), ragged.within(many)
        rarities[at] = np.array([word.rarity for name in names for word in name.words], dtype=np.uint8)
        joined = [name.joined.rarity if name.joined else 0 for name in names]
        return replace(
            made,
            rarities=rarities,
            joined_rarity=np.where(made.several, np.array(joined, dtype=np.uint8), rarities[:, 0]),
        )

    def _number(self, word: Word) -> int:
        found = self._numbers.get(word.exact)
        if found is None:
            found = self._numbers[word.exact] = len(self.words)
            self.words.append(word)
        return found
