"""The name of a cell: the conditions that it counts under, the same in every figure that shows it. It counts nothing.

The base population of 2019 is one cell, whether it is the total of Figure 2.7 or a row of Figure 2.1; so it is rounded once.
"""

from dataclasses import dataclass

from reports.figures.declaring import SIGNAL, Figure, Unit
from reports.figures.tables import Table
from reports.personyears.derive import Counted

EVERY_ROW = None
# Anonymous signals, which are no population of persons.
SIGNALS = "signals"
# Its rows are reports by each group, and below those what they leave open.
REPORTS_AND_GAPS = "reports_and_gaps"


@dataclass(frozen=True)
class Place:
    """Where a number stands in a figure: row EVERY_ROW is the total. years is a year or a period."""

    row: str | None
    years: str
    form: str | None = None


def conditions(figure: Figure, place: Place) -> dict[str, str]:
    """What the number at this place counts under, by dimension."""
    found = conditions_of_everybody(figure, place.years)
    if figure.imputed and place.row is not EVERY_ROW:
        found["imputed"] = figure.id
    if place.form is not None:
        found["form"] = place.form
    _add_row(figure, place.row, found)
    return found


def conditions_of_everybody(figure: Figure, years: str) -> dict[str, str]:
    among = {"type": figure.among} if figure.among else {}
    return {"population": str(figure.population), "years": years} | among


def whole(table: Table) -> str:
    """The years over which the last column of a table counts."""
    if not table.columns or table.figure.imputed:
        return table.columns[-1] if table.columns else ""
    first, last = table.columns[0], table.columns[-1]
    return first if first == last else f"{first}-{last}"


def _add_row(figure: Figure, row: str | None, conditions: dict[str, str]) -> None:
    if row is EVERY_ROW:
        if figure.imputed or figure.known_only or figure.unit != Unit.PERSON_YEARS or has_several(figure.counts):
            conditions["any"] = f"{figure.id if figure.imputed else figure.counts}"
    elif figure.counts == "populations":
        conditions["population"] = row
    elif row.startswith(SIGNAL):
        conditions |= {"population": SIGNALS, f"signal {figure.signals_by}": row.removeprefix(SIGNAL)}
    elif figure.counts == REPORTS_AND_GAPS:
        group, _, gap = row.partition(":")
        conditions |= {"groups": group} | ({"gap": gap} if gap else {})
    else:
        conditions[figure.counts] = row


def one_table_a_row(figure: Figure) -> bool:
    """Its rows count under conditions of different kinds, so that they are no codes of one dimension."""
    return figure.counts in ("populations", REPORTS_AND_GAPS) or bool(figure.signals_by)


def has_several(dimension: str) -> bool:
    """A person-year can have several values of it, or none: then a sum over rows is no number of person-years."""
    return not isinstance(getattr(Counted(population="base"), dimension), str)
