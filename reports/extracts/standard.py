"""An extract in the fields of the Human Trafficking Case Data Standard 2.0, with extensions that say that they are ours.

The standard has no codes for what is unknown or was left out: such a cell is empty, and nlx_MissingReason says why. What was
made is checked against the standard's own list of fields, which stands beside it (CC-BY-4.0, IOM; attribution in the file).
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from intake.codes.lists import LABOUR_SECTORS
from reports.disclosure.microdata.specification import OTHER
from reports.extracts.columns import SEVERAL
from reports.extracts.contents import BLANK_CODE, UNKNOWN_CODE, Content, OutColumn
from reports.figures.rows import Text

PREFIX = "nlx_"
MISSING = "nlx_MissingReason"
_FILE = Path(__file__).parent / "standards" / "htcds.json"
_EMPTY = Text("leeg; de reden staat in nlx_MissingReason", "empty; the reason is in nlx_MissingReason")
_GENDERS = {"female": "Feminine", "male": "Masculine"}
_TYPES = {"BL-SU": "SexualExploitation", "GO-SU": "SexualExploitation", "AU": "ForcedLabour", "CU": "Other"}
_BAND = Text("Leeftijdsklasse bij de melding", "Age band at the report")
_CRIMINAL = Text(
    "Criminele uitbuiting, waarvoor de standaard geen waarde heeft", "Criminal exploitation, which the standard lacks"
)
_REASON = Text("Waarom velden leeg zijn", "Why fields are empty")
_PRESUMED = Text("Iedereen is een mogelijk slachtoffer", "Everybody is a presumed victim")

Write = Callable[[str], str]


class NotOfTheStandardError(ValueError):
    """A field or value that neither the standard nor its declared extensions know. Names the field, never the value."""


def in_the_standard(content: Content) -> Content:
    """The same rows under the standard's names. Raises NotOfTheStandardError."""
    named = {column.name: place for place, column in enumerate(content.columns)}
    fields = [(named[name], field, write, content.columns[named[name]]) for name, field, write in _FIELDS if name in named]
    rows = []
    for row in content.rows:
        values = [_value(row[place], write) for place, _, write, _ in fields]
        reasons = [f"{field}={reason}" for (_, field, _, _), (_, reason) in zip(fields, values, strict=True) if reason]
        status = ("PossibleVictimOfTrafficking",)
        rows.append((row[0], *(value for value, _ in values), *status, ";".join(reasons)))
    columns = (content.columns[0], *(_column(field, write, column) for _, field, write, column in fields), *_always(fields))
    found = Content(columns, rows, content.about)
    check(found.columns[1:])
    return found


def check(columns: Iterable[OutColumn]) -> None:
    """Every field is one of the standard that is not deprecated and identifies nobody, with its own values, or an extension."""
    for column in columns:
        if column.name.startswith(PREFIX):
            if column.name not in _extensions():
                raise NotOfTheStandardError(column.name)
            continue
        field = _standard().get(column.name)
        if field is None or field["status"] == "DEPRECATED" or field.get("our_class"):
            raise NotOfTheStandardError(column.name)
        _check_values(column, field)


def _check_values(column: OutColumn, field: Mapping[str, Any]) -> None:
    allowed = {value["name"] for value in field.get("values", ())}
    given = set(column.codes) - {""}
    if allowed and not given <= allowed:
        raise NotOfTheStandardError(column.name)
    if field.get("code_list", "").startswith("ISO 3166-1") and not all(re.fullmatch("[A-Z]{2}", code) for code in given):
        raise NotOfTheStandardError(column.name)


def _value(code: str, write: Write) -> tuple[str, str]:
    """What is written, and the reason where that is nothing."""
    if code in (UNKNOWN_CODE, BLANK_CODE):
        return "", code
    written = write(code)
    return written, "" if written else "not-in-the-standard"


def _industry(code: str) -> str:
    """The section of SBI 2008 is that of ISIC revision 4."""
    section = LABOUR_SECTORS.get(code).attributes["sbi_section"]
    names = [value["name"] for value in _standard()["vic_ForcedLabourIndustry"]["values"]]
    return next((name for name in names if section and name.startswith(f"{section}_")), "")


def _same(code: str) -> str:
    return code


_FIELDS: Sequence[tuple[str, str, Write]] = (
    ("year", "nlx_NotificationDate", _same),
    ("sex", "prs_Gender", lambda code: _GENDERS[code]),
    ("age", "nlx_AgeBand", _same),
    ("nationality", "prs_Citizenship", lambda code: "" if code == OTHER else code),
    ("form", "vic_TypeOfExploitation", lambda code: _TYPES[code]),
    ("form", "nlx_CriminalExploitation", lambda code: "TRUE" if code == "CU" else "FALSE"),
    ("labour_sector", "vic_ForcedLabourIndustry", _industry),
    ("reporter", "nlx_ReporterType", _same),
    ("legal_basis", "nlx_LegalBasis", _same),
    ("country_of_exploitation", "nlx_CountryOfExploitation", lambda code: "" if code in (OTHER, SEVERAL) else code),
)


def _column(field: str, write: Write, column: OutColumn) -> OutColumn:
    codes: dict[str, Text] = {"": _EMPTY}
    for code, text in column.codes.items():
        value = _value(code, write)[0]
        codes.setdefault(value, text if write is _same or value == code else Text(value, value))
    title = {"nlx_AgeBand": _BAND, "nlx_CriminalExploitation": _CRIMINAL}.get(field, column.title)
    return OutColumn(field, title, codes)


def _always(fields: Sequence[tuple[int, str, Write, OutColumn]]) -> tuple[OutColumn, OutColumn]:
    names = "|".join(field for _, field, _, _ in fields)
    reason = f"(?:{names})=(?:{UNKNOWN_CODE}|{BLANK_CODE}|not-in-the-standard)"
    status = OutColumn("vic_TraffickingStatus", _PRESUMED, {"PossibleVictimOfTrafficking": _PRESUMED})
    return status, OutColumn(MISSING, _REASON, pattern=f"^(?:{reason}(?:;{reason})*)?$")


@cache
def _standard() -> Mapping[str, Mapping[str, Any]]:
    return {field["name"]: field for field in json.loads(_FILE.read_text(encoding="utf-8"))["fields"]}


@cache
def _extensions() -> frozenset[str]:
    profile = json.loads(_FILE.read_text(encoding="utf-8"))["export_profile"]
    return frozenset(extension["name"] for extension in profile["extensions"])
