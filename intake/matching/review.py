"""People's answers about pairs: same, different, cannot tell, or taken back. They are about two contributions, never persons.

Each is a row that stays; what they come to is written on the pair, and persons are grouped anew where that changed.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction

from accounts import permissions
from accounts.roles import Permission
from intake import events
from intake.errors import (
    ContradictionError,
    DisputedError,
    NotAskedError,
    NotDecidedError,
    OwnDecisionError,
    UnknownPairError,
)
from intake.matching import changes, pairs, persons, policies, sampling, standing
from intake.matching.changes import PersonYear
from intake.matching.portions import in_portions
from intake.models.decision import Answer, LinkDecision, Reading, Verdict
from intake.models.matching import Pair
from safeguards import audit
from safeguards.actors import Actor

Decision = Pair.Decision
ON_PAIR = ("decision", "decided_by", "decided", "waits", "read_by")


def decide(*, pair: UUID, verdict: Verdict, by: Actor) -> None:
    decide_many(verdicts={pair: verdict}, by=by)


def decide_many(*, verdicts: Mapping[UUID, Verdict], by: Actor) -> None:
    """All of the answers or none; persons are grouped anew once. Refused where they contradict what was decided before."""
    policies.check_may_review(by)
    with transaction.atomic():
        changes.lock_register()
        rows = _pairs(verdicts)
        told = _told(rows)
        answers = [_answer(row, verdicts[row.id], told.get(row.id, []), by) for row in rows]
        LinkDecision.objects.bulk_create(answers)
        known = zip(rows, answers, strict=True)
        touched = _hold(rows, {row.id: [*told.get(row.id, []), new] for row, new in known})
        audit.record_many((_event(events.LINKAGE_DECIDED, new) for new in answers), by=by)
        changes.touch(touched)


def undo(*, pair: UUID, by: Actor) -> None:
    """Take the last answer back: the pair is what the answers before it, or its weight, make it again."""
    policies.check_may_review(by)
    with transaction.atomic():
        changes.lock_register()
        (row,) = _pairs([pair])
        told = _told([row]).get(row.id, [])
        before = standing.standing(told)
        policies.check_may_undo(row, before, by)
        taken_back = _row(row, Answer.TAKEN_BACK, "", before[-1].reading, by)
        taken_back.about = before[-1]
        taken_back.save(force_insert=True)
        touched = _hold([row], {row.id: [*told, taken_back]})
        audit.record_many([_event(events.LINKAGE_DECISION_UNDONE, before[-1])], by=by)
        changes.touch(touched)


def reading_of(*, pair: UUID, by: Actor) -> Reading | None:
    """As what an answer of this person's would count now; None where it does not wait for this person."""
    row = Pair.objects.filter(pairs.READABLE, id=pair).first()
    if row is None or not permissions.has(by, Permission.REVIEW_LINKAGE):
        return None
    try:
        return policies.reading_for(row, _standing(row), by)
    except (OwnDecisionError, NotAskedError, DisputedError):
        return None


def may_undo(*, pair: UUID, by: Actor) -> bool:
    row = Pair.objects.filter(pairs.READABLE, id=pair).first()
    if row is None or not permissions.has(by, Permission.REVIEW_LINKAGE):
        return False
    try:
        policies.check_may_undo(row, _standing(row), by)
    except NotDecidedError:
        return False
    return True


def own_last(*, pair: UUID, by: Actor) -> LinkDecision | None:
    """The answer that this person gave, if it is the last that stands."""
    row = Pair.objects.filter(pairs.READABLE, id=pair).first()
    before = _standing(row) if row else []
    return before[-1] if before and before[-1].by == by.id else None


def _pairs(identifiers: Iterable[UUID]) -> list[Pair]:
    """One of a restricted report waits until the restriction ends, as to decide it would link the report."""
    asked = set(identifiers)
    found = [row for portion in in_portions(asked) for row in Pair.objects.filter(pairs.READABLE, id__in=portion)]
    if len(found) < len(asked):
        raise UnknownPairError
    return sorted(found, key=lambda row: row.id)


def _told(rows: Iterable[Pair]) -> dict[UUID, list[LinkDecision]]:
    """Of each pair, everything that was answered."""
    found: dict[UUID, list[LinkDecision]] = {}
    for portion in in_portions(row.id for row in rows):
        for answer in LinkDecision.objects.filter(pair__in=portion):
            found.setdefault(answer.pair, []).append(answer)
    return found


def _standing(row: Pair) -> list[LinkDecision]:
    return standing.standing(_told([row]).get(row.id, []))


def _answer(row: Pair, verdict: Verdict, told: list[LinkDecision], by: Actor) -> LinkDecision:
    """Whoever took an own second answer back may have seen the first since, so the new one says nothing of agreement."""
    before = standing.standing(told)
    made = _row(row, verdict.answer, verdict.reason, policies.reading_for(row, before, by), by)
    if made.reading != Reading.FIRST:
        made.about = before[-1]
    if made.reading == Reading.SECOND:
        unaware = all(one.by != by.id for one in told)
        made.drawn = unaware and sampling.read_twice((row.first_id, row.second_id))
    return made


def _row(row: Pair, answer: Answer, reason: str, reading: str, by: Actor) -> LinkDecision:
    made = LinkDecision(first_id=row.first_id, second_id=row.second_id, pair=row.id, weight=row.weight)
    made.answer, made.reason, made.reading, made.by, made.parameters = answer, reason, reading, by.id, row.parameters
    return made


def _hold(rows: list[Pair], answers: Mapping[UUID, list[LinkDecision]]) -> frozenset[PersonYear]:
    """Write what the answers come to, and group anew those of whom the decision is another one."""
    changed = set()
    for row in rows:
        told = answers[row.id]
        twice = sampling.read_twice((row.first_id, row.second_id)) or standing.taken_from_another(told)
        found = standing.position(standing.standing(told), twice=twice)
        if found.decision != row.decision or found.waits == Pair.Waits.FIRST:
            changed |= {row.first_id, row.second_id}
        for name in ON_PAIR:
            setattr(row, name, getattr(found, name))
    Pair.objects.bulk_update(rows, ON_PAIR)
    if not changed:
        return frozenset()
    pairs.delete_undecided(row.id for row in rows)
    grouped = persons.regroup(changed)
    if grouped.contradicted:
        raise ContradictionError
    return grouped.touched


def _event(action: str, row: LinkDecision) -> audit.Event:
    details = {"decision": row.answer, "reason": row.reason, "reading": row.reading, "weight": str(row.weight)}
    return audit.Event(action, "pair", row.pair, details | {"parameters": row.parameters})
