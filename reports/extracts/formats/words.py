"""What every file of an extract says of itself, as lines of name and value in both languages."""

from collections.abc import Iterator
from datetime import UTC

from reports.extracts.contents import About
from reports.figures.rows import Text

EXTRACT = Text("Nummer", "Number")
RECIPIENT = Text("Ontvanger", "Recipient")
PURPOSE = Text("Doel", "Purpose")
UNTIL = Text("Te bewaren tot en met", "To be kept until")
CUTOFF = Text("Bijgewerkt tot en met", "As of")
MADE = Text("Gemaakt op", "Made on")
YEARS = Text("Jaren", "Years")
WATERMARK = Text("Watermerk", "Watermark")
EVERYBODY = Text("Iedereen", "Everybody")


def about_lines(about: About) -> Iterator[tuple[Text, str]]:
    yield EXTRACT, str(about.id)
    yield RECIPIENT, about.recipient
    yield PURPOSE, about.purpose.en
    yield YEARS, f"{about.years[0]}-{about.years[1]}"
    yield CUTOFF, about.cutoff.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    yield MADE, about.made.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    yield UNTIL, about.until.isoformat()
    yield WATERMARK, about.watermark


def both(text: Text) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}
