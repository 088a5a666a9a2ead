"""An estimate as a file. What is in it is what its page shows: exact counts of persons are left out, rounded ones stand in.

Totals of models are functions of the exact counts: written with a decimal, a few of them give every small count away.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from reports.prevalence.selectors import RunView
from reports.web.estimate_presentation import Line, Plain, bic_above, estimate_view
from reports.web.estimate_sectors import FIVE, sectors_view
from reports.web.estimate_texts import HUNDRED
from safeguards.spreadsheets import neutral

EXACT = frozenset(
    ("observed", "seen_once", "seen_twice", "known", "of", "stratified", "stratified_covered", "empty_persons", "reasons")
)
# The page does not show them, and each is a function of the exact counts.
NOT_SHOWN = frozenset(("lowest_aic", "chao", "aic", "bic", "alone", "between"))


def json_file(run: RunView, result: Mapping[str, Any]) -> bytes:
    """Reasons go by their codes: their sentences may name a count."""
    about = {
        "run": str(run.id),
        "asked": run.asked.isoformat(),
        "as_of": run.as_of.isoformat(),
        "code": run.code,
        "parameters": run.parameters.to_json(),
    }
    return _dumped(about | {"result": _shown(result, FIVE if run.of_sectors else HUNDRED)})


def csv_file(run: RunView, result: Mapping[str, Any]) -> bytes:
    """What the page says in tables, then the text for a report; with a mark, so that spreadsheets see UTF-8."""
    written = io.StringIO()
    writer = csv.writer(written)
    if run.of_sectors:
        sectors = sectors_view(result)
        _write_tables(writer, (sectors.visibility, sectors.sectors, sectors.quality))
    else:
        _write_estimate(writer, run, result)
    return ("\ufeff" + written.getvalue()).encode()


def _write_estimate(writer: Any, run: RunView, result: Mapping[str, Any]) -> None:
    view = estimate_view(run, result)
    parts: list[tuple[str, tuple[Line, ...]]] = [(_("Estimate"), (view.whole, *view.years)), *view.sensitivity]
    if view.strata_total:
        parts.append((_("Strata"), (*view.strata, view.strata_total)))
    for title, lines in parts:
        writer.writerow([neutral(title)])
        writer.writerows([[neutral(str(cell)) for cell in (one.name, one.status, one.words, one.why)] for one in lines])
    _write_tables(writer, (view.models, view.lists, view.combinations))
    writer.writerows([[neutral(sentence)] for sentence in view.text])


def _write_tables(writer: Any, tables: Iterable[Plain | None]) -> None:
    for table in filter(None, tables):
        writer.writerow([neutral(table.caption)])
        writer.writerows([[neutral(cell) for cell in row] for row in (table.head, *table.rows)])


def exact_file(table: Mapping[str, Any]) -> bytes:
    return _dumped(dict(table))


ENDINGS: Mapping[str, Callable[[RunView, Mapping[str, Any]], bytes]] = {"json": json_file, "csv": csv_file}


def _shown(value: Any, grid: int) -> Any:
    if isinstance(value, Mapping):
        return {name: _shown_under(name, one, grid) for name, one in value.items() if name not in EXACT | NOT_SHOWN}
    return [_shown(one, grid) for one in value] if isinstance(value, list) else value


def _shown_under(name: str, value: Any, grid: int) -> Any:
    """Numbers as the page has them: totals to the grid, limits to the grid and outwards, BIC above the lowest."""
    if value is None:
        return None
    if name == "total":
        return round(value / grid) * grid
    if name in ("interval", "range"):
        low, high = value
        return [int(low // grid * grid), int(-(-high // grid) * grid)]
    if name == "near_best":
        return [_shown(one, grid) | {"bic_above": bic_above(one, value)} for one in value]
    if name == "quality":
        shown = _shown(value, grid)
        return shown | {"effective": int(shown["effective"]), "largest": round(shown["largest"], 1)}
    return _shown(value, grid)


def _dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
