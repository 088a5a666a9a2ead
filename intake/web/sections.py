"""The pages of the form of a report: one section a page, its autosave, its files, the check before sending, the sending.

Every post is followed by a redirect, so that the browser's Back works. The answer is the same whoever the person is.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import wraps
from itertools import groupby
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import has
from accounts.roles import Permission
from accounts.web.actors import NOBODY, current_actor, ended_actor
from accounts.web.guards import needs
from consent import gate
from intake.errors import LockedSectionError, StaleDraftError, TooMuchError, UnknownDraftError
from intake.notifications import attachments, draft_files, drafts, scans, sentences, services
from intake.notifications.attachments import RefusedFileError
from intake.notifications.drafts import DraftOwner, FileKind, Section
from intake.notifications.inputs import Problem
from intake.notifications.policies import Reporter
from intake.notifications.rules import InvalidPerson
from intake.web import steps
from intake.web.drafts import (
    LIST,
    PAGE,
    address,
    for_drafts,
    journey_of,
    number_of,
    owner_by,
    owner_of,
    reporter_of,
)
from intake.web.forms import StepForm
from intake.web.journey import Journey, Place, Status, UnfinishedError, files_of
from intake.web.sent_files import sent_file
from intake.web.steps import Standing
from intake.web.summaries import Row, file_rows, rows_of

CHECKS = {FileKind.ATTACHMENT: attachments.checked, FileKind.STATEMENT: scans.checked}
LATER = "later"
ADD = "add"


@dataclass(frozen=True)
class Checked:
    """A section on the page where the answers are checked."""

    title: str | Promise
    number: int
    url: str
    rows: list[Row]


@dataclass(frozen=True)
class Together:
    """What stands under one heading there: the beginning, a person, or what several share, which is folded."""

    heading: str
    sections: list[Checked]
    folded: bool


@dataclass(frozen=True)
class Finding:
    text: str
    url: str


def kept_when_session_ends(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """What was typed in a session that is over is kept in the draft, before the sign-in page comes; nothing is shown for it."""

    @login_not_required
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        by = ended_actor(request)
        if request.method == "POST" and by is not None and has(by, Permission.SUBMIT_NOTIFICATION):
            with suppress(UnknownDraftError, StaleDraftError, TooMuchError):
                _keep_if_open(request, owner_by(by), **kwargs)
        return view(request, *args, **kwargs)

    return answered


@kept_when_session_ends
@needs(Permission.SUBMIT_NOTIFICATION)
@require_http_methods(["GET", "POST"])
@for_drafts
def section(request: HttpRequest, draft: UUID, part: UUID, name: str) -> HttpResponse:
    journey = journey_of(request, draft)
    place = journey.place(part, name)
    if place is None or journey.status(place) is Status.LOCKED:
        return redirect(PAGE, draft=draft)
    if request.method == "GET":
        return _section_page(request, journey, place, journey.form(place, bound=False))
    try:
        return _answered(request, journey, place)
    except LockedSectionError:
        return redirect(PAGE, draft=draft)


@kept_when_session_ends
@require_POST
def section_save(request: HttpRequest, draft: UUID, part: UUID, name: str) -> HttpResponseBase:
    """What was typed so far, without judging it. Answers for a piece of the page, so the sign-in page would be out of place."""
    if current_actor(request).kind == NOBODY:
        section = {"draft": draft, "part": part, "name": name}
        return render(request, "intake/_saved.html", {"ended": ended_actor(request), "section": section}, status=401)
    return _saved(request, draft=draft, part=part, name=name)


@needs(Permission.SUBMIT_NOTIFICATION)
@for_drafts
def _saved(request: HttpRequest, **section: Any) -> HttpResponseBase:
    try:
        _keep_if_open(request, owner_of(request), **section)
    except TooMuchError:
        return render(request, "intake/_saved.html", {"too_much": True}, status=422)
    return render(request, "intake/_saved.html")


@needs(Permission.SUBMIT_NOTIFICATION)
@require_POST
@for_drafts
def file_remove(request: HttpRequest, draft: UUID, part: UUID, file: UUID) -> HttpResponse:
    owner = owner_of(request)
    kept = drafts.read(draft=draft, owner=owner).part(part).files
    draft_files.detach(draft=draft, part=part, file=file, owner=owner)
    scan = any(one.id == file and one.kind is FileKind.STATEMENT for one in kept)
    name = steps.SCAN.name if scan else steps.FILES.name
    return redirect("intake:draft-section", draft=draft, part=part, name=name)


@needs(Permission.SUBMIT_NOTIFICATION)
@require_http_methods(["GET", "POST"])
@for_drafts
def check(request: HttpRequest, draft: UUID) -> HttpResponse:
    """A second press of the button finds the draft gone and gets the same receipt."""
    if request.method == "GET":
        return _check_page(request, journey_of(request, draft))
    owner = owner_of(request)
    reporter = reporter_of(owner.organisation)
    try:
        references = services.submit_draft(
            draft=draft,
            reports_of=lambda content: Journey(reporter, content).reports(seen=request.POST.get("seen", "")),
            owner=owner,
            by=current_actor(request),
        )
    except UnfinishedError:
        return _check_page(request, journey_of(request, draft))
    except InvalidPerson as refused:
        return _check_page(request, journey_of(request, draft), refused)
    return redirect("intake:receipt", reference=references)


def _answered(request: HttpRequest, journey: Journey, place: Place) -> HttpResponse:
    if place.step.files and (refused := _attach(request, journey, place)):
        return _section_page(request, journey, place, journey.form_with_error(place, "attachment", sentences.sentence(refused)))
    if request.POST.get("go") == ADD:
        return redirect(address(journey, place))
    staying = "site-language" in request.POST
    if staying or request.POST.get("go") == LATER:
        return _laid_aside(request, journey, place, address(journey, place) if staying else reverse(LIST))
    return _continued(request, journey, place)


def _laid_aside(request: HttpRequest, journey: Journey, place: Place, there: str) -> HttpResponse:
    """Kept as it was typed; what is too much to keep is shown again instead."""
    try:
        _keep_if_open(request, owner_of(request), **_named(journey, place))
    except TooMuchError:
        return _continued(request, journey, place)
    return redirect(there)


def _continued(request: HttpRequest, journey: Journey, place: Place) -> HttpResponse:
    """On to the next section. What is wrong is kept as well, and shown with all that is wrong."""
    typed = _typed(request, journey, place)
    ahead = journey.with_section(place, Section(typed, finished=True))
    there = ahead.place(place.part.id, place.step.name) or place
    form = ahead.judged(there)
    try:
        _save(request, ahead, there, Section(typed, not form.errors, _page_of(request)))
    except TooMuchError:
        form.add_error(None, sentences.sentence(Problem("section", "too-long")))
    if form.errors:
        return _section_page(request, journey, place, form)
    following = ahead.next_after(there)
    return redirect(address(ahead, following)) if following else redirect("intake:draft-check", draft=journey.content.id)


def _save(request: HttpRequest, journey: Journey, place: Place, section: Section) -> None:
    """An answer about consent takes along what may not be kept any more: destroyed in the transaction that saves it."""
    owner, named = owner_of(request), _named(journey, place)
    with _still_open(owner, journey.reporter, **named) as (now, there):
        section = replace(section, answers=_typed(request, now, there))
        ahead = now.with_section(there, section)
        after = ahead.place(named["part"], named["name"]) or there
        kept = ahead.kept_of(after) if there.step is steps.CONSENT and section.finished else {}
        drafts.save(**named, section=section, keep=kept, owner=owner)


def _keep_if_open(request: HttpRequest, owner: DraftOwner, **named: Any) -> None:
    """As it was typed, not judged."""
    with _still_open(owner, reporter_of(owner.organisation), **named) as (journey, place):
        drafts.keep(**named, answers=_typed(request, journey, place), page=_page_of(request), owner=owner)


@contextmanager
def _still_open(
    owner: DraftOwner, reporter: Reporter, *, draft: UUID, part: UUID, name: str
) -> Iterator[tuple[Journey, Place]]:
    """Under the lock of the draft, as it stands by then: consent may have been refused while this was on its way."""
    with drafts.held(draft=draft, owner=owner) as content:
        journey = Journey(reporter, content)
        place = journey.place(part, name)
        if place is None or journey.status(place) is Status.LOCKED:
            raise LockedSectionError
        yield journey, place


def _named(journey: Journey, place: Place) -> dict[str, Any]:
    return {"draft": journey.content.id, "part": place.part.id, "name": place.step.name}


def _page_of(request: HttpRequest) -> str:
    return request.POST.get("page", "")[:32]


def _typed(request: HttpRequest, journey: Journey, place: Place) -> dict[str, list[str]]:
    """What the section asks, and nothing else that a page may send."""
    names = (name for name in journey.asked(place) if name not in steps.FILES.form.base_fields)
    return {name: values for name in names if any(values := request.POST.getlist(name))}


def _attach(request: HttpRequest, journey: Journey, place: Place) -> Problem | None:
    """The file that was chosen comes along whichever button is pressed."""
    kind = place.step.files or FileKind.ATTACHMENT
    try:
        file = sent_file(request, CHECKS[kind])
        if file is None:
            return Problem("attachment", "no-attachment") if request.POST.get("go") == ADD else None
        with _still_open(owner_of(request), journey.reporter, **_named(journey, place)):
            draft_files.attach(draft=journey.content.id, part=place.part.id, file=file, kind=kind, owner=owner_of(request))
    except RefusedFileError as refused:
        return refused.problem
    except TooMuchError as refused:
        return Problem("attachment", refused.code)
    return None


def _section_page(request: HttpRequest, journey: Journey, place: Place, form: StepForm) -> HttpResponse:
    content = {
        "draft": journey.content,
        "part": place.part,
        "step": place.step,
        "form": form,
        "files": files_of(place),
        "with_files": place.step.files is not None,
        "with_signature": place.step is steps.SCAN,
        "answers_form": "" if place.step.files else "answers",
        "page": token_urlsafe(9),
        "number": number_of(journey, place.part.id),
        "several": len(journey.content.persons) > 1,
        "basis": journey.basis,
        "needs_consent": journey.needs_consent,
        "idle_seconds": int(settings.BAKEN_IDLE_LIMIT.total_seconds()),
        "filled": journey.is_filled(place.part),
        "notice": gate.notice_text(gate.CURRENT_NOTICE, get_language() or "nl"),
    }
    return render(request, "intake/draft_section.html", content, status=422 if form.errors else 200)


def _check_page(request: HttpRequest, journey: Journey, refused: InvalidPerson | None = None) -> HttpResponse:
    """As asked for, what is missing or wrong stands above it; as an answer to sending, it is an error."""
    unfinished = journey.unfinished()
    wrong = [] if unfinished else journey.wrong()
    if refused:
        wrong = [(journey.place_of(problem, refused.part), sentences.sentence(problem)) for problem in refused.problems]
    content = {
        "draft": journey.content,
        "groups": list(_grouped(journey)),
        "unfinished": [_checked(journey, place) for place in unfinished],
        "left": [] if unfinished else [_checked(journey, place) for place in journey.left()],
        "seen": journey.seen(),
        "findings": [Finding(text, address(journey, place)) for place, text in wrong],
        "several": len(journey.content.persons) > 1,
        "signals": sum(journey.standing(person) is Standing.SIGNAL for person in journey.content.persons),
        "persons": len(journey.content.persons),
        "needs_consent": journey.needs_consent,
        "has_errors": bool(wrong),
    }
    failed = request.method == "POST" or wrong
    return render(request, "intake/draft_check.html", content, status=422 if failed else 200)


def _grouped(journey: Journey) -> Iterator[Together]:
    """In the order of the form, without the parts in which nothing stands."""
    several = len(journey.content.persons) > 1
    open_places = [place for place in journey.places() if journey.status(place) is not Status.LOCKED]
    for part, places in groupby(open_places, key=lambda place: place.part.id):
        found = list(places)
        folded = several and part == journey.content.shared.id and found[0].step is not steps.REPORT
        if sections := [checked for checked in (_checked(journey, place) for place in found) if checked.rows]:
            yield Together(_heading(journey, part) if several else "", sections, folded)


def _heading(journey: Journey, part: UUID) -> str:
    if not (number := number_of(journey, part)):
        return ""
    name = journey.name_of(journey.content.part(part))
    person = _("Person %(number)s") % {"number": number}
    return f"{person}: {name}" if name else person


def _checked(journey: Journey, place: Place) -> Checked:
    url, number = address(journey, place), number_of(journey, place.part.id)
    if place.step.files:
        rows = file_rows(files_of(place), url)
    else:
        known = place.step.name in place.part.sections
        rows = rows_of(journey.form(place, bound=True), url) if known else []
    return Checked(place.step.title, number, url, rows)
