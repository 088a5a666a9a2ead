"""manage.py make_upload 100000 rows.csv (or rows.xlsx): a file of reports of as many people who do not look alike."""

import csv
import io
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from xlsxwriter import Workbook

from intake.batches import columns
from tests import uploaded


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rows", type=int)
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, rows: int, file: Path, **options: Any) -> None:
        content = columns.write_csv(uploaded.reports(rows))
        if file.suffix == ".csv":
            file.write_bytes(content)
            return
        with Workbook(str(file), {"constant_memory": True}) as book:
            sheet = book.add_worksheet("Meldingen")
            text = io.StringIO(content.decode("utf-8-sig"), newline="")
            for number, row in enumerate(csv.reader(text, delimiter=columns.DELIMITER)):
                for place, cell in enumerate(row):
                    if cell:
                        sheet.write_string(number, place, cell)
