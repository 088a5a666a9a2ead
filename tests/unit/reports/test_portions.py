"""A portion of the register derived in columns is what merging and deriving each person-year by itself gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from intake.codes import ages, lists
from intake.codes.characteristics import Characteristics
from intake.facts import Portion
from reports.figures.compute import Tally, counters_of, persons_of
from reports.personyears.derive import Counted, derive
from reports.personyears.merge import merge
from reports.personyears.portions import person_years
from tests.unit.reports.contributions import Made

Said = tuple[int, Made]
FURTHER = ((), (("technology-role", "none"),), (("help-state", "waits"), ("other-question", "yes")))
STEPS = ("help-started", "help-ended", "out-of-sight", "requested", "granted", "gone")
DAYS = ("", "2018", "2019-02", "2019-01-03", "2019-09-30")
WAITED = {"week": 0, "month": 20, "three-months": 60, "half-year": 120, "longer": 400}
GROUPS = ("police", "kmar", "fairwork", "other-reporters", "gone")


def some_of(draw: Random, codes: lists.CodeList) -> tuple[str, ...]:
    return tuple(sorted(draw.sample([*codes.codes[:3], "gone"], draw.choice((0, 1, 2)))))


def contribution(seed: int) -> Said:
    """Of one of three persons, on one of few days around a new year; drawn by its number, quicker than part by part."""
    draw = Random(seed)
    source = draw.choice(["report", "report", "report", "emm", "om"])
    group = draw.choice(GROUPS) if source == "report" else ""
    years = draw.choice([None, 0, 17, 30])
    said = Characteristics(
        exploitation_types=some_of(draw, lists.EXPLOITATION_TYPES),
        prostitution_sectors=some_of(draw, lists.PROSTITUTION_SECTORS),
        labour_sectors=some_of(draw, lists.LABOUR_SECTORS),
        nationalities=draw.choice([(), ("NL",), ("NG",), ("MA", "NL"), ("ZZ",)]),
        platforms=some_of(draw, lists.PLATFORMS),
        sex=draw.choice(["", "male", "female", "gone"]),
        municipality_of_exploitation=draw.choice(["", "GM0363", "gone"]),
        municipality_of_residence=draw.choice(["", "GM0363", "GM0599"]),
        further=draw.choice(FURTHER),
        phases=tuple((step, draw.choice(DAYS)) for step in draw.sample(STEPS, draw.choice((0, 0, 1, 3)))),
    )
    return draw.randrange(3), Made(
        source=source,
        group=group,
        unit=draw.choice(["", "amsterdam", "gone"]) if group == "police" else "",
        legal_basis=draw.random() < 0.5,
        date=date(2018, 12, 30) + timedelta(days=draw.randrange(5)),
        waited=draw.choice([*WAITED]),
        age=years,
        age_band=draw.choice([ages.band(years), "30-39" if years is None else ""]),
        characteristics=said,
    )


def contributions() -> st.SearchStrategy[list[Said]]:
    return st.lists(st.integers(0, 100_000).map(contribution), min_size=1, max_size=12)


def portion(said: Sequence[Said]) -> Portion:
    ordered = sorted(said, key=lambda one: (one[0], one[1].date))
    every = [one for _, one in ordered]
    return Portion(
        persons=[str(UUID(int=person)) for person, _ in ordered],
        years=[one.date.year for one in every],
        sources=[one.source for one in every],
        senders=[(one.group, one.unit) for one in every],
        legal_bases=[one.legal_basis for one in every],
        dates=[one.date for one in every],
        counting=[(one.date + timedelta(days=WAITED[one.waited])).isoformat() for one in every],
        ages=[(one.age, one.age_band) for one in every],
        said=range(len(every)),
        characteristics=[stored(one.characteristics) for one in every],
    )


def stored(characteristics: Characteristics) -> dict[str, Any]:
    """As JSON gives it back."""
    return {name: value if isinstance(value, str) else [*value] for name, value in characteristics.to_json().items()}


@dataclass(frozen=True)
class Plain:
    text: str
    differs: bool
    counted: Counted


def one_by_one(said: Sequence[Said]) -> dict[tuple[UUID, int], Plain]:
    found: dict[tuple[UUID, int], list[Made]] = {}
    for person, one in said:
        found.setdefault((UUID(int=person), one.date.year), []).append(one)
    merged = {key: merge(contributions) for key, contributions in found.items()}
    return {key: Plain(derive(one).to_text(), one.differs, derive(one)) for key, one in merged.items()}


@given(contributions())
def test_portion_is_derived_as_each_of_its_person_years(said: list[Said]) -> None:
    found = person_years(portion(said))
    rows = zip(found.persons, found.years, found.texts(), found.differs, strict=True)
    assert {(person, year): (text, differs) for person, year, text, differs in rows} == {
        key: (one.text, one.differs) for key, one in one_by_one(said).items()
    }


@given(contributions(), st.integers(0, 3))
def test_many_person_years_are_counted_together_as_each_by_itself(said: list[Said], split: int) -> None:
    tally = Tally()
    for part in ([one for one in said if one[0] < split], [one for one in said if one[0] >= split]):
        if part:
            tally.add(person_years(portion(part)))
    plain = one_by_one(said)
    expected = counters_of((year, one.counted) for (_, year), one in plain.items())
    expected.update(persons_of((person, one.counted) for (person, _), one in plain.items()))
    assert +tally.counters() == expected
