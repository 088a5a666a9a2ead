"""English as in Europe: day, month, year and a clock of 24 hours. Django's own English is American.

The month is a word in the short forms too: of 03/04/2026 nobody knows in English which is the day.
"""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y H:i"
TIME_FORMAT = "H:i"
SHORT_DATE_FORMAT = "j F Y"
SHORT_DATETIME_FORMAT = "j F Y H:i"
