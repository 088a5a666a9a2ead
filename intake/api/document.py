"""The published description of the interface (OpenAPI), drawn from what the views declare. It decides nothing."""

import json
from functools import lru_cache
from http import HTTPStatus
from typing import Any, cast

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from drf_spectacular.generators import SchemaGenerator
from rest_framework.request import Request
from rest_framework.response import Response

from intake.api import schemas
from intake.api.described import API_VERSION, JSON, Answer, Operation
from intake.api.open_documents import OpenDocument

PREFIX = "/api/v1"


class Document(OpenDocument):
    tag = _("This document")
    operations = {
        "get": Operation(
            "openapiOpvragen",
            _("This description of the interface"),
            answers=(Answer(HTTPStatus.OK, _("The OpenAPI document."), {JSON: {"type": "object"}}),),
        )
    }

    def get(self, request: Request) -> Response:
        return self.kept(document(get_language() or settings.LANGUAGE_CODE))


@lru_cache(maxsize=4)
def document(language: str) -> dict[str, Any]:
    """The views do not change while a process runs, so each language is drawn once."""
    with override(language):
        found = cast(Any, SchemaGenerator)().get_schema(public=True)
        plain: dict[str, Any] = json.loads(json.dumps({**_head(), "paths": _own(found["paths"])}, cls=DjangoJSONEncoder))
    return plain


def _own(paths: dict[str, Any]) -> dict[str, Any]:
    """Addresses below the prefix, without it: the server's address ends in the version."""
    return {path.removeprefix(PREFIX): what for path, what in paths.items() if path.startswith(f"{PREFIX}/")}


def _head() -> dict[str, Any]:
    address = settings.BAKEN_CONTACT if "@" in settings.BAKEN_CONTACT else settings.BAKEN_SECURITY_CONTACT
    return {
        "openapi": "3.0.3",
        "info": {
            "title": _("Baken: reports of presumed victims of human trafficking"),
            "version": API_VERSION,
            "description": _("Reports, deliveries of files and feeds, and code lists. No answer ever names a person."),
            "contact": {"name": "Baken", "email": address, "url": "/about"},
            "license": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/nl/"},
        },
        "servers": [{"url": PREFIX}],
        "components": schemas.components(),
    }
