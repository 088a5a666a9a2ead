"""Compares two values of one field: which level of agreement holds, and how rare what they share is. It knows no weights.

A field that one of the two does not have is MISSING, which is evidence for neither side.
"""

from enum import StrEnum

from intake.linkage.records import BirthDate, Name, Nationality, Number, Word


class Field(StrEnum):
    FAMILY_NAME = "family-name"
    GIVEN_NAME = "given-name"
    ALIAS = "alias"
    BIRTH_DATE = "birth-date"
    SEX = "sex"
    NATIONALITY = "nationality"
    PLACE = "place"
    V_NUMBER = "v-number"
    BSN = "bsn"
    DOCUMENT = "document"


class Level(StrEnum):
    """Levels of all fields; the names' from most to least agreement first."""

    SAME = "same"
    OTHER_SPELLING = "other-spelling"
    ONE_LETTER = "one-letter"
    SOUNDS_ALIKE = "sounds-alike"
    PART_OF_NAME = "part-of-name"
    OTHER_BOX = "other-box"
    SHARED_AND_DIFFERENT = "shared-and-different"
    ANOTHER_NAME = "another-name"
    SHORT_ONE_LETTER = "short-one-letter"
    SHORT_SOUND = "short-sound"
    SHORTENED = "shortened"
    SAME_START = "same-start"
    INITIAL = "initial"
    WORK_NAME = "work-name"
    DIFFERENT = "different"
    MISSING = "missing"
    DAY_AND_MONTH_SWAPPED = "day-and-month-swapped"
    MONTH_AND_YEAR = "month-and-year"
    FIRST_OF_JANUARY = "first-of-january"
    YEAR_ONLY = "year-only"
    YEAR_AND_PLACEHOLDER = "year-and-placeholder"
    ONE_PART_DIFFERENT = "one-part-different"
    YEAR_MISTYPED = "year-mistyped"
    OTHER_YEAR = "other-year"
    YEAR_BUT_OTHER_DAY = "year-but-other-day"
    YEAR_BESIDE = "year-beside"
    YEARS_NEAR = "years-near"


Found = tuple[Level, int]
"""A level and, in quarters of a bit, how rare what is shared is; 0 where nothing is."""

MISSING: Found = (Level.MISSING, 0)
DIFFERENT: Found = (Level.DIFFERENT, 0)

RANK = {level: rank for rank, level in enumerate(Level)}
ALIKE = frozenset({Level.SAME, Level.OTHER_SPELLING, Level.ONE_LETTER, Level.SOUNDS_ALIKE})
MATCHING = ALIKE | {Level.PART_OF_NAME}

# How long a word or its sound has to be for a likeness to say much. Two names that are both known are not one mistyped:
# Marek and Mirek, Anna and Anne, Isatu and Isata may be brothers and sisters.
TELLING_FROM = 6
MOST_SHARED = 100


def names(first: Name, second: Name) -> Found:
    """The level of two names, each the words of one box.

    Words are matched regardless of their order; the shorter name must be found in the longer.
    Returns: Level and rarity of what is shared. Symmetric. Errors: none. Source: project's linkage design.
    """
    if not first.words or not second.words:
        return MISSING
    if len(first.words) == len(second.words) == 1:
        return word(first.words[0], second.words[0])
    found = _several(first, second)
    return found if found[0] in ALIKE else _joined(first, second) or found


def _joined(first: Name, second: Name) -> Found | None:
    """Written in one word by one and apart by the other: Xiao Ming and Xiaoming.

    The sound counts only then: of as many words it would take Mary Jane for Mary Ann.
    """
    level, rarity = word(first.joined or first.words[0], second.joined or second.words[0])
    telling = ALIKE if len(first.words) != len(second.words) else ALIKE - {Level.SOUNDS_ALIKE}
    return (level, rarity) if level in telling else None


def _several(first: Name, second: Name) -> Found:
    fewer, more = (first, second) if len(first.words) <= len(second.words) else (second, first)
    best = [_best(one, more.words) for one in fewer.words]
    same_number = len(fewer.words) == len(more.words)
    others = [_best(one, fewer.words) for one in more.words] if same_number else []
    worst = max((level for level, _ in best + others), key=RANK.__getitem__)
    shared = min(_shared(best), _shared(others)) if same_number else _shared(best)
    if worst in ALIKE:
        return (worst if same_number else Level.PART_OF_NAME), shared
    if any(level in ALIKE for level, _ in best):
        return Level.SHARED_AND_DIFFERENT, shared
    return min(best, key=_closest)


def _shared(best: list[Found]) -> int:
    return min(MOST_SHARED, sum(rarity for level, rarity in best if level in ALIKE))


