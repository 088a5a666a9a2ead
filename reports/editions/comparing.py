"""Counts the registers that lie between an edition in the making and the one before it: for the reasons of revisions."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from intake import facts
from reports.editions import counting, reading
from reports.editions.counting import Counters
from reports.editions.inputs import Input, by_person
from reports.editions.printed import definitions_digest, from_bytes
from reports.editions.revisions import Revised, Why, revised_with_reasons
from reports.models import Edition, Freeze

PASS = "pass"  # noqa: S105
# The registers in between, as they are called in the counters of a freeze.
KEPT, CORRECTED, SPLIT, LINKED = "kept", "corrected", "split", "linked"
# The register of the edition itself; its signals are counted with what came late.
IS = "is"


def go_on(row: Freeze, before: Edition, portion: int) -> tuple[Input, ...]:
    """The next persons of this edition, and then those of the one before; nothing is left where it returns none."""
    if row.counters.get(PASS) is None:
        found = reading.next_inputs(row.id, row.last, portion)
        if found:
            _add(row, _of_later(found, before))
            return found
        row.counters |= {PASS: "earlier"}
        row.last = None
    found = reading.next_inputs(before.id, row.last, portion)
    if found:
        _add(row, _of_earlier(found, row, before))
    return found


def _of_later(found: Sequence[Input], before: Edition) -> dict[str, Counters]:
    known = reading.inputs_about(before.id, (one.contribution for one in found))
    common = [[one for one in person if one.contribution in known] for person in by_person(found)]
    apart = (part for person in common for part in _as_before(person, known))
    return {LINKED: counting.counters_of(common), SPLIT: counting.counters_of(apart)}


def _as_before(person: Iterable[Input], known: dict[Any, Input]) -> Iterator[list[Input]]:
    """One person now, in the parts that were one person before too."""
    parts: dict[Any, list[Input]] = {}
    for one in person:
        parts.setdefault(known[one.contribution].person, []).append(one)
    return iter(parts.values())


def _of_earlier(found: Sequence[Input], row: Freeze, before: Edition) -> dict[str, Counters]:
    now = reading.inputs_about(row.id, (one.contribution for one in found))
    parted = facts.parted_by_removal(now, since=timezone.localdate(before.frozen))
    persons = ([one for one in person if one.contribution in now] for person in by_person(found))
    kept = [part for person in persons for part in _parts(person, now, parted)]
    corrected = ([now[one.contribution] for one in person] for person in kept)
    return {KEPT: counting.counters_of(kept), CORRECTED: counting.counters_of(corrected)}


def _parts(person: Sequence[Input], now: Mapping[UUID, Input], parted: Container[UUID]) -> Iterable[list[Input]]:
    """One person of before, without those who are apart because a report that had joined them went: a split that follows
    from a withdrawal is an effect of the withdrawal.
    """
    stayed = {now[one.contribution].person for one in person if one.contribution not in parted}
    parts: dict[UUID | None, list[Input]] = {}
    for one in person:
        stands = now[one.contribution].person
        parts.setdefault(stands if one.contribution in parted and stands not in stayed else None, []).append(one)
    return parts.values()


def _add(row: Freeze, counted: dict[str, Counters]) -> None:
    for name, counters in counted.items():
        together = counting.from_json(row.counters.get(name, ()))
        together.update(counters)
        row.counters |= {name: counting.to_json(together)}


def revision(row: Freeze, before: Edition) -> tuple[Revised, ...]:
    """Every cell that both editions have and that differs, with what each reason changed it by."""
    years = (row.first_year, row.last_year)
    between = (
        (Why.WITHDRAWAL if before.definitions == definitions_digest() else Why.DEFINITIONS, KEPT),
        (Why.CORRECTION, CORRECTED),
        (Why.SPLIT, SPLIT),
        (Why.LINK, LINKED),
        (Why.LATE_REPORT, IS),
    )
    earlier, later = (counting.from_json(signals) for signals in (reading.signals_of(before.id), row.signals))
    stages = [
        (why, counting.tables_of(counting.from_json(row.counters.get(name, ())) + (later if name == IS else earlier), *years))
        for why, name in between
    ]
    return revised_with_reasons([(None, from_bytes(reading.open_exact(before)).tables), *stages])
