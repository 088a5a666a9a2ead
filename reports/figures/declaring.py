"""The words in which figures are declared, and what a declaration must keep to. It holds no figure and counts nothing.

A declaration that breaks a rule is never made: the error names the figure and what there is to choose from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from intake.codes.lists import EXPLOITATION_TYPES, CodeList
from reports.figures.rows import Row, Text, row_of
from reports.personyears.dimensions import DIMENSIONS, MEASURES, SIGNALS, STRATA
from reports.personyears.populations import Population

FORM_COLUMNS = ("BL-SU", "GO-SU", "AU", "CU", "")
# Before the code of a row that counts anonymous signals.
SIGNAL = "signal:"


class DefinitionError(ValueError):
    """A figure was declared with something that does not exist."""


class Unit(StrEnum):
    PERSON_YEARS = "person-years"
    REPORTS = "reports"


class Chart(StrEnum):
    """How a figure is drawn; its table always stands beside it."""

    STACKED = "stacked"
    GROUPED = "grouped"
    MULTIPLES = "multiples"
    LINES = "lines"
    REGIONS = "regions"


@dataclass(frozen=True)
class Period:
    first: int
    last: int

    @property
    def name(self) -> str:
        return f"{self.first}-{self.last}"

    @property
    def years(self) -> range:
        return range(self.first, self.last + 1)


@dataclass(frozen=True, eq=False)
class Figure:
    """One figure: what it counts, of whom, in which rows and columns.

    counts names the dimension of a person-year (personyears.dimensions) of which each value adds one to its row. among keeps
    only person-years with this exploitation type; known_only leaves out the unknown. Columns are the years of the register
    from first_year on, with by_form the forms too, or the periods of an imputed figure, whose unknown are divided within
    strata. Rows may overlap unless they add_up. A ranked figure takes its rows from row_names and lists those in a top five.
    signals_by names the attribute of anonymous signals by which those are counted too, in rows of their own (SIGNAL).
    """

    id: str
    title: Text
    counts: str
    source: Text
    rows: tuple[Row, ...] = ()
    population: Population = Population.BASE
    unit: Unit = Unit.PERSON_YEARS
    among: str = ""
    known_only: bool = False
    by_form: bool = False
    adds_up: bool = True
    mean_of: str = ""
    first_year: int = 0
    row_names: CodeList | None = None
    ranked: bool = False
    strata: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    signals_by: str = ""
    chart: Chart = Chart.STACKED
    caveats: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        for problem in _problems(self):
            raise DefinitionError(f"figure {self.id}: {problem}")

    @property
    def imputed(self) -> bool:
        return bool(self.periods)

    def row(self, code: str) -> Row:
        """The row of a code; one that was never declared is called by its code."""
        if self.row_names is not None:
            return row_of(self.row_names, code)
        return next((row for row in self.rows if row.code == code), Row(code, Text(code, code)))


def by_id(figures: tuple[Figure, ...]) -> dict[str, Figure]:
    found = {figure.id: figure for figure in figures}
    if len(found) < len(figures):
        raise DefinitionError("two figures have the same number")
    return found


def _problems(figure: Figure) -> Iterator[str]:
    names = (
        ("counts", (figure.counts,), DIMENSIONS.keys()),
        ("among", (figure.among,) if figure.among else (), EXPLOITATION_TYPES.codes),
        ("mean_of", (figure.mean_of,) if figure.mean_of else (), MEASURES),
        ("strata", figure.strata, STRATA),
        ("signals_by", (figure.signals_by,) if figure.signals_by else (), SIGNALS.keys()),
    )
    for field, chosen, there_are in names:
        for name in set(chosen) - set(there_are):
            yield f"{field} names {name!r}, which does not exist; there are {', '.join(sorted(there_are))}"
    if bool(figure.strata) != bool(figure.periods):
        yield "imputation needs both strata and periods"
    if figure.ranked != (figure.row_names is not None) or figure.ranked == bool(figure.rows):
        yield "a ranked figure takes its rows from row_names, every other one declares them"
    if figure.signals_by and figure.adds_up:
        yield "signals are no person-years: its rows do not add up"
    if not figure.ranked:
        yield from _problems_of_rows(figure)


def _problems_of_rows(figure: Figure) -> Iterator[str]:
    codes = [row.code for row in figure.rows]
    if not len(codes) == len(set(codes)) == len({row.name for row in figure.rows}):
        yield "every row has a code and a name of its own"
    for code in sorted({one for row in figure.rows for one in row.share_of} - set(codes)):
        yield f"share_of names the row {code!r}, which does not exist"
    countable = DIMENSIONS[figure.counts] - ({""} if figure.known_only or figure.imputed else set())
    countable |= {SIGNAL + code for code in SIGNALS.get(figure.signals_by, ())}
    for code in sorted(set(codes) - countable):
        yield f"row {code!r} does not exist: {figure.counts} never has it; it has {', '.join(map(repr, sorted(countable)))}"
    for code in sorted(countable - set(codes)):
        yield f"no row for {code!r}, which {figure.counts} can have"
