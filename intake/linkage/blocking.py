"""Index tokens: two contributions are compared only when they share one. Every token is a combination or a number.

No single name or date becomes a token, so that nobody with the table alone can count one. It looks nothing up.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import pairwise

from intake.linkage.features import Digest
from intake.linkage.records import Box, NameToken, Record

MOST_SOUNDS = 3
TOKEN_SIZE = 16
_BETWEEN = b"\x1f"


class Token(StrEnum):
    """The domains of the index tokens, from finest to coarsest."""

    NUMBER = "token-number"
    WHOLE_NAME = "token-whole-name-nationality"
    SOUND_DATE = "token-sound-date"
    DATE_NATIONALITY = "token-date-nationality"
    TWO_SOUNDS = "token-two-sounds"
    SOUND_YEAR_NATIONALITY = "token-sound-year-nationality"
    SOUND_INITIAL_YEAR = "token-sound-initial-year"
    SOUND_INITIAL_NATIONALITY = "token-sound-initial-nationality"
    START_INITIAL = "token-start-initial"


def tokens(record: Record, digest: Digest) -> tuple[bytes, ...]:
    """The index tokens of one record.

    Arguments: a Record and digest(kind, text), which may be under another key than the features are: tokens are made from
    feature digests, so a key can rotate after the identity itself is gone.
    Returns: distinct tokens of 16 bytes, sorted; none for a record without a number and without two facts to combine.
    Errors: none of its own. Source: section 3 of the published designs for keyed blocking (ONS; Mainzelliste blocks on two
    of three parts of the date).
    """
    found = {digest(kind, _BETWEEN.join(parts).hex())[:TOKEN_SIZE] for kind, parts in _combinations(record)}
    return tuple(sorted(found))


def _combinations(record: Record) -> Iterator[tuple[Token, tuple[bytes, ...]]]:
    yield from ((Token.NUMBER, (kind.encode(), value)) for kind, value in record.numbers())
    yield from _names_alone(record)
    if record.birth.complete:
        yield from _with_date(record)
    if record.birth.year:
        yield from _with_year(record)


def _names_alone(record: Record) -> Iterator[tuple[Token, tuple[bytes, ...]]]:
    given, family = record.box(Box.GIVEN), record.box(Box.FAMILY)
    pairs = {tuple(sorted((one, other))) for one in _sounds(given) for other in _sounds(family)}
    aliases = _sounds(record.box(Box.ALIAS))
    pairs |= {tuple(sorted(pair)) for pair in pairwise(aliases)}
    yield from ((Token.TWO_SOUNDS, pair) for pair in pairs)
    if given and family:
        yield Token.START_INITIAL, (given[0].start, family[-1].initial)
        yield Token.START_INITIAL, (family[-1].start, given[0].initial)
    for nationality in record.nationalities:
        yield from ((Token.SOUND_INITIAL_NATIONALITY, (*pair, nationality)) for pair in _sound_and_initial(given, family))
        if bool(given) != bool(family):
            yield Token.WHOLE_NAME, (*sorted(token.exact for token in (*given, *family)), nationality)


def _with_date(record: Record) -> Iterator[tuple[Token, tuple[bytes, ...]]]:
    """Day and month in order of their digests, so that a date with both swapped has the same token."""
    birth = record.birth
    date = (birth.year, *sorted((birth.day, birth.month)))
    yield from ((Token.SOUND_DATE, (sound, *date)) for sound in _all_sounds(record))
    if not birth.first_of_january:
        yield from ((Token.DATE_NATIONALITY, (*date, nationality)) for nationality in record.nationalities)


def _with_year(record: Record) -> Iterator[tuple[Token, tuple[bytes, ...]]]:
    year = record.birth.year
    for nationality in record.nationalities:
        yield from ((Token.SOUND_YEAR_NATIONALITY, (sound, year, nationality)) for sound in _all_sounds(record))
    pairs = _sound_and_initial(record.box(Box.GIVEN), record.box(Box.FAMILY))
    yield from ((Token.SOUND_INITIAL_YEAR, (*pair, year)) for pair in pairs)


def _sound_and_initial(given: Iterable[NameToken], family: Iterable[NameToken]) -> list[tuple[bytes, bytes]]:
    initials = [token.initial for token in given][:1]
    return [(sound, initial) for sound in _sounds(family) for initial in initials]


def _all_sounds(record: Record) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys(sound for box in Box for sound in _sounds(record.box(box))))


def _sounds(names: Iterable[NameToken]) -> tuple[bytes, ...]:
    """Single letters have no sound of their own."""
    return tuple(dict.fromkeys(token.sound for token in names if not token.single_letter))[:MOST_SOUNDS]
