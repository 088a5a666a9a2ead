"""Makes rows safe to leave: k persons alike on what identifies, no class that tells a sensitive value of everybody, nobody
alone on any four columns. Then mixes them, so that their order tells nothing. What it gives out passes checking.check, or it
gives nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reports.disclosure.microdata.checking import Findings, check, uniform
from reports.disclosure.microdata.rows import BLANK, Rows, sizes, subsets
from reports.disclosure.microdata.specification import Chosen, Kind, Specification
from reports.disclosure.microdata.suppressing import suppress

# Nobody shares four columns with a row that is alone on them.
_TWO = 2

Shuffled = Callable[[int], Sequence[int]]


@dataclass(frozen=True)
class Protected:
    """rows are in a random order, and as many as came in. before and after are of the same columns."""

    rows: Rows
    before: Findings
    after: Findings


class StillOpenError(RuntimeError):
    """The check of what was protected found something: the rows do not leave."""


def protect(rows: Rows, chosen: Sequence[Chosen], specification: Specification, *, order: Shuffled) -> Protected:
    """rows have the columns of chosen. order gives a random order of so many rows. Raises TooFewRowsError, StillOpenError."""
    quasi = [one.column.name for one in chosen if one.column.kind is Kind.QUASI_IDENTIFIER]
    sensitive = [one.column.name for one in chosen if one.column.kind is Kind.SENSITIVE]
    before = check(rows, quasi, sensitive, k=specification.k, diversity=specification.diversity)
    safe = replace(rows, codes=rows.codes.copy())
    identifying = rows.places(quasi)
    safe.codes[:, identifying] = suppress(safe.codes[:, identifying], safe.persons, specification.k)
    _blank_sensitive(safe, identifying, sensitive, specification.diversity)
    mixed = safe.ordered(order(len(safe)))
    after = check(mixed, quasi, sensitive, k=specification.k, diversity=specification.diversity)
    if not after.safe:
        raise StillOpenError
    return Protected(mixed, before, after)


def _blank_sensitive(rows: Rows, identifying: Sequence[int], sensitive: Sequence[str], diversity: int) -> None:
    """Until neither rule finds anything: each blank can bring the other rule another row, and there is an end to blanks."""
    blanks = -1
    while blanks != (blanks := int((rows.codes == BLANK).sum())):
        for name in sensitive:
            few = uniform(rows, rows.codes[:, identifying], name, diversity)
            rows.column(name)[few] = BLANK
        _blank_alone(rows, rows.places(sensitive))


def _blank_alone(rows: Rows, telling: Sequence[int]) -> None:
    codes, persons = rows.codes, rows.persons
    for chosen in subsets(codes.shape[1]):
        allowed = [number for number, place in enumerate(chosen) if place in telling]
        if allowed and (sizes(codes[:, chosen], persons) < _TWO).any():
            codes[:, chosen] = suppress(codes[:, chosen], persons, _TWO, allowed)
