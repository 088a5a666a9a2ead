"""Reads what editions counted, a portion of persons at a time, and opens what is sealed of them. It changes nothing."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from reports.disclosure.release import Key
from reports.editions.inputs import Input
from reports.editions.printed import from_bytes
from reports.editions.protecting import Printed, Rounding, as_printed
from reports.models import Edition, EditionStep, Freeze, FrozenInput
from safeguards import fields
from safeguards.fields import Kind


def next_inputs(freeze: UUID, after: UUID | None, portion: int) -> tuple[Input, ...]:
    """Of the next persons, all of each; about as many inputs as asked, more where one person has more."""
    rows = FrozenInput.objects.filter(freeze=freeze).order_by("person")
    rows = rows.filter(person__gt=after) if after else rows
    persons = list(rows.values_list("person", flat=True)[:portion])
    if not persons:
        return ()
    return _inputs(rows.filter(person__lte=persons[-1]).order_by("person", "contribution_id"))


def inputs_about(freeze: UUID, contributions: Iterable[UUID]) -> dict[UUID, Input]:
    """Those of them that the edition counted."""
    found = _inputs(FrozenInput.objects.filter(freeze=freeze, contribution__in=list(contributions)))
    return {one.contribution: one for one in found}


def _inputs(rows: QuerySet[FrozenInput]) -> tuple[Input, ...]:
    return tuple(Input.from_json(*row) for row in rows.values_list("contribution_id", "person", "said"))


def signals_of(freeze: UUID) -> list[list[Any]]:
    found: list[list[Any]] = Freeze.objects.values_list("signals", flat=True).get(id=freeze)
    return found


def number_of_inputs(freeze: UUID) -> int:
    """How many are still here."""
    return FrozenInput.objects.filter(freeze=freeze).count()


def under_way() -> QuerySet[Freeze]:
    """The edition that is being made, if one is."""
    return Freeze.objects.exclude(state__in=(Freeze.State.FROZEN, Freeze.State.REFUSED))


def newest_published() -> Edition | None:
    """The last one by number that was published and not withdrawn."""
    published = EditionStep.objects.filter(kind=EditionStep.Kind.PUBLISHED).values("edition")
    withdrawn = EditionStep.objects.filter(kind=EditionStep.Kind.WITHDRAWN).values("edition")
    return Edition.objects.filter(id__in=published).exclude(id__in=withdrawn).order_by("-number").first()


def open_exact(edition: Edition) -> bytes:
    return fields.open_secret(edition.exact, Kind.EDITION, row=f"{edition.id} exact").encode()


def open_revision(edition: Edition) -> bytes:
    return fields.open_secret(edition.revision, Kind.EDITION, row=f"{edition.id} revision").encode()


def seed_of(edition: Edition) -> bytes:
    return bytes.fromhex(fields.open_secret(edition.seed, Kind.EDITION, row=f"{edition.id} seed"))


def rounding_of(edition: Edition) -> Rounding:
    return Rounding(seed_of(edition), edition.base, edition.method, printed_of(edition.compared_with))


def printed_of(edition: Edition | None) -> dict[Key, Printed]:
    if edition is None:
        return {}
    exact, safe = (from_bytes(content).tables for content in (open_exact(edition), bytes(edition.protected)))
    return as_printed(exact, safe, base=edition.base)
