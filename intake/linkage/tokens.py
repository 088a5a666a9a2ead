"""The index tokens of records, one record at a time, in the format they are stored in. It looks nothing up.

blocking.token_keys makes the same keys of a million records in arrays, which for one cost more to call than to fill; a test
holds the two to each other.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations

from intake.linkage.features import Digest
from intake.linkage.ragged import FACTOR, SECOND_FACTOR, SHIFT
from intake.linkage.records import BirthDate, Name, Record, Word
from intake.linkage.sharing import Token, mark

TOKEN_SIZE = 16
MOST_WORDS = 4
Keys = Collection[int]

_FACTOR, _SECOND_FACTOR, _SHIFT = int(FACTOR), int(SECOND_FACTOR), int(SHIFT)
_ALL = 2**64 - 1


def tokens(records: Iterable[Record], digest: Digest) -> list[tuple[bytes, ...]]:
    """The index tokens of records.

    Arguments: digest(kind, text), which may be under another key than the features are: tokens are made from feature
    digests, so a key can rotate after the identity itself is gone.
    Returns: per record its distinct tokens of 16 bytes, sorted, the first byte of which tells the kind (sharing.MARKS); none
    without a number and without two facts to combine.
    Errors: none of its own. Source: see blocking.token_keys.
    """
    return [tuple(sorted(_of_one(record, digest))) for record in records]


def _of_one(record: Record, digest: Digest) -> set[bytes]:
    found = {mark(kind, digest(kind, f"{key:016x}")[:TOKEN_SIZE]) for kind, keys in keys_of(record) for key in keys}
    if found:
        found.add(mark(Token.WHOLE, digest(Token.WHOLE, record.to_bytes().hex())[:TOKEN_SIZE]))
    return found


def keys_of(record: Record) -> Iterator[tuple[Token, Keys]]:
    """The keys behind the tokens of one record, by kind, as blocking.token_keys has them. Errors: none."""
    given, family, aliases, places = map(_name, (record.given, record.family, record.aliases, record.place))
    given_initials, family_initials = _initials(record.given.words[:1]), _initials(record.family.words[:MOST_WORDS])
    nationalities = {_number(nationality.code) for nationality in record.nationalities}
    names = given | family | aliases
    years, dates, days = _birth(record.birth)
    certain = dates if days else set()
    with_initial = _product(family, given_initials) | _product(given, family_initials)
    yield Token.NUMBER, _numbers(record)
    yield Token.NAME_DATE, _product(names, dates)
    yield Token.NAME_DAY, _product(names, days)
    yield Token.TWO_NAMES, _two_names(record, (given, family, aliases))
    yield Token.NAME_YEAR_NATIONALITY, _product(names, _product(years, nationalities))
    yield Token.NAME_INITIAL_YEAR, _product(with_initial, years)
    yield Token.NAME_INITIAL_NATIONALITY, _product(with_initial, nationalities)
    starts = _product(_starts(record.given.words[:1]), family_initials)
    yield Token.STARTS, starts | _product(_starts(record.family.words[-1:]), given_initials)
    yield Token.DATE_NATIONALITY, _product(certain, nationalities)
    yield Token.DATE_PLACE, _product(certain, places)
    yield Token.NAME_PLACE, _product(names, places)
    yield Token.ONE_BOX, _product(_one_box(record), nationalities)


def _numbers(record: Record) -> set[int]:
    kinds = (("v_number", record.v_number), ("bsn", record.bsn), ("document", record.document))
    return {key((name.encode(), number.exact)) for name, number in kinds if number}


def _two_names(record: Record, boxes: Sequence[set[int]]) -> set[int]:
    """Two words in any order, of two boxes or of one in which the whole name stands."""
    found = set().union(*(_unordered(one, other) for one, other in combinations(boxes, 2)))
    for name in (record.given, record.family, record.aliases):
        words = [_word(word) for word in name.words[:MOST_WORDS]]
        found = found.union(*(_unordered(one, other) for one, other in combinations(words, 2)))
    return found


def _one_box(record: Record) -> Keys:
    """The whole name where only one box is filled, which has no two names to combine."""
    words = record.given.words or record.family.words
    alone = bool(record.given.words) != bool(record.family.words)
    return {key(sorted(word.exact for word in words))} if alone else ()


def _birth(birth: BirthDate) -> tuple[Keys, set[int], Keys]:
    """Year, whole date, day and month where they are certain; a date with day and month swapped has the same keys."""
    if not birth.complete:
        return ({key((birth.year,))} if birth.year else ()), set(), ()
    parts = sorted((birth.day, birth.month))
    return {key((birth.year,))}, {key((birth.year, *parts))}, (() if birth.vague else {key(parts)})


def _name(name: Name) -> set[int]:
    words = (*name.words[:MOST_WORDS], name.joined) if name.joined else name.words[:MOST_WORDS]
    return {key for word in words for key in _word(word)}


def _word(word: Word) -> set[int]:
    return {_number(word.sound), *map(_number, word.families)} if word.length > 1 else set()


def _initials(words: Iterable[Word]) -> Keys:
    return {_number(word.initial) for word in words}


def _starts(words: Iterable[Word]) -> Keys:
    return {_number(word.start) for word in words}


def _product(first: Keys, second: Keys) -> set[int]:
    return {mixed(one, other) for one in first for other in second}


def _unordered(first: Keys, second: Keys) -> set[int]:
    return {mixed(min(one, other), max(one, other)) for one in first for other in second}


def key(features: Iterable[bytes]) -> int:
    """One key of features in this order."""
    found = 0
    for feature in features:
        found = mixed(found, _number(feature[:8]))
    return found


def _number(feature: bytes) -> int:
    return int.from_bytes(feature, "big")


def mixed(first: int, second: int) -> int:
    """As ragged.mixed, of two single keys."""
    found = (first * _FACTOR + second) & _ALL
    found ^= found >> _SHIFT
    found = (found * _SECOND_FACTOR) & _ALL
    return found ^ (found >> _SHIFT)
