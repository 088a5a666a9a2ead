"""The confirmation at sixteen at the desk: what was sent, beside identity and sheet, and what the reviewer finds of it."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import Permission
from accounts.web import current_actor, needs
from consent import confirmations, documents, texts
from consent.bases import CAPACITIES
from consent.confirmations import WaitingConfirmation
from consent.errors import ConfirmationError, ConsentError
from consent.references import references
from consent.statements import Capacity, Interpreter, Method, Signer, Witness
from consent.web.forms import ChecklistForm, RejectionForm
from consent.web.names import name

REVIEW = Permission.REVIEW_CONSENT


@needs(REVIEW)
@require_safe
def confirmation(request: HttpRequest, statement: UUID) -> HttpResponse:
    return _page(request, _found(request, statement))


@needs(REVIEW)
@require_POST
def accept(request: HttpRequest, statement: UUID) -> HttpResponse:
    view = _found(request, statement)
    form = _checklist(view, request.POST)
    if not form.is_valid():
        return _page(request, view, checklist=form)

    def decide() -> str:
        confirmations.accept(statement=statement, **form.cleaned_data, by=current_actor(request))
        return _("The confirmation is accepted. The consent is now the person's own as well.")

    return _decided(request, decide)


@needs(REVIEW)
@require_POST
def refuse(request: HttpRequest, statement: UUID) -> HttpResponse:
    view = _found(request, statement)
    form = RejectionForm(request.POST)
    if not form.is_valid():
        return _page(request, view, rejection=form)

    def decide() -> str:
        confirmations.refuse(statement=statement, reason=form.cleaned_data["reason"], by=current_actor(request))
        return _("The confirmation is not accepted. The consent of the representative stands, and the reporter sees why.")

    return _decided(request, decide)


def _decided(request: HttpRequest, decide: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, decide())
    except ConsentError as error:
        messages.warning(request, str(error))
    return redirect("consent:queue")


def _found(request: HttpRequest, statement: UUID) -> WaitingConfirmation:
    try:
        return confirmations.waiting_one(statement, by=current_actor(request))
    except ConfirmationError:
        raise Http404 from None


def _checklist(view: WaitingConfirmation, data: object = None) -> ChecklistForm:
    """Who is sixteen signs alone: no authority has to be proved."""
    capacity = CAPACITIES.find(Capacity.SIXTEEN_OR_OLDER, view.signed_on)
    lacks = view.said.method != Method.ORAL and not documents.of_confirmation(view.id)
    return ChecklistForm(data, capacity=capacity, method=view.said.method, lacks=lacks)


def _page(request: HttpRequest, view: WaitingConfirmation, **sent: forms.Form) -> HttpResponse:
    wrong = next(iter(sent.values()), None)
    content = {
        "view": view,
        "rows": _summary(view),
        "language": texts.LANGUAGE_NAMES.get(view.said.language, view.said.language),
        "documents": documents.of_confirmation(view.id),
        "checklist": _checklist(view),
        "rejection": RejectionForm(),
        "form": wrong,
        **sent,
    }
    return render(request, "consent/confirmation.html", content, status=422 if wrong else 200)


def _turns_sixteen(view: WaitingConfirmation) -> str:
    """As roughly as it is kept; the day itself is sealed with the identity."""
    days = {"since": date_format(view.since, "DATE_FORMAT"), "until": date_format(view.until, "DATE_FORMAT")}
    return _("on or after %(since)s and before %(until)s: compare with the date of birth") % days


def _summary(view: WaitingConfirmation) -> list[dict[str, object]]:
    said = view.said
    rows = (
        (_("Reference"), references([view.notification]).get(view.notification, "")),
        (_("Reported by"), view.organisation_name),
        (_("Signed at first by"), name(view.representative, Signer)),
        (_("Signed at first on"), view.first_signed_on),
        (_("Confirmed by the person on"), view.signed_on),
        (_("16 by the date of birth in the report"), _turns_sixteen(view)),
        (_("How"), name(said.method, Method)),
        (_("Who else heard it"), name(said.witness, Witness)),
        (_("Interpreter"), name(said.interpreter, Interpreter)),
        (_("Received"), view.recorded),
    )
    return [{"label": label, "value": value} for label, value in rows if value]
