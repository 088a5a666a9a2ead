"""The forms with which an extract is described and refused. What is possible the services decide."""

from datetime import date, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.web.choices import offer
from reports.extracts.products import Product
from reports.extracts.reporting import PURPOSES
from reports.extracts.services import LONGEST_REASON, LONGEST_RECIPIENT, Described
from reports.releases.services import Purpose
from reports.web.editions_forms import A_DAY, A_YEAR, DAY, YEAR
from reports.web.extract_names import said

_COLUMN = "column-"
_USUAL = timedelta(days=90)


def _year(label: object) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,  # type: ignore[arg-type]
        widget=forms.TextInput(attrs={"class": YEAR, "inputmode": "numeric"}),
        error_messages={"required": A_YEAR, "invalid": A_YEAR},
    )


class ExtractForm(forms.Form):
    """With a list of levels for each column of the product."""

    why = forms.CharField(
        label=_("What is the data for?"),
        help_text=_("Who approves it reads this. Never a name of a person."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say what the data is for, for whoever approves it.")},
    )
    purpose = forms.ChoiceField(
        label=_("Purpose"),
        error_messages={"required": _("Choose a purpose."), "invalid_choice": _("Choose a purpose from the list.")},
    )
    recipient = forms.CharField(
        label=_("Which organisation gets it?"),
        max_length=LONGEST_RECIPIENT,
        widget=forms.TextInput(attrs={"list": "recipients"}),
        error_messages={"required": _("Say which organisation gets the data.")},
    )
    until = forms.DateField(
        label=_("Until when may it be kept?"),
        help_text=_("For example: 27-03-2027. After that day the recipient deletes it."),
        input_formats=["%d-%m-%Y", "%Y-%m-%d"],
        widget=forms.DateInput(format="%d-%m-%Y", attrs={"class": DAY}),
        error_messages={"required": A_DAY, "invalid": A_DAY},
    )
    first_year = _year(_("From which year?"))
    last_year = _year(_("Up to and including which year?"))

    def __init__(self, product: Product, *content: object, **more: object) -> None:
        super().__init__(*content, **more)  # type: ignore[arg-type]
        self.product = product
        offer(self, "purpose", [(one.value, said(PURPOSES[one])) for one in product.purposes])
        self.fields["until"].initial = usual_day(product)
        if product.to:
            del self.fields["recipient"]
        for column in () if product.fixed else product.described:
            levels = [(level.name, said(column.levels[level.name])) for level in column.column.ladder]
            self.fields[_COLUMN + column.name] = forms.ChoiceField(
                label=said(column.title),
                required=False,
                choices=[("", _("not in it")), *levels],
                error_messages={"invalid_choice": _("Choose from the list.")},
            )

    def described(self) -> Described:
        filled = self.cleaned_data
        columns = {name.removeprefix(_COLUMN): level for name, level in filled.items() if name.startswith(_COLUMN) and level}
        columns = dict(self.product.fixed) or columns
        plain = {name: filled[name] for name in ("why", "until", "first_year", "last_year")}
        return Described(
            product=self.product.name,
            columns=columns,
            purpose=Purpose(filled["purpose"]),
            recipient=self.product.to or filled["recipient"],
            **plain,
        )


def usual_day(product: Product) -> date:
    return timezone.localdate() + min(_USUAL, product.longest)


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label=_("Why not?"),
        help_text=_("Who asked for it reads this, and it stands in the ledger of releases."),
        max_length=LONGEST_REASON,
        widget=forms.TextInput(),
        error_messages={"required": _("Say why, for whoever asked for it.")},
    )
