"""What may still be told about persons with differential privacy: epsilons of releases add up, and their sum is capped.

Sequential composition: Dwork and Roth (2014), The algorithmic foundations of differential privacy, theorem 3.16: epsilons
and deltas of releases from the same data add up. What is older than five years is taken to be about other data.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from reports.models import LedgerEntry

CAP = Decimal(12)
YEARS = 5


@dataclass(frozen=True)
class Budget:
    """epsilon above 0, delta from 0 to below 1: what one release tells at most, and the chance that it tells more."""

    epsilon: Decimal
    delta: float


def spent() -> Budget:
    """By all releases of the last five years."""
    found = LedgerEntry.objects.filter(at__gt=_since(timezone.now()), outcome=LedgerEntry.Outcome.RELEASED)
    sums = found.aggregate(epsilon=Sum("epsilon"), delta=Sum("delta"))
    return Budget(sums["epsilon"] or Decimal(0), sums["delta"] or 0.0)


def left() -> Decimal:
    return max(Decimal(0), CAP - spent().epsilon)


def _since(now: datetime) -> datetime:
    """The same day five years ago; of 29 February the day before."""
    leap = now.month == 2 and now.day == 29
    return now.replace(year=now.year - YEARS, day=28 if leap else now.day)
