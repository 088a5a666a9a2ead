"""How long a report can be found by whoever sent it. What is older is not taken in either: when it went would tell the sender
whether others reported the person.
"""

from datetime import date

# The row `report` of retention.csv says the same (a test holds them together).
YEARS_FOUND = 20


def years_before(today: date, years: int) -> date:
    """The 29th of February is the 28th in other years."""
    year = today.year - years
    return today.replace(year=year, day=28) if (today.month, today.day) == (2, 29) else today.replace(year=year)


def is_over(on: date, today: date) -> bool:
    return on <= years_before(today, YEARS_FOUND)
