"""Bands of the days between two moments, as figures count them; what is longer than the last has a band of its own."""

from collections.abc import Mapping
from datetime import date

WEEK, MONTH, THREE_MONTHS, HALF_YEAR, LONGER = "week", "month", "three-months", "half-year", "longer"
# The longest wait of each band in days.
LONGEST: Mapping[str, int] = {WEEK: 7, MONTH: 31, THREE_MONTHS: 92, HALF_YEAR: 183}
BANDS = (*LONGEST, LONGER)


def band_of(days: int, longest: Mapping[str, int] = LONGEST) -> str:
    return next((band for band, most in longest.items() if days <= most), LONGER)


def between(first: date, last: date) -> str:
    return band_of((last - first).days)
