"""What became of a person, as a page of the review desk: no identity, and of colleagues no name."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from accounts.web import current_actor, needs
from intake.matching import person_history
from intake.matching.person_history import Happened
from intake.models.person_event import PersonEvent
from intake.web import review_names as names

Text = str | Promise

# By whether reports came, and whether the person that they came from is no more.
WHAT: Mapping[tuple[bool, bool], Text] = {
    (True, True): _("Joined with another person, who went up in this one"),
    (True, False): _("Split off from another person"),
    (False, True): _("This person went up in another one"),
    (False, False): _("Split off to another person"),
}
CAME: Text = _("A report was joined")
UNDID: Text = _("the change before it was undone")

Reason = PersonEvent.Reason
REASONS: Mapping[str, Text] = {
    Reason.LINKED: _("linked automatically"),
    Reason.LINKED_ANEW: _("linked again, after a correction or because a check found a difference"),
    Reason.WEIGHED_ANEW: _("all links were weighed anew, since the register has grown or by other weights"),
    Reason.SAME: _("answered: the same person"),
    Reason.DIFFERENT: _("answered: different persons"),
    Reason.CANNOT_TELL: _("answered: cannot tell"),
    Reason.TAKEN_BACK: _("an answer was taken back"),
    Reason.REMOVED: _("a report that joined them is no longer there"),
    Reason.SET_ASIDE: _("a report that joined them may not be used for now"),
    Reason.BROUGHT_BACK: _("a report may be used again"),
}
LINKAGE: Text = _("Linkage by itself")
YOU: Text = _("You")
COLLEAGUE: Text = _("A colleague")


@needs(Permission.REVIEW_LINKAGE)
@require_safe
def person(request: HttpRequest, person: UUID) -> HttpResponse:
    reader = current_actor(request).id
    try:
        found = person_history.of(person, reader=reader)
    except PersonEvent.DoesNotExist:
        raise Http404 from None
    rows = [(one, _what(one), _why(one), _strength(one), _who(one, reader)) for one in found.happened] if found else []
    return render(request, "intake/review_person.html", {"history": found, "rows": rows})


def _what(one: Happened) -> Text:
    return WHAT[one.came, one.ended] if one.other else CAME


def _why(one: Happened) -> list[Text]:
    reading = [names.READINGS[one.reading]] if one.reading else []
    return [REASONS[one.reason], *reading, *([UNDID] if one.undid else [])]


def _strength(one: Happened) -> Text:
    return "" if one.weight is None else names.strength(one.weight)


def _who(one: Happened, reader: str) -> Text:
    return (YOU if one.by == reader else COLLEAGUE) if one.by else LINKAGE
