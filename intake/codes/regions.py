"""Region of origin by nationality: the table of decisions, and the one nationality that counts for a person-year.

The decisions are data (countries.csv, from region-policy.csv); this module reads them and makes none of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.codes.lists import COUNTRIES, REGIONS

NETHERLANDS = "NL"


@dataclass(frozen=True)
class RegionRow:
    """One line of the visible table. reason is empty where UN M49 is followed without a decision."""

    country: str
    label_nl: str
    label_en: str
    region: str
    m49_region: str
    nationality_of: str
    reason_nl: str
    reason_en: str


def nationality_of(country: str) -> str:
    """The state whose nationality the people of a territory hold; a state is its own."""
    return COUNTRIES.get(country).attributes["nationality_of"] or country


def counted_nationality(nationalities: Sequence[str]) -> str:
    """One nationality counts: Dutch first among those stated together, else the first stated; empty is unknown."""
    states = [nationality_of(country) for country in nationalities]
    if NETHERLANDS in states:
        return NETHERLANDS
    return states[0] if states else ""


def region_of(nationalities: Sequence[str]) -> str:
    """The code of the region of origin; empty is unknown."""
    counted = counted_nationality(nationalities)
    return COUNTRIES.get(counted).region if counted else ""


def region_table() -> tuple[RegionRow, ...]:
    """Every country with its region: decisions about states first, then those about territories, then what follows M49."""
    rows = [
        RegionRow(
            country=row.code,
            label_nl=row.label_nl,
            label_en=row.label_en,
            region=row.region,
            m49_region=row.attributes["m49_region"],
            nationality_of=row.attributes["nationality_of"],
            reason_nl=row.attributes["reason_nl"],
            reason_en=row.attributes["reason_en"],
        )
        for row in COUNTRIES.rows.values()
    ]
    return tuple(sorted(rows, key=_place))


def _place(row: RegionRow) -> tuple[bool, bool, int, str]:
    decided = row.reason_en != ""
    territory = row.nationality_of not in ("", NETHERLANDS)
    return not decided, territory, REGIONS.codes.index(row.region), row.label_nl
