"""The page on which a person stops with the code of a receipt. The answer is the same for every code, known or not."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consent import gate
from intake.public import stops
from intake.web import public
from intake.web.public_forms import StopForm

PAGE = "stop"


@login_not_required
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest) -> HttpResponse:
    """No redirect after sending: the code would have to stand in an address."""
    if request.method == "GET":
        return public.form_page(request, StopForm(), PAGE)

    def ask(answers: Mapping[str, Any]) -> HttpResponse:
        stops.ask(code=answers["code"], sending=public.sending(request, PAGE), by=public.visitor(request))
        content = {"code": gate.code_shown(answers["code"]), "today": timezone.localdate()}
        return render(request, "intake/public/stop_asked.html", content)

    return public.answered(request, StopForm(request.POST), PAGE, ask)
