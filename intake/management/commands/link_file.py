"""manage.py link_file: link the reports of a CSV file outside the register. It stores nothing in the database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from intake.linkage import files, linking
from intake.linkage.files import UnreadableFileError


class Command(BaseCommand):
    help = "Link the reports of a CSV file: writes report_id,cluster_id, and with --review the questions, most useful first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reports", type=Path, help=f"CSV with the columns {','.join(files.COLUMNS)}")
        parser.add_argument("clusters", type=Path, help="where to write report_id,cluster_id")
        parser.add_argument("--review", type=Path, help="where to write report_id_a,report_id_b, most useful first")
        parser.add_argument("--labels", type=Path, help="decisions: CSV with report_id_a,report_id_b,same (1 or 0)")
        parser.add_argument(
            "--no-labels", action="store_true", help="estimate the weights on this file alone, not the shipped ones"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _check_places([options["clusters"], options["review"]], [options["reports"], options["labels"]])
        try:
            found = linking.link_file(options["reports"], labels=options["labels"], on_this_file_alone=options["no_labels"])
            files.write_rows(options["clusters"], ("report_id", "cluster_id"), found.clusters)
            if options["review"]:
                files.write_rows(options["review"], ("report_id_a", "report_id_b"), found.questions)
        except UnreadableFileError as error:
            raise CommandError(str(error)) from None
        except OSError:
            raise CommandError("The result cannot be written there; name a file in a folder that exists.") from None
        self.stderr.write(found.summary)


def _check_places(results: list[Path | None], given: list[Path | None]) -> None:
    """Before anything is linked: no result in the place of what is read, or of the other result."""
    taken = {path.resolve() for path in given if path}
    for path in filter(None, results):
        if path.resolve() in taken:
            raise CommandError(f"{path.name} is named twice; name another file for each result than for what is read.")
        taken.add(path.resolve())
