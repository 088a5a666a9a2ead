"""One row of a file to a typed report or a withdrawal, each problem with its row and column. The rules are notifications'."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from intake.batches import cells
from intake.batches.columns import BY_FIELD, COLUMNS, read_row
from intake.batches.parsing import Row
from intake.notifications import members, texts
from intake.notifications.inputs import NotificationInput, Problem
from intake.notifications.services import Verdict, preview_many

WITHDRAW = "intrekken"
_OWN_REFERENCE = BY_FIELD["own_reference"]
_REQUIRED = tuple(column for column in COLUMNS if column.required)


@dataclass(frozen=True)
class ReadRow:
    """One row with its report, or the own reference that it withdraws, or the problems that keep it from being either."""

    number: int
    notification: NotificationInput | None = None
    withdraws: str = field(default="", repr=False)
    problems: tuple[Problem, ...] = ()
    document: bool = False


def withdraws(row: Row) -> bool:
    """A cell that is neither yes nor no is no: reading the row says that it is wrong."""
    if row.cells is None:
        return isinstance(row.document, Mapping) and row.document.get(WITHDRAW) is True
    cell = row.cells.get(WITHDRAW)
    try:
        return cells.yes(cell.strip()) if cell else False
    except cells.CellError:
        return False


def own_reference(row: Row) -> str:
    if row.cells is not None:
        return texts.clean(cells.plain(row.cells.get(_OWN_REFERENCE, "")))
    said = row.document.get(members.POINTER_OF_FIELD["own_reference"], "") if isinstance(row.document, Mapping) else ""
    return texts.clean(said) if isinstance(said, str) else ""


def read(row: Row) -> ReadRow:
    is_document = row.cells is None
    if row.problems:
        return ReadRow(row.number, problems=_at_row(row.problems, row.number, {}), document=is_document)
    found = _withdrawal(row) if withdraws(row) else _of_document(row.document) if is_document else _of_cells(row.cells or {})
    if isinstance(found, NotificationInput):
        return ReadRow(row.number, notification=found, document=is_document)
    if isinstance(found, str):
        return ReadRow(row.number, withdraws=found, document=is_document)
    return ReadRow(row.number, problems=place(found, row.number, is_document), document=is_document)


def preview(rows: Sequence[ReadRow], organisation: UUID) -> list[Verdict]:
    """The dry run of rows with reports: what each would do, or its problems with row and column."""
    reports = [row.notification for row in rows if row.notification is not None]
    verdicts = preview_many(notifications=reports, organisation=organisation)
    return [
        replace(verdict, problems=place(verdict.problems, row.number, row.document)) if verdict.problems else verdict
        for row, verdict in zip(rows, verdicts, strict=True)
    ]


def place(problems: Iterable[Problem], number: int, document: bool) -> tuple[Problem, ...]:
    """The same problems where who made the file finds them: by row, and by header or JSON pointer."""
    return _at_row(problems, number, members.POINTER_OF_FIELD if document else BY_FIELD)


def _at_row(problems: Iterable[Problem], number: int, names: Mapping[str, str]) -> tuple[Problem, ...]:
    return tuple(replace(problem, field=names.get(problem.field, problem.field), row=number) for problem in problems)


def _withdrawal(row: Row) -> str | tuple[Problem, ...]:
    return own_reference(row) or (Problem("own_reference", "required"),)


def _of_cells(row: Mapping[str, str]) -> NotificationInput | tuple[Problem, ...]:
    if WITHDRAW in row:
        if wrong := _wrong_withdrawal(row[WITHDRAW]):
            return wrong
        row = {header: cell for header, cell in row.items() if header != WITHDRAW}
    found = read_row(row)
    if isinstance(found, NotificationInput):
        return found
    missing = tuple(Problem(column.field, "required") for column in _REQUIRED if not row.get(column.header, "").strip())
    return (*missing, *(problem for problem in found if problem not in missing))


def _wrong_withdrawal(cell: str) -> tuple[Problem, ...]:
    try:
        cells.yes(cell.strip())
    except cells.CellError as error:
        return (Problem(WITHDRAW, str(error)),)
    return ()


def _of_document(document: object) -> NotificationInput | tuple[Problem, ...]:
    if isinstance(document, Mapping):
        document = {name: value for name, value in document.items() if name != WITHDRAW or value is not False}
    values, problems = members.read(document)
    if problems or not values.has("report", "date"):
        return problems or (Problem("date", "required"),)
    return values.notification()
