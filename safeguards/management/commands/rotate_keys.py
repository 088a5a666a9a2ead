"""Makes this month's key pair, re-seals all live data keys to it, and destroys old pairs whose term is over."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from safeguards import data_keys, rotation
from safeguards.errors import SafeguardError

AT_ONCE = 500


class Command(BaseCommand):
    help = "Rotate the key pair that wraps data keys. May be stopped and run again at any moment."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--now", action="store_true", help="make another pair within this month")

    def handle(self, *args: Any, now: bool = False, **options: Any) -> None:
        try:
            self._rotate(another=now)
        except (SafeguardError, OSError) as error:
            raise CommandError(str(error)) from None
        if left := rotation.keys_left():
            raise CommandError(f"{left} data keys could not be re-sealed; the log names them, and their key pair stays.")

    def _rotate(self, *, another: bool) -> None:
        moment = timezone.now()
        made = rotation.another_pair(moment) if another else rotation.ensure_pair(moment)
        if made:
            self.stdout.write(f"Made the key pair {made}.")
        done = 0
        while step := data_keys.rewrap(AT_ONCE):
            done += step
            self.stdout.write(f"{done} data keys re-sealed.")
        for version in rotation.destroy_expired(moment):
            self.stdout.write(f"Destroyed the key pair {version}.")
        for version in rotation.unused_in_environment():
            self.stdout.write(f"Nothing rests on the key pair {version}; take it out of the environment after its term.")
