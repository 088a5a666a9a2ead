"""Published values as files: CSV that can be uploaded again, a workbook, JSON. The same values give the same bytes.

Every file names its source, and carries the footnotes and caveats: a number does not travel without them.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from intake.codes.lists import CodeList
from reports.aggregates import codes
from reports.aggregates.columns import CAVEAT, COLUMNS, FOOTNOTE, VALUE
from reports.aggregates.contents import Contents, Note, Value
from safeguards.spreadsheets import neutral

SOURCE = "bron"
WITH_SOURCE = (SOURCE, *COLUMNS)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_CREATED = datetime.fromisoformat("2026-01-01")
_NUMBERS = ("waarde", "waarde_tot")


@dataclass(frozen=True)
class Part:
    """What is written of one delivery."""

    source: str
    delivery: str
    accepted: datetime | None
    contents: Contents


def as_csv(parts: Iterable[Part], *, columns: Sequence[str] = WITH_SOURCE) -> bytes:
    """UTF-8 with a mark and semicolons. With COLUMNS it is what an upload takes, of one part."""
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, columns, delimiter=";", lineterminator="\r\n", restval="", extrasaction="ignore")
    writer.writeheader()
    for row in rows(parts):
        writer.writerow({column: neutral(str(cell)) for column, cell in row.items()})
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def as_workbook(parts: Iterable[Part], language: str) -> bytes:
    content = io.BytesIO()
    with Workbook(content, _OPTIONS) as book:
        book.set_properties({"title": "Baken", "created": _CREATED})
        sheet = book.add_worksheet("Cijfers" if language == "nl" else "Values")
        bold = book.add_format({"bold": True})
        for place, column in enumerate(WITH_SOURCE):
            sheet.set_column(place, place, 18)
            sheet.write_string(0, place, column, bold)
        for number, row in enumerate(rows(parts, language), start=1):
            _write(sheet, number, row)
        sheet.freeze_panes(1, 0)
    return content.getvalue()


def as_json(parts: Iterable[Part]) -> bytes:
    return json.dumps({"bronnen": as_plain(parts)}, ensure_ascii=False, indent=1).encode()


def as_plain(parts: Iterable[Part]) -> list[dict[str, Any]]:
    return [_part(part) for part in parts]


def _write(sheet: Worksheet, number: int, row: Mapping[str, Any]) -> None:
    for place, column in enumerate(WITH_SOURCE):
        cell = row.get(column, "")
        if column in _NUMBERS and cell != "":
            sheet.write_number(number, place, float(str(cell).replace(",", ".")))
        elif cell != "":
            sheet.write_string(number, place, str(cell))


def rows(parts: Iterable[Part], language: str = "") -> Iterator[dict[str, str]]:
    """By column of WITH_SOURCE, each value and note; with a language labels instead of codes."""
    for part in parts:
        source = _shown(codes.SOURCES, part.source, language)
        for value in part.contents.values:
            yield {SOURCE: source, **_value_row(part.source, value, language)}
        for note in part.contents.notes:
            yield {SOURCE: source, **_note_row(note)}


def _value_row(source: str, value: Value, language: str) -> dict[str, str]:
    return {
        "soort": VALUE,
        "fase": _shown(codes.phases_of(source), value.phase, language),
        "vorm": _shown(codes.forms_of(source), value.form, language),
        "van": str(value.first_year),
        "tot": str(value.last_year) if value.last_year != value.first_year else "",
        "maat": _shown(codes.MEASURES, value.measure, language),
        "teleenheid": _shown(codes.UNITS, value.unit, language),
        "aanduiding": _shown(codes.QUALIFIERS, value.qualifier, language),
        "waarde": number(value.low),
        "waarde_tot": number(value.high),
        "breuk": "ja" if value.breaks else "",
        "voetnoten": "|".join(value.footnotes),
        "vindplaats": value.place,
    }


def _note_row(note: Note) -> dict[str, str]:
    kind = FOOTNOTE if note.number else CAVEAT
    return {"soort": kind, "nummer": note.number, "tekst_nl": note.nl, "tekst_en": note.en}


def number(value: Decimal | None) -> str:
    """As it was published: whole where it is whole, else with a decimal comma."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else f"{value:.1f}".replace(".", ",")


def _shown(known: CodeList, code: str, language: str) -> str:
    return known.get(code).label(language) if language and code else code


def _part(part: Part) -> dict[str, Any]:
    source = codes.SOURCES.get(part.source)
    return {
        "bron": _labelled(codes.SOURCES, part.source),
        "soort": source.attributes["kind"],
        "levering": part.delivery,
        "aanvaard": part.accepted.astimezone(UTC).isoformat(timespec="seconds") if part.accepted else None,
        "waarden": [_value(part.source, value) for value in part.contents.values],
        "voetnoten": [{"nummer": note.number, "nl": note.nl, "en": note.en} for note in part.contents.footnotes],
        "kanttekeningen": [{"nl": note.nl, "en": note.en} for note in part.contents.caveats],
    }


def _value(source: str, value: Value) -> dict[str, Any]:
    return {
        "fase": _labelled(codes.phases_of(source), value.phase),
        "vorm": _labelled(codes.forms_of(source), value.form),
        "van": value.first_year,
        "tot": value.last_year,
        "maat": _labelled(codes.MEASURES, value.measure),
        "teleenheid": _labelled(codes.UNITS, value.unit),
        "aanduiding": value.qualifier,
        "waarde": _json_number(value.low),
        "waarde_tot": _json_number(value.high),
        "breuk": value.breaks,
        "voetnoten": list(value.footnotes),
        "vindplaats": value.place,
    }


def _json_number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _labelled(known: CodeList, code: str) -> dict[str, str] | None:
    if not code:
        return None
    row = known.get(code)
    return {"code": code, "nl": row.label_nl, "en": row.label_en}
