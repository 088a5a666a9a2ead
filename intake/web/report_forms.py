"""The forms of the pages about an own report: what it is searched by, and the person sent anew. No search asks for a person."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consent import gate
from intake.batches import cells
from intake.codes import lists
from intake.codes.lists import CodeList
from intake.notifications.fields import NUMBERS
from intake.notifications.inputs import Attachment, ConsentAnswer, NotificationInput
from intake.notifications.own_reports import SentReport
from intake.notifications.selectors import Wanted
from intake.notifications.workflow import State
from intake.web.fields import Choices, CodeField, DayField, block, language, text
from intake.web.forms import PersonForm, ScanForm, SigningForm, StatementForm
from intake.web.sent_files import FIELD as SHEET
from intake.web.state_names import STATES
from intake.web.steps import notification_of

SECTORS: dict[str, CodeList] = {
    "prostitution_sectors": lists.PROSTITUTION_SECTORS,
    "labour_sectors": lists.LABOUR_SECTORS,
    "criminal_kinds": lists.CRIMINAL_KINDS,
}
CONSENT_FIELDS = {**StatementForm.base_fields, **SigningForm.base_fields}
IDENTITY = (
    "given_names", "name_prefix", "family_name", "aliases", "birth", "birth_estimated", *NUMBERS, "contact",
)  # fmt: skip
FOUND_BY = (State.ACCEPTED, State.HELD, State.SIGNAL, State.WITHDRAWN)


class OwnReferenceForm(forms.Form):
    own_reference = text("own_reference", required=True)


class SearchForm(forms.Form):
    """Asked in the address, so that a page of results can be opened again: nothing in it is about one person."""

    since = DayField("date", required=False, label=_("Date of the report from"), help_text="")
    until = DayField("date", required=False, label=_("Date of the report up to and including"), help_text="")
    state = forms.ChoiceField(
        error_messages={"invalid_choice": _("Choose a state from the list.")},
        label=_("State"),
        required=False,
        choices=[("", _("all")), *((state.value, STATES[state]) for state in FOUND_BY)],
    )
    type = CodeField("exploitation_types", lists.EXPLOITATION_TYPES, required=False)
    sector = forms.ChoiceField(
        error_messages={"invalid_choice": _("Choose a sector from the list.")},
        label=_("Sector or kind"),
        required=False,
        choices=lambda: _sectors(),
    )

    def wanted(self) -> Wanted:
        """Of a form that is right; what is wrong is not searched by."""
        asked = self.cleaned_data if self.is_valid() else {}
        field, _colon, sector = str(asked.get("sector", "")).partition(":")
        codes = {"exploitation_types": asked.get("type"), field: sector}
        return Wanted(
            state=asked.get("state", ""),
            dated_from=asked.get("since"),
            dated_until=asked.get("until"),
            codes=tuple((name, code) for name, code in codes.items() if name and code),
        )


class WhatIsWrongForm(forms.Form):
    """Who the person is cannot be read back, so it is left as it was sent unless somebody chooses to send it anew."""

    what = forms.ChoiceField(
        label=_("What do you want to correct?"),
        choices=[
            ("codes", _("The circumstances. The person stays as sent.")),
            ("person", _("The person, the date of the report, the consent or the signed sheet. The person is filled in anew.")),
        ],
        initial="codes",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what you want to correct.")),
    )


class PersonAnewForm(forms.Form):
    """Who the person is, from the beginning: nothing of what was sealed can be shown here."""

    mark_optional = True
    date = DayField("date")
    own_reference = text("own_reference", help_text=_("Leave it empty to keep the reference that the report has."))
    age_band = CodeField("age_band", lists.AGE_BANDS, required=False, help_text=_("Only if no date of birth is known."))
    narrative = block("narrative", help_text=_("What you want the register to know. It is sealed like the name."))

    def __init__(self, report: SentReport, basis: gate.Basis, data: Any = None) -> None:
        super().__init__(data, initial={"date": cells.date_text(report.day)} | _said(report))
        self.report = report
        self.sheets: tuple[Attachment, ...] = ()
        asked = [name for name in IDENTITY if name not in NUMBERS or getattr(basis, f"{name}_allowed")]
        self.fields |= {name: deepcopy(PersonForm.base_fields[name]) for name in asked}
        if report.consent_waits:
            self.fields |= deepcopy(CONSENT_FIELDS)
            for name in SigningForm.base_fields:
                self.fields[name].required = False
            self.fields[SHEET] = _sheet_field()
        self.order_fields(["date", "own_reference", *CONSENT_FIELDS, SHEET, *asked, "age_band", "narrative"])

    def notification(self) -> NotificationInput:
        """Of a valid form, with the circumstances that the report has."""
        said, codes = notification_of(self.cleaned_data), self.report.characteristics
        return replace(said, characteristics=codes, consent=self._consent(), scans=self.sheets)

    def _consent(self) -> ConsentAnswer | None:
        """What was reviewed stays as it was said."""
        if self.report.consent is None or not self.report.consent_waits:
            return self.report.consent
        return replace(self.report.consent, **{name: self.cleaned_data[name] for name in CONSENT_FIELDS})


def _sheet_field() -> forms.Field:
    field = deepcopy(ScanForm.base_fields[SHEET])
    field.label = _("A new photo or PDF of the signed sheet")
    field.help_text = _(
        "PDF, JPEG or PNG, at most 10 MB, with all pages in one file. It takes the place of what was sent before; choose "
        "nothing to keep that."
    )
    return field


def _said(report: SentReport) -> dict[str, Any]:
    """Of the consent: its facts are no secret to whoever sent them."""
    if report.consent is None:
        return {}
    said = {name: getattr(report.consent, name) for name in CONSENT_FIELDS}
    days = {name: cells.date_text(said[name]) for name in ("requested_on", "signed_on")}
    return said | days


def _sectors() -> Choices:
    offered = [(f"{field}:{code}", name) for field, codes in SECTORS.items() for code, name in codes.choices(language())]
    return [("", _("all")), *offered]


class ReplyForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("What is your answer?"),
        choices=[(answer.value, gate.LABELS[answer]) for answer in gate.Reply],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer."), "invalid_choice": _("Choose an answer.")},
    )
