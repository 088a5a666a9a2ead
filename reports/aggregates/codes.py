"""The closed lists of aggregate deliveries: sources, phases, forms, measures. Plain data; no list is mapped to another."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from intake.codes import lists
from intake.codes.lists import CodeList

DATA = Path(__file__).parent / "data"


class Kind(StrEnum):
    OFFENDERS = "offenders"
    RESIDENCE = "residence"


def _list(name: str) -> CodeList:
    return lists.read(DATA / f"{name}.csv")


SOURCES = _list("sources")
UNITS = _list("counting-units")
MEASURES = _list("measures")
QUALIFIERS = _list("qualifiers")
PHASES: Mapping[Kind, CodeList] = MappingProxyType(
    {Kind.OFFENDERS: _list("offender-phases"), Kind.RESIDENCE: _list("residence-phases")}
)
NO_FORMS = CodeList("no-forms", "1", MappingProxyType({}))
FORMS: Mapping[str, CodeList] = MappingProxyType(
    {"": NO_FORMS, "four-forms": _list("four-forms"), "three-forms": _list("three-forms")}
)

COUNT, YEARLY_MEAN, SHARE, PASSED, DAYS, MONTHS = MEASURES.codes
EXACT, ABOUT, MORE, LESS, UNKNOWN = QUALIFIERS.codes
PREVALENCE = "prevalentie"


def kind_of(source: str) -> Kind:
    return Kind(SOURCES.get(source).attributes["kind"])


def sources_of(kind: Kind) -> tuple[str, ...]:
    return tuple(code for code in SOURCES.codes if kind_of(code) == kind)


def phases_of(source: str) -> CodeList:
    return PHASES[kind_of(source)]


def forms_of(source: str) -> CodeList:
    """The source's own list; empty where it divides nothing by form."""
    return FORMS[SOURCES.get(source).attributes["forms"]]


def units_of(source: str) -> CodeList:
    kind = kind_of(source)
    rows = {code: row for code, row in UNITS.rows.items() if row.attributes["kind"] == kind}
    return CodeList(UNITS.scheme, UNITS.version, MappingProxyType(rows))


def is_percentage(measure: str) -> bool:
    return MEASURES.get(measure).attributes["percent"] == "yes"
