"""manage.py export_release: a published edition as one release.json for the attack, and its files, for their owner alone."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.permissions import operator
from reports.deliveries.errors import DeliveryError
from reports.deliveries.exporting import export
from reports.disclosure.reading import as_json
from reports.management.json_files import bad_input, parsed, write, write_whole

RELEASE, FILES = "release.json", "files"


class Command(BaseCommand):
    help = "Write a published edition to FOLDER: release.json, which audit_release reads, and every file of it under files/."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="is made where it is not there; a release of another edition is kept")
        parser.add_argument("--edition", type=int, help="the number of a published edition; without it the newest")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            made = export(number=options["edition"], by=operator("export-release"))
        except DeliveryError as error:
            raise bad_input(str(error)) from None
        _refuse_another(folder / RELEASE, made.release.reference)
        _make(folder / FILES)
        for name, content in made.files.items():
            _write(folder / FILES / name, content)
        write(folder / RELEASE, as_json(made.release))
        cells = sum(len(table.cells) for table in made.release.tables)
        self.stdout.write(
            f"Edition {made.release.reference}: {len(made.release.tables)} tables with {cells} cells, {len(made.files)} files."
        )


def _refuse_another(path: Path, reference: str) -> None:
    if not path.exists():
        return
    there = parsed(path)
    if not isinstance(there, dict) or there.get("reference") != reference:
        raise CommandError("Another release stands in that folder; name another one.")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise CommandError("The folder cannot be made there; name another one.") from None


def _write(path: Path, content: bytes) -> None:
    try:
        write_whole(path, content)
    except OSError:
        raise CommandError("The files cannot be written there; name another folder.") from None
