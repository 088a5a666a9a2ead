"""Published values as a download: CSV, XLSX or JSON of exactly what a page shows. It decides nothing about who may."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.http import Http404, HttpResponse
from django.urls import reverse

from reports.aggregates import writing
from reports.aggregates.contents import Contents, Value
from reports.aggregates.selectors import Published, part_of
from reports.aggregates.writing import Part
from reports.web.aggregate_texts import language

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def files(page: str, **arguments: object) -> list[tuple[str, str]]:
    """What a page links to: each kind of file with its address."""
    return [(ending.upper(), reverse(page, kwargs=arguments | {"ending": ending})) for ending in KINDS]


def cut(found: Published, values: Sequence[Value]) -> Part:
    """Only these values, with the footnotes that they have and the caveats of the whole."""
    used = {number for value in values for number in value.footnotes}
    notes = tuple(note for note in found.contents.notes if not note.number or note.number in used)
    return replace(part_of(found), contents=Contents(tuple(values), notes))


def answer(parts: Sequence[Part], ending: str, name: str, *, columns: Sequence[str] = writing.WITH_SOURCE) -> HttpResponse:
    makers: dict[str, Callable[[], bytes]] = {
        "csv": lambda: writing.as_csv(parts, columns=columns),
        "xlsx": lambda: writing.as_workbook(parts, language()),
        "json": lambda: writing.as_json(parts),
    }
    if ending not in makers:
        raise Http404
    disposition = f'attachment; filename="{name}.{ending}"'
    return HttpResponse(makers[ending](), content_type=KINDS[ending], headers={"Content-Disposition": disposition})
