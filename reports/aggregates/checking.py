"""From lines of a file to a delivery's contents, or every rule that is broken and where. All or nothing; it keeps nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from intake.tables import Line
from reports.aggregates import codes
from reports.aggregates.columns import NEEDED, VALUE, Broken, misplaced, note_of, value_of
from reports.aggregates.contents import Contents, Note, Value


@dataclass(frozen=True)
class Problem:
    """line is that of the file, the headers on line 1; 0 is the file as a whole. Never a value."""

    line: int
    column: str
    code: str


def checked(source: str, lines: Iterable[Line], *, this_year: int) -> Contents | tuple[Problem, ...]:
    """Raises nothing: whatever the lines hold is contents or problems."""
    found: list[Value | Note] = []
    problems: list[Problem] = []
    for line in lines:
        read = _read(source, line)
        if isinstance(read, Value | Note):
            found.append(read)
        else:
            problems += [Problem(line.number, column, code) for column, code in read]
    values = tuple(one for one in found if isinstance(one, Value))
    notes = tuple(one for one in found if isinstance(one, Note))
    problems += [Problem(value.line, column, code) for value in values for column, code in _broken(value, source, this_year)]
    # Footnotes of a row that cannot be read would seem to be missing.
    problems += _across(values, notes, whole=not problems)
    if not problems and not values:
        problems.append(Problem(0, "", "no-values"))
    return tuple(sorted(problems, key=lambda one: one.line)) if problems else Contents(values, notes)


def _read(source: str, line: Line) -> Value | Note | tuple[Broken, ...]:
    if line.problems:
        return line.problems
    kind = line.cells.get("soort", "").casefold()
    if kind not in NEEDED:
        return (("soort", "unknown-code" if kind else "required"),)
    if wrong := tuple(misplaced(kind, line.cells)):
        return wrong
    return value_of(source, line.number, line.cells) if kind == VALUE else note_of(line.number, line.cells)


def _broken(value: Value, source: str, this_year: int) -> Iterator[Broken]:
    if value.last_year < value.first_year:
        yield "tot", "before-begin-year"
    if value.last_year > this_year:
        yield "tot" if value.last_year > value.first_year else "van", "future-year"
    yield from _broken_number(value)
    if value.phase == codes.PREVALENCE and not value.unknown and value.measure != codes.SHARE:
        yield "waarde", "prevalence-is-never-estimated"
    if value.measure == codes.SHARE and not value.form:
        yield "vorm", "share-without-form"


def _broken_number(value: Value) -> Iterator[Broken]:
    if value.unknown:
        yield from ((column, "number-of-unknown") for column, number in _numbers(value) if number is not None)
        return
    if value.low is None:
        yield "waarde", "required"
    elif value.high is not None and value.high <= value.low:
        yield "waarde_tot", "range-reversed"
    if codes.is_percentage(value.measure):
        yield from ((column, "over-hundred") for column, number in _numbers(value) if number is not None and number > 100)


def _numbers(value: Value) -> tuple[tuple[str, Decimal | None], ...]:
    return (("waarde", value.low), ("waarde_tot", value.high))


def _across(values: Iterable[Value], notes: Iterable[Note], *, whole: bool) -> Iterator[Problem]:
    seen: set[object] = set()
    for value in values:
        if value.cell in seen:
            yield Problem(value.line, "", "cell-twice")
        seen.add(value.cell)
    numbers: set[str] = set()
    for note in notes:
        if note.number and note.number in numbers:
            yield Problem(note.line, "nummer", "footnote-twice")
        numbers.add(note.number)
    if whole:
        for value in values:
            if not set(value.footnotes) <= numbers:
                yield Problem(value.line, "voetnoten", "unknown-footnote")
