"""Turns Details in the clear into a Record of keyed features, with a digest function that it is given. It holds no key."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from intake.linkage import frequencies, normalise, sounds
from intake.linkage.frequencies import Rarities
from intake.linkage.geography import place
from intake.linkage.name_families import families, is_listed, is_work_name
from intake.linkage.ragged import Keys
from intake.linkage.records import (
    DELETION_SIZE,
    FEATURE_SIZE,
    LONGEST,
    MOST_RARITY,
    NOTHING,
    BirthDate,
    Details,
    Name,
    Nationality,
    Number,
    Record,
    Word,
)

Digest = Callable[[str, str], bytes]
Digests = Callable[[str, Sequence[str]], Keys]
"""As a digest, of many texts at once: its first FEATURE_SIZE bytes as a number."""

MOST_NATIONALITIES = 4
MOST_FAMILIES = 16
OTHER_SEX = frozenset({"o", "x", "other", "anders"})


class Feature(StrEnum):
    """The domains of the feature digests: equal values of two domains have unrelated digests."""

    NAME = "feature-name"
    SOUND = "feature-sound"
    START = "feature-start"
    INITIAL = "feature-initial"
    FAMILY = "feature-name-family"
    DELETION = "feature-deletion"
    END = "feature-end"
    DAY_OR_MONTH = "feature-day-or-month"
    YEAR = "feature-year"
    SEX = "feature-sex"
    NATIONALITY = "feature-nationality"
    PLACE = "feature-place"
    V_NUMBER = "feature-v-number"
    BSN = "feature-bsn"
    DOCUMENT = "feature-document"


class Forms(NamedTuple):
    """What is digested of one word of a name or a place, by the names of records.Word, in the clear."""

    exact: str
    sound: str
    start: str
    initial: str
    families: Collection[str]
    deletions: Collection[str]
    whole: Collection[str]
    ends: Collection[str]
    length: int
    listed: bool
    at_work: bool


def forms(word: str) -> Forms:
    return Forms(
        exact=word,
        sound=sounds.sound(word),
        start=sounds.start(word),
        initial=word[0],
        families=families(word)[:MOST_FAMILIES],
        deletions=sounds.deletions(word),
        whole=sounds.whole(word),
        ends=sounds.ends(word),
        length=min(len(word), LONGEST),
        listed=is_listed(word),
        at_work=is_work_name(word),
    )


class Maker:
    """make(details) for many: every distinct word is digested once. Use it for one piece of work, it remembers names.

    rarities say in quarters of a bit how much it is that two persons share a word, a place or a nationality.
    """

    def __init__(self, digest: Digest, rarities: Rarities = frequencies.KNOWN) -> None:
        self._digest = digest
        self._rarities = rarities
        self._words: dict[tuple[str, str], Word] = {}
        self._names: dict[tuple[tuple[str, ...], str, bool], Name] = {}
        self._places: dict[tuple[str, str], Name] = {}
        self._years: dict[int, tuple[bytes, tuple[bytes, ...], tuple[bytes, ...]]] = {}
        self._short: dict[tuple[Feature, str], bytes] = {}

    def make(self, details: Details) -> Record:
        """The keyed features of one person as described by one contribution.

        Returns: a Record; what is unknown, a placeholder or fails its own test (BSN) is empty. Errors: none of its own.
        Source: keyed comparison features of linkage under hashing (ONS 2020 'Derive and Conquer'; CRATE 2023).
        """
        nationality = details.nationalities[0] if details.nationalities else ""
        return Record(
            given=self._name(details.given_names, nationality),
            family=self._name((f"{details.prefix} {details.family_name}",), nationality),
            aliases=self._name(details.aliases, nationality, joined=False),
            birth=self.birth(details.year, details.month, details.day, details.estimated),
            sex=self.sex(details.sex),
            nationalities=self.nationalities(details.nationalities),
            place=self._place(details.place, nationality),
            v_number=self._number("v_number", details.v_number),
            bsn=self._number("bsn", details.bsn),
            document=self._number("document", details.document_number),
        )

    def sex(self, text: str) -> bytes:
        sex = text.casefold()
        return NOTHING if sex in OTHER_SEX else self._of(Feature.SEX, sex)

    def nationalities(self, codes: Iterable[str]) -> tuple[Nationality, ...]:
        return tuple(self._nationality(code) for code in sorted(set(codes))[:MOST_NATIONALITIES])

    def _name(self, texts: tuple[str, ...], nationality: str, *, joined: bool = True) -> Name:
        known = self._names.get((texts, nationality, joined))
        if known is None:
            known = self._names[texts, nationality, joined] = self._make_name(texts, nationality, joined=joined)
        return known

    def _make_name(self, texts: tuple[str, ...], nationality: str, *, joined: bool) -> Name:
        words = distinct_words(texts)
        whole = as_one_word(words) if joined else ""
        return Name(tuple(self._word(word, nationality) for word in words), self._word(whole, nationality) if whole else None)

    def _word(self, word: str, nationality: str) -> Word:
        known = self._words.get((word, nationality))
        if known is None:
            known = self._words[word, nationality] = self.word(word, self._rarities.name(word, nationality))
        return known

    def word(self, word: str, rarity: int) -> Word:
        """The features of one word of a name, or of a place."""
        found = forms(word)
        return Word(
            exact=self._of(Feature.NAME, found.exact),
            sound=self._of(Feature.SOUND, found.sound),
            start=self._of(Feature.START, found.start),
            initial=self._of(Feature.INITIAL, found.initial),
            families=frozenset(self._of(Feature.FAMILY, family) for family in found.families),
            deletions=self._near(Feature.DELETION, found.deletions),
            whole=self._near(Feature.END, found.whole),
            ends=self._near(Feature.END, found.ends),
            length=found.length,
            rarity=min(rarity, MOST_RARITY),
            listed=found.listed,
            at_work=found.at_work,
        )

    def _near(self, kind: Feature, texts: Iterable[str]) -> frozenset[bytes]:
        return frozenset(self._digest(kind, text)[:DELETION_SIZE] for text in texts)

    def _place(self, text: str, nationality: str) -> Name:
        known = self._places.get((text, nationality))
        if known is None:
            word = tuple(self.word(key, self._rarities.place(key, nationality)) for key in place_words(text))
            known = self._places[text, nationality] = Name(word)
        return known

    def birth(self, year: int | None, month: int | None, day: int | None, estimated: bool) -> BirthDate:
        if year is None:
            return BirthDate()
        known_day = day if month is not None else None
        digest, around, mistyped = self._year(year)
        return BirthDate(
            year=digest,
            around=around,
            mistyped=mistyped,
            month=self._of(Feature.DAY_OR_MONTH, f"{month:02d}" if month else ""),
            day=self._of(Feature.DAY_OR_MONTH, f"{known_day:02d}" if known_day else ""),
            first_of_january=(month, known_day) == (1, 1),
            estimated=estimated,
        )

    def _year(self, year: int) -> tuple[bytes, tuple[bytes, ...], tuple[bytes, ...]]:
        known = self._years.get(year)
        if known is None:
            around = tuple(self._of(Feature.YEAR, str(year + step)) for step in (-3, -2, -1, 1, 2, 3))
            mistyped = tuple(self._of(Feature.YEAR, str(other)) for other in _mistyped(year))
            known = self._years[year] = (self._of(Feature.YEAR, str(year)), around, mistyped)
        return known

    def _nationality(self, code: str) -> Nationality:
        return Nationality(self._of(Feature.NATIONALITY, code), min(self._rarities.nationality(code), MOST_RARITY))

    def _number(self, name: str, text: str) -> Number:
        kind, read = NUMBERS[name]
        digits = read(text)
        return Number(self._digest(kind, digits)[:FEATURE_SIZE], self._near(kind, near(digits))) if digits else Number()

    def _of(self, kind: Feature, text: str) -> bytes:
        if not text:
            return NOTHING
        known = self._short.get((kind, text))
        if known is None:
            known = self._short[kind, text] = self._digest(kind, text)[:FEATURE_SIZE]
        return known


def one_by_one(digests: Digests) -> Digest:
    return lambda kind, text: int(digests(kind, (text,))[0]).to_bytes(FEATURE_SIZE, "big")


def make_record(details: Details, digest: Digest) -> Record:
    """One Record; see Maker, which is quicker for many."""
    return Maker(digest).make(details)


def near(digits: str) -> Collection[str]:
    """A number and its forms with one sign left out, none of no number."""
    return {digits, *[digits[:place] + digits[place + 1 :] for place in range(len(digits))]} if digits else ()


def distinct_words(texts: Iterable[str]) -> tuple[str, ...]:
    found = dict.fromkeys(word for text in texts for word in normalise.words(text))
    return tuple(found)[: normalise.MOST_WORDS]


def as_one_word(words: Sequence[str]) -> str:
    """Several words written as one, '' of fewer than two."""
    return "".join(words)[: normalise.LONGEST_WORD] if len(words) > 1 else ""


def place_words(text: str) -> tuple[str, ...]:
    """The one word that a place is compared by, if any."""
    return tuple(filter(None, (place(text)[: normalise.LONGEST_WORD],)))


def _mistyped(year: int) -> tuple[int, ...]:
    """Another tens or last figure by a slip: the two turned round, ten years beside."""
    tens, units = year // 10 % 10, year % 10
    turned = year - year % 100 + units * 10 + tens
    return tuple(sorted({turned, year - 10, year + 10} - {year}))


def _bsn(text: str) -> str:
    digits = normalise.number(text)
    return digits if normalise.valid_bsn(digits) else ""


NUMBERS: Mapping[str, tuple[Feature, Callable[[str], str]]] = {
    "v_number": (Feature.V_NUMBER, lambda text: normalise.number(text).lstrip("V")),
    "bsn": (Feature.BSN, _bsn),
    "document": (Feature.DOCUMENT, normalise.number),
}
