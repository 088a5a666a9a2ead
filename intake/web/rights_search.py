"""Looking for a person within a case, and what was found: asked here, granted elsewhere, seen while the grant lasts."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web.actors import current_actor
from accounts.web.guards import needs
from intake import unlock
from intake.errors import CaseStepError, UnknownCaseError, UnknownSearchError, UnknownUnlockError
from intake.rights import policies, searches
from intake.rights.grounds import Motive
from intake.rights.searches import SearchView
from intake.web import review_names
from intake.web import rights_names as called
from intake.web.rights import CASE, carried_out
from intake.web.rights_forms import SearchForm

GONE = _("What this search found can be seen no more. Ask again.")


@needs(policies.HANDLES)
@never_cache
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest, case: UUID) -> HttpResponse:
    form = SearchForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            motive = Motive(form.cleaned_data["motive"])
            searches.ask(case=case, identity=form.identity(), motive=motive, by=current_actor(request))
        except UnknownCaseError:
            raise Http404 from None
        except CaseStepError as error:
            form.add_error(None, str(called.PROBLEMS[error.code]))
        else:
            messages.success(request, str(_("A colleague has to grant this before the search runs.")))
            return redirect(CASE, case=case)
    return render(request, "intake/rights_search.html", {"form": form, "case": case}, status=422 if form.errors else 200)


@needs(policies.HANDLES)
@never_cache
@require_safe
def hits(request: HttpRequest, case: UUID, search: UUID) -> HttpResponse:
    by = current_actor(request)
    view = _found(request, case, search)
    try:
        found = searches.hits(search=search, by=by)
    except UnknownSearchError:
        messages.warning(request, str(GONE))
        return redirect(CASE, case=case)
    rows = [(hit, review_names.reporter(hit.source, hit.group), called.LIKENESS[hit.likeness]) for hit in found]
    return render(request, "intake/rights_hits.html", {"view": view, "rows": rows, "case": case})


@needs(policies.HANDLES)
@require_POST
def keep(request: HttpRequest, case: UUID, search: UUID) -> HttpResponse:
    _found(request, case, search)
    chosen = [UUID(one) for one in request.POST.getlist("report") if _is_id(one)]
    done = _("The reports are part of the case.")
    return carried_out(request, case, lambda by: searches.keep(search=search, contributions=chosen, by=by), done)


@needs(policies.HANDLES)
@require_POST
def look(request: HttpRequest, case: UUID, search: UUID, report: UUID) -> HttpResponse:
    """The grant of the search lets its asker look at what it found."""
    by = current_actor(request)
    _found(request, case, search)
    try:
        known = unlock.open_now(contribution=report, by=by)
        opened = known.id if known else unlock.open_found(search=search, contribution=report, by=by)
    except UnknownUnlockError:
        messages.warning(request, str(GONE))
        return redirect(CASE, case=case)
    return redirect("intake:unlock-identity", granted=opened)


def _found(request: HttpRequest, case: UUID, search: UUID) -> SearchView:
    of_case = searches.of_case(case=case, by=current_actor(request))
    view = next((one for one in of_case if one.id == search), None)
    if view is None:
        raise Http404
    return view


def _is_id(given: str) -> bool:
    try:
        UUID(given)
    except ValueError:
        return False
    return True
