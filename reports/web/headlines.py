"""The headline numbers of the overview, each with its change since the year before. It takes them from tables as they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.figures.tables import Table
from reports.web.numbers import Change

# Figure, code of the row (None: the total), name of the headline where the row's own does not do.
HEADLINES: tuple[tuple[str, str | None, str | Promise], ...] = (
    ("2.1", "base", _("Victims in the base population")),
    ("2.1", "registered", _("All who are registered")),
    ("2.11", None, _("Reports, one per victim and reporter group")),
    ("2.7", "GO-SU", _("Cross-border sexual exploitation (GO-SU)")),
    ("2.7", "BL-SU", _("Domestic sexual exploitation (BL-SU)")),
    ("2.7", "AU", _("Labour exploitation (AU)")),
    ("2.7", "CU", _("Criminal exploitation (CU)")),
    ("2.10", "minor", _("Minors")),
    ("2.8", "female", _("Women and girls")),
)
FIGURES = tuple(dict.fromkeys(figure for figure, _row, _name in HEADLINES))


@dataclass(frozen=True)
class Headline:
    """change is None in the first year of the register."""

    figure: str
    name: str | Promise
    number: int
    change: Change | None


@dataclass(frozen=True)
class Headlines:
    """Of one year, compared with the year before. running: a year that is not over, with its base population so far."""

    year: int
    items: tuple[Headline, ...]
    running: int | None = None
    so_far: int = 0

    @property
    def before(self) -> int:
        return self.year - 1


def headlines(tables: Mapping[str, Table], this_year: int, *, exact: bool) -> Headlines | None:
    """Of the last year with anything registered that is over, if there is one; None where nothing is registered.

    An edition may be without a figure that was declared later: it has no headline.
    """
    if "2.1" not in tables:
        return None
    base = _numbers(tables["2.1"], "base")
    counted = [int(year) for year in base if _any(tables["2.1"], year)]
    if not counted:
        return None
    year = max((one for one in counted if one < this_year), default=this_year)
    items = tuple(_headlines(tables, str(year), str(year - 1), exact))
    if year == this_year or this_year not in counted:
        return Headlines(year, items)
    return Headlines(year, items, this_year, base[str(this_year)])


def _headlines(tables: Mapping[str, Table], year: str, before: str, exact: bool) -> Iterable[Headline]:
    for figure, row, name in HEADLINES:
        if figure not in tables:
            continue
        numbers = _numbers(tables[figure], row)
        change = Change(numbers[year], numbers[before], exact) if before in numbers else None
        yield Headline(figure, name, numbers[year], change)


def _any(table: Table, year: str) -> bool:
    return any(row.counts.year[year] for row in table.rows)


def _numbers(table: Table, code: str | None) -> Mapping[str, int]:
    if code is None:
        return table.total.year if table.total else {}
    return next(row.counts.year for row in table.rows if row.row.code == code)
