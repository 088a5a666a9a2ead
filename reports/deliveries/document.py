"""A yearly delivery as JSON: the figures of an edition with their definitions, caveats, protection and dates.

The figures are those that the edition printed. The same edition gives the same bytes.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from intake.codes.lists import FORMS
from reports.aggregates.writing import Part, as_plain
from reports.deliveries import words
from reports.editions.selectors import Listed, PublishedFigures
from reports.figures.caveats import PRESUMED
from reports.figures.definitions import POPULATIONS
from reports.figures.rows import Text

FORMAT = 3


def as_document(figures: PublishedFigures, others: Sequence[Part] = ()) -> bytes:
    edition = figures.edition
    said = {
        "delivery": {"format": FORMAT, "recipient": _both(words.RECIPIENT), "year": edition.last_year},
        "edition": {
            "number": edition.number,
            "name": edition.name,
            "first_year": edition.first_year,
            "last_year": edition.last_year,
            "as_of": _moment(edition.cutoff),
            "frozen": _moment(edition.frozen),
            "published": _moment(edition.published),
            "sha256": figures.digest,
        },
        "protection": {"method": edition.method, "base": edition.base, "explanation": _both(protection(edition))},
        "caveats": [_both(PRESUMED)],
        "definitions": _definitions(),
        "figures": json.loads(figures.content)["figures"],
        "other_sources": {"explanation": _both(words.OF_OTHERS), "deliveries": as_plain(others)},
    }
    return (json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def protection(edition: Listed) -> Text:
    """What was done to the numbers."""
    known = {"base": edition.base, "method": edition.method}
    return Text(words.PROTECTED.nl.format(**known), words.PROTECTED.en.format(**known))


def _definitions() -> dict[str, Any]:
    return {
        "populations": {row.code: _both(row.label) for row in POPULATIONS},
        "units": {unit.value: _both(text) for unit, text in words.UNITS.items()},
        "forms": {
            code: {"nl": row.attributes["title_nl"], "en": row.attributes["title_en"]} for code, row in FORMS.rows.items()
        },
    }


def _both(text: Text) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
