"""What the person takes along after consenting: a code and how to stop, in the language that was signed in, without a mark."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from accounts.web import current_actor, needs
from intake.notifications import drafts, selectors, services


@needs(Permission.SUBMIT_NOTIFICATION)
@require_safe
def slips(request: HttpRequest, reference: str) -> HttpResponse:
    """Of one report or of several that were sent at once."""
    by, names = current_actor(request), reference.split(services.REFERENCES)
    if by.organisation is None or len(names) > drafts.MOST_PERSONS:
        raise Http404
    found = selectors.receipts_of(organisation=by.organisation, references=names, by=by)
    if not found:
        raise Http404
    address = request.build_absolute_uri(reverse("intake:public-stop"))
    response = render(request, "intake/slips.html", {"slips": found, "address": address})
    response["Cache-Control"] = "no-store"
    return response
