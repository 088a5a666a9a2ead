"""What rests at its person's request: consent does not know it. Intake says here which reports do; of those nobody reviews
a confirmation until that ends.
"""

from collections.abc import Callable, Collection
from uuid import UUID

Resting = Callable[[Collection[UUID]], Collection[UUID]]

_told: list[Resting] = []


def tells_resting(function: Resting) -> Resting:
    """The one function that does; where intake is not beside it, nothing rests."""
    _told[:] = [function]
    return function


def resting(notifications: Collection[UUID]) -> frozenset[UUID]:
    return frozenset(_told[0](notifications)) if _told else frozenset()
