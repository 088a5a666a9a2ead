"""Shares of rows in the rows that they are a part of, in percent, and none of next to nothing. It counts nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from reports.figures.tables import Counts, Table

# Of fewer than this a share says more about single persons, or about the rounding, than about a course.
SMALLEST_BASE, SMALLEST_ROUNDED_BASE = 50, 200


@dataclass(frozen=True)
class Shares:
    """Percentages by column: to one decimal of exact numbers, whole ones of rounded numbers; None of too small a base."""

    year: Mapping[str, Decimal | None]
    form: Mapping[str, Decimal | None]
    all: Decimal | None


def smallest_base(*, exact: bool) -> int:
    return SMALLEST_BASE if exact else SMALLEST_ROUNDED_BASE


def shares(table: Table, *, exact: bool) -> dict[str, Shares]:
    """By the code of each row that is declared to be a part of others."""
    counts = {row.row.code: row.counts for row in table.rows}
    return {
        row.row.code: _shares(row.counts, [counts[code] for code in row.row.share_of if code in counts], exact)
        for row in table.rows
        if row.row.share_of
    }


def _shares(part: Counts, whole: Iterable[Counts], exact: bool) -> Shares:
    wholes = tuple(whole)
    return Shares(
        {column: _share(count, (one.year[column] for one in wholes), exact) for column, count in part.year.items()},
        {form: _share(count, (one.form.get(form, 0) for one in wholes), exact) for form, count in part.form.items()},
        _share(part.all, (one.all for one in wholes), exact),
    )


def _share(part: int, wholes: Iterable[int], exact: bool) -> Decimal | None:
    whole = sum(wholes)
    if whole < smallest_base(exact=exact):
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1" if exact else "1"), ROUND_HALF_UP)
