"""What each column of a file of aggregates may hold, for a person. The rules themselves are in reports.aggregates."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.codes.lists import CodeList
from reports.aggregates import codes
from reports.aggregates.columns import CAVEAT, COLUMNS, FOOTNOTE, NEEDED, VALUE
from reports.web.aggregate_texts import language

MEANINGS: dict[str, str | Promise] = {
    "soort": _("What the row holds: a value, a footnote, or a caveat on all values"),
    "fase": _("The phase of the chain"),
    "vorm": _("The form, in the list of the source; empty for all forms together"),
    "van": _("The year, or the first year of a period"),
    "tot": _("The last year of a period; empty for one year"),
    "maat": _("What is measured"),
    "teleenheid": _("What is counted"),
    "aanduiding": _("How the source gives the number; empty for exactly"),
    "waarde": _("The number as it was published; empty for what was published as unknown"),
    "waarde_tot": _("The end of a range"),
    "breuk": _("ja where a series begins anew and cannot be set against the years before"),
    "voetnoten": _("The numbers of the footnotes of this value, with | between them"),
    "vindplaats": _("Where the number stands in the publication: page, table or figure"),
    "nummer": _("The number of a footnote"),
    "tekst_nl": _("The text in Dutch"),
    "tekst_en": _("The text in English"),
}


@dataclass(frozen=True)
class ColumnView:
    header: str
    meaning: str | Promise
    needed_of: str
    values: tuple[str, ...]


def guide() -> list[ColumnView]:
    return [ColumnView(header, MEANINGS[header], _needed(header), tuple(_values(header))) for header in COLUMNS]


def _needed(header: str) -> str:
    if header == "soort":
        return ", ".join(NEEDED)
    return ", ".join(kind for kind, columns in NEEDED.items() if header in columns)


def _values(header: str) -> list[str]:
    if header == "soort":
        return [VALUE, FOOTNOTE, CAVEAT]
    lists: dict[str, tuple[CodeList, ...]] = {
        "fase": tuple(codes.PHASES.values()),
        "vorm": tuple(codes.FORMS.values()),
        "maat": (codes.MEASURES,),
        "teleenheid": (codes.UNITS,),
        "aanduiding": (codes.QUALIFIERS,),
    }
    return [f"{row.code} ({row.label(language())})" for known in lists.get(header, ()) for row in known.rows.values()]
