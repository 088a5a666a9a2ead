"""Withdrawal at the desk: find the statement by the code of the receipt, withdraw it, print the certificate.

The code goes in by POST alone: it never stands in an address.
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from accounts.web import current_actor, needs
from consent import services, texts, withdrawals
from consent.errors import AlreadyDecidedError, UnknownStatementError, WithdrawalDateError
from consent.receipts import DAY, MOMENT, in_digits
from consent.texts import CertificateWords
from consent.web.forms import ReceiptForm, WithdrawalForm
from consent.web.names import name
from consent.withdrawals import Certificate, Withdrawable
from consent.workflow import State

REVIEW = Permission.REVIEW_CONSENT
CHOICE = ("nl", "en")


@needs(REVIEW)
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            found = withdrawals.find(code=form.cleaned_data["code"], by=current_actor(request))
        except UnknownStatementError:
            form.add_error("code", form.unknown)
        else:
            return redirect("consent:withdraw", statement=found)
    return render(request, "consent/withdrawals.html", {"form": form}, status=422 if form.errors else 200)


@needs(REVIEW)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, statement: UUID) -> HttpResponse:
    """Posted again, or by somebody else first: the certificate is the same."""
    view = _found(request, statement)
    if view.withdrawn:
        return redirect("consent:certificate", statement=statement)
    form = WithdrawalForm(request.POST if request.method == "POST" else None, initial={"on": timezone.localdate()})
    if form.is_valid() and _done(request, statement, form):
        return redirect("consent:certificate", statement=statement)
    content = {"view": view, "form": form, "rows": _summary(view), "may_invalidate": _may_invalidate(request, view)}
    return render(request, "consent/withdraw.html", content, status=422 if form.errors else 200)


@needs(REVIEW)
@require_safe
def certificate(request: HttpRequest, statement: UUID) -> HttpResponse:
    """In the language that the person signed in; one can choose the site's two."""
    try:
        found = withdrawals.certificate(statement, by=current_actor(request))
    except UnknownStatementError:
        raise Http404 from None
    asked = request.GET.get("language", "")
    language = texts.BY_LANGUAGE[asked if asked in CHOICE else found.language]
    known = texts.text(texts.CURRENT, language.code)
    content = {
        "certificate": found,
        "language": language,
        "code": language.certificate.code.format(code=found.code),
        "lines": _lines(found, language.certificate),
        "draft": known is not None and known.is_draft,
        "choices": [(texts.BY_LANGUAGE[code], texts.LANGUAGE_NAMES[code]) for code in dict.fromkeys((found.language, *CHOICE))],
    }
    return render(request, "consent/certificate.html", content)


def _lines(found: Certificate, words: CertificateWords) -> list[str]:
    """With days and moments in digits, which are read in all languages."""
    known = {
        "day": in_digits(found.as_of, DAY),
        "recorded": in_digits(timezone.localtime(found.recorded), MOMENT),
        "done": in_digits(timezone.localtime(found.done), MOMENT) if found.done else "",
    }
    if not found.registration:
        return [words.as_of.format(**known), words.one_purpose, words.copies]
    destroyed = [words.destroyed.format(**known), words.kept] if found.done else []
    return [words.as_of.format(**known), *destroyed, words.copies]


def _done(request: HttpRequest, statement: UUID, form: WithdrawalForm) -> bool:
    try:
        services.withdraw(statement=statement, on=form.cleaned_data["on"], by=current_actor(request))
    except WithdrawalDateError as error:
        form.add_error("on", str(error))
        return False
    except AlreadyDecidedError as error:
        messages.warning(request, str(error))
    return True


def _found(request: HttpRequest, statement: UUID) -> Withdrawable:
    try:
        return withdrawals.statement(statement, by=current_actor(request))
    except UnknownStatementError:
        raise Http404 from None


def _may_invalidate(request: HttpRequest, view: Withdrawable) -> bool:
    """The page about it shows no statement of the own organisation, and nothing that was not approved."""
    by = current_actor(request)
    return view.state == State.APPROVED and by.organisation is not None and by.organisation != view.organisation


def _summary(view: Withdrawable) -> list[dict[str, object]]:
    rows = (
        (_("Reported by"), view.organisation_name),
        (_("Received"), view.recorded),
        (_("Signed on"), view.signed_on),
        (_("State"), name(view.state, State)),
    )
    return [{"label": label, "value": value} for label, value in rows if value]
