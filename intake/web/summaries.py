"""The answers of a section as rows of label and text, to check before sending; what is empty in one row. It keeps nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from intake.batches import cells
from intake.notifications.drafts import KeptFile
from intake.notifications.inputs import PartialDate
from intake.web.fields import Missing, ReasonField


@dataclass(frozen=True)
class Row:
    label: str
    value: str
    change_url: str


def rows_of(form: forms.Form, url: str) -> list[Row]:
    """What was left empty is named last, so that nothing is overlooked. url is the page where it is changed."""
    form.full_clean()
    answers = [(field, _text(field, form.cleaned_data.get(field.name))) for field in form]
    given = [Row(str(field.label), text, f"{url}#{_id(field)}") for field, text in answers if text]
    empty = [str(field.label) for field, text in answers if not text and not isinstance(field.field, ReasonField)]
    left = _("everything in this part") if not given else "; ".join(empty)
    return [*given, Row(_("Not filled in"), left, url)] if empty else given


def file_rows(files: Sequence[KeptFile], url: str) -> list[Row]:
    return [Row(_("File"), f"{file.name} ({filesizeformat(file.size)})", url) for file in files]


def _id(field: BoundField) -> str:
    """Of the first of several choices, so that the change begins there."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label


def _text(field: BoundField, value: Any) -> str:
    if isinstance(value, Missing):
        return str(value)
    if isinstance(field.field, forms.ChoiceField):
        return _labels(field.field, value)
    if isinstance(value, bool):
        return _("yes") if value else ""
    if isinstance(value, PartialDate):
        return cells.partial_text(value)
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")


def _labels(field: forms.ChoiceField, value: Any) -> str:
    chosen = set(value if isinstance(value, tuple) else (value,)) - {""}
    return ", ".join(str(label) for code, label in cast(Any, field.choices) if isinstance(code, str) and code in chosen)
