"""manage.py record_workload: asks for work, all of it in one transaction."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from jobs import services


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind")
        parser.add_argument("objects", nargs="+")

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            for name in options["objects"]:
                services.record(f"workload.{options['kind']}", name)
