"""The class of every stored field: identifying, pseudonymous or operational. Declares and reads; protects nothing itself."""

from collections.abc import Iterator
from enum import StrEnum

from django.apps import apps
from django.db.models import Model

OWN_PACKAGES = ("safeguards", "jobs", "accounts", "consent", "intake", "reports")


class FieldClass(StrEnum):
    IDENTIFYING = "identifying"
    PSEUDONYMOUS = "pseudonymous"
    OPERATIONAL = "operational"


def undeclared_fields(model: type[Model]) -> list[str]:
    declared = getattr(model, "FIELD_CLASSES", {})
    return [field.name for field in model._meta.concrete_fields if field.name not in declared]


def own_models() -> Iterator[type[Model]]:
    return (model for model in apps.get_models() if model._meta.app_label in OWN_PACKAGES)
