"""The figure of a source's chain: phase by phase what it published for one period. Plain Python; it computes no number.

A number, a part and a share that the source gave stand beside each other and are never derived from one another: the
factsheet's own note says that its numbers and its percentages are about different cohorts.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from reports.aggregates import codes
from reports.aggregates.contents import Contents, Value

FEWEST_PHASES = 3
Period = tuple[int, int]


@dataclass(frozen=True)
class Step:
    """A phase. number is the mean number per year of all forms together; other are further values of the same phase."""

    phase: str
    number: Value | None
    passed: Value | None
    shares: tuple[Value, ...]
    other: tuple[Value, ...]


@dataclass(frozen=True)
class Chain:
    """forms are the source's own, in its order; empty where it gives no shares."""

    source: str
    period: Period
    unit: str
    steps: tuple[Step, ...]
    forms: tuple[str, ...]

    @property
    def values(self) -> tuple[Value, ...]:
        return tuple(value for step in self.steps for value in _values(step))

    @property
    def years(self) -> str:
        first, last = self.period
        return str(first) if first == last else f"{first}-{last}"


def chains(source: str, contents: Contents) -> tuple[Chain, ...]:
    """One for each period and counting unit in which the source gives a mean per year of three phases or more."""
    found: Counter[tuple[Period, str]] = Counter(
        (_period(value), value.unit) for value in contents.values if value.measure == codes.YEARLY_MEAN and not value.form
    )
    return tuple(
        _chain(source, period, unit, contents) for (period, unit), phases in sorted(found.items()) if phases >= FEWEST_PHASES
    )


def _chain(source: str, period: Period, unit: str, contents: Contents) -> Chain:
    values = [value for value in contents.values if _period(value) == period]
    steps = tuple(
        _step(phase, unit, [value for value in values if value.phase == phase]) for phase in codes.phases_of(source).codes
    )
    shared = {value.form for step in steps for value in step.shares}
    forms = tuple(form for form in codes.forms_of(source).codes if form in shared)
    return Chain(source, period, unit, steps, forms)


def _step(phase: str, unit: str, values: list[Value]) -> Step:
    number = _first(value for value in values if _is_whole(value, codes.YEARLY_MEAN) and value.unit == unit)
    passed = _first(value for value in values if _is_whole(value, codes.PASSED))
    shares = tuple(value for value in values if value.measure == codes.SHARE)
    shown = {number, passed, *shares}
    return Step(phase, number, passed, shares, tuple(value for value in values if value not in shown))


def _is_whole(value: Value, measure: str) -> bool:
    return value.measure == measure and not value.form


def _first(values: Iterable[Value]) -> Value | None:
    return next(iter(values), None)


def _period(value: Value) -> Period:
    return value.first_year, value.last_year


def _values(step: Step) -> tuple[Value, ...]:
    single = tuple(value for value in (step.number, step.passed) if value is not None)
    return (*single, *step.shares, *step.other)
