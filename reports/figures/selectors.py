"""What everybody may know: published editions, none as yet, and how many changes are not counted. It reads no counter."""

from dataclasses import dataclass
from datetime import datetime

from intake import facts
from reports.models import Progress


@dataclass(frozen=True)
class PublishedEdition:
    number: int
    published: datetime


def newest_edition() -> PublishedEdition | None:
    return None


def changes_waiting() -> int:
    """How many changes of the register are not in the counters yet."""
    sequence = Progress.objects.filter(pk=1).values_list("sequence", flat=True).first() or 0
    return facts.latest_sequence() - sequence
