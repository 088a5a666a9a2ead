"""Counts an edition again from the inputs that it froze, and compares the bytes. It stores and publishes nothing."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from reports import events
from reports.editions import counting, reading
from reports.editions.counting import Counters
from reports.editions.errors import UnknownEditionError
from reports.editions.inputs import Digest, by_person
from reports.editions.policies import check_may_see_exact
from reports.editions.printed import definitions_digest, from_bytes
from reports.editions.storing import bytes_of
from reports.models import Edition
from safeguards import audit
from safeguards.actors import Actor

AT_ONCE = 2000


class Outcome(StrEnum):
    """OTHER_DEFINITIONS: this version of the programme counts other figures than the edition did."""

    SAME = "same"
    INPUTS_GONE = "inputs-gone"
    OTHER_DEFINITIONS = "other-definitions"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Repeated:
    """gone of inputs contributions are here no more: withdrawn or erased."""

    outcome: Outcome
    inputs: int
    gone: int


def repeat(*, number: int, by: Actor) -> Repeated:
    check_may_see_exact(by)
    row: Edition | None = Edition.objects.filter(number=number).first()
    if row is None:
        raise UnknownEditionError
    outcome = _outcome(row)
    found = Repeated(outcome, row.inputs, row.inputs - reading.number_of_inputs(row.id))
    details: dict[str, str | int | bool | None] = {"name": row.name, "outcome": str(outcome), "gone": found.gone}
    with transaction.atomic():
        audit.record(events.EDITION_REPEATED, by=by, object_type="edition", object_id=row.id, details=details)
    return found


def _outcome(row: Edition) -> Outcome:
    if row.definitions != definitions_digest():
        return Outcome.OTHER_DEFINITIONS
    if reading.number_of_inputs(row.id) < row.inputs:
        return Outcome.INPUTS_GONE
    counters, inputs, digest = _counted_again(row.id)
    if inputs < row.inputs:
        return Outcome.INPUTS_GONE
    heading = dict(from_bytes(bytes(row.protected)).heading)
    again = bytes_of(counters, heading, reading.rounding_of(row), inputs=inputs, digest=digest)
    same = again.protected == bytes(row.protected) and hashlib.sha256(again.exact).hexdigest() == row.exact_digest
    return Outcome.SAME if same else Outcome.DIFFERENT


def _counted_again(edition: UUID) -> tuple[Counters, int, str]:
    counters, digest, inputs = counting.from_json(reading.signals_of(edition)), Digest(), 0
    last = None
    while found := reading.next_inputs(edition, last, AT_ONCE):
        persons = list(by_person(found))
        for person in persons:
            digest.add(person)
        counters.update(counting.counters_of(persons))
        inputs += len(found)
        last = found[-1].person
    return counters, inputs, digest.final(inputs)
