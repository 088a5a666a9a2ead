"""manage.py deliver_figures: the yearly delivery to the National Rapporteur as two files that only their owner can read."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.permissions import operator
from reports.deliveries import services
from reports.deliveries.errors import DeliveryError
from safeguards.actors import Actor, system


class Command(BaseCommand):
    help = "Write the figures of the newest published edition that ends with YEAR to FOLDER, as a workbook and as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int, help="the last year of the edition")
        parser.add_argument("folder", type=Path, help="an existing folder; a file that is there already is not overwritten")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        names = {ending: folder / f"levering-{options['year']}.{ending}" for ending in services.ENDINGS}
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        for path in names.values():
            if path.exists():
                raise CommandError(f"{path} is there already and is not overwritten.")
        by = operator("deliver-figures")
        try:
            made = _made(options["year"], by)
            contents = {ending: services.content(delivery=made, ending=ending, by=by) for ending in names}
        except DeliveryError as error:
            raise CommandError(str(error)) from None
        for ending, path in names.items():
            _write(path, contents[ending])
            self.stdout.write(str(path))


def _made(year: int, by: Actor) -> Any:
    """Without waiting for the job, which then finds it made."""
    ordered = services.order(year=year, by=by)
    services.make(delivery=ordered, by=system("deliver-figures"))
    return ordered


def _write(path: Path, content: bytes) -> None:
    try:
        place = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except FileExistsError:
        raise CommandError(f"{path} is there already and is not overwritten.") from None
    with os.fdopen(place, "wb") as file:
        file.write(content)
