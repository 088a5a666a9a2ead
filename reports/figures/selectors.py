"""How many changes of the register are not counted yet. It reads no counter."""

from intake import facts
from reports.models import Progress


def changes_waiting() -> int:
    """How many changes of the register are not in the counters yet."""
    sequence = Progress.objects.filter(pk=1).values_list("sequence", flat=True).first() or 0
    return facts.latest_sequence() - sequence
