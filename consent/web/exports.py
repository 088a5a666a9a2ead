"""The record and the receipt of a statement as files for a machine, for who reviews statements and for the privacy officer."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from accounts.web import current_actor, needs
from consent import exports
from consent.errors import UnknownStatementError

JSON_LD = "application/ld+json"


@needs(Permission.EXPORT_CONSENT)
@require_safe
def record(request: HttpRequest, statement: UUID) -> HttpResponse:
    return _file(request, statement, exports.record, "record")


@needs(Permission.EXPORT_CONSENT)
@require_safe
def receipt(request: HttpRequest, statement: UUID) -> HttpResponse:
    return _file(request, statement, exports.receipt, "receipt")


def _file(request: HttpRequest, statement: UUID, export: Callable[..., dict[str, Any]], name: str) -> HttpResponse:
    try:
        document = export(statement=statement, by=current_actor(request))
    except UnknownStatementError:
        raise Http404 from None
    content = json.dumps(document, indent=2, ensure_ascii=False, sort_keys=True)
    headers = {"Content-Disposition": f'attachment; filename="{name}.jsonld"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=JSON_LD, headers=headers)
