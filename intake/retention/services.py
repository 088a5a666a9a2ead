"""Carries the rules of retention out, one bounded batch a call, and leaves a tombstone: what went, when, by which rule.

Whose it was stands nowhere. Killed at any line, the batch of a rule is as if it had not begun.
"""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from django.db import transaction

from consent import gate
from intake import events
from intake.matching import changes, unlink
from intake.models.retention import Erasure
from intake.notifications import endings, erasing, policies, storing
from intake.retention import selectors
from intake.retention.rules import RULES, Action, Rule
from safeguards import audit
from safeguards.actors import Actor

JOB = "intake.retention"
BATCH = 200


def erase(*, by: Actor, limit: int = BATCH) -> int:
    """The next batch of each rule. Returns how much the fullest took: if it was the limit, more may wait."""
    policies.check_may_run(by)
    return max((_by_rule(rule, limit, by) for rule in RULES), default=0)


def _by_rule(rule: Rule, limit: int, by: Actor) -> int:
    """A transaction of its own: the rows of the next rule are not locked after the audit entry of this one."""
    with transaction.atomic():
        changes.lock_register()
        found = selectors.due(rule, limit)
        erasing.lock(selectors.contributions_of(rule, found))
        due = selectors.still_due(rule, found)  # What was corrected while the lock was waited for begins anew.
        if due:
            ACTIONS[rule.action](rule, due, by)
            Erasure.objects.create(rule=rule.id, action=rule.action, number=len(due))
            audit.record(events.RETENTION_ERASED, by=by, details={"rule": rule.id, "number": len(due)})
    return len(found)


def _erase_identities(rule: Rule, due: Sequence[UUID], by: Actor) -> None:
    """The signed sheet says who the person is as well."""
    contributions = selectors.contributions_of(rule, due)
    storing.erase_identities(contributions)
    gate.destroy_sheets(contributions)


def _cut_off(rule: Rule, due: Sequence[UUID], by: Actor) -> None:
    """By its own day alone, whatever becomes of its person: a reporter sees when this happens, and so does a feed."""
    contributions = selectors.contributions_of(rule, due)
    storing.erase_identities(contributions)
    gate.empty_statements(contributions)
    storing.cut_off(contributions)


def _close_persons(rule: Rule, due: Sequence[UUID], by: Actor) -> None:
    unlink.close(contributions=selectors.contributions_of(rule, due), by=by)


def _forget_endings(rule: Rule, due: Sequence[UUID], by: Actor) -> None:
    endings.forget(due)


ACTIONS: Mapping[Action, Callable[[Rule, Sequence[UUID], Actor], None]] = {
    Action.ERASE_IDENTITY: _erase_identities,
    Action.CUT_OFF: _cut_off,
    Action.CLOSE_PERSON: _close_persons,
    Action.FORGET_ENDING: _forget_endings,
}
