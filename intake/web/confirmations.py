"""The page on which a reporter records that a person of sixteen confirms what somebody else signed for, or does not.

It names nobody, and the answer is the same whoever the person is. A no is a withdrawal, which is asked for once more.
"""

from copy import deepcopy
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from accounts.web.actors import current_actor
from accounts.web.guards import needs
from consent import gate
from intake.errors import NothingToConfirmError, ReportEndedError, ReportRestrictedError
from intake.notifications import later, scans
from intake.notifications.attachments import RefusedFileError
from intake.notifications.inputs import Attachment
from intake.notifications.rules import Invalid
from intake.web.coded_forms import problems_by_field
from intake.web.forms import ScanForm, SigningForm, StatementForm
from intake.web.reports import REPORT, organisation_of, sent_report
from intake.web.sent_files import FIELD as SHEET
from intake.web.sent_files import sent_file
from intake.web.steps import form_field

YES, NO = "yes", "no"
CHOOSE_AGAIN = _("Choose the file again: it is not kept while something else has to be changed.")
SAID = ("method", "interpreter", "language", "signed_on")


class ConfirmForm(forms.Form):
    mark_optional = True
    answer = forms.ChoiceField(
        label=_("What does the person say?"),
        choices=[(YES, _("Yes, I still agree")), (NO, _("No, I do not agree any more"))],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what the person says.")),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.sheets: tuple[Attachment, ...] = ()
        self.fields |= {name: deepcopy(StatementForm.base_fields[name]) for name in SAID}
        self.fields["method"].label = _("How did the person confirm it?")
        self.fields["witness"] = deepcopy(SigningForm.base_fields["witness"])
        self.fields["witness"].required = False
        self.fields["witness"].help_text = _("Only if the person confirmed it orally.")
        self.fields[SHEET] = deepcopy(ScanForm.base_fields[SHEET])
        if self.refuses:
            for name in self.fields:
                self.fields[name].required = False

    @property
    def refuses(self) -> bool:
        return bool(self.data) and self.data.get("answer") == NO

    def said(self) -> gate.ConfirmationInput:
        """Of a valid form; the text is that of today."""
        known = {name: self.cleaned_data[name] for name in (*SAID, "witness")}
        return gate.ConfirmationInput(notice_version=gate.CURRENT_NOTICE, **known)


@needs(Permission.SUBMIT_NOTIFICATION)
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    found = sent_report(request, reference)
    if found.restricted or found.turning is None or found.turning.sent is not None:
        return redirect(REPORT, reference=reference)
    form = ConfirmForm(request.POST or None)
    if form.refuses and form.is_valid():
        return redirect(f"{reverse('intake:report-withdraw', args=[reference])}?reason={gate.WithdrawalReason.AT_SIXTEEN}")
    if form.is_bound and _with_sheet(request, form).is_valid() and _sent(request, reference, form):
        return redirect(REPORT, reference=reference)
    if form.sheets and form.errors:
        form.add_error(SHEET, CHOOSE_AGAIN)
    content = {"report": found, "form": form}
    return render(request, "intake/report_confirm.html", content, status=422 if form.errors else 200)


def _with_sheet(request: HttpRequest, form: ConfirmForm) -> ConfirmForm:
    try:
        sheet = sent_file(request, scans.checked)
    except RefusedFileError as refused:
        _tell(form, refused.problem)
    else:
        form.sheets = (sheet,) if sheet else ()
    return form


def _sent(request: HttpRequest, reference: str, form: ConfirmForm) -> bool:
    """Whether nothing is left to do on this page; what became of the report meanwhile its own page tells."""
    where, by = organisation_of(request), current_actor(request)
    try:
        later.confirm(reference=reference, said=form.said(), sheets=form.sheets, organisation=where, by=by)
    except Invalid as refused:
        _tell(form, *refused.problems)
        return False
    except (NothingToConfirmError, ReportEndedError):
        messages.warning(request, str(_("There is nothing to confirm about this report any more.")))
    except ReportRestrictedError:
        pass  # The page says so.
    else:
        messages.success(request, str(_("The confirmation is sent. The consent administrator looks at it.")))
    return True


def _tell(form: ConfirmForm, *problems: Any) -> None:
    for name, texts in problems_by_field(form, problems, form_field).items():
        for text in texts:
            form.add_error(name, str(text))
