"""Brings names of countries, nationalities and places to one code or key. It knows no person and compares nothing."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from intake.linkage.reference import PLACEHOLDERS
from intake.linkage.scripts import folded
from intake.linkage.table_files import entries

SHORTEST_WITH_TYPING_ERROR = 5
# A code of three letters takes no ending: 'anders' is not AND.
SHORTEST_BEFORE_ENDING = 4

# A slash after a single letter is part of the name: Alphen a/d Rijn.
_BETWEEN_PARTS = re.compile(r"[,;()|]|(?<=\w\w)/")
_AROUND_COUNTRY = frozenset(entries("around_countries"))
_AROUND_PLACE = frozenset(entries("around_places"))


def country(text: str) -> str:
    """The ISO 3166 alpha-2 code of a country, written as name, nationality, inhabitant or code, in Dutch or English.

    One letter too many, too few, changed or turned round is forgiven in words of SHORTEST_WITH_TYPING_ERROR letters where only
    one country is meant. Returns: two capital letters, or '' for what is unknown, a placeholder or stateless. Errors: none.
    Source: tables/countries.txt.
    """
    written = folded(text)
    table = _countries()
    core = " ".join(word for word in written.split() if word not in _AROUND_COUNTRY)
    for form in (written, core, *_uninflected(core)):
        if form in table:
            return table[form]
    return _one_error_away(core)


def place(text: str) -> str:
    """One key for a place of birth or residence: the letters of its usual name without spaces.

    The first part before a comma, slash or bracket that names no country counts. Other names of known cities have one key.
    Returns: small letters, or '' for a placeholder or the name of a country. Errors: none. Source: tables/places.txt.
    """
    parts = (_place(folded(part)) for part in _BETWEEN_PARTS.split(text))
    return next(filter(None, parts), "")


def _place(written: str) -> str:
    together = written.replace(" ", "")
    known = _places().get(together)
    if known or not together or together in PLACEHOLDERS or written in _countries():
        return known or ""
    core = "".join(word for word in written.split() if word not in _AROUND_PLACE)
    return _places().get(core, core or together)


@cache
def _countries() -> dict[str, str]:
    """Every known form, folded, with its code; a form of two countries belongs to the first."""
    table: dict[str, str] = {}
    for line in entries("countries"):
        codes, _, names = line.partition(":")
        alpha_2, alpha_3 = codes.split()
        for form in (alpha_2.casefold(), alpha_3.casefold(), *map(folded, names.split(";"))):
            table.setdefault(form, alpha_2)
    for form, alpha_2 in tuple(table.items()):
        for inflected in _inflected(form):
            table.setdefault(inflected, alpha_2)
    return table


@cache
def _places() -> dict[str, str]:
    """Every other name of a city, folded and without spaces, with the first of its line."""
    lines = ([folded(name).replace(" ", "") for name in line.split(";")] for line in entries("places"))
    return {name: names[0] for names in lines for name in names}


def _inflected(form: str) -> Iterator[str]:
    """The other forms of a Dutch adjective, so that a typing error in them is one error too."""
    if form.endswith("ees"):
        yield f"{form.removesuffix('ees')}ese"
    elif form.endswith(("s", "sch")):
        yield f"{form}e"


def _uninflected(form: str) -> Iterator[str]:
    """A Dutch or English form without the ending that its other forms do not have."""
    for ending in ("e", "s", "n", "en", "er", "ers"):
        if form.endswith(ending) and len(form) >= len(ending) + SHORTEST_BEFORE_ENDING:
            yield form.removesuffix(ending)


@cache
def _by_deletion() -> dict[str, tuple[str, ...]]:
    """The forms that allow a typing error, by every reading of them with one letter left out."""
    found: dict[str, list[str]] = {}
    for form in _countries():
        if len(form) >= SHORTEST_WITH_TYPING_ERROR:
            for reading in _readings(form):
                found.setdefault(reading, []).append(form)
    return {reading: tuple(forms) for reading, forms in found.items()}


def _readings(form: str) -> Iterable[str]:
    return {form, *(form[:place] + form[place + 1 :] for place in range(len(form)))}


def _one_error_away(written: str) -> str:
    if len(written) < SHORTEST_WITH_TYPING_ERROR - 1:
        return ""
    near = {form for reading in _readings(written) for form in _by_deletion().get(reading, ()) if _one_change(written, form)}
    codes = {_countries()[form] for form in near}
    return codes.pop() if len(codes) == 1 else ""


def _one_change(one: str, other: str) -> bool:
    """Whether one letter added, left out, changed or turned round with its neighbour makes the one into the other."""
    same = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other)))
    first, second = one[same:], other[same:]
    return (
        first[1:] == second
        or first == second[1:]
        or first[1:] == second[1:]
        or (first[:2] == second[1::-1] and first[2:] == second[2:])
    )
