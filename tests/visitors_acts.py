"""Each service for people without an account, ready to be called: rows of the table in test_audit_complete."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils import timezone

from intake.models.visitors import CallbackRequest, Invitation
from intake.notifications import signals as kept_signals
from intake.public import callbacks, expiry, invitations, signals, stops
from intake.public.callbacks import Contact, Reason, Result
from intake.public.invitations import Recipient
from safeguards.actors import system
from tests import cast, visitors

Act = Callable[[], object]


def _leave() -> Act:
    left = signals.signal(quarter="2026-3", kind="labour", region="", age_band="", police_region="")
    sending = visitors.sending("signal")
    return lambda: signals.leave(signal=left, sending=sending, by=visitors.VISITOR)


def _mix() -> Act:
    _leave()()
    return lambda: kept_signals.mix(by=system("tests"))


def _ask() -> Act:
    contact, sending = Contact("Naam", "Nummer"), visitors.sending("callback")
    return lambda: callbacks.ask(contact=contact, region="", language="nl", sending=sending, by=visitors.VISITOR)


def _calls(service: Callable[..., object], made: Callable[[], UUID], **arguments: Any) -> Act:
    callback, by = made(), cast.actor(cast.CARE_COORDINATOR)
    return lambda: service(callback=callback, by=by, **arguments)


def _expire_visitors() -> Act:
    visitors.a_callback()
    CallbackRequest.objects.update(expires=timezone.now())
    return lambda: expiry.expire(by=system("tests"))


def _ask_link() -> Act:
    recipient, sending = Recipient("naam@example.org", "nl", "http://testserver/l"), visitors.sending("link")
    return lambda: invitations.ask(recipient=recipient, sending=sending, by=visitors.VISITOR)


def _send_link() -> Act:
    _ask_link()()
    return lambda: invitations.send(invitation=Invitation.objects.get().id, by=system("tests"))


def _open_link() -> Act:
    token = visitors.a_link()
    return lambda: invitations.open_link(token=token, code="", by=visitors.VISITOR)


def _leave_link() -> Act:
    visit = invitations.open_link(token=visitors.a_link(), code="", by=visitors.VISITOR).visit
    return lambda: invitations.leave(visit=visit, by=visitors.VISITOR)


def _stop() -> Act:
    sending = visitors.sending("stop")
    return lambda: stops.ask(code="7K2M9-XQ4TC", sending=sending, by=visitors.VISITOR)


ACTS: dict[str, Callable[[], Act]] = {
    "intake.notifications.signals.mix": _mix,
    "intake.public.signals.leave": _leave,
    "intake.public.stops.ask": _stop,
    "intake.public.callbacks.ask": _ask,
    "intake.public.callbacks.take": lambda: _calls(callbacks.take, visitors.a_callback, reason=Reason.REGION),
    "intake.public.callbacks.show": lambda: _calls(callbacks.show, visitors.a_taken_callback),
    "intake.public.callbacks.give_back": lambda: _calls(callbacks.give_back, visitors.a_taken_callback),
    "intake.public.callbacks.finish": lambda: _calls(callbacks.finish, visitors.a_taken_callback, result=Result.REACHED),
    "intake.public.invitations.ask": _ask_link,
    "intake.public.invitations.send": _send_link,
    "intake.public.invitations.open_link": _open_link,
    "intake.public.invitations.leave": _leave_link,
    "intake.public.expiry.expire": _expire_visitors,
}
