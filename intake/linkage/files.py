"""Links the reports of one CSV file outside the register: rows to Details, clusters, and the questions that help most.

The digests are made under a key that is forgotten with the process. Messages name the line and the column, never the value.
"""

import csv
import hashlib
import secrets
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from intake.linkage import normalise
from intake.linkage.birth_dates import birth_date
from intake.linkage.clusters import Two, ordered
from intake.linkage.features import Digest
from intake.linkage.geography import country
from intake.linkage.records import Details

REPORT = "report_id"
COLUMNS = (
    REPORT, "report_date", "organisation", "given_name", "family_name", "aliases", "date_of_birth", "dob_estimated", "sex",
    "nationality", "place", "v_number", "bsn",
)  # fmt: skip
LABELS = ("report_id_a", "report_id_b", "same")
TRUE = frozenset({"1", "true", "yes", "y", "ja", "j", "t"})
FALSE = frozenset({"0", "false", "no", "n", "nee", "f"})
SEXES = {"m": "male", "male": "male", "man": "male", "v": "female", "f": "female", "female": "female", "vrouw": "female"}
V_NUMBER_DIGITS = 10
OTHER_SEXES = frozenset({"o", "x", "other", "anders"})


class UnreadableFileError(ValueError):
    """The file cannot be used; the text says where and what to do."""


def read_reports(path: Path) -> dict[str, Details]:
    """The reports of a file with COLUMNS, in its order.

    Errors: UnreadableFileError for what is no CSV in UTF-8, for missing columns, and for a report without id or given twice.
    What a field says and nobody can read (a date that does not exist, an unknown country) counts as unknown.
    """
    found: dict[str, Details] = {}
    for line, row in rows_of(path, COLUMNS):
        report = row[REPORT].strip()
        if not report or report in found:
            raise UnreadableFileError(
                f"{path.name}, line {line}: report_id is empty or stands there twice; give each report its own."
            )
        found[report] = details_of(row)
    return found


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
    year, month, day = birth_date(row["date_of_birth"])
    sex = row["sex"].strip().casefold()
    codes = (country(part) for part in row["nationality"].replace("/", ";").split(";"))
    v_number, other_number = _v_number(row["v_number"])
    return Details(
        given_names=(row["given_name"],),
        family_name=row["family_name"],
        aliases=tuple(filter(None, row["aliases"].split(";"))),
        year=year,
        month=month,
        day=day,
        estimated=row["dob_estimated"].strip().casefold() in TRUE,
        sex=SEXES.get(sex, "other" if sex in OTHER_SEXES else ""),
        nationalities=tuple(dict.fromkeys(filter(None, codes))),
        place=row["place"],
        v_number=v_number,
        document_number=other_number,
        bsn=normalise.number(row["bsn"]),
    )


def _v_number(text: str) -> tuple[str, str]:
    """The number as a V-number, or as one of another kind: a V-number has ten digits, by a slip one less or more."""
    digits = normalise.number(text).lstrip("V")
    return (digits, "") if digits.isdecimal() and abs(len(digits) - V_NUMBER_DIGITS) <= 1 else ("", digits)


def throw_away_digest() -> Digest:
    """digest(kind, text) under a key that nobody keeps."""
    key = secrets.token_bytes(32)
    return lambda kind, text: hashlib.blake2b(f"{kind}\0{text}".encode(), digest_size=16, key=key).digest()


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
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file, restval="")
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                raise UnreadableFileError(
                    f"{path.name} needs the columns {', '.join(columns)}; not found: {', '.join(missing)}."
                )
            for row in reader:
                yield reader.line_num, {name: row[name] for name in columns}
    except (OSError, UnicodeDecodeError, csv.Error):
        raise UnreadableFileError(f"{path.name} cannot be read as a CSV file in UTF-8.") from None
