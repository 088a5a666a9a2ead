"""manage.py prepare: everything between an installed environment and a process that may start. It starts none itself."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from accounts import services
from accounts.permissions import operator
from config import soundness


class Command(BaseCommand):
    help = "Make missing keys, bring the database and the static files up to date, and check that Baken may start."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--hand-out", type=Path, metavar="FOLDER", help="copy to each role and queue the keys it may hold")
        parser.add_argument("--no-static", action="store_true", help="the static files were collected when the image was built")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("create_keys", hand_out=options["hand_out"], stdout=self.stdout)
        self.check_settings()
        self.update_database()
        if not options["no_static"]:
            call_command("collectstatic", interactive=False, verbosity=0)
        services.ensure_private_persons(by=operator("prepare"))
        if settings.BAKEN_DEMONSTRATION:
            call_command("create_demonstration_accounts", stdout=self.stdout)

    def check_settings(self) -> None:
        if problems := soundness.setting_problems():
            raise CommandError("\n".join(problems))

    def update_database(self) -> None:
        """Nothing is touched where the database is newer than the code."""
        settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (problem := soundness.database_problem()) not in ("", soundness.BEHIND):
            raise CommandError(problem)
        try:
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
        except OperationalError:
            raise CommandError(soundness.UNREACHABLE) from None
        self.stdout.write("The database is up to date.")
