"""Loads the demonstration register through the channels of users and shows its figures beside the published ones."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import demonstration
from config.demonstration import loader, loading


class Command(BaseCommand):
    help = "Load the demonstration register; run again after an interruption, it goes on where it stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        if not demonstration.allowed():
            raise CommandError("The demonstration register is made up: it is only loaded with the demonstration's settings.")
        if loading.progress().complete:
            self.stdout.write("The demonstration register is complete; nothing to load.")
            return
        self.stderr.style_func = None  # progress is no error: not in red
        report = loader.load(self.stderr)
        self.stdout.write(loader.table(report))
        if report.different:
            raise CommandError("The computed figures differ from the register's; see the table above.")
        loading.finish()
