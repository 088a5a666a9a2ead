"""An organisation's own reports after they were sent: found, looked at, corrected, added to, taken back.

No page shows who a report is about, and none can tell whether that person was known already.
"""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import selectors as accounts
from accounts.permissions import has
from accounts.roles import Permission
from accounts.web.actors import current_actor
from accounts.web.guards import needs
from accounts.web.waiting import Waiting, tells_waiting
from consent import gate
from intake.codes import lists
from intake.errors import NothingAskedError, ReportEndedError, ReportRestrictedError, UnknownReportError
from intake.notifications import consents, later, own_reports, selectors
from intake.notifications.history import Version
from intake.notifications.own_reports import SentReport
from intake.notifications.sentences import label
from intake.web.coded_rows import history_of, rows_of
from intake.web.fields import language
from intake.web.report_forms import OwnReferenceForm, ReplyForm, SearchForm
from safeguards.actors import Actor

REPORT = "intake:report"
LAST_PAGE = 100_000
PAGE = 50


@tells_waiting(Permission.READ_OWN_REPORTS)
def waiting(by: Actor) -> Iterator[Waiting]:
    """What was sent for a confirmation waits for somebody else."""
    if by.organisation is None:
        return
    asked = own_reports.asked(organisation=by.organisation, by=by)
    turning = own_reports.turning_sixteen(organisation=by.organisation, by=by)
    to_ask = [one for one in turning.values() if one.sent is None]
    yield Waiting(_("Questions about consent"), "intake:own-reports", len(asked))
    yield Waiting(_("People to ask for a confirmation at 16"), "intake:own-reports", len(to_ask), part="turning")


@needs(Permission.READ_OWN_REPORTS)
@require_http_methods(["GET", "POST"])
def own_reports_list(request: HttpRequest) -> HttpResponse:
    """A search for the own reference is posted: it does not belong in an address."""
    by = current_actor(request)
    form = OwnReferenceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        asked = form.cleaned_data["own_reference"]
        if found := selectors.reference_of(organisation=organisation_of(request), own_reference=asked, by=by):
            return redirect(REPORT, reference=found)
        form.add_error("own_reference", _("Your organisation has no report under this reference."))
    return _list_page(request, form)


@needs(Permission.READ_OWN_REPORTS)
@require_safe
def report(request: HttpRequest, reference: str) -> HttpResponse:
    return _report_page(request, sent_report(request, reference), ReplyForm())


def _report_page(request: HttpRequest, found: SentReport, form: ReplyForm) -> HttpResponse:
    by = current_actor(request)
    content = {
        "report": found,
        "form": form,
        "asked": gate.LABELS[gate.QuestionReason(found.question.reason)] if found.question else "",
        "refused": gate.LABELS[gate.RejectionReason(found.turning.refused)] if found.turning and found.turning.refused else "",
        "asked_about": label(consents.field_of(found.question.purpose)) if found.question else "",
        "age": lists.AGE_BANDS.label(found.age_band, language()),
        "rows": rows_of(found.characteristics),
        "steps": history_of(found, who=lambda version: _who(version, by)),
        "may_change": has(by, Permission.SUBMIT_NOTIFICATION) and found.changeable,
        "may_answer": has(by, Permission.SUBMIT_NOTIFICATION) and not found.ended,
    }
    return render(request, "intake/report.html", content, status=422 if form.errors else 200)


@needs(Permission.SUBMIT_NOTIFICATION)
@require_POST
def reply(request: HttpRequest, reference: str) -> HttpResponse:
    """The answer to what a reviewer asked, where nothing has to be corrected."""
    found = sent_report(request, reference)
    form = ReplyForm(request.POST)
    if found.question is not None and not form.is_valid():
        return _report_page(request, found, form)
    try:
        answer = form.cleaned_data["answer"] if form.is_valid() else ""
        later.reply(reference=reference, answer=answer, organisation=organisation_of(request), by=current_actor(request))
    except (NothingAskedError, ReportEndedError):
        messages.warning(request, _("Nothing is asked about this report any more."))
    else:
        messages.success(request, _("Your answer is sent. The consent administrator looks at the statement again."))
    return redirect(REPORT, reference=reference)


@needs(Permission.SUBMIT_NOTIFICATION)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Asked for once more before anything is destroyed. A second press of the button gives the same answer."""
    found = sent_report(request, reference)
    at_sixteen = _reason(request.GET, found) is gate.WithdrawalReason.AT_SIXTEEN
    if request.method == "GET" and (found.changeable or (at_sixteen and not found.ended)):
        return render(request, "intake/report_withdraw.html", {"report": found, "at_sixteen": at_sixteen})
    if request.method == "GET":
        return redirect(REPORT, reference=reference)
    try:
        reason, where = _reason(request.POST, found), organisation_of(request)
        later.withdraw(reference=reference, organisation=where, reason=reason, by=current_actor(request))
    except (ReportEndedError, ReportRestrictedError):
        pass  # The page says what became of it.
    except UnknownReportError:
        raise Http404 from None
    return redirect(REPORT, reference=reference)


def _reason(sent: QueryDict, found: SentReport) -> gate.WithdrawalReason:
    """That the person did not confirm it can be said of a person who was to be asked, and of nobody else."""
    at_sixteen = found.turning is not None and sent.get("reason") == gate.WithdrawalReason.AT_SIXTEEN
    return gate.WithdrawalReason.AT_SIXTEEN if at_sixteen else gate.WithdrawalReason.BY_REPORTER


def organisation_of(request: HttpRequest) -> UUID:
    organisation = current_actor(request).organisation
    if organisation is None:
        raise Http404
    return organisation


def sent_report(request: HttpRequest, reference: str) -> SentReport:
    try:
        return own_reports.report(organisation=organisation_of(request), reference=reference, by=current_actor(request))
    except UnknownReportError:
        raise Http404 from None


def _list_page(request: HttpRequest, form: OwnReferenceForm) -> HttpResponse:
    searching = SearchForm(request.GET or None)
    number = _page_number(request)
    found = selectors.found_reports(
        organisation=organisation_of(request), wanted=searching.wanted(), page=number, size=PAGE, by=current_actor(request)
    )
    asked = request.GET.copy()
    asked.pop("page", None)
    content = {
        "form": form,
        "searching": searching,
        "searched": any(asked.values()),
        "found": found,
        "asked": own_reports.asked(organisation=organisation_of(request), by=current_actor(request)),
        "turning": own_reports.turning_sixteen(organisation=organisation_of(request), by=current_actor(request)),
        "page": Paginator(range(found.total), PAGE).get_page(number),
        "query": f"{asked.urlencode()}&" if asked else "",
    }
    return render(request, "intake/own_reports.html", content, status=422 if form.errors or searching.errors else 200)


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isdecimal() and 0 < int(asked) < LAST_PAGE else 1


def _who(version: Version, by: Actor) -> str:
    """By name only who is of the own organisation still."""
    if version.actor_kind == by.kind and version.actor_id == by.id:
        return _("you")
    if version.actor_kind == "client":
        return _("a system of your organisation")
    if version.actor_kind == "system":
        return _("a file of your organisation")
    member = accounts.member(UUID(version.actor_id))
    own = member is not None and any(one.organisation == by.organisation for one in member.memberships)
    return member.name if member is not None and own else _("a former member of your organisation")
