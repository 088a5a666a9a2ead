"""Words compared in the clear: the twin of comparisons.word, to see what comparing keyed digests costs. Tests only."""

from dataclasses import dataclass

from intake.linkage import sounds
from intake.linkage.comparisons import DIFFERENT, TELLING_FROM, Found, Level
from intake.linkage.features import Maker
from intake.linkage.name_families import families
from intake.linkage.records import Word


@dataclass(frozen=True, slots=True)
class ClearWord(Word):
    """A word with its letters."""

    text: str


class ClearMaker(Maker):
    """Makes records of which the words keep their letters."""

    def word(self, word: str, rarity: int) -> ClearWord:
        keyed = super().word(word, rarity)
        return ClearWord(**{name: getattr(keyed, name) for name in Word.__dataclass_fields__}, text=word)


def word(first: ClearWord, second: ClearWord) -> Found:
    one, other, rarity = first.text, second.text, min(first.rarity, second.rarity)
    if min(len(one), len(other)) == 1:
        return (Level.INITIAL, 0) if one[0] == other[0] else DIFFERENT
    if one == other:
        return Level.SAME, rarity
    if set(families(one)) & set(families(other)):
        return Level.OTHER_SPELLING, rarity
    level, shared = _likeness(one, other, rarity)
    if first.listed and second.listed and level is not Level.DIFFERENT:
        return Level.ANOTHER_NAME, rarity
    return level, shared


def _likeness(one: str, other: str, rarity: int) -> Found:
    short = min(len(one), len(other)) < TELLING_FROM
    if min(len(one), len(other)) >= sounds.SHORTEST_WITH_DELETIONS and one_typing_error(one, other):
        return Level.SHORT_ONE_LETTER if short else Level.ONE_LETTER, rarity
    if sounds.sound(one) == sounds.sound(other):
        return Level.SHORT_SOUND if short else Level.SOUNDS_ALIKE, rarity
    if _shortened(*sorted((one, other), key=len)):
        return Level.SHORTENED, rarity
    return (Level.SAME_START, 0) if one[:4] == other[:4] else DIFFERENT


def one_typing_error(one: str, other: str) -> bool:
    """Whether the distance of Damerau and Levenshtein is one at most: a letter more, less or changed, two turned round."""
    shorter, longer = sorted((one, other), key=len)
    at = next((place for place, letter in enumerate(shorter) if letter != longer[place]), len(shorter))
    if len(longer) > len(shorter):
        return shorter[at:] == longer[at + 1 :]
    changed = shorter[at + 1 :] == longer[at + 1 :]
    turned = shorter[at + 2 :] == longer[at + 2 :] and shorter[at : at + 2] == longer[at : at + 2][::-1]
    return changed or turned


def _shortened(shorter: str, longer: str) -> bool:
    if not sounds.SHORTEST_END <= len(shorter) <= sounds.LONGEST_END or len(shorter) == len(longer):
        return False
    return longer.startswith(shorter) or longer.endswith(shorter)
