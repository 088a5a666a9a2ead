"""How Baken differs from allauth's defaults: no sign-up, lock-out per account, sealed secrets, plain sentences."""

import logging
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import addresses, events, selectors, sessions
from accounts.models import User
from safeguards import audit, fields
from safeguards.actors import Actor

logger = logging.getLogger(__name__)

MAIN_TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in with email and password."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The email address or the password is not right."),
        "too_many_login_attempts": _("There were too many failed attempts. Wait a while and try again, or use a passkey."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The current password is not right."),
        "invalid_password_reset": _("This link does not work any more. Ask for a new one."),
        "rate_limited": _("There were too many requests. Wait a while and try again."),
        "incorrect_code": _("This code is not right, or it was used before. Wait for the next code."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Keeps the time of the sign-in before this one, which Django overwrites."""
        previous = user.last_login
        super().login(request, user)
        sessions.note_previous(request.session, previous)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            _record_refusal(events.SIGN_IN_LOCKED, credentials)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        _record_refusal(events.SIGN_IN_FAILED, credentials)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        if app == "allauth.mfa" and _is_setting_up(context.request):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reset_password_from_key_url(self, key: str) -> str:
        return addresses.mailed(self.request, urlsplit(super().get_reset_password_from_key_url(key)).path)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """What was done is done; a mail server that is down must not turn it into an error page."""
        try:
            super().send_notification_mail(*args, **kwargs)
        except OSError as error:
            logger.warning("A notification could not be sent: %s", type(error).__name__)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """allauth adds the Host header, whose port a visitor may choose: each port would start a new count."""
        return str(credentials.get("email", "")).lower()


class SecondFactorAdapter(DefaultMFAAdapter):
    """One-time codes, recovery codes and passkeys."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _("Your role needs a second factor. Add another one before you remove this one."),
        "cannot_generate_recovery_codes": _("Recovery codes come with an authenticator app or a passkey. Set up one first."),
    }

    def encrypt(self, text: str) -> str:
        return fields.seal_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        return fields.open_secret(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        """The page draws the code itself: the security policy allows no data address."""
        return ""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=MAIN_TYPES).exclude(pk=authenticator.pk)
        return others.exists() or not selectors.needs_second_factor(authenticator.user_id)

    def _get_site_name(self) -> str:
        return "Baken"


def _is_setting_up(request: HttpRequest) -> bool:
    """The password was given a moment ago and there is no factor to ask for yet, or the first one was just proved."""
    if sessions.has_just_set_up(request.session):
        return True
    present = Authenticator.objects.filter(user_id=request.user.pk, type__in=MAIN_TYPES).exists()
    return not present and sessions.has_just_signed_in(request)


def _record_refusal(action: str, credentials: dict[str, Any]) -> None:
    """Who was meant, where the account exists; never what was typed."""
    user = User.objects.filter(email=str(credentials.get("email", "")).lower()).first()
    with transaction.atomic():
        audit.record(action, by=Actor(kind="visitor", id=""), object_type="user", object_id=user.id if user else "")
