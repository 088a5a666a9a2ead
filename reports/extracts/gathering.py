"""Gathers the person-years of an extract from contributions that may leave for its purpose, and lays them out as rows of codes.

What does not cover its purpose is not looked at: values are merged from the rest alone, so nothing in a row rests on it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np
from django.utils import timezone

from intake import facts
from intake.facts import ContributionFact
from reports.disclosure.microdata.rows import Rows
from reports.disclosure.microdata.specification import OTHER, Chosen, Level
from reports.extracts.columns import BY_NAME
from reports.extracts.products import Product
from reports.personyears.derive import Counted, derive
from reports.personyears.merge import merge
from reports.personyears.populations import Population

AT_ONCE = 2000

Tell = Callable[[float], None]


@dataclass(frozen=True)
class PersonYear:
    person: UUID
    year: int
    counted: Counted


@dataclass(frozen=True)
class Gathered:
    """contributions: all that the rows rest on. sequence: changes of the register up to this one were seen."""

    person_years: tuple[PersonYear, ...]
    contributions: frozenset[UUID]
    sequence: int


@dataclass(frozen=True)
class Asked:
    """Which contributions: recorded up to a moment, about these years."""

    cutoff: datetime
    years: range


def gather(product: Product, asked: Asked, tell: Tell = lambda _: None) -> Gathered:
    """Of the base population. tell is told the share that was read, between 0 and 1."""
    sequence = facts.latest_sequence()
    read = _read(asked, tell)
    covered = covered_by(product, [fact.contribution for fact in read], asked.cutoff)
    of_person_year: dict[tuple[UUID, int], list[ContributionFact]] = {}
    for fact in read:
        if fact.contribution in covered:
            of_person_year.setdefault((fact.person, fact.date.year), []).append(fact)
    found = {key: derive(merge(of_one)) for key, of_one in of_person_year.items()}
    kept = {key: counted for key, counted in found.items() if Population.BASE in counted.populations}
    return Gathered(
        tuple(PersonYear(*key, counted) for key, counted in kept.items()),
        frozenset(fact.contribution for key in kept for fact in of_person_year[key]),
        sequence,
    )


def covered_by(product: Product, contributions: Sequence[UUID], cutoff: datetime) -> frozenset[UUID]:
    """On the day of the cut-off, and today: what was withdrawn since does not leave either."""
    found = frozenset(contributions)
    for day in {timezone.localdate(cutoff), timezone.localdate()}:
        found &= facts.covered(found, purpose=product.consent, on=day, public_bodies=product.public_bodies)
    return found


def _read(asked: Asked, tell: Tell) -> list[ContributionFact]:
    total = facts.number_linked(until=asked.cutoff, years=asked.years)
    read: list[ContributionFact] = []
    while portion := facts.linked(
        after=read[-1].contribution if read else None, until=asked.cutoff, years=asked.years, limit=AT_ONCE
    ):
        read.extend(portion)
        tell(min(1.0, len(read) / max(total, 1)))
    return read


def rows_of(person_years: Iterable[PersonYear], chosen: Sequence[Chosen]) -> Rows:
    """One row for each, in their order."""
    given = list(person_years)
    names = tuple(one.column.name for one in chosen)
    columns = [_codes([BY_NAME[name].value(one.year, one.counted) for one in given], chosen[i]) for i, name in enumerate(names)]
    codes = np.column_stack(columns) if columns else np.empty((len(given), 0), np.int64)
    number = {person: place for place, person in enumerate({one.person for one in given})}
    persons = np.array([number[one.person] for one in given], np.int64)
    return Rows(names, codes.astype(np.int64), {one.column.name: one.level.codes for one in chosen}, persons)


def _codes(finest: Sequence[str], chosen: Chosen) -> list[int]:
    """The place of each value's code at this level. A value that the column does not declare is an error: it cannot leave."""
    recode = _most_frequent(finest, chosen.level) if chosen.level.top else chosen.level.recode
    place = {code: number for number, code in enumerate(chosen.level.codes)}
    return [place[recode.get(value, value)] for value in finest]


def _most_frequent(finest: Sequence[str], level: Level) -> dict[str, str]:
    """Of equally frequent codes the first by name."""
    counted = sorted(Counter(value for value in finest if value).items(), key=lambda one: (-one[1], one[0]))
    return {code: OTHER for code, _ in counted[level.top :]}
