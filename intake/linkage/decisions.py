"""From levels and weights to one of three bands. What looks alike for a reason other than sameness is never automatic."""

from collections.abc import Collection, Mapping
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from intake.linkage.columns import Compared
from intake.linkage.comparisons import MATCHING, Field, Level
from intake.linkage.fellegi_sunter import Parameters, Weights
from intake.linkage.ragged import Small, Truths


class Band(StrEnum):
    AUTOMATIC = "automatic"
    QUESTION = "question"
    NONE = "none"


class Caution(StrEnum):
    """Why a person must look, whatever the weight."""

    NUMBERS_DIFFER = "numbers-differ"
    OTHER_GIVEN_NAME = "other-given-name"
    OTHER_DATE = "other-date"
    SEX_DIFFERS = "sex-differs"
    ONLY_THE_NUMBER = "only-the-number"
    LITTLE_TO_GO_BY = "little-to-go-by"
    COMMON_NAME = "common-name"


# Two that differ in this way are kept apart until somebody decides, also where a third would join them.
SETTING_APART = frozenset({Caution.NUMBERS_DIFFER, Caution.OTHER_GIVEN_NAME})

BANDS = tuple(Band)
CAUTIONS = tuple(Caution)
_AUTOMATIC, _QUESTION, _NONE = range(3)

_SAME, _DIFFERENT, _MISSING = (frozenset({level}) for level in (Level.SAME, Level.DIFFERENT, Level.MISSING))
_FOUND = MATCHING | {Level.OTHER_BOX}
_OTHER_NAME = frozenset({Level.DIFFERENT, Level.SHARED_AND_DIFFERENT, Level.ANOTHER_NAME})
_NO_NAME = frozenset({Level.DIFFERENT, Level.MISSING})
_OTHER_DATE = frozenset({Level.DIFFERENT, Level.YEAR_BUT_OTHER_DAY})
_NEAR_DATE = frozenset({Level.ONE_PART_DIFFERENT, Level.YEAR_MISTYPED, Level.OTHER_YEAR})
# Found, or too short or too cut off for it and still the same as far as it goes.
_HINTED = _FOUND | {Level.INITIAL, Level.SAME_START, Level.SHORTENED, Level.SHORT_ONE_LETTER, Level.SHORT_SOUND}
_PERSONAL_NUMBERS = (Field.V_NUMBER, Field.BSN)
_SHARED_NUMBERS = (*_PERSONAL_NUMBERS, Field.DOCUMENT)
_NAMES = (Field.FAMILY_NAME, Field.GIVEN_NAME)


def cautions(compared: Compared, common: int) -> Mapping[Caution, Truths]:
    """Why pairs may not be linked without a person's decision.

    Arguments: common, the rarity in quarters of a bit under which a shared name is anybody's and needs the whole birth date.
    Returns: for every caution the pairs for which it holds. Errors: none. Source: section 3 of the project's design:
    look-alikes (twins, siblings, two valid numbers of one kind) are never automatic; the 'one birth date part' error of
    Mainzelliste 1.4.3.
    """
    given_differs = compared.is_in(Field.GIVEN_NAME, _OTHER_NAME)
    family_alike = compared.is_in(Field.FAMILY_NAME, MATCHING)
    other_date = compared.is_in(Field.BIRTH_DATE, _OTHER_DATE)
    same_number = _any(compared, _SHARED_NUMBERS, _SAME)
    found = [compared.is_in(field, _FOUND) for field in _NAMES]
    hinted = [compared.is_in(field, _HINTED) for field in _NAMES]
    alias = compared.is_in(Field.ALIAS, _SAME)
    two_names = (found[0] & hinted[1]) | (hinted[0] & found[1]) | ((found[0] | found[1]) & alias)
    same_date = compared.is_in(Field.BIRTH_DATE, _SAME) & ~given_differs
    no_date = compared.is_in(Field.BIRTH_DATE, _MISSING)
    no_name = compared.is_in(Field.FAMILY_NAME, _NO_NAME) & compared.is_in(Field.GIVEN_NAME, _NO_NAME)
    shared = sum((compared.rarities[field].astype(np.int64) for field in _NAMES), start=np.zeros(1, dtype=np.int64))
    namesakes = (shared < common) & compared.is_in(Field.BIRTH_DATE, _NEAR_DATE)
    return {
        Caution.NUMBERS_DIFFER: _any(compared, _PERSONAL_NUMBERS, _DIFFERENT),
        Caution.OTHER_GIVEN_NAME: given_differs & family_alike & ~alias,
        Caution.OTHER_DATE: other_date & ~same_number,
        Caution.SEX_DIFFERS: compared.is_in(Field.SEX, _DIFFERENT) & ~same_number,
        Caution.ONLY_THE_NUMBER: same_number & ~(found[0] | found[1] | alias | same_date),
        Caution.LITTLE_TO_GO_BY: ((~two_names & no_date) | no_name) & ~same_number,
        Caution.COMMON_NAME: namesakes & ~same_number,
    }


def bands(weights: Weights, cautious: Mapping[Caution, Truths], parameters: Parameters) -> Small:
    """The band of every pair, as its place in BANDS.

    Automatic from the upper bound without a caution, a question from the lower bound if the fields speak for it at all, else
    none. A shared number is always a question at least: either it is one person or one of the numbers is wrong. Weights are
    rounded to four places, and so is the prior beside them.
    Errors: none. Source: the three regions of Fellegi and Sunter (1969).
    """
    doubted = np.logical_or.reduce(list(cautious.values()))
    asked = (weights >= parameters.lower) & (weights > round(parameters.prior, 4)) | cautious[Caution.ONLY_THE_NUMBER]
    found: NDArray[np.uint8] = np.where(asked, _QUESTION, _NONE).astype(np.uint8)
    found[(weights >= parameters.upper) & ~doubted] = _AUTOMATIC
    return found


def band(weight: float, cautious: Collection[str], parameters: Parameters) -> Band:
    """As bands, of one pair with the cautions that hold for it. Errors: none."""
    found = bands(np.array([weight]), {one: np.array([one in cautious]) for one in CAUTIONS}, parameters)
    return Band(BANDS[int(found[0])])


def _any(compared: Compared, fields: tuple[Field, ...], levels: set[Level] | frozenset[Level]) -> Truths:
    found: Truths = np.logical_or.reduce([compared.is_in(field, levels) for field in fields])
    return found
