"""The work list of releases from which something was withdrawn, for who has to tell their recipients. It shows no person."""

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.web import current_actor, needs
from accounts.web.waiting import Waiting, tells_waiting
from intake import uses
from intake.errors import UnknownDutyError
from safeguards.actors import Actor

SHOWN = 100


@tells_waiting(uses.SEES)
def waiting(by: Actor) -> Iterator[Waiting]:
    untold = [duty for duty in uses.duties(limit=SHOWN, by=by) if duty.told is None]
    yield Waiting(_("Recipients to tell"), "intake:duties", len(untold))


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
