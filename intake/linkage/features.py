"""Turns Details in the clear into a Record of keyed features, with a digest function that it is given. It holds no key."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from intake.linkage import normalise, sounds
from intake.linkage.records import DELETION_SIZE, FEATURE_SIZE, BirthDate, Box, Commonness, Details, NameToken, Record
from intake.linkage.reference import commonness

Digest = Callable[[str, str], bytes]

MOST_NATIONALITIES = 4

# How long a word or its sound has to be for a likeness to say anything. More is asked of given names: Marek and Mirek,
# Anna and Anne, Isatu and Isata are brothers and sisters as often as typing errors.
CHANGED_FROM = {Box.GIVEN: 6, Box.FAMILY: 5, Box.ALIAS: 6}
SOUND_TELLING_FROM = {Box.GIVEN: 4, Box.FAMILY: 3, Box.ALIAS: 4}


class Feature(StrEnum):
    """The domains of the feature digests: equal values of two domains have unrelated digests."""

    NAME = "feature-name"
    SOUND = "feature-sound"
    START = "feature-start"
    INITIAL = "feature-initial"
    DELETION = "feature-deletion"
    DAY_OR_MONTH = "feature-day-or-month"
    YEAR = "feature-year"
    SEX = "feature-sex"
    NATIONALITY = "feature-nationality"
    V_NUMBER = "feature-v-number"
    BSN = "feature-bsn"
    DOCUMENT = "feature-document"


def make_record(details: Details, digest: Digest) -> Record:
    """The keyed features of one person as described by one contribution.

    Arguments: digest(kind, text) gives at least 8 bytes, the same for the same arguments under one key.
    Returns: a Record; what is unknown, a placeholder or fails its own test (BSN) is empty. Errors: none of its own.
    Source: keyed comparison features of linkage under hashing (ONS 2020 'Derive and Conquer'; CRATE 2023).
    """
    return Record(
        names=tuple(_names(details, digest)),
        birth=_birth(details, digest),
        sex=_feature(digest, Feature.SEX, details.sex),
        nationalities=tuple(
            _feature(digest, Feature.NATIONALITY, code) for code in sorted(set(details.nationalities))[:MOST_NATIONALITIES]
        ),
        v_number=_feature(digest, Feature.V_NUMBER, normalise.number(details.v_number)),
        bsn=_feature(digest, Feature.BSN, _bsn(details.bsn)),
        document=_feature(digest, Feature.DOCUMENT, normalise.number(details.document_number)),
    )


def _names(details: Details, digest: Digest) -> Iterator[NameToken]:
    for box, texts in (
        (Box.GIVEN, details.given_names),
        (Box.FAMILY, (f"{details.prefix} {details.family_name}",)),
        (Box.ALIAS, details.aliases),
    ):
        yield from (_name(box, word, digest) for word in _distinct_words(texts))


def _distinct_words(texts: Iterable[str]) -> tuple[str, ...]:
    found = dict.fromkeys(word for text in texts for word in normalise.words(text))
    return tuple(found)[: normalise.MOST_WORDS]


def _name(box: Box, word: str, digest: Digest) -> NameToken:
    single = len(word) == 1
    forms = sounds.deletions(word, changed_from=CHANGED_FROM[box])
    return NameToken(
        box=box,
        exact=_feature(digest, Feature.NAME, word),
        sound=_feature(digest, Feature.SOUND, sounds.sound(word)),
        start=_feature(digest, Feature.START, sounds.start(word)),
        initial=_feature(digest, Feature.INITIAL, word[0]),
        deletions=frozenset(digest(Feature.DELETION, form)[:DELETION_SIZE] for form in forms),
        single_letter=single,
        short_sound=sounds.is_short(word, telling_from=SOUND_TELLING_FROM[box]),
        commonness=Commonness.VERY_COMMON if single else commonness(word),
    )


def _birth(details: Details, digest: Digest) -> BirthDate:
    if details.year is None:
        return BirthDate()
    day = details.day if details.month is not None else None
    return BirthDate(
        year=_feature(digest, Feature.YEAR, str(details.year)),
        years_beside=tuple(_feature(digest, Feature.YEAR, str(details.year + step)) for step in (-1, 1)),
        month=_feature(digest, Feature.DAY_OR_MONTH, f"{details.month:02d}" if details.month else ""),
        day=_feature(digest, Feature.DAY_OR_MONTH, f"{day:02d}" if day else ""),
        first_of_january=(details.month, day) == (1, 1),
        estimated=details.estimated,
    )


def _bsn(text: str) -> str:
    digits = normalise.number(text)
    return digits if normalise.valid_bsn(digits) else ""


def _feature(digest: Digest, kind: Feature, text: str) -> bytes:
    return digest(kind, text)[:FEATURE_SIZE] if text else b""
