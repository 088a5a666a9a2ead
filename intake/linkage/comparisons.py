"""Compares two Records field by field: which level of agreement holds. It knows no weights and decides nothing.

A field that one of the two does not have is MISSING, which is evidence for neither side.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from intake.linkage.records import BirthDate, Box, Commonness, NameToken, NumberKind, Record


class Field(StrEnum):
    FAMILY_NAME = "family-name"
    GIVEN_NAME = "given-name"
    ALIAS = "alias"
    BIRTH_DATE = "birth-date"
    SEX = "sex"
    NATIONALITY = "nationality"
    V_NUMBER = "v-number"
    BSN = "bsn"
    DOCUMENT = "document"


class Level(StrEnum):
    MISSING = "missing"
    SAME = "same"
    SAME_COMMON = "same-common"
    SAME_VERY_COMMON = "same-very-common"
    ONE_LETTER = "one-letter"
    SOUNDS_ALIKE = "sounds-alike"
    PART_OF_NAME = "part-of-name"
    SHARED_AND_DIFFERENT = "shared-and-different"
    SAME_START = "same-start"
    INITIAL = "initial"
    OTHER_BOX = "other-box"
    DIFFERENT = "different"
    DAY_AND_MONTH_SWAPPED = "day-and-month-swapped"
    FIRST_OF_JANUARY = "first-of-january"
    MONTH_AND_YEAR = "month-and-year"
    YEAR_ONLY = "year-only"
    YEAR_AND_PLACEHOLDER = "year-and-placeholder"
    ONE_PART_DIFFERENT = "one-part-different"
    YEAR_BUT_OTHER_DAY = "year-but-other-day"
    YEAR_BESIDE = "year-beside"


SAME_LEVELS = {
    Commonness.RARE: Level.SAME,
    Commonness.COMMON: Level.SAME_COMMON,
    Commonness.VERY_COMMON: Level.SAME_VERY_COMMON,
}

# From most to least agreement; the comparison of two names is the worst of its best matches.
NAME_ORDER = (
    Level.SAME,
    Level.SAME_COMMON,
    Level.SAME_VERY_COMMON,
    Level.ONE_LETTER,
    Level.SOUNDS_ALIKE,
    Level.SAME_START,
    Level.INITIAL,
    Level.DIFFERENT,
)
_RANK = {level: rank for rank, level in enumerate(NAME_ORDER)}
_ALIKE = frozenset(NAME_ORDER[: _RANK[Level.SOUNDS_ALIKE] + 1])


def compare(first: Record, second: Record) -> Iterator[tuple[Field, Level]]:
    """The level of agreement of every field of two records.

    Returns: one (Field, Level) per field, in the order of Field. Symmetric: compare(a, b) equals compare(b, a).
    Errors: none. Source: comparison levels after Fellegi and Sunter (1969) as Splink uses them, on keyed features.
    """
    family, given = _names(first, second)
    yield Field.FAMILY_NAME, family
    yield Field.GIVEN_NAME, given
    yield Field.ALIAS, _aliases(first, second) if {family, given} - _ALIKE else Level.MISSING
    yield Field.BIRTH_DATE, birth_dates(first.birth, second.birth)
    yield Field.SEX, _one_value(first.sex, second.sex)
    yield Field.NATIONALITY, _sets(first.nationalities, second.nationalities)
    numbers = dict(second.numbers())
    own = dict(first.numbers())
    for field, kind in (
        (Field.V_NUMBER, NumberKind.V_NUMBER),
        (Field.BSN, NumberKind.BSN),
        (Field.DOCUMENT, NumberKind.DOCUMENT),
    ):
        yield field, _one_value(own.get(kind, b""), numbers.get(kind, b""))


def birth_dates(first: BirthDate, second: BirthDate) -> Level:
    """The level of agreement of two birth dates, of which parts may be unknown.

    1 January and an estimated date stand for 'that year'. Returns: a Level. Errors: none. Source: levels of the project's
    linkage design; the level of its own for 1 January is absent from Splink since its pull request 2281.
    """
    if not first.year or not second.year:
        return Level.MISSING
    if first.year == second.year:
        return _same_year(first, second)
    beside = second.year in first.years_beside
    if first.day and first.month and (first.day, first.month) == (second.day, second.month) and not first.first_of_january:
        return Level.ONE_PART_DIFFERENT
    return Level.YEAR_BESIDE if beside and (_vague(first) or _vague(second)) else Level.DIFFERENT


def _same_year(first: BirthDate, second: BirthDate) -> Level:
    if first.complete and second.complete:
        return _complete_of_same_year(first, second)
    if first.month and second.month and not (_vague(first) or _vague(second)):
        return Level.MONTH_AND_YEAR if first.month == second.month else Level.YEAR_BUT_OTHER_DAY
    return Level.YEAR_ONLY


def _complete_of_same_year(first: BirthDate, second: BirthDate) -> Level:
    if (first.day, first.month) == (second.day, second.month):
        return Level.FIRST_OF_JANUARY if first.first_of_january or _estimated(first, second) else Level.SAME
    if first.first_of_january or second.first_of_january or _estimated(first, second):
        return Level.YEAR_AND_PLACEHOLDER
    if (first.day, first.month) == (second.month, second.day):
        return Level.DAY_AND_MONTH_SWAPPED
    if first.day == second.day or first.month == second.month:
        return Level.ONE_PART_DIFFERENT
    return Level.YEAR_BUT_OTHER_DAY


def _estimated(first: BirthDate, second: BirthDate) -> bool:
    return first.estimated or second.estimated


def _vague(birth: BirthDate) -> bool:
    """Says no more than about which year."""
    return birth.estimated or birth.first_of_january or not birth.month


def _names(first: Record, second: Record) -> tuple[Level, Level]:
    """Levels of family and given name. Where both boxes disagree, the names are compared across the boxes."""
    of_first = first.box(Box.FAMILY), first.box(Box.GIVEN)
    of_second = second.box(Box.FAMILY), second.box(Box.GIVEN)
    family = _name(of_first[0], of_second[0])
    given = _name(of_first[1], of_second[1])
    if family in _ALIKE or given in _ALIKE:
        return family, _found_in_family_box(given, of_first, of_second)
    crossed = _name(of_first[0], of_second[1]), _name(of_first[1], of_second[0])
    found = [level for level in crossed if level in _ALIKE or level is Level.PART_OF_NAME]
    if len(found) == 2:
        return Level.OTHER_BOX, Level.OTHER_BOX
    return family, _found_in_family_box(given, of_first, of_second)


def _found_in_family_box(given: Level, *boxes: tuple[tuple[NameToken, ...], tuple[NameToken, ...]]) -> Level:
    """A record whose whole name stands in the family box has no given name; it may still hold the other's."""
    if given is not Level.MISSING:
        return given
    for (family, own_given), (_, other_given) in (boxes, boxes[::-1]):
        if len(family) > 1 and not own_given and _name(family, other_given) in (*_ALIKE, Level.PART_OF_NAME):
            return Level.OTHER_BOX
    return given


