"""The forms of the review desk: what was checked, why a statement is rejected, what the reporter is asked.

What may be decided is the services' to say.
"""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from consent.bases import CapacityRow
from consent.checklist import points
from consent.statements import LABELS, InvalidationReason, QuestionReason, RejectionReason, WithoutSheet

CHOOSE = {"required": _("Choose a reason."), "invalid_choice": _("Choose a reason from the list.")}


class ChecklistForm(forms.Form):
    """Approving is for who looked at every point."""

    checked = forms.MultipleChoiceField(
        label=_("What have you checked?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from the list.")},
        required=False,
    )

    without_sheet = forms.ChoiceField(
        label=_("No sheet was sent along. How do you know of the signature?"),
        help_text=_("What you choose stays with the approval. Otherwise ask the reporter for the sheet."),
        choices=[(reason.value, LABELS[reason]) for reason in WithoutSheet],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say how you know of the signature, or ask the reporter for the sheet."),
            "invalid_choice": _("Choose from the list."),
        },
    )

    def __init__(self, *args: Any, capacity: CapacityRow, method: str, lacks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not lacks:
            del self.fields["without_sheet"]
        self.points = points(proof=capacity.proof, method=method)
        field = cast(forms.MultipleChoiceField, self.fields["checked"])
        field.choices = [(reason.value, f"{number}. {point}") for number, (reason, point) in enumerate(self.points.items(), 1)]

    def clean_checked(self) -> list[str]:
        checked: list[str] = self.cleaned_data["checked"]
        if len(checked) < len(self.points):
            raise forms.ValidationError(
                _("Check every point first. If one is not good, ask the reporter or reject the statement.")
            )
        return checked


class RejectionForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why do you reject this statement?"),
        choices=[(reason.value, LABELS[reason]) for reason in RejectionReason],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


class InvalidationForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why was this statement never good?"),
        choices=[(reason.value, LABELS[reason]) for reason in InvalidationReason],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


class QuestionForm(forms.Form):
    question = forms.ChoiceField(
        label=_("What do you ask the reporter?"),
        choices=[(reason.value, LABELS[reason]) for reason in QuestionReason],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


class ReceiptForm(forms.Form):
    unknown = _("No statement has this code. Look at the receipt again.")
    code = forms.CharField(
        label=_("The code on the receipt"),
        help_text=_("Ten letters and digits. Capitals, spaces and the dash do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Write the code of the receipt."), "max_length": unknown},
    )


class WithdrawalForm(forms.Form):
    on = forms.DateField(
        label=_("From which day does the person no longer agree?"),
        help_text=_("Usually today. It can be an earlier day on which the person told the reporter."),
        input_formats=["%d-%m-%Y"],
        widget=forms.DateInput(format="%d-%m-%Y", attrs={"class": "govuk-input--width-10"}),
        error_messages={
            "required": _("Write a day, for example 27-03-2026."),
            "invalid": _("Write a day, for example 27-03-2026."),
        },
    )
