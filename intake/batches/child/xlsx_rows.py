"""A workbook's sheet to lines of texts, in one pass and in little memory. Formulas count by the value they last had.

Dates become dd-mm-yyyy, whole numbers lose their point, texts stay as they are; an error in a cell is a problem, not nothing.
"""

from collections.abc import Iterator

from intake.batches.child import markup, tables, texts, workbook
from intake.batches.child.archives import Archive
from intake.batches.child.frames import LONGEST_CELL, MOST_COLUMNS, Frames, RefusedError, Template, Understood
from intake.batches.child.markup import Patience
from intake.batches.child.tables import Line
from intake.batches.child.texts import SharedTexts
from intake.batches.child.values import Values, whole
from intake.batches.child.workbook import Sheet, Workbook

LAST_ROW = 1_048_576
_DIGITS = "0123456789"
_CELL, _ROW, _FORMULA, _ASIDE = range(1, 5)
_KINDS = {
    f"{space} {name}".strip(): kind
    for space in texts.SPACES
    for name, kind in (("c", _CELL), ("row", _ROW), ("f", _FORMULA), ("rPh", _ASIDE))
}


def frames(archive: Archive, template: Template) -> Frames:
    archive.check_contents()
    patience = Patience()
    book = workbook.read(archive, patience)
    shared = texts.shared_texts(archive, book.texts, patience)
    version = _version(archive, book, shared, template, patience)
    if version not in ("", template.version):
        raise RefusedError("other-version")
    lines = _lines(archive, book.rows_sheet(template.sheet), _Cells(book, shared), patience)
    yield from tables.frames(lines, template, Understood("xlsx", version=version))


def _version(archive: Archive, book: Workbook, shared: SharedTexts, template: Template, patience: Patience) -> str:
    """The one cell of the hidden sheet that our template carries."""
    sheet = book.hidden_sheet(template.version_sheet)
    lines = _lines(archive, sheet, _Cells(book, shared), patience) if sheet else iter(())
    _, cells, _ = next(lines, (0, ("",), ()))
    return cells[0]


def _lines(archive: Archive, sheet: Sheet, cells: "_Cells", patience: Patience) -> Iterator[Line]:
    reader = markup.parse(archive.pieces(sheet.part), patience, start=cells.start, end=cells.end, text=cells.pieces.append)
    for _ in reader:
        if cells.lines:
            patience.reward()
            yield from cells.lines
            cells.lines.clear()
        if len(cells.pieces) > texts.MOST_PIECES:
            raise RefusedError("cell-too-long")


class _Cells:
    """Takes the events of one sheet; whole rows come to lie in lines. A cell is worth what it holds when it ends."""

    def __init__(self, book: Workbook, shared: SharedTexts) -> None:
        self.lines: list[Line] = []
        self.pieces: list[str] = []
        self._values = Values(book, shared)
        self._columns: dict[str, int] = {}
        self._number = 0
        self._row: list[str] = []
        self._problems: list[tuple[int, str]] = []
        self._column = -1
        self._attributes: dict[str, str] = {}
        self._formula = False
        self._kept = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = _KINDS.get(name)
        if kind == _CELL:
            self._attributes = attributes
            self._formula = False
            self.pieces.clear()
        elif kind == _ROW:
            self._begin_row(attributes)
        elif kind == _ASIDE:
            self._kept = len(self.pieces)

    def end(self, name: str) -> None:
        kind = _KINDS.get(name)
        if kind == _CELL:
            self._end_cell()
        elif kind == _ROW:
            self.lines.append((self._number, self._row, self._problems))
        elif kind == _FORMULA:
            self._formula = True
            self.pieces.clear()
        elif kind == _ASIDE:
            del self.pieces[self._kept :]

    def _begin_row(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        number = whole(reference) if reference else self._number + 1
        if not self._number < number <= LAST_ROW:
            raise RefusedError("too-many-rows" if number > LAST_ROW else "broken-workbook", row=self._number)
        self._number, self._column = number, -1
        self._row, self._problems = [], []

    def _end_cell(self) -> None:
        attributes, pieces = self._attributes, self.pieces
        column = self._place(attributes.get("r"))
        if pieces:
            text = self._values.text(attributes, pieces[0] if len(pieces) == 1 else "".join(pieces))
            if text is None:
                self._problem(column, "error-cell")
            elif text:
                self._keep(column, text)
        elif self._formula and attributes.get("t") != "str":
            self._problem(column, "formula-without-value")

    def _keep(self, column: int, text: str) -> None:
        row = self._row
        missing = column - len(row)
        if missing < 0:
            raise RefusedError("broken-workbook", row=self._number)
        if len(text) > LONGEST_CELL:
            raise RefusedError("cell-too-long", row=self._number, place=tables.letters(column))
        if column >= MOST_COLUMNS:
            self._problem(column, "too-many-cells")
            return
        if missing:
            row.extend([""] * missing)
        row.append(text)

    def _place(self, reference: str | None) -> int:
        if reference is None:
            self._column += 1
            return self._column
        name = reference.rstrip(_DIGITS)
        place = self._columns.get(name)
        if place is None:
            place = self._columns[name] = tables.place(name)
        self._column = place
        return place

    def _problem(self, column: int, code: str) -> None:
        if len(self._problems) < MOST_COLUMNS:
            self._problems.append((column, code))
