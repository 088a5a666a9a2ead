"""What waits for a second person: looks at an identity, searches and removals. Who asked, when and why; never about whom."""

from collections.abc import Callable, Iterator
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts import selectors as accounts
from accounts.web.actors import current_actor
from accounts.web.guards import needs
from accounts.web.waiting import Waiting, tells_waiting
from intake import unlock
from intake.errors import OwnGrantError, UnknownCaseError, UnknownRemovalError, UnknownSearchError
from intake.rights import policies, removals, searches
from intake.web import rights_names as called
from intake.web.unlocks import MOTIVES
from safeguards.actors import Actor

PAGE = "intake:grants"


@tells_waiting(policies.GRANTS)
def asked(by: Actor) -> Iterator[Waiting]:
    found = (*searches.waiting(by=by), *removals.waiting(by=by), *unlock.waiting(by=by))
    yield Waiting(_("Looks, searches and removals that wait for your leave"), PAGE, len(found))


@needs(policies.GRANTS)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    by = current_actor(request)
    names = {str(one.id): one.name for one in accounts.members()}
    content = {
        "searches": [
            (one, names.get(one.asked_by, ""), called.RIGHTS[one.right], called.MOTIVES[one.motive])
            for one in searches.waiting(by=by)
        ],
        "removals": [(one, names.get(one.asked_by, ""), called.RIGHTS[one.right]) for one in removals.waiting(by=by)],
        "looks": [(one, names.get(one.asked_by, ""), MOTIVES[one.motive]) for one in unlock.waiting(by=by)],
    }
    return render(request, "intake/grants.html", content)


@needs(policies.GRANTS)
@require_POST
def grant_search(request: HttpRequest, search: UUID) -> HttpResponse:
    return _answered(request, lambda: searches.grant(search=search, by=current_actor(request)), _("The search is granted."))


@needs(policies.GRANTS)
@require_POST
def refuse_search(request: HttpRequest, search: UUID) -> HttpResponse:
    done = _("The search is refused. Who was looked for is destroyed.")
    return _answered(request, lambda: searches.refuse(search=search, by=current_actor(request)), done)


@needs(policies.GRANTS)
@require_POST
def grant_removal(request: HttpRequest, case: UUID) -> HttpResponse:
    done = _("You agreed with the removal. Who handles the request can record the decision.")
    return _answered(request, lambda: removals.grant(case=case, by=current_actor(request)), done)


@needs(policies.GRANTS)
@require_POST
def refuse_removal(request: HttpRequest, case: UUID) -> HttpResponse:
    done = _("You did not agree with the removal. Nothing is removed.")
    return _answered(request, lambda: removals.refuse(case=case, by=current_actor(request)), done)


def _answered(request: HttpRequest, act: Callable[[], None], done: object) -> HttpResponse:
    try:
        act()
    except (UnknownSearchError, UnknownRemovalError, UnknownCaseError):
        messages.warning(request, str(_("Somebody else has answered this, or its time is over.")))
    except OwnGrantError:
        messages.warning(request, str(_("You asked for this yourself. Somebody else has to grant it.")))
    else:
        messages.success(request, str(done))
    return redirect(PAGE)
