"""CSV files of reports for tests of linking outside the register."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from intake.linkage.files import COLUMNS, LABELS

MARIAMA = {
    "report_date": "2019-06-03", "organisation": "FairWork", "given_name": "Mariama", "family_name": "Kabiru",
    "date_of_birth": "1994-05-17", "dob_estimated": "0", "sex": "V", "nationality": "Sierra Leone", "place": "Freetown",
}  # fmt: skip
ELENA = MARIAMA | {
    "given_name": "Elena",
    "family_name": "Popescu",
    "date_of_birth": "1988-11-02",
    "nationality": "RO",
    "place": "",
}


def reports_file(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def labels_file(path: Path, rows: Iterable[Sequence[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows((LABELS, *rows))
    return path


def named(*reports: tuple[str, Mapping[str, str]]) -> list[dict[str, str]]:
    return [{"report_id": name} | row for name, row in reports]
