"""Deliveries of the feeds: send one, ask how far it is and which lines break which rule. It shows no record."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.scopes import Scope
from intake.api import problems, schemas
from intake.api.described import JSON, Answer, Key, Operation
from intake.api.parsers import JsonLinesParser, TableParser
from intake.api.resource import Resource, actor, once, organisation
from intake.enrichment import selectors
from intake.enrichment import services as enrichment
from intake.errors import UnreadableFileError
from intake.idempotency import Answer as Told

TAG = _("Deliveries of feeds")
FILE = {"type": "string", "format": "binary"}
LINES, TABLE = JsonLinesParser.media_type, TableParser.media_type


class Deliveries(Resource):
    """JSON Lines or CSV, kept at once and stored by a job."""

    tag = TAG
    parser_classes = (JsonLinesParser, TableParser)

    def post(self, request: Request) -> Response:
        by, lines = actor(request), _lines(request)

        def act() -> Told:
            batch = enrichment.receive(lines=lines, organisation=organisation(by), by=by)
            return Told(HTTPStatus.ACCEPTED, str(batch), "ontvangen")

        told = once(request, act, body=lines)
        location = {"Location": f"{request.path}/{told.reference}"}
        return Response({"levering": told.reference, "status": told.state}, status=told.status, headers=location)


class Delivery(Resource):
    tag = TAG
    places = {"levering": {"type": "string", "format": "uuid"}}

    def get(self, request: Request, levering: UUID) -> Response:
        by = actor(request)
        found = selectors.delivery(batch=levering, organisation=organisation(by), by=by)
        errors = [{"regel": one.row, **problems.error(one)} for one in found.problems]
        return Response({"levering": str(found.id), "status": found.status, "aantallen": found.counts, "fouten": errors})


def _send(feed: str, scope: Scope) -> Mapping[str, Operation]:
    told = {JSON: schemas.ref("Levering")}
    return {
        "post": Operation(
            f"{feed}LeveringIndienen",
            _("Send records of a feed: one JSON document on each line, or a table"),
            scope=scope,
            body={LINES: FILE, TABLE: FILE},
            key=Key.OPTIONAL,
            answers=(Answer(HTTPStatus.ACCEPTED, _("The delivery is kept and will be stored."), told, located=True),),
        )
    }


def _ask(feed: str, scope: Scope) -> Mapping[str, Operation]:
    state = Answer(HTTPStatus.OK, _("Its state, counts and errors by line."), {JSON: schemas.ref("Leveringsstand")})
    return {
        "get": Operation(
            f"{feed}LeveringOpvragen",
            _("How far a delivery is"),
            scope=scope,
            answers=(state,),
            problems=(HTTPStatus.NOT_FOUND,),
        )
    }


class EmmDeliveries(Deliveries):
    operations = _send("emm", Scope.DELIVER_EMM)


class EmmDelivery(Delivery):
    operations = _ask("emm", Scope.DELIVER_EMM)


class OmDeliveries(Deliveries):
    operations = _send("om", Scope.DELIVER_OM)


class OmDelivery(Delivery):
    operations = _ask("om", Scope.DELIVER_OM)


def _lines(request: Request) -> bytes:
    """An empty document is read by no parser."""
    if not isinstance(request.data, bytes):
        raise UnreadableFileError("empty")
    return request.data
