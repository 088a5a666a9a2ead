"""The work list of releases from which something was withdrawn, for who has to tell their recipients. It shows no person."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.web import current_actor, needs
from intake import uses
from intake.errors import UnknownDutyError

SHOWN = 100


@needs(uses.SEES)
@require_safe
def work_list(request: HttpRequest) -> HttpResponse:
    return render(request, "intake/duties.html", {"duties": uses.duties(limit=SHOWN, by=current_actor(request))})


@needs(uses.SEES)
@require_POST
def tell(request: HttpRequest, duty: UUID) -> HttpResponse:
    try:
        uses.tell(duty=duty, by=current_actor(request))
    except UnknownDutyError:
        raise Http404 from None
    return redirect("intake:duties")
