"""By when a request is answered: GDPR article 12(3). Pure dates; it knows no case."""

from calendar import monthrange
from datetime import date

FIRST_MONTHS = 1
EXTENDED_MONTHS = 3
URGENT_DAYS = 7


def due(received: date, *, extended: bool = False) -> date:
    """The same day of a later month, or its last day. One that ends in a weekend is not lengthened: sooner is never wrong."""
    months = received.month - 1 + (EXTENDED_MONTHS if extended else FIRST_MONTHS)
    year, month = received.year + months // 12, months % 12 + 1
    return date(year, month, min(received.day, monthrange(year, month)[1]))
