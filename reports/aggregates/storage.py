"""Contents of a delivery to rows and back, and the digest by which the same contents are found again. It decides nothing."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from operator import attrgetter
from uuid import UUID

from reports.aggregates.contents import Contents, Note, Value
from reports.models import AggregateDecision, AggregateDelivery, AggregateNote, AggregateValue

_VALUE = (
    "line", "phase", "form", "first_year", "last_year", "measure", "unit", "qualifier", "low", "high", "breaks", "place",
)  # fmt: skip


def digest(source: str, contents: Contents) -> str:
    """The same for the same values and notes, in whatever order, encoding or spelling of numbers the file had them."""
    values = sorted(json.dumps(_bare(asdict(value)), sort_keys=True) for value in contents.values)
    notes = sorted(json.dumps(_bare(asdict(note)), sort_keys=True) for note in contents.notes)
    return hashlib.sha256(json.dumps([source, values, notes]).encode()).hexdigest()


def _bare(found: dict[str, object]) -> dict[str, object]:
    del found["line"]
    return {name: f"{value:.1f}" if name in ("low", "high") and value is not None else value for name, value in found.items()}


def save(delivery: AggregateDelivery, contents: Contents) -> None:
    delivery.save(force_insert=True)
    AggregateValue.objects.bulk_create(
        AggregateValue(delivery=delivery, footnotes=list(value.footnotes), **{name: getattr(value, name) for name in _VALUE})
        for value in contents.values
    )
    AggregateNote.objects.bulk_create(
        AggregateNote(delivery=delivery, line=note.line, number=note.number, text_nl=note.nl, text_en=note.en)
        for note in contents.notes
    )


def contents(delivery: UUID) -> Contents:
    """In the order of the file."""
    values = AggregateValue.objects.filter(delivery_id=delivery).order_by("line")
    notes = AggregateNote.objects.filter(delivery_id=delivery).order_by("line")
    return Contents(
        tuple(
            Value(footnotes=tuple(row.footnotes), **dict(zip(_VALUE, attrgetter(*_VALUE)(row), strict=True))) for row in values
        ),
        tuple(Note(row.number, row.text_nl, row.text_en, row.line) for row in notes),
    )


def current(sources: Iterable[str]) -> list[AggregateDelivery]:
    """The accepted deliveries that no accepted correction replaced, oldest first."""
    accepted = AggregateDecision.Outcome.ACCEPTED
    rows = AggregateDelivery.objects.filter(source__in=tuple(sources), decision__outcome=accepted)
    replaced = rows.filter(corrects__isnull=False).values("corrects")
    return list(rows.exclude(pk__in=replaced).order_by("uploaded", "pk"))
