"""The page on which a visitor leaves an anonymous signal; the answer shows all that was stored."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intake.public import signals
from intake.web import public
from intake.web.public_forms import SignalForm, quarter_name

PAGE = "signal"


@login_not_required
@require_http_methods(["GET", "POST"])
def signal(request: HttpRequest) -> HttpResponse:
    """No redirect after sending: there is no address under which anything could be found back."""
    if request.method == "GET":
        return public.form_page(request, SignalForm(), PAGE)

    def leave(answers: Mapping[str, Any]) -> HttpResponse:
        left = signals.signal(**answers)
        signals.leave(signal=left, sending=public.sending(request, PAGE), by=public.visitor(request))
        words = signals.described(left, "nl" if get_language() == "nl" else "en")
        return render(request, "intake/public/signal_left.html", {"rows": _rows(words, left.year, left.quarter)})

    return public.answered(request, SignalForm(request.POST), PAGE, leave)


def _rows(words: Mapping[str, str], year: int, quarter: int) -> list[dict[str, str]]:
    labelled = (
        (_("Who sent it"), _("A private person")),
        (_("When"), quarter_name(year, quarter)),
        (_("Form"), words["form"]),
        (_("Age"), words["age_band"]),
        (_("Origin"), words["region"]),
        (_("Police region"), words["police_region"]),
    )
    return [{"label": label, "value": value} for label, value in labelled]
