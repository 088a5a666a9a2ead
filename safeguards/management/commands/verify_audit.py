"""Walks the audit trail and reports the first break; exit status 1 if there is one. It repairs nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from safeguards.verification import Break, verify


class Command(BaseCommand):
    help = "Verify the chain of the audit trail, its head, its checkpoints and its triggers."

    def handle(self, *args: Any, **options: Any) -> None:
        result = verify()
        if result.breaks:
            raise CommandError("\n".join(map(_sentence, result.breaks)), returncode=1)
        self.stdout.write(f"The audit trail is whole: {result.entries} entries, {result.checkpoints} checkpoints.")


def _sentence(found: Break) -> str:
    return f"Entry {found.sequence} {found.problem}." if found.sequence else found.problem
