"""The pages of estimates of who was not seen: ask for one, follow its work, stop it, read it and take it along."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web import current_actor, needs
from reports.figures import services as figures
from reports.prevalence import selectors, services
from reports.prevalence.errors import EstimateError, UnknownRunError
from reports.prevalence.policies import ESTIMATES
from reports.prevalence.selectors import RunView
from reports.web.aggregate_downloads import KINDS
from reports.web.aggregate_texts import name_of
from reports.web.estimate_files import ENDINGS, exact_file
from reports.web.estimate_forms import EstimateForm, SectorsForm
from reports.web.estimate_presentation import estimate_view
from reports.web.estimate_sectors import sectors_view
from reports.web.estimate_texts import lists_words, period_words


@require_safe
@needs(ESTIMATES)
def estimates(request: HttpRequest) -> HttpResponse:
    rows = [
        (one, period_words(one.parameters), _what(one), name_of(one.asked_by))
        for one in selectors.runs(by=current_actor(request))
    ]
    return render(request, "reports/estimates.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ESTIMATES)
def new_estimate(request: HttpRequest) -> HttpResponse:
    form = EstimateForm(figures.years_of_register(), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            run = services.ask(asked=form.asked(), by=current_actor(request))
        except EstimateError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The estimate is being made."))
            return redirect("reports:estimate", run=run)
    return render(request, "reports/estimate_new.html", {"form": form}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ESTIMATES)
def new_sectors(request: HttpRequest) -> HttpResponse:
    form = SectorsForm(figures.years_of_register(), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            run = services.ask_sectors(asked=form.asked(), by=current_actor(request))
        except EstimateError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The estimate is being made."))
            return redirect("reports:estimate", run=run)
    return render(request, "reports/sectors_new.html", {"form": form}, status=400 if form.is_bound else 200)


@require_safe
@needs(ESTIMATES)
def estimate(request: HttpRequest, run: UUID) -> HttpResponse:
    found = _run(request, run)
    content: dict[str, object] = {
        "run": found,
        "period": period_words(found.parameters),
        "lists": _what(found),
    }
    if found.ready:
        result = services.result(run=run, by=current_actor(request))
        content["view"] = sectors_view(result) if found.of_sectors else estimate_view(found, result)
        content["endings"] = tuple(ENDINGS)
    return render(request, "reports/estimate_sectors.html" if found.of_sectors else "reports/estimate.html", content)


@require_POST
@needs(ESTIMATES)
def cancel(request: HttpRequest, run: UUID) -> HttpResponse:
    try:
        services.cancel(run=run, by=current_actor(request))
    except UnknownRunError:
        raise Http404 from None
    except EstimateError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The estimate is not made any further."))
    return redirect("reports:estimate", run=run)


@require_safe
@needs(ESTIMATES)
def file(request: HttpRequest, run: UUID, ending: str) -> HttpResponse:
    """The result without exact counts."""
    found = _run(request, run)
    if ending not in ENDINGS or not found.ready:
        raise Http404
    content = services.taken(run=run, make=partial(ENDINGS[ending], found), by=current_actor(request))
    return _answer(content, f"estimate-{run}.{ending}", ending)


@require_safe
@needs(ESTIMATES)
def table(request: HttpRequest, run: UUID) -> HttpResponse:
    """The exact overlap of the whole period, for the command and other programmes."""
    if not _run(request, run).ready:
        raise Http404
    try:
        content = services.exact_table(run=run, make=exact_file, by=current_actor(request))
    except UnknownRunError:
        raise Http404 from None
    return _answer(content, f"overlap-{run}.json", "json")


def _what(run: RunView) -> str:
    return _("prostitution sectors") if run.of_sectors else lists_words(run.parameters.lists)


def _run(request: HttpRequest, run: UUID) -> RunView:
    try:
        return selectors.one(run, by=current_actor(request))
    except UnknownRunError:
        raise Http404 from None


def _answer(content: bytes, name: str, ending: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=KINDS[ending], headers=headers)
