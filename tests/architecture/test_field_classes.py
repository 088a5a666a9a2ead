"""Every field of every model is declared identifying, pseudonymous or operational, and nothing else is declared."""

import pytest
from django.db.models import Model

from safeguards.classification import FieldClass, own_models, undeclared_fields

MODELS = list(own_models())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_declared(model: type[Model]) -> None:
    assert undeclared_fields(model) == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_only_fields_are_declared_and_only_with_a_class(model: type[Model]) -> None:
    declared = model.FIELD_CLASSES  # type: ignore[attr-defined]
    assert set(declared) == {field.name for field in model._meta.concrete_fields}
    assert all(isinstance(given, FieldClass) for given in declared.values())


def test_all_packages_with_models_are_looked_at() -> None:
    assert {model._meta.app_label for model in MODELS} == {"safeguards", "jobs", "accounts", "consent", "intake", "reports"}
