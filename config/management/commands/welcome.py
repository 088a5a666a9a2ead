"""manage.py welcome: where the demonstration is, as whom to sign in, and what to try. It changes nothing."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from accounts.demonstration import DEMONSTRATION_ACCOUNTS

TO_TRY = (
    "Sign in as the analyst and open the figures: chart and table agree, and equal the published monitor's numbers.",
    "Sign in as the care coordinator and report a person; approve it as the consent administrator and see the figures follow.",
    "Sign in as the police and upload a batch: a dry run first, errors by line and rule, never by value.",
    "In another terminal: .venv/bin/python manage.py figures --json prints every figure; verify_audit walks the audit trail.",
)


class Command(BaseCommand):
    help = "Say where the demonstration is, as whom to sign in, and what to try."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"\nBaken runs at http://localhost:{os.environ.get('PORT', '8000')}   (end it with Ctrl-C)\n")
        self.stdout.write("Sign in with one click on that page; the demonstration accounts are:\n")
        with override("en"):
            for account in DEMONSTRATION_ACCOUNTS:
                self.stdout.write(f"  {account.name:<16} {account.organisation:<24} {account.role.value:<22} {account.what}")
        self.stdout.write("\nTo try:")
        for line in TO_TRY:
            self.stdout.write(f"  - {line}")
        self.stdout.write(f"\nAll persons are made up. Data are in {settings.DATA_DIR}; remove that folder to begin anew.")
