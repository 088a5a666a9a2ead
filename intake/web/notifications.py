"""The receipt of what was sent. The answer is the same whoever the person is."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from accounts.web.actors import current_actor
from accounts.web.guards import needs
from intake.notifications import drafts, selectors, services


@needs(Permission.READ_OWN_REPORTS)
@require_safe
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """Of one report or of several that were sent at once: a signal has no reference, so it can only be counted."""
    by, names = current_actor(request), reference.split(services.REFERENCES)
    known = [name for name in names if name != services.SIGNAL]
    found = [by.organisation and selectors.own_report(organisation=by.organisation, reference=name, by=by) for name in known]
    if not all(found) or len(names) > drafts.MOST_PERSONS:
        raise Http404
    with_slip = by.organisation and selectors.receipts_of(organisation=by.organisation, references=known, by=by)
    content = {
        "reports": found,
        "signals": len(names) - len(known),
        "slips": services.REFERENCES.join(known) if with_slip else "",
    }
    return render(request, "intake/receipt.html", content)
