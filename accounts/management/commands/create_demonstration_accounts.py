"""Makes the demonstration's organisations and accounts, once. Refuses with any settings but those made for it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts import demonstration
from accounts.permissions import operator


class Command(BaseCommand):
    help = "Make the demonstration's organisations and accounts; those that exist stay as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.BAKEN_MODE not in demonstration.MODES:
            raise CommandError("Demonstration accounts are made with the demonstration's settings only.")
        made = demonstration.create_accounts(by=operator("create_demonstration_accounts"))
        self.stdout.write(f"{made} demonstration accounts made, {len(demonstration.DEMONSTRATION_ACCOUNTS)} in all.")
