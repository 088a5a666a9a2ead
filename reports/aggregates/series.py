"""What one source published year by year, as series that keep their source and counting unit. Plain Python.

A series is never continued with the numbers of another source, and a year without a published number stays empty.
"""

from dataclasses import dataclass

from reports.aggregates.contents import Contents, SeriesKey, Value


@dataclass(frozen=True)
class Series:
    """values has an entry for each year of the source; empty where it published nothing for that year."""

    key: SeriesKey
    values: tuple[Value | None, ...]


@dataclass(frozen=True)
class SeriesOfSource:
    source: str
    years: tuple[int, ...]
    series: tuple[Series, ...]

    @property
    def values(self) -> tuple[Value, ...]:
        return tuple(value for one in self.series for value in one.values if value is not None)

    @property
    def has_breaks(self) -> bool:
        return any(value.breaks for value in self.values)


def series_of(source: str, contents: Contents) -> SeriesOfSource:
    """Values over one year; what covers several years is no point of a series."""
    yearly = [value for value in contents.values if value.first_year == value.last_year]
    if not yearly:
        return SeriesOfSource(source, (), ())
    years = tuple(range(min(value.first_year for value in yearly), max(value.first_year for value in yearly) + 1))
    found: dict[SeriesKey, dict[int, Value]] = {}
    for value in yearly:
        found.setdefault(value.series, {})[value.first_year] = value
    return SeriesOfSource(
        source, years, tuple(Series(key, tuple(by_year.get(year) for year in years)) for key, by_year in found.items())
    )
