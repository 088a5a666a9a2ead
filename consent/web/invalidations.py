"""An approved statement turns out never to have been good: what follows is shown first, and two look where two approved."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.reporters import Purpose
from accounts.roles import Permission
from accounts.web import current_actor, needs
from consent import selectors, terms
from consent.errors import ConsentError, UnknownStatementError
from consent.references import references
from consent.selectors import StatementView
from consent.statements import InvalidationReason, Signer
from consent.web.forms import InvalidationForm
from consent.web.names import name
from consent.workflow import State

REVIEW = Permission.REVIEW_CONSENT


@needs(REVIEW)
@require_http_methods(["GET", "POST"])
def invalidate(request: HttpRequest, statement: UUID) -> HttpResponse:
    view = _found(request, statement)
    form = InvalidationForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, view, form)
    try:
        left = terms.invalidate(statement=statement, reason=form.cleaned_data["reason"], by=current_actor(request))
    except ConsentError as error:
        messages.warning(request, str(error))
    else:
        said = _("Somebody else has to look as well. Until then the consent stands.")
        gone = _("The statement counts on no day. The report goes, with everything that rests on it.")
        messages.success(request, said if left is State.APPROVED else gone)
    return redirect("consent:queue")


@needs(REVIEW)
@require_POST
def clear(request: HttpRequest, statement: UUID) -> HttpResponse:
    _found(request, statement)
    try:
        terms.clear(statement=statement, by=current_actor(request))
    except ConsentError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("The statement is good after all. The consent stands as it did."))
    return redirect("consent:queue")


def _found(request: HttpRequest, statement: UUID) -> StatementView:
    """What was not approved, or is no more, cannot turn out to be invalid."""
    try:
        view = selectors.statement(statement, by=current_actor(request))
    except UnknownStatementError:
        raise Http404 from None
    if view.state is not State.APPROVED:
        raise Http404
    return view


def _page(request: HttpRequest, view: StatementView, form: InvalidationForm) -> HttpResponse:
    first = view.doubt
    content = {
        "view": view,
        "form": form,
        "rows": _summary(view),
        "registration": view.purpose == Purpose.REGISTRATION,
        "research": view.purpose == Purpose.RESEARCH_EXTRACT,
        "first": first,
        "own": first is not None and first.doubted_by == current_actor(request).id,
        "two": view.capacity.reviewers > 1,
    }
    return render(request, "consent/invalidate.html", content, status=422 if form.errors else 200)


def _summary(view: StatementView) -> list[dict[str, object]]:
    rows = (
        (_("Reference"), references([view.notification]).get(view.notification, "")),
        (_("Reported by"), view.item.organisation_name),
        (_("Purpose"), name(view.purpose, Purpose)),
        (_("Who signed"), name(view.item.signer, Signer)),
        (_("Signed on"), view.item.signed_on),
        (_("Found by the first of two"), name(view.doubt.reason, InvalidationReason) if view.doubt else ""),
    )
    return [{"label": label, "value": value} for label, value in rows if value]
