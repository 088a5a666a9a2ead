"""The workbooks of deliveries: the template, open to everybody, and what is wrong in a file.

Cells of a file are shown to the system that sent it and to nobody else.
"""

from collections.abc import Mapping
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from intake.api.batches import PLACE, SUBMIT, TAG, batch_of
from intake.api.described import XLSX, Answer, Operation
from intake.api.open_documents import OpenDocument
from intake.api.resource import Resource, actor
from intake.batches import reports, selectors, workbooks
from intake.errors import UnknownBatchError, WrongStateError

BOOK: Mapping[str, Any] = {XLSX: {"type": "string", "format": "binary"}}


class WorkbookRenderer(JSONRenderer):
    """A refusal is no workbook: it goes out as the document that it is."""

    media_type = XLSX
    format = "xlsx"
    charset = None

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        return data if isinstance(data, bytes) else bytes(super().render(data))


class Template(OpenDocument):
    tag = TAG
    renderer_classes = (WorkbookRenderer,)
    operations = {
        "get": Operation(
            "aanleversjabloonOpvragen",
            _("The workbook to fill in, with the codes to choose from and a guide"),
            answers=(Answer(HTTPStatus.OK, _("The workbook."), BOOK),),
        )
    }

    def get(self, request: Request) -> Response:
        return named(self.kept(_template()), "baken-sjabloon.xlsx")


class ErrorReport(Resource):
    tag = TAG
    places = PLACE
    renderer_classes = (WorkbookRenderer,)
    operations = {
        "get": Operation(
            "foutrapportOpvragen",
            _("What is wrong in a file, as a workbook"),
            explanation=_(
                "Until the file is confirmed or cancelled, the system that sent it also gets its own rows, with what is wrong"
                " beside them: mended, that sheet can be sent as it is. To others, and later, only the errors are told."
            ),
            scope=SUBMIT,
            answers=(Answer(HTTPStatus.OK, _("The workbook."), BOOK),),
            problems=(HTTPStatus.NOT_FOUND,),
        )
    }

    def get(self, request: Request, aanlevering: UUID) -> Response:
        batch_of(request, aanlevering)
        try:
            content = reports.error_workbook(batch=aanlevering, by=actor(request))
        except (UnknownBatchError, WrongStateError):
            content = workbooks.error_report(selectors.errors(batch=aanlevering, limit=workbooks.MOST_PROBLEMS), ())
        return named(Response(content), f"fouten-{aanlevering}.xlsx")


def named(response: Response, name: str) -> Response:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@lru_cache(maxsize=1)
def _template() -> bytes:
    """Always the same bytes, and much work to make."""
    return workbooks.template()
