"""manage.py show_delivery_key: the public key to which a feed encrypts its deliveries. It shows nothing secret."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from safeguards import parcels
from safeguards.errors import SafeguardError


class Command(BaseCommand):
    help = "Print the public delivery key; a feed gives it to encrypt_delivery."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(parcels.recipient().to_text(), ending="")
        except SafeguardError as error:
            raise CommandError(str(error)) from None
