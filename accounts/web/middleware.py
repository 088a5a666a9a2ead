"""What must be true before any page is reached: a session in time, a second factor where a role needs one, one organisation."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.defaults import permission_denied

from accounts import refusals, selectors, sessions
from accounts.permissions import NotAllowedError
from accounts.web.actors import chosen_membership, current_actor, fresh_actor

# Reached by somebody who still has to set up or use a second factor; all else waits.
WITHOUT_SECOND_FACTOR = frozenset(
    {
        "accounts:second-factor",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "set_language",
    }
)
WITHOUT_ORGANISATION = WITHOUT_SECOND_FACTOR | {"accounts:choose-organisation", "mfa_view_recovery_codes"}


class SignInRequirements:
    """One middleware for all, since their order matters."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _end_or_extend(request)
        cast(Any, request).actor = SimpleLazyObject(lambda: current_actor(request))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        page = request.resolver_match.view_name if request.resolver_match else ""
        return _second_factor(request, page) or _organisation(request, page)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A service that refuses is the same to the user as a page that refuses."""
        if isinstance(exception, NotAllowedError):
            refusals.note_missing(exception.permission, current_actor(request))
            return permission_denied(request, PermissionDenied())
        return None


def _end_or_extend(request: HttpRequest) -> None:
    if sessions.is_over(request.session):
        # A page may still keep what this person had typed; nothing is shown for it.
        cast(Any, request).ended_actor = fresh_actor(request)
        logout(request)
        messages.info(request, _("Your session has ended. Sign in again."))
    else:
        sessions.note_seen(request.session)


def _second_factor(request: HttpRequest, page: str) -> HttpResponse | None:
    user = sessions.signed_in_user(request)
    if user is None or page in WITHOUT_SECOND_FACTOR or sessions.has_second_factor(request):
        return None
    return redirect("accounts:second-factor") if selectors.needs_second_factor(user.id) else None


def _organisation(request: HttpRequest, page: str) -> HttpResponse | None:
    user = sessions.signed_in_user(request)
    if user is None or page in WITHOUT_ORGANISATION or chosen_membership(request):
        return None
    return redirect("accounts:choose-organisation") if selectors.memberships(user.id) else None
