"""Choices that a form knows only when it is asked for."""

from collections.abc import Iterable
from typing import Any

from django import forms


def offer(form: forms.BaseForm, field: str, choices: Iterable[tuple[str, Any]]) -> None:
    found = form.fields[field]
    if not isinstance(found, forms.ChoiceField):
        raise TypeError(f"{field} has no choices")
    found.choices = list(choices)
