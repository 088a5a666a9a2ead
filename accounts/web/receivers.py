"""Records sign-ins, sign-outs and changes of factors in the audit trail, and starts the session's clock."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import events, sessions
from accounts.models import User
from accounts.web.actors import fresh_actor
from safeguards import audit
from safeguards.actors import Actor, system


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    sessions.begin(request.session)
    _record(events.SIGNED_IN, request, user)


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        _record(events.SIGNED_OUT, request, user)


@receiver(authenticator_added)
def factor_set_up(request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    """Setting up a factor proved that the user has it, so it counts in this session."""
    sessions.note_set_up(request.session, authenticator.type)


@receiver(post_save, sender=Authenticator)
def factor_stored(instance: Authenticator, created: bool, **_: Any) -> None:
    """On the row itself: allauth's own signal comes after the commit, too late for an entry in the same transaction."""
    if created:
        _record_factor(events.SECOND_FACTOR_ADDED, instance)


@receiver(post_delete, sender=Authenticator)
def factor_removed(instance: Authenticator, **_: Any) -> None:
    _record_factor(events.SECOND_FACTOR_REMOVED, instance)


@receiver(authentication_failed)
def factor_failed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    with transaction.atomic():
        _write(events.SECOND_FACTOR_FAILED, fresh_actor(request), user, authenticator.type)


@receiver([password_changed, password_reset, password_set])
def new_password(request: HttpRequest, user: User, **_: Any) -> None:
    _record(events.CREDENTIAL_CHANGED, request, user)


def _record(action: str, request: HttpRequest, user: User) -> None:
    with transaction.atomic():
        _write(action, fresh_actor(request), user)


def _record_factor(action: str, authenticator: Authenticator) -> None:
    by = fresh_actor(context.request) if context.request else system("accounts")
    with transaction.atomic():
        _write(action, by, authenticator.user, authenticator.type)


def _write(action: str, by: Actor, user: User, factor: str = "") -> None:
    details = {"factor": factor} if factor else None
    audit.record(action, by=by, object_type="user", object_id=user.id, details=details)
