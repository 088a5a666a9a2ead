"""The reference register as it is counted, put in the counters at once; and the tables of a page or workbook, read back.

What is read comes under the keys of tests.unit.reports.tally: figure, row, axis, column, in the publication's English names.
"""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import unescape

import openpyxl

from intake.codes.lists import COUNTRIES
from reports.figures import storage
from reports.figures.cells import PERSONS, Cell
from reports.figures.compute import counters_of
from reports.figures.declaring import Figure
from reports.models import Progress
from reports.personyears.derive import derive
from reports.personyears.merge import merge
from tests.reference_register import facts_by_person_year
from tests.unit.reports.tally import Cells

Grid = Sequence[Sequence[str]]
CLOSING = {"totaal": "total", "gemiddelde leeftijd": "mean age"}
COLUMNS = {"onbekend": "unknown", "alle": "all"}
RANKED = re.compile(r"(.*) \((\d+)\)")
SHARE = re.compile(r" \([\d.,]+\s?%\)$")


@cache
def reference_counters() -> Mapping[Cell, int]:
    counted = [(person, year, derive(merge(found))) for (person, year), found in facts_by_person_year().items()]
    persons = {(person, population) for person, _year, one in counted for population in one.populations}
    return counters_of((year, one) for _person, year, one in counted) + Counter(
        Cell(PERSONS, population, 0, "") for _person, population in persons
    )


def count_the_reference_register() -> None:
    """Without its contributions: how those come to be counters is tested where that is done."""
    Progress.objects.get_or_create(pk=1)
    storage.add_to_counters(reference_counters())


def cells_of_page(figure: Figure, page: str, language: str) -> Cells:
    found: Cells = {}
    for grid in _tables(page):
        found.update(_cells(figure, grid, language))
    return found


def cells_of_workbook(figure: Figure, content: bytes, language: str) -> Cells:
    """Numbers in a workbook are numbers; a rank has a column of its own."""
    found: Cells = {}
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    for sheet in book.worksheets[:-1]:
        rows = [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(min_row=3, values_only=True)]
        for row in rows:
            assert not [cell for cell in row[1:] if isinstance(cell, str) and cell] or row is rows[0]
        found.update(_cells(figure, list(_together(rows)), language, plain=True))
    return found


def _together(rows: Sequence[Sequence[object]]) -> Iterator[list[str]]:
    """Ranks back beside their numbers, as on a page; shares are left out."""
    ranks = [place for place, name in enumerate(rows[0]) if re.search(r"\((rank|rang)\)$", str(name))]
    shares = [place for place, name in enumerate(rows[0]) if re.search(r"\((share|aandeel) in %\)$", str(name))]
    for row in rows:
        yield [
            f"{cell} ({row[place + 1]})" if place + 1 in ranks and row is not rows[0] and row[place + 1] != "" else str(cell)
            for place, cell in enumerate(row)
            if place not in (*ranks, *shares)
        ]


def _tables(page: str) -> Iterator[Grid]:
    for table in re.findall(r'<table class="govuk-table baken-table--compact">.*?</table>', page, re.DOTALL):
        yield [_row(row) for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)]


def _row(row: str) -> list[str]:
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
    return ["" if "aria-hidden" in cell else unescape(re.sub(r"<[^>]+>", "", cell)) for cell in cells]


def _cells(figure: Figure, grid: Grid, language: str, *, plain: bool = False) -> Cells:
    head, *rows = grid
    names = _names(figure, language)
    found: Cells = {}
    for name, *values in rows:
        row = names.get(name, CLOSING.get(name, name))
        for column, value in zip(head[1:], values, strict=True):
            ranked = RANKED.fullmatch(value)
            number = ranked[1] if ranked else SHARE.sub("", value)
            for place in _places(figure, column, whole=column == head[-1]):
                if number and (read := _number(number, "en" if plain else language)):
                    found[(figure.id, row, *place)] = read
                if ranked:
                    found[(figure.id, f"rank {row}", *place)] = int(ranked[2])
    return found


def _names(figure: Figure, language: str) -> dict[str, str]:
    rows = [figure.row(code) for code in ("", *COUNTRIES.codes)] if figure.ranked else figure.rows
    return {row.label.in_language(language): row.name for row in rows}


def _places(figure: Figure, column: str, *, whole: bool) -> Iterable[tuple[str, str]]:
    name = COLUMNS.get(column, column)
    if figure.imputed:
        return [("", name), ("", "all")] if whole else [("", name)]
    if whole:
        return [("", "all")]
    if not figure.by_form:
        return [("", name)]
    return [("year" if name.isdecimal() else "form", name)]


def _number(text: str, language: str) -> float:
    thousands, decimals = (".", ",") if language == "nl" else (",", ".")
    return float(text.replace(thousands, "").replace(decimals, "."))
