"""manage.py encrypt_delivery: encrypt a delivery to a public delivery key, for the watched folder. Needs no other key."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from safeguards import parcels
from safeguards.errors import SafeguardError
from safeguards.parcels import Recipient


class Command(BaseCommand):
    help = "Encrypt a delivery (JSON Lines or CSV) to the key that show_delivery_key printed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", type=Path, help="the file with the delivery key")
        parser.add_argument("source", type=Path, help="the delivery as it is")
        parser.add_argument("target", type=Path, help="the parcel to write; its name ends in .baken")

    def handle(self, *args: Any, key: Path, source: Path, target: Path, **options: Any) -> None:
        if target.exists():
            raise CommandError("The target is there already; choose another name.")
        unfinished = target.with_name(target.name + ".part")
        try:
            recipient = Recipient.from_text(key.read_text(encoding="ascii"))
            with source.open("rb") as content, unfinished.open("xb") as parcel:
                parcels.seal(content, parcel, recipient)
            unfinished.rename(target)
        except SafeguardError as error:
            unfinished.unlink(missing_ok=True)
            raise CommandError(str(error)) from None
        except (OSError, UnicodeDecodeError):
            raise CommandError("A file cannot be read or written; see that all three are where you say.") from None
        self.stdout.write("Written. Put the parcel in the folder of your feed.")
