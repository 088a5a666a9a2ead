"""The start page, the choice of organisation and the page about one's own second factor and sessions."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import labels, selectors, services, sessions
from accounts.adapters import MAIN_TYPES
from accounts.web import cards, waiting
from accounts.web.actors import chosen_membership, current_actor
from accounts.web.forms import OrganisationChoiceForm


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    user = sessions.signed_in_user(request)
    membership = chosen_membership(request)
    several = user is not None and len(selectors.memberships(user.id)) > 1
    content = {
        "waiting": waiting.waiting(current_actor(request)),
        "offers": cards.offers(current_actor(request)),
        "membership": membership,
        "roles": [labels.ROLES[role] for role in membership.roles] if membership else [],
        "several": several,
        "previous": sessions.previous_sign_in(request.session),
        "factors": [labels.FACTORS[factor] for factor in sessions.factors(request)],
    }
    return render(request, "accounts/start.html", content)


@require_http_methods(["GET", "POST"])
def choose_organisation(request: HttpRequest) -> HttpResponse:
    user = sessions.signed_in_user(request)
    options = selectors.memberships(user.id) if user else ()
    form = OrganisationChoiceForm(request.POST or None, memberships=options)
    if request.method == "POST" and form.is_valid():
        request.session[sessions.ORGANISATION] = form.cleaned_data["organisation"]
        return redirect("accounts:start")
    return render(request, "accounts/choose_organisation.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where a role that needs a second factor leads: to set one up, or to use the one there is."""
    user = sessions.signed_in_user(request)
    present = get_adapter().is_mfa_enabled(user, MAIN_TYPES)
    passkey = get_adapter().is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN])
    code = get_adapter().is_mfa_enabled(user, [Authenticator.Type.TOTP])
    content = {"present": present, "passkey": passkey, "code": code, "ready": sessions.has_second_factor(request)}
    return render(request, "accounts/second_factor.html", content)


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    services.end_own_sessions(by=current_actor(request))
    logout(request)
    return redirect("account_login")
