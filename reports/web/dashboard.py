"""The overview of the monitor: headline numbers with their change, and the way to every figure.

Exact and live for who may see those, the newest published edition for everybody else. It counts nothing.
"""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.permissions import has
from accounts.roles import Permission
from accounts.web import current_actor, needs
from reports.deliveries import services as deliveries
from reports.editions import selectors as published
from reports.editions.policies import may_see_exact
from reports.figures import services
from reports.figures.shares import smallest_base
from reports.figures.tables import Table
from reports.web.headlines import headlines
from reports.web.presentation import figure_view
from reports.web.standing import Standing, live, of_edition

# Drawn on the overview; the others are one step away.
ON_THE_OVERVIEW = ("2.1", "2.7")


@require_safe
@needs(Permission.READ_EDITIONS)
def dashboard(request: HttpRequest) -> HttpResponse:
    if may_see_exact(current_actor(request)):
        found = services.exact_figures(by=current_actor(request))
        return _overview(request, found.tables, live(found), waiting=found.waiting)
    newest = published.latest()
    if newest is None:
        return redirect("reports:editions")
    return _overview(request, newest.tables, of_edition(newest.edition))


def _overview(request: HttpRequest, tables: Mapping[str, Table], standing: Standing, *, waiting: bool = False) -> HttpResponse:
    language = get_language() or "nl"
    content = {
        "delivers": has(current_actor(request), deliveries.DELIVERS),
        "standing": standing,
        "waiting": waiting,
        "headlines": headlines(tables, timezone.localdate(standing.as_of).year, exact=standing.exact),
        "smallest_base": smallest_base(exact=standing.exact),
        "figures": [
            figure_view(tables[identifier], language, exact=standing.exact)
            for identifier in ON_THE_OVERVIEW
            if identifier in tables
        ],
        "contents": [(table.figure.id, table.figure.title.in_language(language)) for table in tables.values()],
    }
    return render(request, "reports/dashboard.html", content)
