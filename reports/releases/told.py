"""What the extracts that are out tell, kept sealed for the attacks on whatever is to leave after them. It attacks nothing.

The rows of an extract are gone after a month; what they told is not. Kept are numbers of rows by at most three of its columns,
and for each person-year a digest of what it said under a salt of its own: of whoever is erased it tells nothing.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from reports.disclosure.telling import Dimension, Tally
from reports.models import Extract, ExtractTold
from safeguards import fields
from safeguards.fields import Kind

# Also of what nobody fetched, or fetches any more: who has it is not asked again.
OUT = (Extract.State.READY, Extract.State.EXPIRED)
_LONG_ENOUGH = 16


@dataclass(frozen=True)
class Told:
    """digests: of each person-year by its year, under the salt."""

    tallies: tuple[Tally, ...]
    salt: str
    digests: Mapping[int, frozenset[str]]


def digest(salt: str, person: UUID, said: Iterable[str]) -> str:
    """Of what a person-year says in all columns that can leave."""
    text = json.dumps([str(person), *said])
    return hashlib.blake2b(text.encode(), key=bytes.fromhex(salt), digest_size=_LONG_ENOUGH).hexdigest()


def new_salt() -> str:
    return token_hex(32)


def all_out() -> tuple[tuple[Tally, ...], ...]:
    """Of every extract of rows that was made, the first one first."""
    return tuple(opened(row).tallies for row in _out().iterator(chunk_size=1))


def number_out() -> int:
    return _out().count()


def periods_out(first: int, last: int) -> tuple[tuple[int, int], ...]:
    """The first and last years of those that are of any of these years, each once."""
    those = _out().filter(extract__first_year__lte=last, extract__last_year__gte=first)
    periods = those.order_by("extract__first_year", "extract__last_year")
    return tuple(periods.values_list("extract__first_year", "extract__last_year").distinct())


def opened(row: ExtractTold) -> Told:
    held = json.loads(fields.open_secret(row.content, Kind.EDITION, row=_row(row.extract_id)))
    digests = {int(year): frozenset(found) for year, found in held["digests"].items()}
    return Told(tuple(_tally_of(one) for one in held["tallies"]), held["salt"], digests)


def keep(extract: UUID, told: Told) -> None:
    held = {
        "tallies": [_as_json(one) for one in told.tallies],
        "salt": told.salt,
        "digests": {year: sorted(found) for year, found in told.digests.items()},
    }
    content = fields.seal_secret(json.dumps(held), Kind.EDITION, row=_row(extract))
    ExtractTold.objects.create(extract_id=extract, content=content)


def _out() -> QuerySet[ExtractTold]:
    return ExtractTold.objects.filter(extract__state__in=OUT).order_by("extract__cutoff", "extract")


def _row(extract: UUID) -> str:
    return f"{extract} told"


def _as_json(tally: Tally) -> dict[str, Any]:
    dimensions = [
        {
            "name": one.name,
            "codes": {code: sorted(meant) for code, meant in one.codes.items()},
            "told": sorted(one.told),
            "beside": {code: sorted(others) for code, others in one.beside.items()},
        }
        for one in tally.dimensions
    ]
    return {"population": tally.population, "dimensions": dimensions, "rows": [[*codes, n] for codes, n in tally.rows.items()]}


def _tally_of(held: Mapping[str, Any]) -> Tally:
    dimensions = (
        Dimension(
            one["name"],
            {code: frozenset(meant) for code, meant in one["codes"].items()},
            frozenset((name, code) for name, code in one["told"]),
            {code: frozenset(others) for code, others in one["beside"].items()},
        )
        for one in held["dimensions"]
    )
    return Tally(held["population"], tuple(dimensions), {tuple(codes): number for *codes, number in held["rows"]})