def _name(first: tuple[NameToken, ...], second: tuple[NameToken, ...]) -> Level:
    """Words are matched regardless of their order; the shorter name must be found in the longer."""
    if not first or not second:
        return Level.MISSING
    fewer, more = (first, second) if len(first) <= len(second) else (second, first)
    levels = _best_matches(fewer, more)
    if len(more) == 1:
        return levels[0]
    same_number = len(fewer) == len(more)
    return _of_several(levels + _best_matches(more, fewer) if same_number else levels, same_number)


def _best_matches(names: tuple[NameToken, ...], others: tuple[NameToken, ...]) -> list[Level]:
    return [min((_word(name, other) for other in others), key=_RANK.__getitem__) for name in names]


def _of_several(levels: list[Level], same_number: bool) -> Level:
    """The rarest of several equal words says most; one equal and one different word contradict each other."""
    worst, best = max(levels, key=_RANK.__getitem__), min(levels, key=_RANK.__getitem__)
    if worst is Level.DIFFERENT:
        return Level.SHARED_AND_DIFFERENT if best in _ALIKE else Level.DIFFERENT
    if worst not in _ALIKE:
        return worst
    if not same_number:
        return Level.PART_OF_NAME
    return best if _RANK[worst] <= _RANK[Level.SAME_VERY_COMMON] else worst


def _word(first: NameToken, second: NameToken) -> Level:
    if first.exact == second.exact:
        if first.single_letter:
            return Level.INITIAL
        return SAME_LEVELS[first.commonness]
    if first.single_letter or second.single_letter:
        return Level.INITIAL if first.initial == second.initial else Level.DIFFERENT
    if not first.deletions.isdisjoint(second.deletions):
        return Level.ONE_LETTER
    if first.sound == second.sound:
        return Level.SAME_START if first.short_sound or second.short_sound else Level.SOUNDS_ALIKE
    return Level.SAME_START if first.start == second.start else Level.DIFFERENT


def _aliases(first: Record, second: Record) -> Level:
    """An alias of one is a name or alias of the other; that none is found says nothing."""
    for one, other in ((first, second), (second, first)):
        for alias in one.box(Box.ALIAS):
            if any(_word(alias, name) in _ALIKE for name in other.names):
                return Level.SAME
    return Level.MISSING


def _one_value(first: bytes, second: bytes) -> Level:
    if not first or not second:
        return Level.MISSING
    return Level.SAME if first == second else Level.DIFFERENT


def _sets(first: Iterable[bytes], second: Iterable[bytes]) -> Level:
    of_first, of_second = set(first), set(second)
    if not of_first or not of_second:
        return Level.MISSING
    return Level.SAME if of_first & of_second else Level.DIFFERENT
