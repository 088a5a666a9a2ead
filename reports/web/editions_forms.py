"""The forms with which an edition is frozen, published and withdrawn. What is possible the services decide."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.editions.freezing import Asked
from reports.editions.services import LONGEST_REASON

YEAR = "govuk-input--width-4"
DAY = "govuk-input--width-10"
A_DAY = _("Write a day, for example 27-03-2026.")
A_YEAR = _("Write a year, for example 2019.")


def _year(label: object) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,  # type: ignore[arg-type]
        widget=forms.TextInput(attrs={"class": YEAR, "inputmode": "numeric"}),
        error_messages={"required": A_YEAR, "invalid": A_YEAR},
    )


class FreezeForm(forms.Form):
    name = forms.CharField(
        label=_("What is the edition called?"),
        help_text=_("Its year and a number, for example 2026-1."),
        max_length=16,
        widget=forms.TextInput(attrs={"class": DAY}),
        error_messages={"required": _("Name the edition by its year and a number, such as 2026-1.")},
    )
    first_year = _year(_("From which year?"))
    last_year = _year(_("Up to and including which year?"))
    cutoff = forms.DateField(
        label=_("Which is the last day on which reports came in for it?"),
        help_text=_("For example: 27-03-2026. What was recorded later is for the next edition."),
        input_formats=["%d-%m-%Y", "%Y-%m-%d"],
        widget=forms.DateInput(format="%d-%m-%Y", attrs={"class": DAY}),
        error_messages={"required": A_DAY, "invalid": A_DAY},
    )

    def asked(self) -> Asked:
        """The day as a whole; of today what was recorded until now."""
        given = self.cleaned_data
        end = timezone.make_aware(datetime.combine(given["cutoff"] + timedelta(days=1), time()))
        today = given["cutoff"] == timezone.localdate()
        return Asked(given["name"], given["first_year"], given["last_year"], timezone.now() if today else end)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Everybody who reads the list of editions reads this. Never a name."),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.TextInput(),
    )
