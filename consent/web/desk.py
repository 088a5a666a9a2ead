"""The review desk: the queue and one statement with what can be done; afterwards the next statement opens by itself."""

from collections.abc import Callable, Iterator
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.reporters import Purpose
from accounts.roles import Permission
from accounts.web import current_actor, needs
from accounts.web.files import safe_file
from accounts.web.waiting import Waiting, tells_waiting
from consent import confirmations, documents, reviews, selectors, services, texts
from consent.errors import ConsentError, OwnOrganisationError, UnknownDocumentError, UnknownStatementError
from consent.references import references
from consent.selectors import QueueItem, StatementView
from consent.statements import (
    Answer,
    Capacity,
    Independence,
    Interpreter,
    InvalidationReason,
    Judgement,
    Method,
    PersonsView,
    Proof,
    Signer,
    Witness,
    reason_name,
)
from consent.web.forms import ChecklistForm, QuestionForm, RejectionForm
from consent.web.names import name, reporter_name
from consent.workflow import Kind, State
from safeguards.actors import Actor

REVIEW = Permission.REVIEW_CONSENT
SHOWN = 50


@tells_waiting(REVIEW)
def waiting(by: Actor) -> Iterator[Waiting]:
    page, found = "consent:queue", selectors.queue(by=by, limit=1)
    yield Waiting(_("Statements that wait for a decision"), page, found.waiting)
    yield Waiting(_("Statements that lapse soon"), page, found.urgent)
    yield Waiting(_("Confirmations at 16"), page, len(confirmations.waiting(by=by)), part="confirmations")
    yield Waiting(_("Never good, says the first of two"), page, len(selectors.doubted(by=by)), part="doubted")


@needs(REVIEW)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    found = selectors.queue(by=current_actor(request), limit=SHOWN)
    confirmed = confirmations.waiting(by=current_actor(request))
    waiting = [item.notification for item in (*found.items, *found.asked)]
    doubted = selectors.doubted(by=current_actor(request))
    waiting += [*(one.notification for one in confirmed), *(one.notification for one in doubted)]
    called = references(waiting)
    content = {
        "queue": found,
        "rows": [(item, _item_names(item), called.get(item.notification, "")) for item in found.items],
        "asked": [(item, called.get(item.notification, "")) for item in found.asked],
        "confirmations": [(one, called.get(one.notification, "")) for one in confirmed],
        "doubted": [(one, called.get(one.notification, ""), name(one.reason, InvalidationReason)) for one in doubted],
        "lapse_days": selectors.lapse_days(),
        "reminder_days": selectors.reminder_days(),
    }
    return render(request, "consent/queue.html", content)


@needs(REVIEW)
@require_safe
def statement(request: HttpRequest, statement: UUID) -> HttpResponse:
    return _page(request, _found(request, statement))


@needs(REVIEW)
@require_safe
def later(request: HttpRequest, statement: UUID) -> HttpResponse:
    """Left for later: the next one in the queue."""
    return _next(request, after=statement)


@needs(REVIEW)
@require_POST
def approve(request: HttpRequest, statement: UUID) -> HttpResponse:
    view = _found(request, statement)
    form = _checklist(view, request.POST)
    if not form.is_valid():
        return _page(request, view, checklist=form)

    def decide() -> str:
        left = reviews.approve(statement=statement, **form.cleaned_data, by=current_actor(request))
        if left is State.GIVEN:
            return _("You approved the statement. A second person has to look as well.")
        return _("The statement is approved.")

    return _decided(request, decide)


@needs(REVIEW)
@require_POST
def reject(request: HttpRequest, statement: UUID) -> HttpResponse:
    form = RejectionForm(request.POST)
    if not form.is_valid():
        return _page(request, _found(request, statement), rejection=form)

    def decide() -> str:
        services.reject(statement=statement, reason=form.cleaned_data["reason"], by=current_actor(request))
        return _("The statement is rejected. An anonymous signal remains.")

    return _decided(request, decide)


@needs(REVIEW)
@require_POST
def ask_back(request: HttpRequest, statement: UUID) -> HttpResponse:
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _page(request, _found(request, statement), question=form)

    def decide() -> str:
        reviews.ask_back(statement=statement, reason=form.cleaned_data["question"], by=current_actor(request))
        return _("The reporter is asked. The statement comes back after the answer; until then its days go on counting.")

    return _decided(request, decide)


