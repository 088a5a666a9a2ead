"""Uploads and confirms a file of reports of as many people as asked, and leaves its storing to the runner."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from intake.batches import services
from tests import cast, uploaded


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rows", type=int)

    def handle(self, *args: Any, rows: int, **options: Any) -> None:
        by = cast.actor(cast.OFFICER)
        services.confirm(batch=uploaded.checked(uploaded.reports(rows), by), by=by)
