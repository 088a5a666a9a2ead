"""Merges the contributions of a person in one year to one set of values, each with the contributions that gave it.

The rules are section 3 of the domain. It derives nothing and reads no database. The result depends on what the
contributions say and on their legal dates, never on the order in which they arrived.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Any
from uuid import UUID

from intake.codes.ages import band
from intake.codes.characteristics import Characteristics
from reports.personyears.contributions import REPORT, Contribution

# Where one contribution alone may answer. Nationalities stated together are one answer.
SINGLE_VALUES = (
    "nationalities",
    "sex",
    "organ_removal",
    "municipality_of_exploitation",
    "municipality_of_residence",
)
UNITED_SETS = (
    "exploitation_types",
    "prostitution_sectors",
    "labour_sectors",
    "criminal_kinds",
    "exploitation_countries",
    "exploitation_places",
    "platforms",
)
# No figure counts these fields and questions yet; a person-year does not keep them.
NOT_MERGED = ("exploitation_from", "exploitation_to", "phases", "missing")
QUESTIONS_NOT_MERGED = frozenset(
    {
        "help-state",
        "residence-route",
        "first-asylum-country",
        "statement-unit",
        "score-pay",
        "score-conditions",
        "score-coercion",
    }
)

WITH_BASIS, WITHOUT_BASIS = "with-basis", "without-basis"
_LEGAL_BASIS, _NO_LEGAL_BASIS, _FEED = range(3)
_BASES = {_LEGAL_BASIS: WITH_BASIS, _NO_LEGAL_BASIS: WITHOUT_BASIS}

# A value, or a part of a set, to the places (in Merged.contributions) of the contributions that gave it.
Givers = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Merged:
    """bases: WITH_BASIS, WITHOUT_BASIS or both, of the reports.

    given_by: field to value to places in contributions. conflicts: fields in which known single values of reports, or of
    feeds where nobody reported one, differed. feed_differs: fields in which a feed says otherwise than what was reported.
    """

    contributions: tuple[UUID, ...]
    characteristics: Characteristics
    age: int | None
    age_band: str
    reporters: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    bases: tuple[str, ...]
    given_by: Mapping[str, Givers]
    conflicts: tuple[str, ...]
    feed_differs: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """As JSON gives it back, so that a stored one can be compared with a fresh one."""
        known = {
            "contributions": [str(contribution) for contribution in self.contributions],
            "characteristics": {
                name: list(value) if isinstance(value, tuple) else value
                for name, value in self.characteristics.to_json().items()
                if name != "further"
            },
            "further": dict(self.characteristics.further),
            "given_by": {
                field: {value: list(places) for value, places in givers.items()} for field, givers in self.given_by.items()
            },
            "conflicts": list(self.conflicts),
            "feed_differs": list(self.feed_differs),
        }
        return {name: value for name, value in known.items() if value}


@dataclass(frozen=True)
class _Ranked:
    """A contribution with its place; the lowest rank wins where two known single values differ."""

    place: int
    tier: int
    day: int
    contribution: Contribution

    @property
    def is_feed(self) -> bool:
        return self.tier == _FEED


@dataclass(frozen=True)
class _Choice:
    value: Any
    places: tuple[int, ...]
    conflict: bool
    feed_differs: bool


def merge(contributions: Iterable[Contribution]) -> Merged:
    """One person, one year. At least one contribution is needed: without one there is no person-year."""
    ranked = _ranked(contributions)
    values: dict[str, Any] = {}
    given_by: dict[str, dict[str, tuple[int, ...]]] = {}
    conflicts, feed_differs = [], []
    for field, choice in _single_choices(ranked):
        values[field] = choice.value
        given_by[field] = {part: choice.places for part in _parts(choice.value)}
        if choice.conflict:
            conflicts.append(field)
        if choice.feed_differs:
            feed_differs.append(field)
    for field in UNITED_SETS:
        known = _known(ranked, attrgetter(field))
        if givers := _united(_reported_or_all(known)):
            values[field] = tuple(sorted(givers))
            given_by[field] = givers
            if any(set(value) - givers.keys() for _, value in known):
                feed_differs.append(field)
    age, age_band, age_place = _age(ranked)
    if age_band:
        given_by["age"] = {age_band: (age_place,)}
    return Merged(
        contributions=tuple(one.contribution.contribution for one in ranked),
        characteristics=_characteristics(values),
        age=age,
        age_band=age_band,
        reporters=_reporters(ranked),
        sources=tuple(sorted({str(one.contribution.source) for one in ranked})),
        bases=tuple(sorted({_BASES[one.tier] for one in ranked if not one.is_feed})),
        given_by=given_by,
        conflicts=tuple(conflicts),
        feed_differs=tuple(feed_differs),
    )


def _ranked(contributions: Iterable[Contribution]) -> tuple[_Ranked, ...]:
    ordered = sorted(contributions, key=lambda one: (one.date, one.recorded, one.contribution))
    if not ordered:
        raise ValueError("a person-year without a contribution")
    return tuple(_Ranked(place, _tier(one), one.date.toordinal(), one) for place, one in enumerate(ordered))


def _tier(contribution: Contribution) -> int:
    if contribution.source != REPORT:
        return _FEED
    return _LEGAL_BASIS if contribution.legal_basis else _NO_LEGAL_BASIS


def _single_choices(ranked: Sequence[_Ranked]) -> Iterable[tuple[str, _Choice]]:
    for field in SINGLE_VALUES:
        if choice := _single(ranked, attrgetter(field)):
            yield field, choice
    answered = {question for one in ranked for question, _ in one.contribution.characteristics.further}
    for question in sorted(answered - QUESTIONS_NOT_MERGED):
        if choice := _single(ranked, partial(_answer, question=question)):
            yield f"further.{question}", choice


def _answer(characteristics: Characteristics, question: str) -> str:
    return dict(characteristics.further).get(question, "")


def _single(ranked: Sequence[_Ranked], read: Callable[[Characteristics], Any]) -> _Choice | None:
    """Legal basis before none, then the later, EMM and OM last; of two on one day the value that sorts first, so that
    arrival decides nothing.
    """
    everything = _known(ranked, read)
    known = _reported_or_all(everything)
    if not known:
        return None
    _, _, winner = min((one.tier, -one.day, value) for one, value in known)
    places = tuple(one.place for one, value in known if value == winner)
    overruled = len(known) < len(everything) and any(value != winner for one, value in everything if one.is_feed)
    return _Choice(winner, places, conflict=len(places) < len(known), feed_differs=overruled)


def _known(ranked: Sequence[_Ranked], read: Callable[[Characteristics], Any]) -> list[tuple[_Ranked, Any]]:
    return [(one, value) for one in ranked if (value := read(one.contribution.characteristics))]


def _reported_or_all(known: list[tuple[_Ranked, Any]]) -> list[tuple[_Ranked, Any]]:
    """EMM and OM fill what nobody reported; they replace nothing and add nothing to what a reporter filled."""
    return [pair for pair in known if not pair[0].is_feed] or known


def _united(known: Iterable[tuple[_Ranked, Any]]) -> dict[str, tuple[int, ...]]:
    givers: dict[str, tuple[int, ...]] = {}
    for one, value in known:
        for part in value:
            givers[part] = (*givers.get(part, ()), one.place)
    return givers


def _parts(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _age(ranked: Sequence[_Ranked]) -> tuple[int | None, str, int]:
    """Of the earliest contribution with a known age, reports before EMM and OM; a band alone stands behind an age in years."""
    known = [
        (one.is_feed, one.contribution.age is None, one.day, one.contribution.age or 0, age_band, one.place)
        for one in ranked
        if (age_band := one.contribution.age_band or band(one.contribution.age))
    ]
    if not known:
        return None, "", 0
    _, no_years, _, age, age_band, place = min(known)
    return (None if no_years else age), age_band, place


def _reporters(ranked: Sequence[_Ranked]) -> tuple[tuple[str, str], ...]:
    """Group and unit of everybody who reported, the first first; EMM and OM are no reporters."""
    found = sorted((one.day, one.contribution.group, one.contribution.unit) for one in ranked if not one.is_feed)
    return tuple(dict.fromkeys((group, unit) for _, group, unit in found))


def _characteristics(values: Mapping[str, Any]) -> Characteristics:
    further = tuple((field.partition(".")[2], value) for field, value in values.items() if field.startswith("further."))
    return Characteristics(**{field: value for field, value in values.items() if "." not in field}, further=further)
