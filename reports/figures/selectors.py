"""How many changes of the register are not counted yet. It reads no counter."""

from intake import facts
from reports.models import Progress


def changes_waiting() -> int:
    """How many changes of the register are not in the counters yet."""
    return facts.latest_sequence() - counted_up_to()


def counted_up_to() -> int:
    """The last change of the register that is in the counters."""
    return Progress.objects.filter(pk=1).values_list("sequence", flat=True).first() or 0
