"""The work list of OM letters without an earlier police report, and what was found out about one. It shows no identity."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.web import current_actor, needs
from intake.codes.lists import DISMISSAL_REASONS
from intake.errors import UnknownLetterError
from intake.matching import letters
from intake.matching.letters import Finding

SHOWN = 50
FINDINGS = (
    (Finding.POLICE_WILL_REPORT, _("The police will report")),
    (Finding.REPORTED_AS_ANOTHER, _("Reported under another name")),
    (Finding.NEVER_REPORTED, _("Never reported")),
)


@needs(letters.SEES)
@require_safe
def work_list(request: HttpRequest) -> HttpResponse:
    found = letters.letters(limit=SHOWN, by=current_actor(request))
    rows = [(letter, DISMISSAL_REASONS.label(letter.dismissal, get_language() or "nl")) for letter in found]
    return render(request, "intake/letters.html", {"rows": rows, "waiting": letters.waiting(), "findings": FINDINGS})


@needs(letters.SEES)
@require_POST
def settle(request: HttpRequest, letter: UUID) -> HttpResponse:
    finding = request.POST.get("finding", "")
    if finding not in Finding.values:
        messages.warning(request, _("Choose what was found out about the letter."))
        return redirect("intake:letters")
    try:
        letters.settle(contribution=letter, finding=Finding(finding), by=current_actor(request))
    except UnknownLetterError:
        raise Http404 from None
    return redirect("intake:letters")
