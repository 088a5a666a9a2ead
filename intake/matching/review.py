"""People's decisions about pairs: same, different, or taken back. A decision is about two contributions, never two persons."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from intake import events
from intake.errors import ContradictionError, UnknownPairError
from intake.matching import changes, persons, policies
from intake.matching.changes import PersonYear
from intake.matching.portions import in_portions
from intake.models.matching import Pair
from safeguards import audit
from safeguards.actors import Actor

Decision = Pair.Decision


def decide(*, pair: UUID, decision: Decision, by: Actor) -> None:
    decide_many(decisions={pair: decision}, by=by)


def decide_many(*, decisions: Mapping[UUID, Decision], by: Actor) -> None:
    """All of the decisions or none; persons are grouped anew once. Refused where they contradict what was decided before."""
    policies.check_may_review(by)
    with transaction.atomic():
        changes.lock_register()
        rows = _pairs(decisions)
        for row in rows:
            policies.check_may_decide(row, by)
            row.decision, row.decided_by, row.decided = decisions[row.id], by.id, timezone.now()
        touched = _save_and_regroup(rows)
        audit.record_many((_event(events.LINKAGE_DECIDED, row, row.decision) for row in rows), by=by)
        changes.touch(touched)


def undo(*, pair: UUID, by: Actor) -> None:
    """Take a decision back: the pair is what its weight makes it again."""
    policies.check_may_review(by)
    with transaction.atomic():
        changes.lock_register()
        (row,) = _pairs([pair])
        policies.check_may_undo(row)
        taken_back = row.decision
        row.decision, row.decided_by, row.decided = "", "", None
        touched = _save_and_regroup([row])
        audit.record_many([_event(events.LINKAGE_DECISION_UNDONE, row, taken_back)], by=by)
        changes.touch(touched)


def _pairs(identifiers: Iterable[UUID]) -> list[Pair]:
    """One of a restricted report waits until the restriction ends: to decide it would link the report."""
    asked = set(identifiers)
    found = [row for portion in in_portions(asked) for row in Pair.objects.filter(id__in=portion, set_aside=False)]
    if len(found) < len(asked):
        raise UnknownPairError
    return sorted(found, key=lambda row: row.id)


def _save_and_regroup(rows: list[Pair]) -> frozenset[PersonYear]:
    Pair.objects.bulk_update(rows, ["decision", "decided_by", "decided"])
    grouped = persons.regroup({end for row in rows for end in (row.first_id, row.second_id)})
    if grouped.contradicted:
        raise ContradictionError
    return grouped.touched


def _event(action: str, row: Pair, decision: str) -> audit.Event:
    return audit.Event(action, "pair", row.id, {"decision": decision, "weight": str(row.weight), "parameters": row.parameters})