def _best(one: Word, others: tuple[Word, ...]) -> Found:
    return min((word(one, other) for other in others), key=_closest)


def _closest(found: Found) -> tuple[int, int]:
    return RANK[found[0]], -found[1]


def word(first: Word, second: Word) -> Found:
    """The level of two words. Symmetric. Errors: none. Source: levels of the project's design, on keyed features."""
    rarity = min(first.rarity, second.rarity)
    if first.length == 1 or second.length == 1:
        return (Level.INITIAL, 0) if first.initial == second.initial else DIFFERENT
    if first.exact == second.exact:
        return Level.SAME, rarity
    if not first.families.isdisjoint(second.families):
        return Level.OTHER_SPELLING, rarity
    level, shared = _likeness(first, second, rarity)
    if level is Level.DIFFERENT and (first.at_work or second.at_work):
        return Level.WORK_NAME, 0
    if first.listed and second.listed and level is not Level.DIFFERENT:
        return Level.ANOTHER_NAME, rarity
    return level, shared


def _likeness(first: Word, second: Word, rarity: int) -> Found:
    """Of two words of which no table knows that they are one name."""
    short = min(first.length, second.length) < TELLING_FROM
    if not first.deletions.isdisjoint(second.deletions):
        return Level.SHORT_ONE_LETTER if short else Level.ONE_LETTER, rarity
    if first.sound == second.sound:
        return Level.SHORT_SOUND if short else Level.SOUNDS_ALIKE, rarity
    if not first.whole.isdisjoint(second.ends) or not second.whole.isdisjoint(first.ends):
        return Level.SHORTENED, rarity
    return (Level.SAME_START, 0) if first.start == second.start else DIFFERENT


def aliases(first: Name, second: Name) -> Found:
    """Whether a word of one is a word of the other; that none is found says nothing, so it is MISSING then."""
    compared = (word(one, other) for one in first.words for other in second.words)
    found = [rarity for level, rarity in compared if level in ALIKE]
    return (Level.SAME, max(found)) if found else MISSING


def birth_dates(first: BirthDate, second: BirthDate) -> Found:
    """The level of agreement of two birth dates, of which parts may be unknown.

    1 January and an estimated date stand for 'that year'. Returns: a Level, rarity 0. Errors: none. Source: levels of the
    project's linkage design; the level of its own for 1 January is absent from Splink since its pull request 2281.
    """
    if not first.year or not second.year:
        return MISSING
    return (_same_year(first, second) if first.year == second.year else _other_year(first, second)), 0


def _same_year(first: BirthDate, second: BirthDate) -> Level:
    if first.complete and second.complete:
        return _complete_of_same_year(first, second)
    if first.month and second.month and not (first.vague or second.vague):
        return Level.MONTH_AND_YEAR if first.month == second.month else Level.YEAR_BUT_OTHER_DAY
    return Level.YEAR_ONLY


def _complete_of_same_year(first: BirthDate, second: BirthDate) -> Level:
    placeholder = first.first_of_january or second.first_of_january or first.estimated or second.estimated
    if (first.day, first.month) == (second.day, second.month):
        return Level.FIRST_OF_JANUARY if placeholder else Level.SAME
    if placeholder:
        return Level.YEAR_AND_PLACEHOLDER
    if (first.day, first.month) == (second.month, second.day):
        return Level.DAY_AND_MONTH_SWAPPED
    if first.day == second.day or first.month == second.month:
        return Level.ONE_PART_DIFFERENT
    return Level.YEAR_BUT_OTHER_DAY


def _other_year(first: BirthDate, second: BirthDate) -> Level:
    beside = second.year in first.around
    if first.day and (first.day, first.month) == (second.day, second.month) and not first.first_of_january:
        return Level.YEAR_MISTYPED if beside or second.year in first.mistyped else Level.OTHER_YEAR
    if not beside or not (first.vague or second.vague):
        return Level.DIFFERENT
    return Level.YEAR_BESIDE if first.around.index(second.year) in (2, 3) else Level.YEARS_NEAR


def numbers(first: Number, second: Number) -> Found:
    if not first.exact or not second.exact:
        return MISSING
    if first.exact == second.exact:
        return Level.SAME, 0
    return (Level.DIFFERENT if first.near.isdisjoint(second.near) else Level.ONE_LETTER), 0


def codes(first: bytes, second: bytes) -> Found:
    if not first or not second:
        return MISSING
    return (Level.SAME if first == second else Level.DIFFERENT), 0


def nationalities(first: tuple[Nationality, ...], second: tuple[Nationality, ...]) -> Found:
    if not first or not second:
        return MISSING
    shared = set(first) & set(second)
    return (Level.SAME, max(nationality.rarity for nationality in shared)) if shared else DIFFERENT
