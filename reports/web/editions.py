"""The pages of editions: the list, one with its revision, freezing, publishing, withdrawing, and the trend of a figure.

Whoever may not see exact counts reads published editions, protected, and nothing else: the selectors and services see to it.
"""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import has
from accounts.roles import Permission
from accounts.web import current_actor, needs
from reports.editions import freezing, selectors, services, trends
from reports.editions.errors import EditionError, UnknownEditionError
from reports.editions.policies import may_see_exact
from reports.editions.revisions import Revised
from reports.editions.selectors import Listed
from reports.editions.workflow import State, possible
from reports.web import editions_names as called
from reports.web.definition import UNITS, population_name
from reports.web.editions_forms import FreezeForm, ReasonForm
from reports.web.presentation import figure_name

PAGE = 100
READS = Permission.READ_EDITIONS


@require_safe
@needs(READS)
def editions(request: HttpRequest) -> HttpResponse:
    by = current_actor(request)
    found = selectors.visible_to(by)
    latest = next((one for one in found if one.state is State.PUBLISHED), None)
    freezes = has(by, Permission.FREEZE_EDITION)
    content = {
        "editions": [(one, *called.STATES[one.state]) for one in found],
        "latest": latest,
        "freezes": freezes,
        "making": selectors.freezing() if freezes else None,
        "refused": selectors.refused(by=by),
    }
    return render(request, "reports/editions.html", content)


@require_safe
@needs(READS)
def edition(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, number)


@needs(Permission.FREEZE_EDITION)
def new_edition(request: HttpRequest) -> HttpResponse:
    form = FreezeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            freezing.freeze(asked=form.asked(), by=current_actor(request))
        except EditionError as error:
            form.add_error(called.FIELDS.get(error.code), str(error))
        else:
            messages.success(request, _("The edition is being frozen. It appears in the list when it is there."))
            return redirect("reports:editions")
    return render(request, "reports/edition_new.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@needs(Permission.APPROVE_RELEASE)
def publish(request: HttpRequest, number: int) -> HttpResponse:
    return _step(request, number, State.PUBLISHED, lambda one, reason: _publish(request, one, reason))


@require_POST
@needs(Permission.APPROVE_RELEASE)
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    return _step(request, number, State.WITHDRAWN, lambda one, reason: _withdraw(request, one, reason))


@require_safe
@needs(READS)
def download(request: HttpRequest, number: int) -> HttpResponse:
    """The bytes that were stored, so that their digest can be checked."""
    try:
        found = selectors.figures_of(number, by=current_actor(request))
    except UnknownEditionError:
        raise Http404 from None
    name = f'attachment; filename="baken-{found.edition.name}.json"'
    return HttpResponse(found.content, content_type="application/json", headers={"Content-Disposition": name})


@require_safe
@needs(READS)
def trend(request: HttpRequest, identifier: str) -> HttpResponse:
    found = trends.trend(identifier, request.GET.get("column", ""), by=current_actor(request))
    if found is None:
        raise Http404
    language = get_language() or "nl"
    content = {
        "name": figure_name(found.figure),
        "title": found.figure.title.in_language(language),
        "population": population_name(found.figure, language),
        "unit": UNITS[found.figure.unit],
        "found": found,
        "columns": [(code, called.column_name(code)) for code in found.columns],
        "rows": [(called.row_label(row.row, language), row.numbers, row.row is None) for row in found.rows],
    }
    return render(request, "reports/trend.html", content)


def _publish(request: HttpRequest, one: Listed, reason: str) -> None:
    services.publish(edition=one.id, reason=reason, by=current_actor(request))
    messages.success(request, _("The edition is published."))


def _withdraw(request: HttpRequest, one: Listed, reason: str) -> None:
    services.withdraw(edition=one.id, reason=reason, by=current_actor(request))
    messages.success(request, _("The edition is withdrawn."))


def _step(request: HttpRequest, number: int, step: State, act: Callable[[Listed, str], None]) -> HttpResponse:
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            act(selectors.one(number, by=current_actor(request)), form.cleaned_data["reason"])
        except UnknownEditionError:
            raise Http404 from None
        except EditionError as error:
            form.add_error("reason" if error.code == "reason" else None, str(error))
        else:
            return redirect("reports:edition", number=number)
    return _page(request, number, {step: form})


def _page(request: HttpRequest, number: int, wrong: dict[State, ReasonForm] | None = None) -> HttpResponse:
    """wrong is a form that was posted and not accepted: it stands in the place of the empty one."""
    by = current_actor(request)
    try:
        one = selectors.one(number, by=by)
        figures = selectors.figures_of(number, by=by) if one.state is not State.WITHDRAWN else None
        revision = selectors.protected_revision(number, by=by) if figures else None
    except UnknownEditionError:
        raise Http404 from None
    exact = may_see_exact(by) and revision is not None and revision.before is not None
    cells: Sequence[Revised] = revision.cells if revision else ()
    if exact:
        cells = services.exact_revision(edition=one.id, by=by)
    page = Paginator(cells, PAGE).get_page(request.GET.get("page"))
    content = {
        "edition": one,
        "state": called.STATES[one.state],
        "rows": called.facts(one, figures.digest if figures else ""),
        "figures": called.figures(figures.tables) if figures else [],
        "before": revision.before if revision else None,
        "page": page,
        "cells": called.cells(page.object_list, figures.tables if figures else {}),
        "exact": exact,
        "forms": [
            (step, called.STEPS[step], (wrong or {}).get(step) or ReasonForm(auto_id=f"id_{step}_%s"))
            for step in (State.PUBLISHED, State.WITHDRAWN)
            if has(by, Permission.APPROVE_RELEASE) and possible(one.state, step)
        ],
        "wrong": next(iter(wrong.values())) if wrong else None,
    }
    return render(request, "reports/edition.html", content, status=422 if wrong else 200)
