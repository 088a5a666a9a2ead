"""The report on risk and utility as a page that opens anywhere: words, and a bar for what was left out of each column."""

from django.template.loader import render_to_string

from reports.extracts.columns import BLANK_TEXT
from reports.extracts.contents import BLANK_CODE, Content
from reports.extracts.formats.words import about_lines
from reports.figures.rows import Text

TITLE = Text("Risico en bruikbaarheid", "Risk and utility")
_WIDTH = 400


def page(content: Content, language: str) -> bytes:
    said = content.about.title.in_language(language)
    number = max(len(content.rows), 1)
    bars = [
        (column.title.in_language(language), f"{share:.1%}", round(share * _WIDTH))
        for place, column in enumerate(content.columns)
        if BLANK_CODE in column.codes
        for share in [sum(row[place] == BLANK_CODE for row in content.rows) / number]
    ]
    values = {
        "language": language,
        "title": f"{TITLE.in_language(language)}: {said}",
        "about": [(name.in_language(language), value) for name, value in about_lines(content.about)],
        "notes": [note.in_language(language) for note in content.about.notes],
        "left_out": BLANK_TEXT.in_language(language),
        "bars": bars,
        "width": _WIDTH,
    }
    return render_to_string("reports/extract_report.html", values).encode()
