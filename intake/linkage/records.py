"""What the engine is given about a person, Details in the clear for a moment, and what it keeps: a Record of keyed features.

A Record holds digests and a few flags only; who has no key can neither read nor make one. Nothing here scores or stores.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, Self

FORMAT = 2
FEATURE_SIZE = 8
DELETION_SIZE = 6
LONGEST = 15
MOST_RARITY = 63
NOTHING = b""

_COUNTED = struct.Struct(">BH")
_WORD = struct.Struct(f">BB{FEATURE_SIZE}s{FEATURE_SIZE}s{FEATURE_SIZE}s{FEATURE_SIZE}s")
_NATIONALITY = struct.Struct(f">{FEATURE_SIZE}sB")


class UnknownRecordFormatError(ValueError):
    """The bytes are not a Record of this version; there is no guessing."""


class NumberKind(StrEnum):
    V_NUMBER = "v-number"
    BSN = "bsn"
    DOCUMENT = "document"


@dataclass(frozen=True)
class Details:
    """One person as one contribution describes them; empty and None are unknown. In memory only, repr shows nothing.

    nationalities are ISO 3166 alpha-2 codes; sex is any code of the caller's, 'other' included; place is of birth or residence.
    """

    given_names: tuple[str, ...] = field(default=(), repr=False)
    prefix: str = field(default="", repr=False)
    family_name: str = field(default="", repr=False)
    aliases: tuple[str, ...] = field(default=(), repr=False)
    year: int | None = field(default=None, repr=False)
    month: int | None = field(default=None, repr=False)
    day: int | None = field(default=None, repr=False)
    estimated: bool = field(default=False, repr=False)
    sex: str = field(default="", repr=False)
    nationalities: tuple[str, ...] = field(default=(), repr=False)
    place: str = field(default="", repr=False)
    v_number: str = field(default="", repr=False)
    bsn: str = field(default="", repr=False)
    document_number: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name, or a place. deletions are the digests of the word and of the word with one letter left out.

    whole are its digests as a beginning and as an ending, ends those of its own beginnings and endings. families are the
    digests of the spelling families and short forms that it belongs to. length goes to LONGEST; listed says that it is a known
    name, at_work that it is one of those used at work; rarity is in quarters of a bit: how much it says that two persons share
    this word.
    """

    exact: bytes
    sound: bytes
    start: bytes
    initial: bytes
    families: frozenset[bytes]
    deletions: frozenset[bytes]
    whole: frozenset[bytes]
    ends: frozenset[bytes]
    length: int
    rarity: int
    listed: bool
    at_work: bool


@dataclass(frozen=True, slots=True)
class Name:
    """The words of one box of a form. joined is all of them as one word, where there are several."""

    words: tuple[Word, ...] = ()
    joined: Word | None = None

    def __bool__(self) -> bool:
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class BirthDate:
    """Parts apart, empty where unknown. Day and month share one domain, so that swapped parts can be seen.

    around holds the digests of the years 3, 2 and 1 before and 1, 2 and 3 after; mistyped those that a slip makes of it.
    """

    year: bytes = NOTHING
    around: tuple[bytes, ...] = ()
    mistyped: tuple[bytes, ...] = ()
    month: bytes = NOTHING
    day: bytes = NOTHING
    first_of_january: bool = False
    estimated: bool = False

    @property
    def complete(self) -> bool:
        return bool(self.year and self.month and self.day)

    @property
    def vague(self) -> bool:
        """Says no more than about which year."""
        return self.estimated or self.first_of_january or not self.month


@dataclass(frozen=True, slots=True)
class Number:
    """near are the digests of the number and of the number with one sign left out."""

    exact: bytes = NOTHING
    near: frozenset[bytes] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.exact)


