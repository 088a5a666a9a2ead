"""The largest uploads through intake.batches.parsing, by format: how fast, and how much memory the child takes.

Prints a table; benchmarks.reading starts it with Django set up. The rows are made up and fill every third column.
"""

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from time import monotonic

import xlsxwriter

from intake.batches import columns, guide, parsing, reading
from intake.batches.columns import COLUMNS, Column
from intake.notifications import members
from intake.notifications.inputs import NotificationInput

LARGEST = 32_000_000
ALWAYS = ("eigen_kenmerk", "meldingsdatum", "voornamen", "achternaam", "geboortedatum", "geslacht", "nationaliteiten")
PIECE = 1024 * 1024
# What the system counts for a child begins with the size of its parent, so a small program stands in between.
MEASURE = """
import json, os, subprocess, sys
child = subprocess.Popen(json.loads(sys.argv[1]), stdin=0, stdout=subprocess.PIPE, env={})
while child.stdout.read(1 << 20):
    pass
_, _, used = os.wait4(child.pid, 0)
print(used.ru_maxrss // 1024, used.ru_utime + used.ru_stime)
"""


@dataclass(frozen=True)
class Read:
    format: str
    rows: int
    megabytes: float
    seconds: float
    child_seconds: float
    child_mebibytes: int

    def line(self) -> str:
        return (
            f"| {self.format} | {self.rows:,} | {self.megabytes:.1f} | {self.seconds:.1f} | {self.rows / self.seconds:,.0f} "
            f"| {self.child_seconds:.1f} | {self.child_mebibytes} |"
        )


def table_rows() -> Iterator[list[str]]:
    number = 0
    while True:
        number += 1
        yield [_cell(column, place, number) for place, column in enumerate(COLUMNS)]


def _cell(column: Column, place: int, number: int) -> str:
    if column.header == "eigen_kenmerk":
        return f"zaak-{number:07}"
    if column.header in ("voornamen", "achternaam"):
        return f"Naam{number * 7919 % 99_991}"
    if column.header not in ALWAYS and (place + number) % 3:
        return ""
    choices = [choice.code for choice in guide.choices(column, "nl") if choice.code not in ("unknown", "not-asked", "refused")]
    return choices[number % len(choices)] if choices else guide.example(column)


def as_csv(rows: int) -> bytes:
    lines = [";".join(column.header for column in COLUMNS), *(";".join(row) for row in islice(table_rows(), rows))]
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")


def as_xlsx(rows: int) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([[column.header for column in COLUMNS], *islice(table_rows(), rows)]):
            for place, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, place, cell)
    return content.getvalue()


def as_json_lines(rows: int) -> bytes:
    """As many as fit: a report is longer in JSON than in a table."""
    content = bytearray()
    for row in islice(table_rows(), rows):
        report = columns.read_row({column.header: cell for column, cell in zip(COLUMNS, row, strict=True) if cell})
        if not isinstance(report, NotificationInput):
            raise SystemExit("A row of the benchmark cannot be read.")
        line = json.dumps(members.write(report), separators=(",", ":")).encode() + b"\n"
        if len(content) + len(line) > LARGEST:
            break
        content += line
    return bytes(content)


FORMATS: Mapping[str, Callable[[int], bytes]] = {"CSV": as_csv, "XLSX": as_xlsx, "JSON Lines": as_json_lines}


def measure(name: str, content: bytes) -> Read:
    mebibytes, processor = _child(content)
    begun = monotonic()
    rows = sum(1 for _ in parsing.rows_of(content[at : at + PIECE] for at in range(0, len(content), PIECE)))
    elapsed = monotonic() - begun
    return Read(name, rows, len(content) / 1e6, elapsed, processor, mebibytes)


def _child(content: bytes) -> tuple[int, float]:
    command = [sys.executable, "-I", "-S", "-c", reading.START, str(reading.ROOT), parsing.TEMPLATE.text()]
    measured = [sys.executable, "-I", "-S", "-c", MEASURE, json.dumps(command)]
    mebibytes, seconds = subprocess.run(measured, input=content, stdout=subprocess.PIPE, check=True).stdout.split()
    return int(mebibytes), float(seconds)


def main() -> None:
    for name, made in FORMATS.items():
        sys.stdout.write(measure(name, made(100_000)).line() + "\n")
