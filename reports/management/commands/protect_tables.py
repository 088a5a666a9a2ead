"""manage.py protect_tables: protects tables of a file outside the register. A release that it refuses stands in the ledger of
releases, a file that is none does not; it writes nothing else in the database.
"""

from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.crypto import salted_hmac

from accounts.permissions import operator
from reports.disclosure.protecting import Lost, protect
from reports.disclosure.reading import as_json, read
from reports.disclosure.release import BadReleaseError, Method, NoReleaseError, Release
from reports.management.json_files import bad_input, parsed, write
from reports.releases.services import EVERYBODY, Kind, Leaving, Purpose, record_refusal
from safeguards.errors import AuditError


class Command(BaseCommand):
    help = "Protect the tables of a JSON file together, by controlled rounding or suppression, and print what was lost."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("release", type=Path, help="JSON with exact counts; docs/disclosure.md tells its form")
        parser.add_argument("protected", type=Path, help="where to write the same form with protected counts")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["release"].resolve() == options["protected"].resolve():
            raise CommandError("The result would take the place of what is read; name another file.")
        try:
            release = read(parsed(options["release"]))
            protected = protect(release, secret=_secret())
        except NoReleaseError as error:
            raise bad_input(str(error)) from None
        except BadReleaseError as error:
            self._record(str(error))
            raise bad_input(str(error)) from None
        write(options["protected"], as_json(protected.release))
        self.stdout.write("\n".join(_sentences(release, protected.lost, protected.attacked)))

    def _record(self, reason: str) -> None:
        """Tables of a file can be protected where there is no register; then that is said."""
        leaving = Leaving(uuid4(), Kind.TABLES, "protect_tables", EVERYBODY, Purpose.PUBLICATION, "none")
        try:
            record_refusal(leaving=leaving, reason=reason, by=operator("protect-tables"))
        except (DatabaseError, AuditError):
            self.stderr.write("The ledger of releases cannot be written here: this refusal is not in it.")


def _secret() -> bytes:
    """Of the installation: two runs draw alike, and nobody outside can repeat the draw."""
    return salted_hmac("reports.disclosure", "rounding", algorithm="sha256").digest()


def _sentences(release: Release, lost: Lost, attacked: int) -> list[str]:
    tables = f"{len(release.tables)} tables with {lost.cells} different counts are protected together."
    attack = f"The attack on {attacked} of them leaves more than three counts possible for each."
    if release.method is Method.ROUNDING:
        error = f"mean error {lost.mean_error:.2f}, largest {lost.largest_error}, no cell missing"
        return [tables, f"Rounded to base {release.base}: {lost.rounded} counts moved, {error}.", attack]
    shares = f"{lost.cells_left_out:.1%} of the cells, {lost.counts_left_out:.1%} of what all cells count"
    return [tables, f"Left out: {lost.primary} small counts and {lost.secondary} others, {shares}.", attack]
