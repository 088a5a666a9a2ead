"""The page on which a visitor asks to be called. What was filled in is shown nowhere again, also not to the visitor."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from intake.public import callbacks
from intake.public.callbacks import Contact
from intake.web import public
from intake.web.public_forms import CallbackForm

PAGE = "callback"


@login_not_required
@require_http_methods(["GET", "POST"])
def callback(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return public.form_page(request, CallbackForm(), PAGE)

    def ask(answers: Mapping[str, Any]) -> HttpResponse:
        contact = Contact(answers["name"], answers["contact"], answers["moment"])
        sent, by = public.sending(request, PAGE), public.visitor(request)
        callbacks.ask(contact=contact, region=answers["region"], language=answers["spoken"], sending=sent, by=by)
        return redirect("intake:public-callback-asked")

    return public.answered(request, CallbackForm(request.POST), PAGE, ask)


@login_not_required
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "intake/public/callback_asked.html", {"days": callbacks.DAYS})
