"""Attacks an edition before it can be published: alone and with each edition that is or was out, each time together with the
extracts of rows that are out.

A job does one of these at a time, and the next is asked for with what it found, so that it can be killed anywhere.
docs/adr/checked-against-what-is-out.md says what an attacker is taken to know.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from jobs import services as jobs
from reports.disclosure.attack import Recovered
from reports.disclosure.protecting import between
from reports.disclosure.release import BadReleaseError, Key, Release
from reports.disclosure.telling import Tally, attack_with
from reports.editions import errors, reading
from reports.editions.exported import printed_release
from reports.editions.inputs import Input, by_person
from reports.editions.linked import as_release
from reports.editions.printed import from_bytes
from reports.models import Edition, EditionAudit, EditionStep, Freeze
from reports.releases import told

JOB = "reports.audit-edition"
PORTION = 2000
# Of fewer that differ, every number that moved would be about a handful that somebody may know.
FEWEST_CHANGED = 5


@dataclass(frozen=True)
class Changed:
    """How many person-years differ between two editions: whose the withdrawn reports were, is not known any more."""

    least: int
    most: int


def go_on(edition: UUID) -> Callable[[], None]:
    """The next attack on this edition that was not done yet, and the job for the one after it.

    It may take a minute, in which nobody waits for a database: what it found is written by the effect that this returns.
    """
    row = Edition.objects.filter(id=edition).first()
    missing = _missing(row) if row else ()
    if row is None or not missing:
        return _nothing
    return partial(_keep, row, _audit(row, missing[0]))


def _nothing() -> None:
    """Not an edition, or one of which all attacks were done."""


def _keep(row: Edition, audit: EditionAudit) -> None:
    """Another process may have done the same attack meanwhile, and a further edition or extract may be out."""
    with transaction.atomic():
        Freeze.objects.select_for_update().filter(id=row.id).first()
        if audit.against in _missing(row) and audit.extracts == told.number_out():
            audit.save()
        if _missing(row):
            jobs.record(JOB, row.id)


def ask_again() -> None:
    """Something was published, or an extract made: each edition that waits is attacked together with it."""
    for waiting in Edition.objects.filter(steps=None).values_list("id", flat=True):
        jobs.record(JOB, waiting)


def check(row: Edition) -> None:
    """Raises EditionError where an attack on this edition was not done yet, or found something."""
    if _missing(row):
        raise errors.not_audited()
    done = EditionAudit.objects.filter(edition=row, against__in=_against(row), extracts=told.number_out())
    # First what it tells without another edition: then that is why.
    for audit in sorted(done, key=lambda one: (one.against != row.number, one.against)):
        name = "" if audit.against == row.number else Edition.objects.get(number=audit.against).name
        if audit.few:
            raise errors.few_changed(name, FEWEST_CHANGED)
        if audit.found:
            extracts = told.periods_out(row.first_year, row.last_year)
            raise errors.reveals(audit.found, audit.attacked, name, extracts=extracts)


def changed(row: Edition, before: Edition) -> Changed:
    """Person-years are told apart by what is counted of them, not by whose they are."""
    was, now = (_person_years(one.id) for one in (before, row))
    differ = max(len(now - was), len(was - now))
    gone = before.inputs - reading.number_of_inputs(before.id)
    return Changed(differ + min(1, gone), len(now - was) + len(was - now) + gone)


def _missing(row: Edition) -> tuple[int, ...]:
    audits = EditionAudit.objects.filter(edition=row, extracts=told.number_out())
    done = set(audits.values_list("against", flat=True))
    return tuple(number for number in _against(row) if number not in done)


def _against(row: Edition) -> tuple[int, ...]:
    """Its own number and those of all that were ever published: what was withdrawn since is out too."""
    return (row.number, *ever_published().exclude(id=row.id).values_list("number", flat=True))


def ever_published() -> QuerySet[Edition]:
    """By their numbers, withdrawn ones too."""
    published = EditionStep.objects.filter(kind=EditionStep.Kind.PUBLISHED).values("edition")
    return Edition.objects.filter(id__in=published).order_by("number")


def published_years() -> frozenset[int]:
    """Of which figures were published, withdrawn ones too."""
    periods = ever_published().values_list("first_year", "last_year")
    return frozenset(year for first, last in periods for year in range(first, last + 1))


def printed(row: Edition) -> Release:
    return printed_release(from_bytes(bytes(row.protected)).tables, base=row.base, reference=row.name)


def counted(row: Edition) -> dict[Key, int]:
    """What it counted, exactly; for attacks alone."""
    return as_release(from_bytes(reading.open_exact(row)).tables, base=row.base).values()


def _audit(row: Edition, against: int) -> EditionAudit:
    extracts = told.all_out()
    if against == row.number:
        alone = attack_with([printed(row)], extracts, counted(row) if extracts else None)
        return _found(row, against, (alone,), len(extracts))
    before = Edition.objects.get(number=against)
    differ = changed(row, before)
    few = 0 < differ.least < FEWEST_CHANGED
    found = between(printed(before), printed(row), most=differ.most)
    return _found(row, against, (*found, *_as_one(before, row, extracts)), len(extracts), few=few)


def _as_one(before: Edition, row: Edition, extracts: Sequence[Sequence[Tally]]) -> Iterator[Recovered]:
    """An outsider tries whether both editions and the extracts show one register; where they cannot, that tells nothing."""
    with suppress(BadReleaseError):
        if extracts:
            yield attack_with([printed(before), printed(row)], extracts, counted(row))


def _found(row: Edition, against: int, found: tuple[Recovered, ...], extracts: int, *, few: bool = False) -> EditionAudit:
    worst = max(found, key=lambda one: len(one.exact) + len(one.near))
    numbers = {"attacked": worst.attacked, "found": len(worst.exact) + len(worst.near)}
    return EditionAudit(edition=row, against=against, extracts=extracts, few=few, **numbers)


def _person_years(freeze: UUID) -> set[bytes]:
    found, last = set(), None
    while inputs := reading.next_inputs(freeze, last, PORTION):
        found |= {_digest(one) for person in by_person(inputs) for one in _by_year(person)}
        last = inputs[-1].person
    return found


def _by_year(person: tuple[Input, ...]) -> Iterator[tuple[Input, ...]]:
    ordered = sorted(person, key=lambda one: one.year)
    return (tuple(of_year) for _, of_year in groupby(ordered, key=lambda one: one.year))


def _digest(person_year: tuple[Input, ...]) -> bytes:
    said = sorted((str(one.contribution), json.dumps(one.said, sort_keys=True)) for one in person_year)
    return hashlib.sha256(json.dumps(said).encode()).digest()
