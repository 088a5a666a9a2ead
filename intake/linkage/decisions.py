"""From levels and weights to one of three bands. What looks alike for a reason other than sameness is never automatic."""

from collections.abc import Mapping
from enum import StrEnum

from intake.linkage.comparisons import Field, Level
from intake.linkage.fellegi_sunter import Parameters

Levels = Mapping[Field, Level]


class Band(StrEnum):
    AUTOMATIC = "automatic"
    QUESTION = "question"
    NONE = "none"


class Caution(StrEnum):
    """Why a person must look, whatever the weight."""

    NUMBERS_DIFFER = "numbers-differ"
    OTHER_GIVEN_NAME = "other-given-name"
    OTHER_FAMILY_NAME = "other-family-name"
    SEX_DIFFERS = "sex-differs"
    ONLY_THE_NUMBER = "only-the-number"
    NAME_INCOMPLETE = "name-incomplete"
    DATE_INCOMPLETE = "date-incomplete"
    DATE_DIFFERS = "date-differs"


# Two that differ in this way are kept apart until somebody decides, also where a third would join them.
SETTING_APART = frozenset({Caution.NUMBERS_DIFFER, Caution.OTHER_GIVEN_NAME})

_SAME_NAME = frozenset({Level.SAME, Level.SAME_COMMON, Level.SAME_VERY_COMMON})
_ALIKE = _SAME_NAME | {Level.ONE_LETTER, Level.SOUNDS_ALIKE, Level.PART_OF_NAME, Level.OTHER_BOX}
_OTHER_NAME = frozenset({Level.DIFFERENT, Level.SHARED_AND_DIFFERENT, Level.SAME_START})
_FULL_DATE = frozenset({Level.SAME, Level.DAY_AND_MONTH_SWAPPED})
_NEAR_DATE = _FULL_DATE | {Level.MONTH_AND_YEAR, Level.FIRST_OF_JANUARY, Level.YEAR_ONLY, Level.YEAR_AND_PLACEHOLDER}
_OTHER_DATE = frozenset({Level.DIFFERENT, Level.YEAR_BUT_OTHER_DAY, Level.YEAR_BESIDE, Level.ONE_PART_DIFFERENT})
_PERSONAL_NUMBERS = (Field.V_NUMBER, Field.BSN)
_NUMBERS = (*_PERSONAL_NUMBERS, Field.DOCUMENT)


def cautions(levels: Levels) -> tuple[Caution, ...]:
    """Why two records may not be linked without a person's decision; empty where nothing stands in the way.

    Returns: cautions in the order of Caution. Errors: none. Source: section 3 of the project's design: look-alikes (twins,
    siblings, two valid numbers of one kind) are never automatic; the 'one birth date part' error of Mainzelliste 1.4.3.
    """
    found = {
        Caution.NUMBERS_DIFFER: any(levels[field] is Level.DIFFERENT for field in _PERSONAL_NUMBERS),
        Caution.OTHER_GIVEN_NAME: _other_given_name(levels),
        Caution.SEX_DIFFERS: levels[Field.SEX] is Level.DIFFERENT,
        Caution.DATE_DIFFERS: levels[Field.BIRTH_DATE] in _OTHER_DATE,
    }
    if any(levels[field] is Level.SAME for field in _NUMBERS):
        found[Caution.ONLY_THE_NUMBER] = not _name_or_date_agrees(levels)
    else:
        found |= _without_number(levels)
    return tuple(caution for caution in Caution if found.get(caution))


def band(weight: float, cautious: tuple[Caution, ...], parameters: Parameters) -> Band:
    """The band of a pair: automatic from the upper bound without a caution, a question from the lower bound, else none.

    A shared number is always a question at least: either it is one person or one of the numbers is wrong.
    Errors: none. Source: the three regions of Fellegi and Sunter (1969).
    """
    if weight >= parameters.upper and not cautious:
        return Band.AUTOMATIC
    if weight >= parameters.lower or Caution.ONLY_THE_NUMBER in cautious:
        return Band.QUESTION
    return Band.NONE


def _other_given_name(levels: Levels) -> bool:
    """Twins, brothers and sisters: the same family name and birth date, another given name."""
    return (
        levels[Field.GIVEN_NAME] in _OTHER_NAME
        and levels[Field.FAMILY_NAME] in _ALIKE
        and levels[Field.BIRTH_DATE] not in _OTHER_DATE
    )


def _name_or_date_agrees(levels: Levels) -> bool:
    family, given = levels[Field.FAMILY_NAME] in _ALIKE, levels[Field.GIVEN_NAME] in _ALIKE | {Level.INITIAL}
    return family or (given and levels[Field.BIRTH_DATE] in _NEAR_DATE)


def _without_number(levels: Levels) -> dict[Caution, bool]:
    """Without a shared number, both names and a whole birth date are needed."""
    family, given, birth = levels[Field.FAMILY_NAME], levels[Field.GIVEN_NAME], levels[Field.BIRTH_DATE]
    return {
        Caution.NAME_INCOMPLETE: bool({family, given} & {Level.MISSING, Level.INITIAL}),
        Caution.OTHER_FAMILY_NAME: family in _OTHER_NAME,
        Caution.DATE_INCOMPLETE: birth not in _FULL_DATE and birth not in _OTHER_DATE,
    }
