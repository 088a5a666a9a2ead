"""Links the reports of one CSV file outside the register: rows to Details, clusters, and the questions that help most.

The digests are made under a key that is forgotten with the process. Messages name the line and the column, never the value.
"""

import csv
import secrets
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

from intake.linkage import normalise
from intake.linkage.birth_dates import birth_date
from intake.linkage.clusters import Two, ordered
from intake.linkage.columns import distinct
from intake.linkage.features import Digests
from intake.linkage.geography import country
from intake.linkage.ragged import Ids, Keys
from intake.linkage.records import Details
from intake.linkage.texts import Coded, Codes, Texts, coded

REPORT = "report_id"
COLUMNS = (
    REPORT, "report_date", "organisation", "given_name", "family_name", "aliases", "date_of_birth", "dob_estimated", "sex",
    "nationality", "place", "v_number", "bsn",
)  # fmt: skip
READ = COLUMNS[3:]
LABELS = ("report_id_a", "report_id_b", "same")
TRUE = frozenset({"1", "true", "yes", "y", "ja", "j", "t"})
FALSE = frozenset({"0", "false", "no", "n", "nee", "f"})
SEXES = {"m": "male", "male": "male", "man": "male", "v": "female", "f": "female", "female": "female", "vrouw": "female"}
V_NUMBER_DIGITS = 10
OTHER_SEXES = frozenset({"o", "x", "other", "anders"})
# Lines read before they are taken apart by column.
AT_ONCE = 2_000

Portion = Sequence[tuple[int, tuple[str, ...]]]


class UnreadableFileError(ValueError):
    """The file cannot be used; the text says where and what to do."""


def read_reports(path: Path) -> Texts:
    """The reports of a file with COLUMNS, in its order.

    Errors: UnreadableFileError for what is no CSV in UTF-8, for missing columns, and for a report without id or given twice.
    What a field says and nobody can read (a date that does not exist, an unknown country) counts as unknown.
    """
    reports: list[str] = []
    known: set[str] = set()
    codes = {name: Codes() for name in READ}
    ids: dict[str, list[Ids]] = {name: [] for name in READ}
    for portion in _portions(path, (REPORT, *READ), COLUMNS):
        found, *columns = zip(*(cells for _, cells in portion), strict=True)
        stripped = [report.strip() for report in found]
        fresh = set(stripped)
        if not all(stripped) or len(fresh) < len(stripped) or not known.isdisjoint(fresh):
            raise UnreadableFileError(_of_report_twice(path, known, portion))
        known |= fresh
        reports += stripped
        for name, column in zip(READ, columns, strict=True):
            ids[name].append(codes[name].of(column))
    none = np.zeros(0, dtype=np.int32)
    return _read({name: Coded(tuple(codes[name]), np.concatenate([*ids[name], none])) for name in READ}, reports)


def _of_report_twice(path: Path, known: Set[str], portion: Portion) -> str:
    seen = {"", *known}
    for line, (report, *_) in portion:
        if report.strip() in seen:
            return f"{path.name}, line {line}: report_id is empty or stands there twice; give each report its own."
        seen.add(report.strip())
    raise ValueError("no report stands there twice")


