"""manage.py refit_linkage: fit new weights to reviewers' decisions and write them as files. It changes no link."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from intake.linkage.refitting import RefitRefusedError
from intake.matching import refit
from safeguards.actors import system


class Command(BaseCommand):
    help = "Fit weights of linkage to reviewers' decisions: writes VERSION.json and its model card, to ship with a release."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("version", help="name of the new version, for example 2027-1; 16 letters, digits, dashes at most")
        parser.add_argument("folder", type=Path, help="folder to write VERSION.json and VERSION.md into")

    def handle(self, *args: Any, **options: Any) -> None:
        version = options["version"]
        if not version.replace("-", "").isalnum() or len(version) > 16:
            raise CommandError("Name the version with letters, digits and dashes, 16 at most.")
        try:
            found = refit.refit(version=version, folder=options["folder"], by=system("refit-command"))
        except RefitRefusedError as error:
            raise CommandError(str(error)) from None
        except OSError:
            raise CommandError("It cannot be written there; name a folder that exists and has no such version.") from None
        self.stdout.write(
            f"{found.decisions} decisions; log loss on those held out {found.before.loss:.4f} bits before, "
            f"{found.after.loss:.4f} after."
        )
