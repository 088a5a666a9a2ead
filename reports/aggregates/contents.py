"""What an aggregate delivery holds: values as their source published them, footnotes and caveats. Plain data."""

from dataclasses import dataclass, field
from decimal import Decimal

from reports.aggregates.codes import UNKNOWN

Cell = tuple[str, str, int, int, str, str]
SeriesKey = tuple[str, str, str, str]


@dataclass(frozen=True)
class Value:
    """One published number. low and high are the ends of a range; both are empty where 'unknown' is what was published.

    breaks: with this value its series begins anew and cannot be set against what came before.
    """

    phase: str
    form: str
    first_year: int
    last_year: int
    measure: str
    unit: str
    qualifier: str
    place: str
    low: Decimal | None = None
    high: Decimal | None = None
    breaks: bool = False
    footnotes: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)

    @property
    def cell(self) -> Cell:
        """What it is the value of: within a source there is one such value."""
        return (self.phase, self.form, self.first_year, self.last_year, self.measure, self.unit)

    @property
    def series(self) -> SeriesKey:
        return (self.phase, self.form, self.measure, self.unit)

    @property
    def unknown(self) -> bool:
        return self.qualifier == UNKNOWN

    @property
    def period(self) -> str:
        return str(self.first_year) if self.first_year == self.last_year else f"{self.first_year}-{self.last_year}"


@dataclass(frozen=True)
class Note:
    """A footnote with its number, or a caveat on the whole without one."""

    number: str
    nl: str
    en: str
    line: int = field(default=0, compare=False)

    def in_language(self, language: str) -> str:
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True)
class Contents:
    values: tuple[Value, ...]
    notes: tuple[Note, ...]

    @property
    def footnotes(self) -> tuple[Note, ...]:
        return tuple(note for note in self.notes if note.number)

    @property
    def caveats(self) -> tuple[Note, ...]:
        return tuple(note for note in self.notes if not note.number)
