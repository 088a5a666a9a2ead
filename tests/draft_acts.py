"""What is done to drafts, for the test that every service leaves an audit entry."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils import timezone

from intake.models.draft import Draft
from intake.notifications import drafts, services
from intake.notifications.drafts import Content
from intake.notifications.inputs import NotificationInput
from safeguards.actors import system
from tests import cast, drafted, reported

Act = Callable[[], object]
WORK = system("tests")


def _of_draft(service: Callable[..., object], **arguments: Any) -> Act:
    made, by = drafted.a_draft(), cast.actor(cast.OWNER)
    return lambda: service(**made, **arguments, owner=drafted.owner(), by=by)


def _submit_draft() -> Act:
    def reports_of(content: Content) -> dict[UUID, NotificationInput]:
        return {person.id: reported.report_with_consent() for person in content.persons}

    return _of_draft(services.submit_draft, reports_of=reports_of)


def _make_draft() -> Act:
    owner, by = drafted.owner(), cast.actor(cast.OWNER)
    return lambda: drafts.make(owner=owner, by=by)


def _expire_drafts() -> Act:
    drafted.a_draft()
    Draft.objects.update(expires=timezone.now())
    return lambda: drafts.expire(by=WORK)


def _discard_of() -> Act:
    drafted.a_draft()
    owner = drafted.owner()
    return lambda: drafts.discard_of(kind=owner.kind, owners=[owner.id], by=WORK)


ACTS: dict[str, Callable[[], Act]] = {
    "intake.notifications.services.submit_draft": _submit_draft,
    "intake.notifications.drafts.make": _make_draft,
    "intake.notifications.drafts.discard": lambda: _of_draft(drafts.discard),
    "intake.notifications.drafts.discard_of": _discard_of,
    "intake.notifications.drafts.close": lambda: _of_draft(drafts.close, references="signal"),
    "intake.notifications.drafts.expire": _expire_drafts,
}
