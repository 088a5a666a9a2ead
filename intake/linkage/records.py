"""What the engine is given about a person, Details in the clear for a moment, and what it keeps: a Record of keyed features.

A Record holds digests and a few flags only; who has no key can neither read nor make one. Nothing here scores or stores.
"""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Self

FORMAT = 1
FEATURE_SIZE = 8
DELETION_SIZE = 6


class UnknownRecordFormatError(ValueError):
    """The bytes are not a Record of this version; there is no guessing."""


class Box(IntEnum):
    """Where on a form a name stood."""

    GIVEN = 1
    FAMILY = 2
    ALIAS = 3


class Commonness(IntEnum):
    """How little two equal names say: the light form of term frequencies, from a fixed table."""

    RARE = 0
    COMMON = 1
    VERY_COMMON = 2


class NumberKind(StrEnum):
    V_NUMBER = "v-number"
    BSN = "bsn"
    DOCUMENT = "document"


@dataclass(frozen=True)
class Details:
    """One person as one contribution describes them; empty and None are unknown. In memory only, repr shows nothing."""

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
    v_number: str = field(default="", repr=False)
    bsn: str = field(default="", repr=False)
    document_number: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NameToken:
    """One word of a name. deletions are the digests of the word and of the word with one letter left out; few for short words.

    short_sound says that the sound is too short to be evidence: Emma and Amy, Marek and Mirek sound alike in that way.
    """

    box: Box
    exact: bytes
    sound: bytes
    start: bytes
    initial: bytes
    deletions: frozenset[bytes]
    single_letter: bool
    short_sound: bool
    commonness: Commonness


@dataclass(frozen=True, slots=True)
class BirthDate:
    """Parts apart, empty where unknown. Day and month share one domain, so that swapped parts can be seen."""

    year: bytes = b""
    years_beside: tuple[bytes, ...] = ()
    month: bytes = b""
    day: bytes = b""
    first_of_january: bool = False
    estimated: bool = False

    @property
    def complete(self) -> bool:
        return bool(self.year and self.month and self.day)


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that blocking and scoring need, as keyed digests of 8 bytes (6 for the deletion neighbourhood)."""

    names: tuple[NameToken, ...] = ()
    birth: BirthDate = BirthDate()
    sex: bytes = b""
    nationalities: tuple[bytes, ...] = ()
    v_number: bytes = b""
    bsn: bytes = b""
    document: bytes = b""

    def box(self, wanted: Box) -> tuple[NameToken, ...]:
        return tuple(token for token in self.names if token.box is wanted)

    def numbers(self) -> Iterator[tuple[NumberKind, bytes]]:
        yield from (
            (kind, value)
            for kind, value in (
                (NumberKind.V_NUMBER, self.v_number),
                (NumberKind.BSN, self.bsn),
                (NumberKind.DOCUMENT, self.document),
            )
            if value
        )

    def to_bytes(self) -> bytes:
        """The record as bytes, the same for equal records.

        Returns: format byte, then the names, the birth date, sex, nationalities and numbers; every list is preceded by
        its length. Errors: none. Source: this project's own format, version FORMAT.
        """
        flags = self.birth.first_of_january | self.birth.estimated << 1
        return b"".join(
            (
                bytes((FORMAT, flags)),
                _list(self.birth.years_beside),
                _list((self.birth.year, self.birth.month, self.birth.day, self.sex, self.v_number, self.bsn, self.document)),
                _list(self.nationalities),
                bytes((len(self.names),)),
                *(_name_to_bytes(token) for token in self.names),
            )
        )

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """The record that to_bytes wrote.

        Errors: UnknownRecordFormatError for another format version, for missing and for surplus bytes.
        """
        reader = _Reader(content)
        if reader.byte() != FORMAT:
            raise UnknownRecordFormatError
        flags = reader.byte()
        beside = reader.features()
        year, month, day, sex, v_number, bsn, document = reader.features(7)
        nationalities = reader.features()
        names = tuple(_name_from(reader) for _ in range(reader.byte()))
        reader.end()
        birth = BirthDate(year, beside, month, day, bool(flags & 1), bool(flags & 2))
        return cls(names, birth, sex, nationalities, v_number, bsn, document)


class _Reader:
    """Takes fields from the front of the bytes and refuses to run past their end."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def take(self, size: int) -> bytes:
        self._at += size
        if self._at > len(self._content):
            raise UnknownRecordFormatError
        return self._content[self._at - size : self._at]

    def byte(self) -> int:
        return self.take(1)[0]

    def features(self, expected: int | None = None) -> tuple[bytes, ...]:
        count, present = struct.unpack(">BH", self.take(3))
        if expected not in (None, count) or present >> count:
            raise UnknownRecordFormatError
        return tuple(self.take(FEATURE_SIZE) if present >> place & 1 else b"" for place in range(count))

    def deletions(self) -> frozenset[bytes]:
        count = self.byte()
        block = self.take(count * DELETION_SIZE)
        return frozenset(block[place : place + DELETION_SIZE] for place in range(0, len(block), DELETION_SIZE))

    def end(self) -> None:
        if self._at != len(self._content):
            raise UnknownRecordFormatError


def _list(values: Iterable[bytes]) -> bytes:
    kept = tuple(values)
    present = sum(1 << place for place, value in enumerate(kept) if value)
    return struct.pack(">BH", len(kept), present) + b"".join(kept)


def _name_to_bytes(token: NameToken) -> bytes:
    flags = token.box | token.commonness << 2 | token.single_letter << 4 | token.short_sound << 5
    deletions = sorted(token.deletions)
    return b"".join(
        (bytes((flags,)), token.exact, token.sound, token.start, token.initial, bytes((len(deletions),)), *deletions)
    )


def _name_from(reader: _Reader) -> NameToken:
    flags = reader.byte()
    if flags >> 6 or flags & 3 == 0 or flags >> 2 & 3 > Commonness.VERY_COMMON:
        raise UnknownRecordFormatError
    exact, sound, start, initial = (reader.take(FEATURE_SIZE) for _ in range(4))
    return NameToken(
        box=Box(flags & 3),
        exact=exact,
        sound=sound,
        start=start,
        initial=initial,
        deletions=reader.deletions(),
        single_letter=bool(flags >> 4 & 1),
        short_sound=bool(flags >> 5 & 1),
        commonness=Commonness(flags >> 2 & 3),
    )
