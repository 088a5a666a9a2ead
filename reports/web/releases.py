"""The pages of who approves: what waits before it leaves, with its risk and never its data, and the yes or no to it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.web import current_actor, needs
from reports.extracts import selectors, services
from reports.extracts.errors import ExtractError, UnknownExtractError
from reports.extracts.policies import APPROVES
from reports.extracts.workflow import State
from reports.web import extract_names as called
from reports.web.extract_forms import RefusalForm


@require_safe
@needs(APPROVES)
def releases(request: HttpRequest) -> HttpResponse:
    rows = [called.row_of(one) for one in selectors.to_approve(by=current_actor(request))]
    return render(request, "reports/releases.html", {"rows": rows})


@require_safe
@needs(APPROVES)
def release(request: HttpRequest, extract: UUID) -> HttpResponse:
    return _page(request, extract, RefusalForm())


@require_POST
@needs(APPROVES)
def approve(request: HttpRequest, extract: UUID) -> HttpResponse:
    try:
        services.approve(extract=extract, by=current_actor(request))
    except UnknownExtractError:
        raise Http404 from None
    except ExtractError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It was approved and is being made."))
    return redirect("reports:release", extract=extract)


@require_POST
@needs(APPROVES)
def refuse(request: HttpRequest, extract: UUID) -> HttpResponse:
    form = RefusalForm(request.POST)
    if form.is_valid():
        try:
            services.refuse(extract=extract, reason=form.cleaned_data["reason"], by=current_actor(request))
        except UnknownExtractError:
            raise Http404 from None
        except ExtractError as error:
            messages.error(request, str(error))
        return redirect("reports:release", extract=extract)
    return _page(request, extract, form)


def _page(request: HttpRequest, extract: UUID, form: RefusalForm) -> HttpResponse:
    try:
        one = selectors.one_to_approve(extract, by=current_actor(request))
    except UnknownExtractError:
        raise Http404 from None
    content = {
        "extract": one,
        "title": called.said(one.product.title),
        "state": called.state(one),
        "facts": called.facts(one),
        "risk": called.risk(one),
        "likeness": called.likeness(one),
        "steps": [called.step(step) for step in selectors.steps(one.id)],
        "form": form,
        "decides": one.state == State.ASKED,
    }
    return render(request, "reports/release.html", content, status=422 if form.errors else 200)
