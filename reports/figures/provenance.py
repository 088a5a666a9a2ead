"""Person-years whose contributions say different things, and of one person-year which contribution gave which value.

Pseudonymous and coded: it names nobody, and changes nothing; what is wrong is mended by a correction or by the links.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.permissions import require
from accounts.roles import Permission
from intake import facts
from intake.facts import ContributionFact, OriginFact
from reports import events
from reports.models import PersonYear
from reports.personyears.merge import FURTHER, STEP, Givers, merge
from safeguards import audit
from safeguards.actors import Actor

PAGE = 50
SEES = Permission.REVIEW_LINKAGE


class UnknownPersonYearError(LookupError):
    """There is none, or none any more: a link was undone or a report withdrawn."""


@dataclass(frozen=True)
class Difference:
    """fields: where reports differ among themselves; feed_fields: where a feed says otherwise than what was reported."""

    person: UUID
    year: int
    fields: tuple[str, ...]
    feed_fields: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """A value of a field with the contributions that say so; chosen is the one that counts."""

    value: str
    by: tuple[int, ...]
    chosen: bool


@dataclass(frozen=True)
class Source:
    """A contribution under the number that values refer to."""

    number: int
    reference: str
    source: str
    group: str
    unit: str
    date: date
    legal_basis: bool
    origin: OriginFact | None


@dataclass(frozen=True)
class PersonYearView:
    person: UUID
    year: int
    sources: tuple[Source, ...]
    fields: Mapping[str, tuple[Said, ...]]
    differing: frozenset[str]


def number_of_differences() -> int:
    return PersonYear.objects.filter(differs=True).count()


def differences(*, page: int, by: Actor) -> Sequence[Difference]:
    """The newest years first, PAGE at a time."""
    require(by, SEES)
    rows = PersonYear.objects.filter(differs=True).order_by("-year", "person").values_list("person", "year")
    keys = list(rows[(page - 1) * PAGE : page * PAGE])
    contributions = facts.contributions_of(keys)
    merged = [(key, merge(contributions[key])) for key in keys if key in contributions]
    return [Difference(*key, one.conflicts, one.feed_differs) for key, one in merged if one.differs]


def person_year(*, person: UUID, year: int, by: Actor) -> PersonYearView:
    """Every value that a contribution of the year gives, with who gave it; each look is in the audit trail."""
    require(by, SEES)
    with transaction.atomic():
        contributions = facts.contributions_of([(person, year)]).get((person, year), ())
        if not contributions:
            raise UnknownPersonYearError
        merged = merge(contributions)
        found = PersonYearView(
            person=person,
            year=year,
            sources=_sources(contributions),
            fields=_fields(contributions, merged.given_by),
            differing=frozenset((*merged.conflicts, *merged.feed_differs)),
        )
        audit.record(events.PERSON_YEAR_READ, by=by, object_type="person", object_id=person, details={"year": year})
    return found


def _sources(contributions: Sequence[ContributionFact]) -> tuple[Source, ...]:
    origins = facts.origins_of(one.contribution for one in contributions)
    references = facts.references_of(one.contribution for one in contributions)
    return tuple(
        Source(
            number=number,
            reference=references[one.contribution],
            source=one.source,
            group=one.group,
            unit=one.unit,
            date=one.date,
            legal_basis=one.legal_basis,
            origin=origins.get(one.contribution),
        )
        for number, one in enumerate(contributions, start=1)
    )


def _fields(contributions: Sequence[ContributionFact], given_by: Mapping[str, Givers]) -> dict[str, tuple[Said, ...]]:
    said: dict[str, dict[str, list[int]]] = {}
    for number, one in enumerate(contributions, start=1):
        for field, value in _values(one):
            said.setdefault(field, {}).setdefault(value, []).append(number)
    return {
        field: tuple(Said(value, tuple(by), value in given_by.get(field, {})) for value, by in sorted(values.items()))
        for field, values in sorted(said.items())
    }


def _values(one: ContributionFact) -> list[tuple[str, str]]:
    """Field and code, a line for each part of a set."""
    found: list[tuple[str, str]] = [("age", one.age_band)] if one.age_band else []
    for field, value in one.characteristics.to_json().items():
        if field == "further":
            found += [(FURTHER + question, answer) for question, answer in value]
        elif field == "phases":
            found += [(STEP + step, day) for step, day in value]
        elif isinstance(value, str):
            found.append((field, value))
        elif all(isinstance(part, str) for part in value):
            found += [(field, part) for part in value]
    return found
