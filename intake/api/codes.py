"""The closed lists of the register, for whoever builds a system that reports. Open to everybody; holds nothing of a report."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from intake.api import schemas
from intake.api.described import JSON, Answer, Operation
from intake.api.open_documents import OpenDocument
from intake.codes import lists
from intake.codes.lists import Code, CodeList

TAG = _("Code lists")


class CodeLists(OpenDocument):
    tag = TAG
    operations = {
        "get": Operation(
            "codelijstenOpvragen",
            _("The code lists that reports use"),
            answers=(Answer(HTTPStatus.OK, _("All lists."), {JSON: {"type": "array", "items": schemas.ref("CodelijstKort")}}),),
        )
    }

    def get(self, request: Request) -> Response:
        found: Sequence[CodeList] = list(lists.CODE_LISTS.values())
        return self.kept([{"naam": one.scheme, "versie": one.version, "aantalCodes": len(one.codes)} for one in found])


class OneCodeList(OpenDocument):
    tag = TAG
    places = {"naam": {"type": "string", "pattern": "^[a-z0-9-]+$"}}
    operations = {
        "get": Operation(
            "codelijstOpvragen",
            _("One code list, with what each code is called and when it may be used"),
            answers=(Answer(HTTPStatus.OK, _("The list."), {JSON: schemas.ref("Codelijst")}),),
            problems=(HTTPStatus.NOT_FOUND,),
        )
    }

    def get(self, request: Request, naam: str) -> Response:
        found = lists.CODE_LISTS.get(naam)
        if found is None:
            raise Http404
        codes = [_shown(code) for code in found.rows.values()]
        return self.kept({"naam": found.scheme, "versie": found.version, "codes": codes})


def _shown(code: Code) -> dict[str, Any]:
    return {
        "code": code.code,
        "labels": {"nl": code.label_nl, "en": code.label_en},
        "geldigVanaf": code.valid_from.isoformat() if code.valid_from else None,
        "geldigTot": code.valid_to.isoformat() if code.valid_to else None,
    }
