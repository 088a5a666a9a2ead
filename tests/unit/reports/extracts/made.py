"""Contents of extracts for tests: a few rows of two columns, with a label that would be a formula."""

from datetime import UTC, date, datetime
from uuid import UUID

import numpy as np

from reports.disclosure.microdata.rows import BLANK, Rows
from reports.extracts.contents import About, Content, OutColumn, content_of
from reports.figures.rows import Text

FORMULA = "=1+1"


def about() -> About:
    return About(
        UUID("6f0f0a36-3f5c-4b8e-9f0e-0c1d6a2b9e11"),
        Text("Gegevens", "Data"),
        FORMULA,
        Text("Onderzoek", "Research"),
        "a-watermark",
        datetime(2026, 6, 1, tzinfo=UTC),
        datetime(2026, 5, 1, tzinfo=UTC),
        (2018, 2019),
        date(2026, 12, 31),
        (Text("Let op", "Beware"),),
    )


def coded() -> Content:
    """Of columns as the register has them: three rows, one value unknown and one left out."""
    values = {"year": ("2018", "2019"), "sex": ("female", "male", "")}
    return content_of(Rows(("year", "sex"), np.array([[0, 0], [1, 2], [BLANK, 1]]), values, np.arange(3)), about())


def hostile() -> Content:
    """A label and a value that a spreadsheet would take for a formula."""
    column = OutColumn("choice", Text(FORMULA, FORMULA), {"@a": Text(FORMULA, FORMULA), "b": Text("b", "b")})
    return Content((column,), [("@a",), ("b",)], about())
