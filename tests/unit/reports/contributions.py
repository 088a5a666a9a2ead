"""Contributions for the tests of the engine, with only what a test is about said."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from intake.codes.characteristics import Characteristics
from reports.personyears.derive import Counted, derive
from reports.personyears.merge import merge

RECORDED = datetime(2020, 1, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Made:
    source: str = "report"
    group: str = ""
    unit: str = ""
    legal_basis: bool = True
    date: date = date(2019, 6, 1)
    recorded: datetime = RECORDED
    waited: str = "week"
    age: int | None = None
    age_band: str = ""
    characteristics: Characteristics = field(default_factory=Characteristics)
    contribution: UUID = field(default_factory=uuid4)


def police(day: str = "2019-06-01", *, unit: str = "amsterdam", age: int | None = None, **known: Any) -> Made:
    return report(day, group="police", unit=unit, legal_basis=True, age=age, **known)


def shelter(day: str = "2019-06-01", *, age: int | None = None, **known: Any) -> Made:
    return report(day, group="other-reporters", legal_basis=False, age=age, **known)


def fairwork(day: str = "2019-06-01", **known: Any) -> Made:
    return report(day, group="fairwork", legal_basis=False, **known)


def kmar(day: str = "2019-06-01", **known: Any) -> Made:
    return report(day, group="kmar", legal_basis=True, **known)


def report(
    day: str, *, group: str, legal_basis: bool, unit: str = "", age: int | None = None, age_band: str = "", **known: Any
) -> Made:
    return Made(
        group=group,
        unit=unit,
        legal_basis=legal_basis,
        date=date.fromisoformat(day),
        age=age,
        age_band=age_band,
        characteristics=Characteristics(**known),
    )


def emm(day: str = "2019-06-01", *, age: int | None = None, **known: Any) -> Made:
    return Made(source="emm", date=date.fromisoformat(day), age=age, characteristics=Characteristics(**known))


def letter(day: str = "2019-06-01", **known: Any) -> Made:
    return Made(source="om", date=date.fromisoformat(day), characteristics=Characteristics(**known))


def counted(*contributions: Made) -> Counted:
    return derive(merge(contributions))
