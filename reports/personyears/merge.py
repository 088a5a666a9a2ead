"""Merges the contributions of a person in one year to one set of values, each with the contributions that gave it.

The rules are section 3 of the domain, one function each over what the contributions say; portions.py applies the same
functions to many person-years at once. It derives nothing and reads no database. What comes out depends on what the
contributions say and on their legal dates, never on the order in which they arrived.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from intake.codes import waits
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
NOT_MERGED = ("exploitation_from", "exploitation_to", "missing")
QUESTIONS_NOT_MERGED = frozenset(
    {
        "help-state",
        "statement-unit",
        "score-pay",
        "score-conditions",
        "score-coercion",
    }
)
FURTHER = "further."
# Each dated step is a set of days of its own.
STEP = "step."
# Fields of which is kept which groups left them open; age is that in years or as a band.
GAPS = ("exploitation_types", "sex", "nationalities", "age", "municipality_of_exploitation", "exploitation_places")
GAP = "gap."

WITH_BASIS, WITHOUT_BASIS = "with-basis", "without-basis"
_LEGAL_BASIS, _NO_LEGAL_BASIS, _FEED = range(3)
_BASES = {_LEGAL_BASIS: WITH_BASIS, _NO_LEGAL_BASIS: WITHOUT_BASIS}

# A value, or a part of a set, to the places (of the contributions as given) of those that gave it.
Givers = Mapping[str, tuple[int, ...]]


class Rank(NamedTuple):
    """Of a contribution; where two known single values differ, the lowest wins. later falls with every later date."""

    tier: int
    later: int

    @property
    def is_feed(self) -> bool:
        return self.tier == _FEED


Ranks = tuple[Rank, ...]


@dataclass(frozen=True)
class Choice:
    """What is merged of one field. conflict: known single values of reports, or of feeds where nobody reported one,
    differed. feed_differs: a feed says otherwise than what was reported.
    """

    value: Any
    givers: Givers = field(default_factory=dict)
    conflict: bool = False
    feed_differs: bool = False


@dataclass(frozen=True)
class Merged:
    """values: of every field in RULES and every question; what is unknown is empty. age is years (or None) with the band.

    given_by: field to value to places of the contributions as given. conflicts and feed_differs: fields, as in Choice.
    """

    values: Mapping[str, Any]
    given_by: Mapping[str, Givers]
    conflicts: tuple[str, ...]
    feed_differs: tuple[str, ...]

    @property
    def characteristics(self) -> Characteristics:
        known = {name: self.values[name] for name in (*SINGLE_VALUES, *UNITED_SETS) if name in self.values}
        further = tuple(
            (name.removeprefix(FURTHER), value) for name, value in self.values.items() if value and name.startswith(FURTHER)
        )
        return Characteristics(**known, further=further)

    @property
    def differs(self) -> bool:
        return bool(self.conflicts or self.feed_differs)


def single(ranks: Ranks, values: Sequence[Any]) -> Choice:
    """Legal basis before none, then the later, EMM and OM last; of two on one day the value that sorts first, so that
    arrival decides nothing.
    """
    everything = _known(ranks, values)
    known = _reported_or_all(everything)
    if not known:
        return Choice(values[0])
    _, _, winner = min((one.rank.tier, one.rank.later, one.value) for one in known)
    places = tuple(one.place for one in known if one.value == winner)
    overruled = len(known) < len(everything) and any(one.value != winner for one in everything if one.rank.is_feed)
    return Choice(winner, dict.fromkeys(_parts(winner), places), conflict=len(places) < len(known), feed_differs=overruled)


def united(ranks: Ranks, values: Sequence[tuple[Any, ...]]) -> Choice:
    """The parts that reports name; those that EMM and OM name where no report names one."""
    everything = _known(ranks, values)
    givers: dict[str, tuple[int, ...]] = {}
    for one in _reported_or_all(everything):
        for part in one.value:
            givers[part] = (*givers.get(part, ()), one.place)
    return Choice(tuple(sorted(givers)), givers, feed_differs=any(set(one.value) - givers.keys() for one in everything))


def age(ranks: Ranks, values: Sequence[tuple[int | None, str]]) -> Choice:
    """Of the earliest contribution with a known age, reports before EMM and OM; a band alone stands behind an age in years."""
    known = [
        (rank.is_feed, years is None, -rank.later, years or 0, age_band, place)
        for place, (rank, (years, stated)) in enumerate(zip(ranks, values, strict=True))
        if (age_band := stated or band(years))
    ]
    if not known:
        return Choice((None, ""))
    _, no_years, _, years, age_band, place = min(known)
    return Choice((None if no_years else years, age_band), {age_band: (place,)})


def reporters(ranks: Ranks, values: Sequence[tuple[str, str]]) -> Choice:
    """Group and unit of everybody who reported, the first first; EMM and OM are no reporters."""
    found = sorted((-rank.later, *sender) for rank, sender in zip(ranks, values, strict=True) if not rank.is_feed)
    return Choice(tuple(dict.fromkeys((group, unit) for _, group, unit in found)))


def sources(ranks: Ranks, values: Sequence[str]) -> Choice:
    return Choice(tuple(sorted(set(values))))


def first_report(ranks: Ranks, values: Sequence[date]) -> Choice:
    """The day of the first report; empty where nobody reported."""
    return Choice(min((value for rank, value in zip(ranks, values, strict=True) if not rank.is_feed), default=""))


def gap(ranks: Ranks, values: Sequence[tuple[str, bool]]) -> Choice:
    """The groups of which no report knows it; each value is a group and whether it does."""
    said = [value for rank, value in zip(ranks, values, strict=True) if not rank.is_feed]
    knowing = {group for group, known in said if known}
    return Choice(tuple(sorted({group for group, _ in said} - knowing)))


def first_wait(ranks: Ranks, values: Sequence[str]) -> Choice:
    """Of the first report of the year; of several on its day the shortest."""
    reports = [
        (-rank.later, waits.BANDS.index(band)) for rank, band in zip(ranks, values, strict=True) if band and not rank.is_feed
    ]
    return Choice(waits.BANDS[min(reports)[1]] if reports else "")


def bases(ranks: Ranks, values: Sequence[str]) -> Choice:
    """WITH_BASIS, WITHOUT_BASIS or both, of the reports."""
    return Choice(tuple(sorted({_BASES[rank.tier] for rank in ranks if not rank.is_feed})))


Rule = Callable[[Ranks, Sequence[Any]], Choice]
RULES: Mapping[str, Rule] = {
    **dict.fromkeys(SINGLE_VALUES, single),
    **dict.fromkeys(UNITED_SETS, united),
    "age": age,
    "reporters": reporters,
    "sources": sources,
    "bases": bases,
    "first_report": first_report,
    "first_wait": first_wait,
    **{f"{GAP}{name}": gap for name in GAPS},
}


def rule_of(name: str) -> Rule:
    """Each further question is a single value, and each dated step a set."""
    return RULES.get(name) or (united if name.startswith(STEP) else single)


def nothing_of(name: str) -> Any:
    """What one says who does not answer a question or know a step."""
    return () if name.startswith(STEP) else ""


def merge(contributions: Iterable[Contribution]) -> Merged:
    """One person, one year. At least one contribution is needed: without one there is no person-year."""
    given = tuple(contributions)
    if not given:
        raise ValueError("a person-year without a contribution")
    ranks = tuple(Rank(tier(one.source, one.legal_basis), -one.date.toordinal()) for one in given)
    said = [_said(one) for one in given]
    names = (*RULES, *sorted({name for one in said for name in one} - RULES.keys()))
    choices = {name: rule_of(name)(ranks, tuple(one.get(name, nothing_of(name)) for one in said)) for name in names}
    return Merged(
        values={name: choice.value for name, choice in choices.items()},
        given_by={name: choice.givers for name, choice in choices.items() if choice.givers},
        conflicts=tuple(name for name, choice in choices.items() if choice.conflict),
        feed_differs=tuple(name for name, choice in choices.items() if choice.feed_differs),
    )


def tier(source: str, legal_basis: bool) -> int:
    if source != REPORT:
        return _FEED
    return _LEGAL_BASIS if legal_basis else _NO_LEGAL_BASIS


def _said(contribution: Contribution) -> dict[str, Any]:
    """What the rules are given of one contribution, by name."""
    said: dict[str, Any] = {name: getattr(contribution.characteristics, name) for name in (*SINGLE_VALUES, *UNITED_SETS)}
    age_known = bool(contribution.age_band or band(contribution.age))
    known = {name: age_known if name == "age" else bool(said[name]) for name in GAPS}
    said |= answers(contribution.characteristics.further) | steps(contribution.characteristics.phases)
    return said | {
        "age": (contribution.age, contribution.age_band),
        "reporters": (contribution.group, contribution.unit),
        "sources": str(contribution.source),
        "bases": "",
        "first_report": contribution.date,
        "first_wait": contribution.waited,
        **{f"{GAP}{name}": (contribution.group, known[name]) for name in GAPS},
    }


def answers(further: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By the name that a merged question has."""
    return {f"{FURTHER}{question}": answer for question, answer in further if question not in QUESTIONS_NOT_MERGED}


def steps(phases: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The days of each step, by the name that it is merged under; an empty one is not known."""
    found: dict[str, tuple[str, ...]] = {}
    for step, day in phases:
        found[STEP + step] = (*found.get(STEP + step, ()), day)
    return found


class _Known(NamedTuple):
    place: int
    rank: Rank
    value: Any


def _known(ranks: Ranks, values: Sequence[Any]) -> list[_Known]:
    return [_Known(place, rank, value) for place, (rank, value) in enumerate(zip(ranks, values, strict=True)) if value]


def _reported_or_all(known: list[_Known]) -> list[_Known]:
    """EMM and OM fill what nobody reported; they replace nothing and add nothing to what a reporter filled."""
    return [one for one in known if not one.rank.is_feed] or known


def _parts(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value
