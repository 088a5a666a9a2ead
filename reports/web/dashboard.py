"""The pages with figures: exact and live for who may see those, the newest published edition for everybody else.

Views translate between request and services; they count nothing and know no counters.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from accounts.web import current_actor, needs
from reports.figures import definitions, services
from reports.figures.policies import may_read_exact_figures
from reports.figures.services import ExactFigures
from reports.web.presentation import figure_view

# Drawn on the overview; the others are one step away.
ON_THE_OVERVIEW = ("2.1", "2.2", "2.3", "2.7")


@require_safe
@needs(Permission.READ_EDITIONS)
def dashboard(request: HttpRequest) -> HttpResponse:
    if not may_read_exact_figures(current_actor(request)):
        return redirect("reports:editions")
    found = services.exact_figures(by=current_actor(request))
    content = _live(found) | {"figures": [figure_view(found.tables[identifier], _language()) for identifier in ON_THE_OVERVIEW]}
    return render(request, "reports/dashboard.html", content)


@require_safe
@needs(Permission.READ_EDITIONS)
def figure(request: HttpRequest, identifier: str) -> HttpResponse:
    if identifier not in definitions.BY_ID:
        raise Http404
    if not may_read_exact_figures(current_actor(request)):
        return redirect("reports:editions")
    found = services.exact_figures(by=current_actor(request))
    content = _live(found) | {"figure": figure_view(found.tables[identifier], _language())}
    return render(request, "reports/figure.html", content)


def _live(found: ExactFigures) -> dict[str, object]:
    """What every page with exact figures says: as of when, whether newer changes wait, and which figures there are."""
    language = _language()
    return {
        "as_of": found.as_of,
        "waiting": found.waiting,
        "empty": not found.tables["2.1"].columns,
        "contents": [(one.id, one.title.in_language(language)) for one in definitions.FIGURES],
    }


def _language() -> str:
    return get_language() or "nl"
