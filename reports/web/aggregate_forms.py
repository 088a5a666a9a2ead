"""The form for a file of aggregates: whose they are, what they correct, and the file."""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts.web.choices import offer
from reports.aggregates import codes
from reports.aggregates.selectors import DeliveryView, State
from reports.web.aggregate_texts import language, source_name


class AggregatesForm(forms.Form):
    source = forms.ChoiceField(
        label=_("Source"),
        help_text=_("Whose publication the numbers are from. Numbers of two sources never make one series."),
        error_messages={"required": _("Choose a source."), "invalid_choice": _("Choose a source from the list.")},
        choices=lambda: [("", ""), *codes.SOURCES.choices(language())],
    )
    corrects = forms.ChoiceField(
        label=_("Corrects an earlier delivery"),
        required=False,
        help_text=_("A correction replaces the whole earlier delivery, which stays to be seen."),
        error_messages={"invalid_choice": _("Choose a delivery from the list.")},
    )
    file = forms.FileField(
        label=_("File with published numbers"),
        help_text=_("CSV or XLSX in the columns of the template; at most 512 kB and 2,000 rows."),
        allow_empty_file=True,
        error_messages={
            "required": _("Choose the file with the numbers."),
            "invalid": _("The file did not come over. Choose it again."),
            "missing": _("The file did not come over. Choose it again."),
        },
    )

    def __init__(self, *content: object, deliveries: Iterable[DeliveryView], **more: object) -> None:
        super().__init__(*content, **more)  # type: ignore[arg-type]
        counting = [one for one in deliveries if one.state == State.ACCEPTED]
        offer(self, "corrects", [("", _("none")), *((str(one.id), _named(one)) for one in counting)])

    @property
    def corrected(self) -> UUID | None:
        return UUID(self.cleaned_data["corrects"]) if self.cleaned_data["corrects"] else None


def _named(delivery: DeliveryView) -> str:
    return f"{source_name(delivery.source)}, {date_format(localtime(delivery.uploaded), 'SHORT_DATETIME_FORMAT')}"
