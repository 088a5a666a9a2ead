"""manage.py evaluate_linkage: compare clusters with a known truth and print the measures as JSON. It links nothing."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from intake.linkage.evaluation import evaluate
from intake.linkage.files import REPORT, UnreadableFileError, rows_of


class Command(BaseCommand):
    help = "Measure clusters (report_id,cluster_id) against the truth (report_id,person_id); prints one JSON object."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("clusters", type=Path, help="CSV with the columns report_id and cluster_id")
        parser.add_argument("truth", type=Path, help="CSV with the columns report_id and person_id")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found, truth = _read(options["clusters"], "cluster_id"), _read(options["truth"], "person_id")
            measured = evaluate(found, truth)
        except UnreadableFileError as error:
            raise CommandError(str(error)) from None
        except ValueError as error:
            raise CommandError(f"These files cannot be compared: {error}.") from None
        self.stdout.write(json.dumps(asdict(measured), indent=2))


def _read(path: Path, column: str) -> Mapping[str, str]:
    """Every report once, each with a value; the message names the line, never what stands in it."""
    found: dict[str, str] = {}
    for line, row in rows_of(path, (REPORT, column)):
        if not row[REPORT] or not row[column] or row[REPORT] in found:
            raise CommandError(f"{path.name}, line {line}: a report without a value, or a report that stands there twice.")
        found[row[REPORT]] = row[column]
    return found
