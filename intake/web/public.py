"""The pages that need no account: the choice of three ways, and what their forms share. They set no session and know nobody.

A visitor's network address is read here only to count sendings, and only its first part goes on (intake.public.limits).
"""

from collections.abc import Callable, Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.web.actors import current_actor
from intake.errors import NotAdmittedError
from intake.public import admission, limits
from intake.public.admission import Sending
from safeguards.actors import Actor

WHY_NOT: dict[str, str | Promise] = {
    "challenge-unknown": _("This page was open too long, or was not opened here. Look at your answers and send them again."),
    "challenge-old": _("This page was open too long. Look at your answers and send them again."),
    "sent-already": _("This was sent already. You need not do anything more. Do you want to send something else? Send again."),
    "too-soon": _("Your browser does not run scripts. Wait 20 seconds, look at your answers and send them again."),
    "too-many": _("Too much was sent from this place in the past hour. Wait an hour and send again."),
}
STATUS = {"too-many": 429}


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "intake/public/start.html")


def visitor(request: HttpRequest) -> Actor:
    """Also somebody who is signed in is nobody here: what is sent on these pages is never tied to an account."""
    return Actor(kind="visitor", id="", request=current_actor(request).request)


def sending(request: HttpRequest, page: str) -> Sending:
    sent = request.POST
    return Sending(page, sent.get("challenge", "")[:200], sent.get("proof", "")[:20], network(request))


def network(request: HttpRequest) -> str:
    try:
        return limits.network_of(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return limits.network_of("")


def answered(
    request: HttpRequest, form: forms.Form, page: str, done: Callable[[Mapping[str, Any]], HttpResponse]
) -> HttpResponse:
    """A form that a visitor sent: drawn again with what is wrong, or carried out."""
    if "site-language" in request.POST:
        return form_page(request, type(form)(initial=request.POST.dict()), page)
    if not form.is_valid():
        return form_page(request, form, page, status=422)
    try:
        return done(form.cleaned_data)
    except NotAdmittedError as refused:
        form.add_error(None, str(WHY_NOT[refused.code]))
        return form_page(request, form, page, status=STATUS.get(refused.code, 422))


def form_page(request: HttpRequest, form: forms.Form, page: str, *, status: int = 200) -> HttpResponse:
    """With a new challenge each time it is drawn."""
    context = {
        "form": form,
        "answers_form": "answers",
        "challenge": admission.challenge(page),
        "bits": admission.BITS,
    }
    return render(request, f"intake/public/{page}.html", context, status=status)
