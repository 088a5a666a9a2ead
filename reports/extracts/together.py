"""Protects an extract against whoever has all that is out: each edition that was ever published, and the extracts before it.

docs/adr/extracts.md says what counts as recovered. The editions ask the same of the extracts that are out (editions.auditing).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from reports.disclosure.attack import Recovered
from reports.disclosure.microdata.protecting import Protected, protect
from reports.disclosure.microdata.rows import Rows
from reports.disclosure.microdata.specification import Chosen, Specification
from reports.disclosure.release import Key, Release
from reports.disclosure.telling import Tally, attack_with
from reports.editions import auditing
from reports.extracts import errors
from reports.extracts.errors import ExtractError
from reports.extracts.hiding import Pick, blank_more
from reports.extracts.telling import tallies_of
from reports.models import Extract
from reports.releases import told

# So often more values are blanked before an extract is refused.
ROUNDS = 6


@dataclass(frozen=True)
class Out:
    """What was out when an extract was attacked with it: numbers of editions, and how many extracts."""

    editions: tuple[int, ...]
    extracts: int


@dataclass(frozen=True)
class Asked:
    """Of an extract: its columns, its years and what must hold of it. order mixes rows, pick chooses some at random."""

    chosen: tuple[Chosen, ...]
    years: range
    specification: Specification
    order: Callable[[int], Sequence[int]]
    pick: Pick


@dataclass(frozen=True)
class Printed:
    """An edition as it is out, and what it counted."""

    release: Release
    counted: Mapping[Key, int]


@dataclass(frozen=True)
class Safe:
    """tallies: what its rows tell of figures."""

    protected: Protected
    tallies: tuple[Tally, ...]


def out() -> Out:
    return Out(tuple(one.number for one in auditing.ever_published()), told.number_out())


def editions_of(row: Extract) -> tuple[Printed, ...]:
    """The editions that count any of its years."""
    editions = auditing.ever_published().filter(first_year__lte=row.last_year, last_year__gte=row.first_year)
    return tuple(Printed(auditing.printed(edition), auditing.counted(edition)) for edition in editions)


def safe(rows: Rows, asked: Asked, editions: Sequence[Printed], extracts: Sequence[Sequence[Tally]]) -> Safe:
    """Rows that tell of no small count of these editions together with these extracts.

    Where they do, more values are blanked, and they are protected and attacked again. Raises ExtractError where that does not
    help, and what protect raises.
    """
    protected = protect(rows, asked.chosen, asked.specification, order=asked.order)
    for left in reversed(range(ROUNDS + 1)):
        tallies = tallies_of(protected.rows, asked.chosen, asked.years)
        opened = _opened(editions, (tallies, *extracts))
        if opened is None:
            return Safe(protected, tallies)
        release, recovered = opened
        if not left:
            break
        found = [one.key for one in (*recovered.exact, *recovered.near)]
        more = blank_more(protected.rows, asked.chosen, asked.years, found, release, asked.pick)
        again = protect(more, asked.chosen, asked.specification, order=asked.order)
        protected = replace(again, before=protected.before)
    raise _reveals(release, recovered)


def _opened(editions: Sequence[Printed], extracts: Sequence[Sequence[Tally]]) -> tuple[Release, Recovered] | None:
    """The first edition of which something is found."""
    attacked = ((one.release, attack_with([one.release], extracts, one.counted)) for one in editions)
    return next(((release, recovered) for release, recovered in attacked if not recovered.nothing), None)


def _reveals(release: Release, recovered: Recovered) -> ExtractError:
    return errors.reveals(len(recovered.exact) + len(recovered.near), recovered.attacked, release.reference)
