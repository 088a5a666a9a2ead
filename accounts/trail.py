"""The audit trail as the privacy officer reads it: what fits the question, a page at a time. Each reading is an entry itself.

It changes nothing; that the chain is whole is for manage.py verify_audit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import events, permissions
from accounts.models import Organisation, User
from accounts.roles import Permission
from safeguards import actions, audit
from safeguards.actors import Actor
from safeguards.models import AuditEntry

SHOWN = 50
OBJECT = "audit-trail"
READS = Permission.READ_AUDIT


@dataclass(frozen=True)
class Question:
    """What is asked for; what is empty is not looked at. before is the number of an entry, from which a page goes back."""

    object_id: str = ""
    actor_id: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


@dataclass(frozen=True)
class Line:
    """One entry; who and organisation are names where these are still known."""

    sequence: int
    moment: datetime
    actor_kind: str
    actor_id: str
    who: str
    organisation: str
    strength: str
    action: str
    told: str
    object_type: str
    object_id: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Answer:
    """The newest first. older is where the next page begins; nothing where this one is the last."""

    lines: tuple[Line, ...]
    older: int | None


def read(*, question: Question, by: Actor) -> Answer:
    permissions.require(by, READS)
    with transaction.atomic():
        entries = list(_wanted(question)[: SHOWN + 1])
        shown = entries[:SHOWN]
        audit.record(
            events.AUDIT_READ, by=by, object_type=OBJECT, object_id=question.object_id, details=_asked(question, shown)
        )
    older = shown[-1].sequence if len(entries) > SHOWN else None
    return Answer(tuple(_lines(shown)), older)


def known_actions(*, by: Actor) -> tuple[str, ...]:
    """Each that ever happened, in order: one short look in the index for each."""
    permissions.require(by, READS)
    return tuple(_actions())


def people(*, by: Actor) -> tuple[tuple[str, str], ...]:
    """The registry's own, who see what others do not: by id and name."""
    permissions.require(by, READS)
    registry = User.objects.filter(memberships__organisation__group="", memberships__organisation__feed="")
    return tuple((str(user.id), str(user)) for user in registry.distinct().order_by("name", "email"))


def knows(identifier: str) -> bool:
    """Whether it stands in the trail otherwise than since somebody looked for it."""
    by_it = AuditEntry.objects.filter(actor_id=identifier).exclude(actor_kind="user")
    of_it = AuditEntry.objects.filter(object_id=identifier).exclude(object_type=OBJECT)
    return by_it.exists() or of_it.exists()


def _wanted(question: Question) -> QuerySet[AuditEntry]:
    rows = AuditEntry.objects.order_by("-sequence")
    equal = {"object_id": question.object_id, "actor_id": question.actor_id, "action": question.action}
    rows = rows.filter(**{name: value for name, value in equal.items() if value})
    if question.since:
        rows = rows.filter(time__gte=_midnight(question.since))
    if question.until:
        rows = rows.filter(time__lt=_midnight(question.until + timedelta(days=1)))
    return rows.filter(sequence__lt=question.before) if question.before is not None else rows


def _asked(question: Question, shown: Sequence[AuditEntry]) -> dict[str, audit.Detail]:
    """What was looked for and which entries were shown, so that a reading can be repeated."""
    asked = {
        "actor": question.actor_id,
        "action": question.action,
        "since": question.since.isoformat() if question.since else "",
        "until": question.until.isoformat() if question.until else "",
    }
    numbers: dict[str, audit.Detail] = {"first": shown[0].sequence, "last": shown[-1].sequence} if shown else {}
    return {name: value for name, value in asked.items() if value} | {"entries": len(shown)} | numbers


def _actions() -> Iterator[str]:
    rows, last = AuditEntry.objects.order_by("action").values_list("action", flat=True), ""
    while (following := rows.filter(action__gt=last).first()) is not None:
        yield following
        last = following


def _lines(entries: Sequence[AuditEntry]) -> Iterator[Line]:
    people = {str(user.id): str(user) for user in User.objects.filter(id__in=_user_ids(entries))}
    wanted = {entry.organisation for entry in entries if entry.organisation}
    organisations = dict(Organisation.objects.filter(id__in=wanted).values_list("id", "name"))
    for entry in entries:
        yield Line(
            sequence=entry.sequence,
            moment=entry.time,
            actor_kind=entry.actor_kind,
            actor_id=entry.actor_id,
            who=people.get(entry.actor_id, ""),
            organisation=organisations.get(entry.organisation, "") if entry.organisation else "",
            strength=entry.strength,
            action=entry.action,
            told=actions.told(entry.action),
            object_type=entry.object_type,
            object_id=entry.object_id,
            details=tuple((name, str(value)) for name, value in entry.details.items()),
        )


def _user_ids(entries: Sequence[AuditEntry]) -> set[str]:
    return {entry.actor_id for entry in entries if entry.actor_kind == "user"}


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
