"""People's answers about pairs: same, different, cannot tell; taken back, or contested by a colleague.

They are about two contributions, never persons. Each is a row that stays; what they come to is written on the pair, and
persons are grouped anew where that changed.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
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
from intake.matching import changes, pairs, person_events, persons, policies, sampling, standing
from intake.matching.person_events import Cause
from intake.matching.persons import Regrouped
from intake.matching.portions import in_portions
from intake.matching.standing import Told
from intake.models.decision import Answer, LinkDecision, Reading, Verdict
from intake.models.matching import Pair
from safeguards import audit
from safeguards.actors import Actor

Decision = Pair.Decision
ON_PAIR = ("decision", "decided_by", "decided", "waits", "read_by")
ABOUT_ANSWERS = {
    Answer.TAKEN_BACK: events.LINKAGE_DECISION_UNDONE,
    Answer.CONTESTED: events.LINKAGE_DECISION_CONTESTED,
}


def decide(*, pair: UUID, verdict: Verdict, by: Actor) -> None:
    decide_many(verdicts={pair: verdict}, by=by)


def decide_many(*, verdicts: Mapping[UUID, Verdict], by: Actor) -> None:
    """All of the answers or none; persons are grouped anew once. Refused where they contradict what was decided before."""
    policies.check_may_review(by)
    with transaction.atomic():
        changes.lock_register()
        rows = _pairs(verdicts)
        told = _told(rows)
        answers = [_answer(row, verdicts[row.id], told[row.id], by) for row in rows]
        LinkDecision.objects.bulk_create(answers)
        grouped = _hold(rows, {new.pair: told[new.pair].and_then(new) for new in answers}, by)
        _finish([_event(events.LINKAGE_DECIDED, new) for new in answers], grouped, by)


def undo(*, pair: UUID, by: Actor) -> None:
    """Take the own last answer back: the pair is what the answers before it, or its weight, make it again."""
    policies.check_may_review(by)
    with transaction.atomic():
        changes.lock_register()
        (row,) = _pairs([pair])
        told = _told([row])[row.id]
        policies.check_may_undo(told.standing, by)
        _say_of(row, told, Answer.TAKEN_BACK, by)


def contest(*, pair: UUID, by: Actor) -> None:
    """Have a colleague's answer read by somebody else, as where the draw says so; until then it holds."""
    policies.check_may_review(by)
    with transaction.atomic():
        changes.lock_register()
        (row,) = _pairs([pair])
        told = _told([row])[row.id]
        policies.check_may_contest(row, told.standing, by)
        _say_of(row, told, Answer.CONTESTED, by)


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
    return _allows(pair, lambda row, before: policies.check_may_undo(before, by), by)


def may_contest(*, pair: UUID, by: Actor) -> bool:
    return _allows(pair, lambda row, before: policies.check_may_contest(row, before, by), by)


def _allows(pair: UUID, check: Callable[[Pair, list[LinkDecision]], None], by: Actor) -> bool:
    row = Pair.objects.filter(pairs.READABLE, id=pair).first()
    if row is None or not permissions.has(by, Permission.REVIEW_LINKAGE):
        return False
    try:
        check(row, _standing(row))
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


def _told(rows: Collection[Pair]) -> dict[UUID, Told]:
    """Of each pair, everything that was answered about the two."""
    found = {row.id: Told() for row in rows}
    asked_now = {(row.first_id, row.second_id): row.id for row in rows}
    for portion in in_portions({first for first, _ in asked_now}):
        for answer in LinkDecision.objects.filter(first__in=portion).order_by("id"):
            now = asked_now.get((answer.first_id, answer.second_id))
            if now is not None:
                (found[now].answers if answer.pair == now else found[now].earlier).append(answer)
    return found


def _standing(row: Pair) -> list[LinkDecision]:
    return _told([row])[row.id].standing


def _answer(row: Pair, verdict: Verdict, told: Told, by: Actor) -> LinkDecision:
    """Whoever contested the first answer, or took an own second one back, has seen it: a new one says nothing of agreement."""
    before = told.standing
    made = _row(row, verdict.answer, verdict.reason, policies.reading_for(row, before, by), by)
    if made.reading != Reading.FIRST:
        made.about = before[-1]
    if made.reading == Reading.SECOND:
        unaware = all(one.by != by.id for one in told.answers)
        made.drawn = unaware and sampling.read_twice((row.first_id, row.second_id))
    return made


def _say_of(row: Pair, told: Told, answer: Answer, by: Actor) -> None:
    """Of the last answer that stands, that it is taken back or contested."""
    last = told.standing[-1]
    said = _row(row, answer, "", last.reading, by)
    said.about = last
    said.save(force_insert=True)
    grouped = _hold([row], {row.id: told.and_then(said)}, by)
    _finish([_event(ABOUT_ANSWERS[answer], last)], grouped, by)


def _row(row: Pair, answer: Answer, reason: str, reading: str, by: Actor) -> LinkDecision:
    made = LinkDecision(first_id=row.first_id, second_id=row.second_id, pair=row.id, weight=row.weight)
    made.answer, made.reason, made.reading, made.by, made.parameters = answer, reason, reading, by.id, row.parameters
    return made


def _hold(rows: list[Pair], answers: Mapping[UUID, Told], by: Actor) -> Regrouped | None:
    """Write what the answers come to, the last of each being new, and group anew those of whom the decision is another one."""
    changed = set()
    for row in rows:
        told = answers[row.id]
        found = standing.position(told.standing, twice=policies.is_read_twice(row, told))
        if found.decision != row.decision or found.waits == Pair.Waits.FIRST:
            changed |= {row.first_id, row.second_id}
        for name in ON_PAIR:
            setattr(row, name, getattr(found, name))
    Pair.objects.bulk_update(rows, ON_PAIR)
    if not changed:
        return None
    pairs.delete_undecided(row.id for row in rows)
    said = {(row.first_id, row.second_id): answers[row.id].answers[-1] for row in rows}
    grouped = persons.regroup(changed, Cause(answers[rows[0].id].answers[-1].answer, by, answers=said))
    if grouped.contradicted:
        raise ContradictionError
    return grouped


def _finish(told: list[audit.Event], grouped: Regrouped | None, by: Actor) -> None:
    audit.record_many([*told, *(person_events.told(grouped.counted) if grouped else ())], by=by)
    changes.touch(grouped.touched if grouped else ())


def _event(action: str, row: LinkDecision) -> audit.Event:
    details = {"decision": row.answer, "reason": row.reason, "reading": row.reading, "weight": str(row.weight)}
    return audit.Event(action, "pair", row.pair, details | {"parameters": row.parameters})
