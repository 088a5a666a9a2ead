"""A birth date of which parts may be missing: is it possible, is it before the report, and which age does it give?

It guesses no missing part.
"""

from datetime import date

from intake.codes.ages import Age, age_on, band, possible_birthdays, whole_years
from intake.codes.lists import AGE_BANDS
from intake.notifications.inputs import NotificationInput, PartialDate

OLDEST_AGE = 120


def problem_of(birth: PartialDate, on: date) -> str:
    """The code of the rule that the birth date breaks on a report of that day, or nothing."""
    if birth.year is None:
        return "parts-without-year" if birth.month is not None or birth.day is not None else ""
    if birth.day is not None and birth.month is None:
        return "day-without-month"
    earliest = _earliest(birth)
    if earliest is None:
        return "impossible-date"
    if earliest > on:
        return "birth-after-report"
    return "too-long-ago" if on.year - birth.year > OLDEST_AGE else ""


def band_problem(notification: NotificationInput) -> str:
    """The code of the rule that the estimated age group breaks: a code of the list that fits a known birth date."""
    if not notification.age_band:
        return ""
    if notification.age_band not in AGE_BANDS:
        return "unknown-code"
    birth, on = notification.identity.birth, notification.date
    if birth.year is None or problem_of(birth, on):
        return ""
    earliest, latest = possible_birthdays(birth.year, birth.month, birth.day)
    oldest, youngest = whole_years(earliest, on), max(whole_years(latest, on), 0)
    codes = AGE_BANDS.codes
    possible = codes[codes.index(band(youngest)) : codes.index(band(oldest)) + 1]
    return "" if notification.age_band in possible else "contradicts-birth"


def age_of(notification: NotificationInput) -> Age:
    """The age on the legal date, computed before the birth date is sealed; else the band that the reporter estimates."""
    birth, on = notification.identity.birth, notification.date
    if birth.year is None or problem_of(birth, on):
        return Age(band=notification.age_band)
    found = age_on(on, year=birth.year, month=birth.month, day=birth.day)
    return found if found.band else Age(band=notification.age_band)


def _earliest(birth: PartialDate) -> date | None:
    try:
        return date(birth.year or 0, 1 if birth.month is None else birth.month, 1 if birth.day is None else birth.day)
    except (ValueError, OverflowError):
        return None
