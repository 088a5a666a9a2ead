"""What a form or an API serializer can say is Dutch for a Dutch reader, also what a library says for us."""

import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms
from django.utils import translation
from rest_framework import serializers

from tests import messages

ENGLISH = re.compile(
    r"\b(the|this|that|must|valid|field|value|date|datetime|required|ensure|with|and|year|dictionary|string|enter|choose)\b",
    re.IGNORECASE,
)
NOT_SAID = "This field is required."
# Spelled the same in both languages.
SAME = frozenset({"", "BSN", "Code", "Status", "Batch", "Platforms", "Sector"})

Form = type[forms.BaseForm]


def faces() -> Iterator[str]:
    """The modules that translate between people or machines and the services."""
    for package in messages.PACKAGES:
        for path in messages.sources(package, ".py"):
            parts = path.relative_to(messages.ROOT).with_suffix("").parts
            if {"web", "api"} & set(parts):
                yield ".".join(part for part in parts if part != "__init__")


def declared(base: type) -> list[type]:
    modules = [import_module(name) for name in faces()]
    found = {
        thing for module in modules for thing in vars(module).values() if isinstance(thing, type) and issubclass(thing, base)
    }
    return sorted((thing for thing in found if is_own(thing)), key=lambda thing: thing.__qualname__)


def is_own(thing: type) -> bool:
    return thing.__module__.split(".")[0] in messages.PACKAGES


def fields(form: Form) -> Iterator[tuple[str, forms.Field]]:
    """Those that an own class declares; a form of a library is given its words when it is made."""
    library = {name for one in form.__mro__ if not is_own(one) for name in getattr(one, "base_fields", {})}
    yield from ((name, field) for name, field in getattr(form, "base_fields", {}).items() if name not in library)


def spoken(field: forms.Field | serializers.Field) -> Iterator[str]:  # type: ignore[type-arg]
    """In the language that is active."""
    yield from (str(text) for text in field.error_messages.values())
    yield from (str(validator.message) for validator in field.validators if getattr(validator, "message", None))


@pytest.mark.parametrize("form", declared(forms.BaseForm), ids=lambda form: form.__name__)
def test_form_speaks_no_english_to_a_dutch_reader(form: Form) -> None:
    with translation.override("nl"):
        said = [(name, text) for name, field in fields(form) for text in spoken(field)]
    assert [(name, text) for name, text in said if ENGLISH.search(text)] == []


@pytest.mark.parametrize("form", declared(forms.BaseForm), ids=lambda form: form.__name__)
def test_labels_and_hints_are_translated(form: Form) -> None:
    same = []
    for name, field in fields(form):
        for text in (field.label, field.help_text):
            with translation.override("nl"):
                dutch = str(text or "")
            with translation.override("en"):
                same += [(name, dutch)] if dutch == str(text or "") and dutch not in SAME else []
    assert same == []


@pytest.mark.parametrize("form", declared(forms.BaseForm), ids=lambda form: form.__name__)
def test_required_field_says_what_to_fill_in(form: Form) -> None:
    """Django's own 'This field is required' does not help anybody."""
    with translation.override("en"):
        silent = [name for name, field in fields(form) if field.required and str(field.error_messages["required"]) == NOT_SAID]
    assert silent == []


def test_serializers_speak_no_english_to_a_dutch_reader() -> None:
    made = [serializer() for serializer in declared(serializers.Serializer)]
    with translation.override("nl"):
        said = [
            (type(one).__name__, name, text) for one in made for name, field in one.fields.items() for text in spoken(field)
        ]
    assert [(*place, text) for *place, text in said if ENGLISH.search(text)] == []


@pytest.mark.parametrize(
    "field",
    [serializers.DateField, serializers.DateTimeField, serializers.UUIDField, serializers.BooleanField, serializers.CharField],
    ids=lambda field: field.__name__,
)
def test_library_speaks_no_english_to_a_dutch_reader(field: type[serializers.Field]) -> None:  # type: ignore[type-arg]
    with translation.override("nl"):
        assert [text for text in spoken(field()) if ENGLISH.search(text)] == []