@dataclass(frozen=True, slots=True)
class Nationality:
    code: bytes
    rarity: int


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that blocking and scoring need, as keyed digests of 8 bytes (6 for what has a letter left out)."""

    given: Name = Name()
    family: Name = Name()
    aliases: Name = Name()
    birth: BirthDate = BirthDate()
    sex: bytes = NOTHING
    nationalities: tuple[Nationality, ...] = ()
    place: Name = Name()
    v_number: Number = Number()
    bsn: Number = Number()
    document: Number = Number()

    def numbers(self) -> tuple[tuple[NumberKind, Number], ...]:
        kinds = ((NumberKind.V_NUMBER, self.v_number), (NumberKind.BSN, self.bsn), (NumberKind.DOCUMENT, self.document))
        return tuple((kind, number) for kind, number in kinds if number)

    def to_bytes(self) -> bytes:
        """The record as bytes, the same for equal records.

        Returns: format byte, then names, birth date, sex, nationalities and numbers; every list is preceded by its length.
        Errors: none. Source: this project's own format, version FORMAT.
        """
        birth = self.birth
        flags = birth.first_of_january | birth.estimated << 1
        parts = [bytes((FORMAT, flags))]
        parts += [_name_to_bytes(name) for name in (self.given, self.family, self.aliases, self.place)]
        parts += [_list((birth.year, birth.month, birth.day, self.sex)), _list(birth.around), _list(birth.mistyped)]
        parts.append(bytes((len(self.nationalities),)))
        parts += [nationality.code + bytes((nationality.rarity,)) for nationality in self.nationalities]
        parts += [_list((number.exact,)) + _short(number.near) for number in (self.v_number, self.bsn, self.document)]
        return b"".join(parts)

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """The record that to_bytes wrote.

        Errors: UnknownRecordFormatError for another format version, for missing and for surplus bytes.
        """
        try:
            return cls._read(_Reader(content))
        except (IndexError, struct.error):
            raise UnknownRecordFormatError from None

    @classmethod
    def _read(cls, reader: "_Reader") -> Self:
        if reader.byte() != FORMAT:
            raise UnknownRecordFormatError
        flags = reader.byte()
        given, family, aliases, place = (_name_from(reader) for _ in range(4))
        year, month, day, sex = reader.features(4)
        around, mistyped = reader.features(), reader.features()
        nationalities = tuple([Nationality(*reader.fields(_NATIONALITY)) for _ in range(reader.byte())])
        v_number, bsn, document = (Number(reader.features(1)[0], reader.short()) for _ in range(3))
        reader.end()
        birth = BirthDate(year, around, mistyped, month, day, bool(flags & 1), bool(flags & 2))
        return cls(given, family, aliases, birth, sex, nationalities, place, v_number, bsn, document)


class _Reader:
    """Takes fields from the front of the bytes. Past their end it finds IndexError or struct.error."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def byte(self) -> int:
        found = self._content[self._at]
        self._at += 1
        return found

    def fields(self, layout: struct.Struct) -> tuple[Any, ...]:
        found = layout.unpack_from(self._content, self._at)
        self._at += layout.size
        return found

    def features(self, expected: int | None = None) -> tuple[bytes, ...]:
        count, present = self.fields(_COUNTED)
        if expected not in (None, count) or present >> count:
            raise UnknownRecordFormatError
        found = self.fields(_of_size(FEATURE_SIZE, present.bit_count()))
        if len(found) == count:
            return found
        there = iter(found)
        return tuple([next(there) if present >> place & 1 else NOTHING for place in range(count)])

    def short(self) -> frozenset[bytes]:
        return frozenset(self.fields(_of_size(DELETION_SIZE, self.byte())))

    def end(self) -> None:
        if self._at != len(self._content):
            raise UnknownRecordFormatError


@cache
def _of_size(size: int, count: int) -> struct.Struct:
    """So many digests of one size, taken apart at once."""
    return struct.Struct(f"{size}s" * count)


def _list(values: Iterable[bytes]) -> bytes:
    kept = tuple(values)
    present = sum(1 << place for place, value in enumerate(kept) if value)
    return _COUNTED.pack(len(kept), present) + b"".join(kept)


def _short(values: Iterable[bytes]) -> bytes:
    kept = sorted(values)
    return bytes((len(kept),)) + b"".join(kept)


def _name_to_bytes(name: Name) -> bytes:
    words = (*name.words, name.joined) if name.joined else name.words
    return bytes((len(words), name.joined is not None)) + b"".join(_word_to_bytes(word) for word in words)


def _name_from(reader: _Reader) -> Name:
    count, joined = reader.byte(), reader.byte()
    if joined > 1 or (joined and count < 3):
        raise UnknownRecordFormatError
    words = tuple([_word_from(reader) for _ in range(count)])
    return Name(words[:-1], words[-1]) if joined else Name(words)


def _word_to_bytes(word: Word) -> bytes:
    features = (word.exact, word.sound, word.start, word.initial)
    return b"".join(
        (
            bytes((word.length | word.listed << 4 | word.at_work << 5, word.rarity)),
            *features,
            _list(sorted(word.families)),
            _short(word.deletions),
            _short(word.whole),
            _short(word.ends),
        )
    )


def _word_from(reader: _Reader) -> Word:
    first, rarity, exact, sound, start, initial = reader.fields(_WORD)
    length, listed, at_work = first & 15, bool(first >> 4 & 1), bool(first >> 5)
    if first >> 6 or not 0 < length <= LONGEST or rarity > MOST_RARITY:
        raise UnknownRecordFormatError
    return Word(
        exact,
        sound,
        start,
        initial,
        frozenset(reader.features()),
        reader.short(),
        reader.short(),
        reader.short(),
        length,
        rarity,
        listed,
        at_work,
    )
