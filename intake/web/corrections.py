"""The pages on which an own report is corrected or added to. The answer is the same whoever the person is.

What was sealed is never shown again: it stays as it was sent, or is filled in anew.
"""

from collections.abc import Callable, Mapping
from secrets import token_urlsafe
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from accounts.web.actors import current_actor
from accounts.web.guards import needs
from intake.errors import ChangedMeanwhileError, IntakeError
from intake.notifications import consents, later, policies, scans
from intake.notifications.attachments import RefusedFileError
from intake.notifications.judging import UNCHANGED
from intake.notifications.own_reports import SentReport
from intake.notifications.rules import Invalid
from intake.notifications.services import Receipt
from intake.web.coded_forms import CodedForm, problems_by_field
from intake.web.coded_rows import rows_of
from intake.web.report_forms import PersonAnewForm, WhatIsWrongForm
from intake.web.reports import REPORT, organisation_of, sent_report
from intake.web.sent_files import FIELD as SHEET
from intake.web.sent_files import sent_file
from intake.web.steps import form_field

Change = Callable[[], Receipt]
MEANWHILE = _("Somebody else changed this report in the meantime. Look at the report first; below is what you filled in.")
ANSWERS, FIELD = "answers", "site-language"
CHOOSE_AGAIN = _("Choose the file again: it is not kept while something else has to be changed.")
DONE = _("The report is changed.")
NOTHING_NEW = _("Nothing was different from what the report says already.")


@needs(Permission.SUBMIT_NOTIFICATION)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, reference: str) -> HttpResponse:
    """The person is left as sent, unless the reporter chooses otherwise."""
    found = sent_report(request, reference)
    if not found.changeable:
        return redirect(REPORT, reference=reference)
    form = WhatIsWrongForm(request.POST or None)
    if form.is_valid():
        return redirect(f"intake:report-correct-{form.cleaned_data['what']}", reference=reference)
    content = {"report": found, "form": form}
    return render(request, "intake/report_correct.html", content, status=422 if form.errors else 200)


@needs(Permission.SUBMIT_NOTIFICATION)
@require_http_methods(["GET", "POST"])
def correct_codes(request: HttpRequest, reference: str) -> HttpResponse:
    found = sent_report(request, reference)
    if not found.changeable:
        return redirect(REPORT, reference=reference)
    form = _coded_form(request, found, adding=False)
    if not _only_language(request, form) and form.is_valid():
        seen = request.POST.get("seen", "")
        arguments = _own(request, reference) | {"seen": int(seen) if seen.isdecimal() and len(seen) < 6 else 0}
        codes = form.characteristics()
        if _carried_out(request, form, lambda: later.correct_codes(characteristics=codes, **arguments)):
            return redirect(REPORT, reference=reference)
    return _coded_page(request, found, form, adding=False)


@needs(Permission.SUBMIT_NOTIFICATION)
@require_http_methods(["GET", "POST"])
def supplement(request: HttpRequest, reference: str) -> HttpResponse:
    found = sent_report(request, reference)
    if not found.changeable:
        return redirect(REPORT, reference=reference)
    form = _coded_form(request, found, adding=True)
    if not _only_language(request, form) and form.is_valid():
        more = form.characteristics()
        if _carried_out(request, form, lambda: later.supplement(characteristics=more, **_own(request, reference))):
            return redirect(REPORT, reference=reference)
    return _coded_page(request, found, form, adding=True)


@needs(Permission.SUBMIT_NOTIFICATION)
@require_http_methods(["GET", "POST"])
def correct_person(request: HttpRequest, reference: str) -> HttpResponse:
    found = sent_report(request, reference)
    if not found.changeable or found.day is None:
        return redirect(REPORT, reference=reference)
    basis = consents.basis_of(policies.reporter(organisation_of(request)), found.day, found.consent)
    form = PersonAnewForm(found, basis, request.POST or None)
    attempt = request.POST.get("attempt", "")[:64] or token_urlsafe(16)
    if not _only_language(request, form) and _with_sheet(request, form).is_valid():
        anew = form.notification()
        if _carried_out(request, form, lambda: later.correct(notification=anew, attempt=attempt, **_own(request, reference))):
            return redirect(REPORT, reference=reference)
    if form.sheets and form.errors and SHEET in form.fields:
        form.add_error(SHEET, CHOOSE_AGAIN)
    content = {"report": found, "form": form, "attempt": attempt, "answers_form": ANSWERS}
    return render(request, "intake/report_person.html", content, status=422 if form.errors else 200)


def _own(request: HttpRequest, reference: str) -> dict[str, Any]:
    return {"reference": reference, "organisation": organisation_of(request), "by": current_actor(request)}


def _with_sheet(request: HttpRequest, form: PersonAnewForm) -> PersonAnewForm:
    """Whatever the page asked: where the statement was reviewed meanwhile, the rules refuse a new sheet."""
    try:
        sheet = sent_file(request, scans.checked)
    except RefusedFileError as refused:
        _tell(form, problems_by_field(form, (refused.problem,), form_field))
    else:
        form.sheets = (sheet,) if sheet else ()
    return form


def _coded_form(request: HttpRequest, found: SentReport, *, adding: bool) -> CodedForm:
    group = policies.reporter(organisation_of(request)).group
    data = request.POST if request.method == "POST" else None
    on = found.day or timezone.localdate(found.recorded)
    return CodedForm(found.characteristics, group=group, on=on, data=data, adding=adding)


def _carried_out(request: HttpRequest, form: forms.Form, change: Change) -> bool:
    """Whether the report now says this; if not, the form says why. What ended or rests its own page tells."""
    try:
        done = change()
    except Invalid as refused:
        _tell(form, problems_by_field(form, refused.problems, form_field))
        return False
    except ChangedMeanwhileError:
        _tell(form, {None: [MEANWHILE]})
        return False
    except IntakeError:
        return True
    messages.success(request, str(NOTHING_NEW if done.outcome == UNCHANGED else DONE))
    return True


def _only_language(request: HttpRequest, form: forms.Form) -> bool:
    """The language was switched: nothing is judged, and nothing that was typed is lost."""
    if FIELD not in request.POST:
        return False
    cast(Any, form)._errors, form.cleaned_data = ErrorDict(), {}
    return True


def _tell(form: forms.Form, problems: Mapping[str | None, list[str | Promise]]) -> None:
    for name, texts in problems.items():
        for text in texts:
            form.add_error(name, str(text))


def _coded_page(request: HttpRequest, found: SentReport, form: CodedForm, *, adding: bool) -> HttpResponse:
    content = {"report": found, "form": form, "adding": adding, "sections": list(form.sections()), "answers_form": ANSWERS}
    if adding:
        content["rows"] = rows_of(found.characteristics)
    return render(request, "intake/report_codes.html", content, status=422 if form.errors else 200)
