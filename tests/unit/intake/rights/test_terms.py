"""By when a request is answered: the same day of the next month, or that month's last."""

from datetime import date

import pytest

from intake.rights import terms


@pytest.mark.parametrize(
    ("received", "due", "extended"),
    [
        (date(2026, 11, 28), date(2026, 12, 28), date(2027, 2, 28)),
        (date(2026, 1, 31), date(2026, 2, 28), date(2026, 4, 30)),
        (date(2028, 1, 31), date(2028, 2, 29), date(2028, 4, 30)),
        (date(2026, 12, 15), date(2027, 1, 15), date(2027, 3, 15)),
        (date(2026, 10, 1), date(2026, 11, 1), date(2027, 1, 1)),
    ],
)
def test_term_ends_on_the_same_day_of_a_later_month(received: date, due: date, extended: date) -> None:
    assert terms.due(received) == due
    assert terms.due(received, extended=True) == extended
