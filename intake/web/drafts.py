"""Pages around the form of a report: begin one, go on with a draft, its task list, its persons, delete it.

Who may go on with a draft is its owner; everything else about it is the same for a user and for somebody with a link.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from accounts.web.actors import current_actor
from accounts.web.guards import needs
from intake.errors import NotAReporterError, StaleDraftError, TooMuchError, UnknownDraftError
from intake.notifications import consents, drafts, policies
from intake.notifications.drafts import DraftOwner, Part
from intake.notifications.policies import Reporter
from intake.web.journey import Journey, Place, Status
from intake.web.steps import Standing
from safeguards.actors import Actor

LIST = "intake:notification-new"
PAGE = "intake:draft"

_STATUS: dict[Status, tuple[str | Promise, str]] = {
    Status.LOCKED: (gettext_lazy("Cannot start yet"), "grey"),
    Status.EMPTY: (gettext_lazy("Not started"), "blue"),
    Status.STARTED: (gettext_lazy("In progress"), "yellow"),
    Status.DONE: (gettext_lazy("Completed"), ""),
}


@dataclass(frozen=True)
class Task:
    label: str | Promise
    url: str
    hint: str | Promise
    status: str | Promise
    colour: str


@dataclass(frozen=True)
class PersonTasks:
    part: Part
    number: int
    name: str
    signal: bool
    tasks: list[Task]


def for_drafts(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A draft of somebody else, sent or deleted is not there; one of another version of the form can only be deleted."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except UnknownDraftError:
            return render(request, "intake/draft_gone.html", status=404)
        except StaleDraftError:
            return redirect(LIST)

    return answered


def owner_of(request: HttpRequest) -> DraftOwner:
    return owner_by(current_actor(request))


def owner_by(by: Actor) -> DraftOwner:
    if by.organisation is None:
        raise Http404
    return DraftOwner(by.kind, by.id, by.organisation)


def journey_of(request: HttpRequest, draft: UUID) -> Journey:
    return journey_for(owner_of(request), draft)


def journey_for(owner: DraftOwner, draft: UUID) -> Journey:
    return Journey(reporter_of(owner.organisation), drafts.read(draft=draft, owner=owner))


def reporter_of(organisation: UUID) -> Reporter:
    try:
        return policies.reporter(organisation)
    except NotAReporterError:
        raise Http404 from None


@needs(Permission.SUBMIT_NOTIFICATION)
@require_http_methods(["GET", "POST"])
def notification_new(request: HttpRequest) -> HttpResponse:
    """Where a report begins, and where one that was begun is found again."""
    owner = owner_of(request)
    reporter = reporter_of(owner.organisation)
    if request.method == "POST":
        try:
            draft = drafts.make(owner=owner, by=current_actor(request))
        except TooMuchError:
            messages.info(request, _("You have as many drafts as can be kept. Send or delete one first."))
            return redirect(LIST)
        made = drafts.read(draft=draft, owner=owner)
        return redirect("intake:draft-section", draft=draft, part=made.shared.id, name="report")
    content = {
        "drafts": drafts.drafts_of(owner=owner),
        "needs_consent": consents.needed_of(reporter),
    }
    return render(request, "intake/notification_new.html", content)


@needs(Permission.SUBMIT_NOTIFICATION)
@require_safe
@for_drafts
def draft(request: HttpRequest, draft: UUID) -> HttpResponse:
    """The task list."""
    journey = journey_of(request, draft)
    places = list(journey.places())
    shared = [place for place in places if place.part.id == journey.content.shared.id]
    content = {
        "draft": journey.content,
        "start": [_task(journey, place) for place in shared[:1]],
        "persons": [_person(journey, number, part) for number, part in enumerate(journey.content.persons, start=1)],
        "circumstances": [_task(journey, place) for place in shared[1:]],
        "several": len(journey.content.persons) > 1,
        "more": len(journey.content.persons) < drafts.MOST_PERSONS,
        "ready": not journey.unfinished(),
    }
    return render(request, "intake/draft.html", content)


@needs(Permission.SUBMIT_NOTIFICATION)
@require_POST
@for_drafts
def person_add(request: HttpRequest, draft: UUID) -> HttpResponse:
    try:
        drafts.add_person(draft=draft, owner=owner_of(request))
    except TooMuchError:
        messages.info(request, _("This report has as many persons as it can hold. Send it, and begin another one."))
    return redirect(PAGE, draft=draft)


@needs(Permission.SUBMIT_NOTIFICATION)
@require_http_methods(["GET", "POST"])
@for_drafts
def person_remove(request: HttpRequest, draft: UUID, part: UUID) -> HttpResponse:
    journey = journey_of(request, draft)
    person = _person(journey, number_of(journey, part), journey.content.part(part))
    if request.method == "POST":
        drafts.remove_person(draft=draft, part=part, owner=owner_of(request))
        return redirect(PAGE, draft=draft)
    return render(request, "intake/person_remove.html", {"draft": journey.content, "person": person})


@needs(Permission.SUBMIT_NOTIFICATION)
@require_http_methods(["GET", "POST"])
@for_drafts
def draft_delete(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Of any version of the form."""
    owner = owner_of(request)
    found = next((one for one in drafts.drafts_of(owner=owner) if one.id == draft), None)
    if found is None:
        raise UnknownDraftError
    if request.method == "POST":
        drafts.discard(draft=draft, owner=owner, by=current_actor(request))
        messages.success(request, _("The draft is deleted."))
        return redirect(LIST)
    return render(request, "intake/draft_delete.html", {"draft": found})


def address(journey: Journey, place: Place, field: str = "") -> str:
    known = {"draft": journey.content.id, "part": place.part.id, "name": place.step.name}
    return reverse("intake:draft-section", kwargs=known) + (f"#id_{field}" if field else "")


def number_of(journey: Journey, part: UUID) -> int:
    """Which of the persons; 0 for what they share."""
    return next((number for number, one in enumerate(journey.content.persons, start=1) if one.id == part), 0)


def _person(journey: Journey, number: int, part: Part) -> PersonTasks:
    tasks = [_task(journey, place) for place in journey.places_of(part)]
    return PersonTasks(part, number, journey.name_of(part), journey.standing(part) is Standing.SIGNAL, tasks)


def _task(journey: Journey, place: Place) -> Task:
    status = journey.status(place)
    text, colour = _STATUS[status]
    hint = "" if place.step.needed or status is not Status.EMPTY else _("May be left empty")
    return Task(place.step.title, "" if status is Status.LOCKED else address(journey, place), hint, text, colour)
