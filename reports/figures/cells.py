"""The key of a counter: figure, row, year and form. Everything that a figure shows is a sum over these; it holds no count."""

from typing import NamedTuple

MEAN_SUM, MEAN_COUNT = "mean:sum", "mean:count"
PERSONS = "persons"


class Cell(NamedTuple):
    """form is empty for an unknown form, and for figures that are not by form. PERSONS counts distinct persons, in year 0."""

    figure: str
    row: str
    year: int
    form: str
