"""Reads BRP table 33 (municipalities) as the Rijksdienst voor Identiteitsgegevens publishes it, for the list's generator.

It keeps what existed on or after the first day of the register; it is used by developers and never while serving.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

FIRST_DAY = date(2015, 1, 1)
CODE, NAME, BEGIN, END = "92.10 Gemeentecode", "92.11 Omschrijving", "99.98 Datum ingang", "99.99 Datum einde"
NOT_A_MUNICIPALITY = ("0000", "1999")


def municipalities(lines: Iterable[str], *, version: str, regions: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Rows for municipalities.csv, in the order of their code; regions are not in the table, so they are given by code."""
    for row in sorted(csv.DictReader(lines), key=lambda row: row[CODE]):
        begin, end = _day(row[BEGIN]), _day(row[END])
        if row[CODE] in NOT_A_MUNICIPALITY or (end is not None and end <= FIRST_DAY):
            continue
        yield {
            "scheme": "municipalities",
            "version": version,
            "code": f"GM{row[CODE]}",
            "label_nl": row[NAME],
            "label_en": row[NAME],
            "region": regions.get(f"GM{row[CODE]}", ""),
            "valid_from": begin.isoformat() if begin is not None and begin >= FIRST_DAY else "",
            "valid_to": end.isoformat() if end is not None else "",
        }


def _day(text: str) -> date | None:
    return date(int(text[:4]), int(text[4:6]), int(text[6:8])) if text else None
