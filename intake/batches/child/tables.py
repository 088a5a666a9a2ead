"""Lines of cells, from whatever kind of table, to rows under known headers. It reads no file and no value."""

from collections.abc import Iterator, Sequence
from itertools import compress

from intake.batches.child.frames import LONGEST_ROW, MOST_COLUMNS, ROW, Frame, Frames, RefusedError, Template, Understood

# A row as a reader finds it: its number, its cells, and per column (from 0) the rule that a cell breaks; -1 is the whole row.
Line = tuple[int, Sequence[str], Sequence[tuple[int, str]]]
WHOLE_ROW = -1
_TOO_LONG = ((WHOLE_ROW, "row-too-long"),)
_BEYOND = 10_000_000


def frames(lines: Iterator[Line], template: Template, understood: Understood) -> Frames:
    """What was understood, then the rows that hold something. The first line holds the headers."""
    number, first, _ = next(lines, (0, (), ()))
    headers = checked_headers(first, template)
    understood.headers = headers
    yield understood.frame()
    count = text = 0
    for number, cells, problems in lines:
        if number > template.most_lines:
            raise RefusedError("too-many-rows", row=number)
        if not problems and not any(map(str.strip, cells)):
            continue
        count += 1
        if count > template.most_rows:
            raise RefusedError("too-many-rows", row=number)
        size = sum(map(len, cells))
        text += size
        if text > template.most_text:
            raise RefusedError("too-much-text", row=number)
        yield _row(number, cells, problems if size <= LONGEST_ROW else _TOO_LONG, headers)


def known(cells: Sequence[str], template: Template) -> int:
    """How many of these cells are headers of the template."""
    headers = set(template.headers)
    return sum(_name(cell) in headers for cell in cells)


def checked_headers(cells: Sequence[str], template: Template) -> list[str]:
    """A header that is not known is named by its place alone: in a file without headers it is somebody's data."""
    headers = [_name(cell) for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    _check_known(headers, template)
    twice = [header for place, header in enumerate(headers) if header in headers[:place]]
    missing = [header for header in template.required if header not in headers]
    if twice:
        raise RefusedError("column-twice", row=1, place=twice[0])
    if missing:
        raise RefusedError("missing-column", row=1, place=missing[0])
    return headers


def _check_known(headers: Sequence[str], template: Template) -> None:
    found = known(headers, template)
    unknown = [place for place, header in enumerate(headers) if header not in template.headers]
    if len(headers) > MOST_COLUMNS or not found:
        raise RefusedError("headers", row=1)
    if len(unknown) > found:
        raise RefusedError("wrong-template", row=1)
    if unknown:
        raise RefusedError("unknown-column", row=1, place=letters(unknown[0]))


def letters(place: int) -> str:
    """The name that a spreadsheet gives to the column at this place (from 0): A, B, .. Z, AA."""
    name = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def place(name: str) -> int:
    """The other way round. What is no such name lies beyond every column."""
    found = 0
    for letter in name[:4]:
        found = found * 26 + ord(letter) - ord("A") + 1 if "A" <= letter <= "Z" else _BEYOND
    return found - 1 if name else _BEYOND


def _name(cell: str) -> str:
    return cell.strip().casefold()


def _row(number: int, cells: Sequence[str], problems: Sequence[tuple[int, str]], headers: Sequence[str]) -> Frame:
    """Too few cells are empty ones (Excel leaves trailing ones out); too many cannot be told apart."""
    width = len(headers)
    if problems or len(cells) > width:
        return _doubtful_row(number, cells, problems, headers)
    return _filled(number, cells, [])


def _filled(number: int, cells: Sequence[str], problems: Sequence[Sequence[str]]) -> Frame:
    """The places of the cells that hold something, and these: most of a row is empty."""
    return (ROW, number, list(compress(range(len(cells)), cells)), list(compress(cells, cells)), problems)


def _doubtful_row(number: int, cells: Sequence[str], problems: Sequence[tuple[int, str]], headers: Sequence[str]) -> Frame:
    width = len(headers)
    if any(place == WHOLE_ROW for place, _ in problems):
        return _filled(number, (), [["", code] for place, code in problems if place == WHOLE_ROW])
    if any(map(str.strip, cells[width:])) or any(place >= width for place, _ in problems):
        return _filled(number, (), [["", "too-many-cells"]])
    return _filled(number, cells[:width], [[headers[place], code] for place, code in problems])
