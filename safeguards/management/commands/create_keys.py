"""Makes the keys that are missing; safe to run at every start. It overwrites and removes nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from safeguards.errors import SafeguardError
from safeguards.keyring import handing_out, making
from safeguards.keyring.names import process_name
from safeguards.models import DataKey


class Command(BaseCommand):
    help = "Make the keys that are missing in the key folder, and this month's key pair."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--hand-out", type=Path, metavar="FOLDER", help="copy to each role and queue the keys it may hold")

    def handle(self, *args: Any, hand_out: Path | None = None, **options: Any) -> None:
        if settings.BAKEN_ROLE != "all":
            self.stdout.write(f"Keys are made where BAKEN_ROLE is all, not by {process_name()}.")
            return
        if making.is_empty() and _holds_sealed_data():
            raise CommandError(
                "The key folder is empty, but the database holds sealed data; put the keys back from the key backup."
            )
        try:
            made = making.create_missing(timezone.now())
            if hand_out:
                handing_out.hand_out(hand_out)
        except (SafeguardError, OSError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Made {len(made)} keys in {settings.KEY_DIR}." if made else "All keys are there.")


def _holds_sealed_data() -> bool:
    try:
        return DataKey.objects.exists()
    except DatabaseError:
        return False
