"""How long what is kept, and what would go tonight: the table of retention as a page, for the privacy officer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.web import current_actor, needs
from intake.retention import selectors
from intake.retention.rules import Action, Start

ACTIONS = {
    Action.ERASE_IDENTITY: _("Who it is is destroyed, with the files. Linking goes on by sealed features."),
    Action.CUT_OFF: _("The reporter finds the report no more: its reference, earlier versions and words of consent go too."),
    Action.FORGET_ENDING: _("That something was erased or withdrawn for good under a reference: it can come in again."),
    Action.CLOSE_PERSON: _("What links goes too. The coded facts stay, so that the figures stay the same."),
}
STARTS = {
    Start.REPORT: _("the day of the report"),
    Start.LAST_REPORT_OF_PERSON: _("the last report about the person"),
    Start.ENDING: _("the day on which it ended"),
}


@needs(selectors.SEES)
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    dutch = get_language() == "nl"
    rows = [
        (due, ACTIONS[due.rule.action], STARTS[due.rule.start], due.rule.law_nl if dutch else due.rule.law_en)
        for due in selectors.preview(by=current_actor(request))
    ]
    return render(request, "intake/retention.html", {"rows": rows})
