"""As Django's Dutch, with two digits for day and month where the date is short: so a column lines up, and so it is typed."""

SHORT_DATE_FORMAT = "d-m-Y"
SHORT_DATETIME_FORMAT = "d-m-Y H:i"
