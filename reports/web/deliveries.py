"""The page with yearly deliveries to the National Rapporteur: order one, see how far it is, take its files."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.web import current_actor, needs
from reports.deliveries import selectors, services
from reports.deliveries.errors import DeliveryError
from reports.deliveries.services import DELIVERS
from reports.web.aggregate_downloads import KINDS
from reports.web.aggregate_texts import name_of

MISSING = {"unknown", "not-made"}


@require_safe
@needs(DELIVERS)
def deliveries(request: HttpRequest) -> HttpResponse:
    by = current_actor(request)
    rows = [(one, name_of(one.ordered_by)) for one in selectors.deliveries(by=by)]
    return render(request, "reports/deliveries.html", {"rows": rows, "years": selectors.years(by=by)})


@require_POST
@needs(DELIVERS)
def order(request: HttpRequest) -> HttpResponse:
    try:
        services.order(year=_year(request), by=current_actor(request))
    except DeliveryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The delivery is being made. Open this page again in a moment."))
    return redirect("reports:deliveries")


@require_safe
@needs(DELIVERS)
def file(request: HttpRequest, delivery: UUID, ending: str) -> HttpResponse:
    try:
        content = services.content(delivery=delivery, ending=ending, by=current_actor(request))
    except DeliveryError as error:
        if error.code in MISSING:
            raise Http404 from None
        messages.error(request, str(error))
        return redirect("reports:deliveries")
    disposition = f'attachment; filename="levering-{delivery}.{ending}"'
    return HttpResponse(content, content_type=KINDS[ending], headers={"Content-Disposition": disposition})


def _year(request: HttpRequest) -> int:
    """No year of an edition where none was chosen."""
    chosen = request.POST.get("year", "")
    return int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) == 4 else 0
