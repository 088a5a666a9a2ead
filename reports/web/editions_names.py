"""What editions, their states, steps and cells are called on a page. It knows no edition."""

from collections.abc import Iterable, Mapping

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intake.codes.lists import FORMS
from reports.editions.revisions import EVERYBODY, TOTAL, Axis, CellPlace, Revised, Why
from reports.editions.selectors import Listed
from reports.editions.trends import WHOLE
from reports.editions.workflow import State
from reports.figures.declaring import Figure
from reports.figures.definitions import BY_ID
from reports.figures.rows import UNKNOWN_ROW, Row
from reports.figures.tables import Table
from reports.web.presentation import figure_name

STATES = {
    State.FROZEN: (_("Frozen, not published"), "yellow"),
    State.PUBLISHED: (_("Public"), "green"),
    State.SUPERSEDED: (_("Superseded"), "grey"),
    State.WITHDRAWN: (_("Withdrawn"), "red"),
}
STEPS = {
    State.PUBLISHED: (
        _("Publish this edition"),
        _("Everybody who reads figures sees it, in the place of the one before."),
        "publish",
    ),
    State.WITHDRAWN: (_("Withdraw this edition"), _("Its figures are not shown any more. It cannot be undone."), "withdraw"),
}
WHY = {
    Why.DEFINITIONS: _("definitions, withdrawals"),
    Why.WITHDRAWAL: _("withdrawal"),
    Why.CORRECTION: _("correction"),
    Why.SPLIT: _("split"),
    Why.LINK: _("link"),
    Why.LATE_REPORT: _("late report"),
}
# The field of the form that an error is about; others stand above it.
FIELDS = {"name": "name", "name-taken": "name", "period": "last_year", "cutoff": "cutoff"}


def facts(one: Listed, digest: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = [
        {"label": _("Years of the figures"), "value": f"{one.first_year}-{one.last_year}"},
        {"label": _("Reports recorded until"), "value": date_format(localtime(one.cutoff), "DATETIME_FORMAT")},
        {"label": _("Frozen on"), "value": date_format(localtime(one.frozen), "DATETIME_FORMAT")},
    ]
    if one.published:
        rows.append({"label": _("Published on"), "value": date_format(localtime(one.published), "DATETIME_FORMAT")})
    if one.reason:
        rows.append({"label": _("Reason"), "value": one.reason})
    if digest:
        rows.append({"label": _("SHA-256 of the file"), "value": digest})
    return rows


def figures(tables: Mapping[str, Table]) -> list[tuple[str, str | Promise, str]]:
    return [(identifier, figure_name(table.figure), _title(table.figure)) for identifier, table in tables.items()]


def cells(found: Iterable[Revised], tables: Mapping[str, Table]) -> list[dict[str, object]]:
    return [
        {
            "figure": figure_name(tables[one.place.figure].figure),
            "row": _row(one.place, tables[one.place.figure]),
            "column": _column(one.place, tables[one.place.figure]),
            "was": one.was,
            "now": one.now,
            "why": [(WHY[why], effect) for why, effect in one.why.items()],
        }
        for one in found
        if one.place.figure in tables
    ]


def row_label(row: Row | None, language: str) -> str | Promise:
    return _("total") if row is None else row.label.in_language(language)


def column_name(code: str) -> str | Promise:
    return _("all") if code == WHOLE else code


def _title(figure: Figure) -> str:
    return figure.title.in_language(_language())


def _row(place: CellPlace, table: Table) -> str | Promise:
    if place.row == EVERYBODY:
        return _("distinct persons")
    if place.row == TOTAL:
        return _("total")
    listed = next((row.row for row in table.rows if row.row.code == place.row), None)
    return (listed or BY_ID.get(place.figure, table.figure).row(place.row)).label.in_language(_language())


def _column(place: CellPlace, table: Table) -> str | Promise:
    if place.axis == Axis.FORM:
        return FORMS.label(place.column, _language()) if place.column else UNKNOWN_ROW.label.in_language(_language())
    if place.axis == Axis.YEAR:
        return place.column
    return f"{table.columns[0]}-{table.columns[-1]}" if len(table.columns) > 1 and not table.figure.periods else _("all")


def _language() -> str:
    return get_language() or "nl"