def _read(raw: Mapping[str, Coded[str]], reports: Sequence[str]) -> Texts:
    """What the distinct texts of the columns mean, each text once."""

    def of(name: str, read: Callable[[str], Any]) -> Coded[Any]:
        return coded(map(read, raw[name].values), raw[name].ids)

    dates, estimated = of("date_of_birth", birth_date), of("dob_estimated", _is_true)
    both = dates.ids.astype(np.int64) * max(len(estimated.values), 1) + estimated.ids
    keys, places = distinct(both)
    births = [
        (*dates.values[key // len(estimated.values)], estimated.values[key % len(estimated.values)]) for key in keys.tolist()
    ]
    return Texts(
        reports=reports,
        given=of("given_name", lambda text: (text,)),
        family=raw["family_name"],
        aliases=of("aliases", _aliases),
        birth=coded(births, places.astype(np.int32)),
        sex=of("sex", _sex),
        nationalities=of("nationality", _nationalities),
        place=raw["place"],
        v_number=of("v_number", lambda text: _v_number(text)[0]),
        bsn=of("bsn", normalise.number),
        document=of("v_number", lambda text: _v_number(text)[1]),
    )


def read_labels(path: Path, reports: Iterable[str]) -> dict[Two[str], bool]:
    """Decisions of people: each two reports and whether they are one person; the last one holds.

    Errors: UnreadableFileError as read_reports, and for a report that the file of reports does not have.
    """
    known = set(reports)
    found: dict[Two[str], bool] = {}
    for line, row in rows_of(path, LABELS):
        one, other, same = (row[name].strip() for name in LABELS)
        if one not in known or other not in known or one == other:
            raise UnreadableFileError(f"{path.name}, line {line}: two different reports of the file of reports are needed.")
        if same.casefold() not in TRUE | FALSE:
            raise UnreadableFileError(f"{path.name}, line {line}: same must be 1 or 0.")
        found[ordered(one, other)] = same.casefold() in TRUE
    return found


def details_of(row: Mapping[str, str]) -> Details:
    """One row of a file, by the names of its columns."""
    (found,) = _read({name: Coded((row[name],), np.zeros(1, dtype=np.int32)) for name in READ}, [""]).values()
    return found


def _is_true(text: str) -> bool:
    return text.strip().casefold() in TRUE


def _sex(text: str) -> str:
    sex = text.strip().casefold()
    return SEXES.get(sex, "other" if sex in OTHER_SEXES else "")


def _aliases(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(";")))


def _nationalities(text: str) -> tuple[str, ...]:
    codes = (country(part) for part in text.replace("/", ";").split(";"))
    return tuple(dict.fromkeys(filter(None, codes)))


def _v_number(text: str) -> tuple[str, str]:
    """The number as a V-number, or as one of another kind: a V-number has ten digits, by a slip one less or more."""
    digits = normalise.number(text).lstrip("V")
    return (digits, "") if digits.isdecimal() and abs(len(digits) - V_NUMBER_DIGITS) <= 1 else ("", digits)


def throw_away_digests() -> Digests:
    """Digests under keys that nobody keeps: SipHash, which Python has for str, keyed by the process and by this."""
    key = secrets.token_hex(16)

    def digests(kind: str, texts: Sequence[str]) -> Keys:
        keyed = map(f"{key}{kind}\0".__add__, texts)
        return np.fromiter(map(hash, keyed), dtype=np.int64, count=len(texts)).view(np.uint64)

    return digests


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Whole or not at all, and for the owner alone: who is one person is nobody else's. Errors: OSError."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    written = Path(name)
    try:
        with open(handle, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)
        written.replace(path)
    finally:
        written.unlink(missing_ok=True)


def rows_of(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The line and the cells of each row; a cell that is not there is empty. Errors: UnreadableFileError as read_reports."""
    for portion in _portions(path, columns, columns):
        for line, cells in portion:
            yield line, dict(zip(columns, cells, strict=True))


def _portions(path: Path, wanted: Sequence[str], needed: Sequence[str]) -> Iterator[Portion]:
    """Lines with their cells of the columns that are wanted, '' where a line is too short, AT_ONCE at a time."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.reader(file)
            names = next(reader, [])
            missing = [name for name in needed if name not in names]
            if missing:
                raise UnreadableFileError(
                    f"{path.name} needs the columns {', '.join(needed)}; not found: {', '.join(missing)}."
                )
            last = {name: place for place, name in enumerate(names)}
            cells_of = itemgetter(*(last[name] for name in wanted))
            none = [""] * len(names)
            lines = ((reader.line_num, cells_of(row if len(row) >= len(none) else row + none)) for row in reader if row)
            while portion := list(islice(lines, AT_ONCE)):
                yield portion
    except (OSError, UnicodeDecodeError, csv.Error):
        raise UnreadableFileError(f"{path.name} cannot be read as a CSV file in UTF-8.") from None
