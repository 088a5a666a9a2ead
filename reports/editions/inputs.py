"""What an edition reads of one contribution, and the digest of all that it read. It reads no database.

Neither digest nor counts depend on ids, on the order of arrival or on the database: registers that say the same, each report as
long after its date, have the same.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, Self
from uuid import UUID

from intake.codes.characteristics import Characteristics
from intake.facts import ContributionFact

_CODES = ("source", "group", "unit", "legal_basis", "age", "age_band")
# Merging never looks at the moment of arrival but to name contributions in some order.
_ANY_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
_MODULUS = 2**512


@dataclass(frozen=True)
class Input:
    """A personyears Contribution, with the person that it was linked to."""

    contribution: UUID
    person: UUID
    source: str
    group: str
    unit: str
    legal_basis: bool
    date: date
    age: int | None
    age_band: str
    characteristics: Characteristics
    waited: str = ""
    recorded: datetime = _ANY_MOMENT

    @classmethod
    def of(cls, fact: ContributionFact) -> Self:
        return cls(
            fact.contribution,
            fact.person,
            str(fact.source),
            fact.group,
            fact.unit,
            fact.legal_basis,
            fact.date,
            fact.age,
            fact.age_band,
            fact.characteristics,
            fact.waited,
        )

    @classmethod
    def from_json(cls, contribution: UUID, person: UUID, said: Mapping[str, Any]) -> Self:
        return cls(
            contribution,
            person,
            date=date.fromisoformat(said["date"]),
            characteristics=Characteristics.from_json(said["characteristics"]),
            waited=said.get("waited", ""),
            **{name: said[name] for name in _CODES},
        )

    @property
    def year(self) -> int:
        return self.date.year

    @property
    def said(self) -> dict[str, Any]:
        """All but who it is about."""
        codes = {name: getattr(self, name) for name in (*_CODES, "waited")}
        return codes | {"date": self.date.isoformat(), "characteristics": self.characteristics.to_json()}


def by_person(inputs: Iterable[Input]) -> Iterator[tuple[Input, ...]]:
    ordered = sorted(inputs, key=attrgetter("person"))
    return (tuple(of_one) for _, of_one in groupby(ordered, key=attrgetter("person")))


class Digest:
    """Of a set of persons, whatever their order: the sum of the digests of each, which can be carried on from a stored one."""

    def __init__(self, carried: str = "0") -> None:
        self._sum = int(carried, 16)

    def add(self, of_one_person: Iterable[Input]) -> None:
        texts = sorted(json.dumps(one.said, sort_keys=True, separators=(",", ":")) for one in of_one_person)
        self._sum = (self._sum + int.from_bytes(hashlib.sha512("\n".join(texts).encode()).digest(), "big")) % _MODULUS

    @property
    def carried(self) -> str:
        return f"{self._sum:x}"

    def final(self, inputs: int) -> str:
        return hashlib.sha256(f"{inputs}:{self.carried}".encode()).hexdigest()
