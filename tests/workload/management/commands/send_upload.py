"""manage.py send_upload rows.csv: the officer uploads a file; with --confirm, confirms what was uploaded."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from intake.batches import services
from intake.models.batch import Batch
from tests import cast


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--confirm", action="store_true")

    def handle(self, *args: Any, file: Path | None, confirm: bool, **options: Any) -> None:
        by = cast.actor(cast.OFFICER)
        if confirm:
            services.confirm(batch=Batch.objects.get().id, leave_out_errors=True, by=by)
        elif file is not None and by.organisation is not None:
            with file.open("rb") as opened:
                services.receive(parts=iter(lambda: opened.read(65_536), b""), organisation=by.organisation, by=by)