@needs(REVIEW)
@require_safe
def document(request: HttpRequest, document: UUID) -> HttpResponse:
    """A photo is shown in the page; a PDF is saved, for a program of the reviewer's own."""
    try:
        found = documents.show(document=document, by=current_actor(request))
    except (UnknownDocumentError, OwnOrganisationError):
        raise Http404 from None
    return safe_file(found.content, kind=found.type, name=f"verklaring-{document}")


def _decided(request: HttpRequest, decide: Callable[[], str]) -> HttpResponse:
    """What came of it stands above the next statement, which opens by itself."""
    try:
        messages.success(request, decide())
    except UnknownStatementError:
        raise Http404 from None
    except ConsentError as error:
        messages.warning(request, str(error))
    return _next(request)


def _next(request: HttpRequest, after: UUID | None = None) -> HttpResponse:
    following = selectors.next_for(by=current_actor(request), after=after)
    return redirect("consent:statement", statement=following) if following else redirect("consent:queue")


def _found(request: HttpRequest, statement: UUID) -> StatementView:
    try:
        return selectors.statement(statement, by=current_actor(request))
    except UnknownStatementError:
        raise Http404 from None


def _checklist(view: StatementView, sent: QueryDict | None = None) -> ChecklistForm:
    return ChecklistForm(sent, capacity=view.capacity, method=view.facts.method, lacks=view.sheet_lacks)


def _page(request: HttpRequest, view: StatementView, **sent: forms.Form) -> HttpResponse:
    """sent is the one form that came in with a mistake; it says what to do, and the others stand as new."""
    checklist = _checklist(view)
    wrong = next(iter(sent.values()), None)
    content = {
        "view": view,
        "rows": _summary(view),
        "history": [(event, name(event.kind, Kind), reason_name(event.reason)) for event in view.events],
        "waits": view.state is State.GIVEN,
        "checklist": checklist,
        "language": texts.LANGUAGE_NAMES.get(view.facts.language, view.facts.language),
        "documents": documents.of_statement(view.item.id),
        "rejection": RejectionForm(),
        "question": QuestionForm(),
        "form": wrong,
        "own": selectors.approved_by(view, current_actor(request)),
        "needed": view.capacity.reviewers,
        **sent,
    }
    return render(request, "consent/statement.html", content, status=422 if wrong else 200)


def _item_names(item: QueueItem) -> dict[str, object]:
    return {
        "group": reporter_name(item.group),
        "capacity": name(item.capacity, Capacity),
        "signer": name(item.signer, Signer),
    }


def _summary(view: StatementView) -> list[dict[str, object]]:
    said = view.facts
    rows = [
        (_("Reference"), references([view.notification]).get(view.notification, "")),
        (_("Reported by"), view.item.organisation_name),
        (_("Reporter group"), reporter_name(view.item.group)),
        (_("Purpose"), name(view.purpose, Purpose)),
        (_("What the reporter says of the age"), name(view.item.capacity, Capacity)),
        (_("What that rests on"), name(said.judged_how, Judgement)),
        (_("Who signed"), name(view.item.signer, Signer)),
        (_("Proof of authority"), name(said.proof, Proof)),
        (_("The representative"), name(said.representative_independent, Independence)),
        (_("What the person thinks of it"), name(said.view_of_person, PersonsView)),
        (_("How"), name(said.method, Method)),
        (_("Who else heard it"), name(said.witness, Witness)),
        (_("Interpreter"), name(said.interpreter, Interpreter)),
        (_("Asked on"), said.requested_on),
        (_("Signed on"), view.item.signed_on),
        (_("Reported on"), view.item.reported_on),
        (_("Received"), view.item.recorded),
        (_("Law"), view.basis.citation_nl if get_language() == "nl" else view.basis.citation_en),
    ]
    others = [(name(purpose, Purpose), name(answer, Answer)) for purpose, answer in sorted(view.purposes.items())]
    return [{"label": label, "value": value} for label, value in (*rows, *others) if value]
