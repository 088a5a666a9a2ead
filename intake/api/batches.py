"""Files of reports by systems: send, follow, read the errors, confirm, cancel, pause, go on. It shows no cell of a file."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.scopes import Scope
from intake.api import paging, parameters, schemas
from intake.api.described import JSON, Answer, Key, Operation, Query
from intake.api.parsers import FILE_PARSERS
from intake.api.resource import Resource, actor, once, organisation
from intake.batches import selectors, services, uploads
from intake.batches.selectors import BatchView
from intake.batches.workflow import TOLD, State
from intake.errors import UnreadableFileError
from intake.idempotency import Answer as Told
from intake.notifications import sentences
from intake.notifications.inputs import Problem
from intake.notifications.rules import Invalid
from safeguards.actors import Actor

TAG = _("Deliveries of files")
SUBMIT = Scope.SUBMIT_BATCHES
ONE = {JSON: schemas.ref("Aanlevering")}
PLACE = {"aanlevering": {"type": "string", "format": "uuid"}}
TRIAL = Query(
    "proef",
    {"type": "boolean"},
    parameters.one_of(parameters.FLAG),
    _("true checks the file and stores nothing of it."),
    default=False,
)
ERRORS = Query(
    "status", {"type": "string", "enum": ["fout"]}, parameters.one_of({"fout": "fout"}), _("Which rows."), default="fout"
)


class Batches(Resource):
    tag = TAG
    parser_classes = FILE_PARSERS
    operations = {
        "post": Operation(
            "bestandAanleveren",
            _("Send a file of reports: it is kept at once and checked by a job"),
            explanation=_("The document is the file itself. Nothing is stored before it is confirmed."),
            scope=SUBMIT,
            body={parser.media_type: {"type": "string", "format": "binary"} for parser in FILE_PARSERS},
            queries=(TRIAL,),
            key=Key.REQUIRED,
            answers=(Answer(HTTPStatus.ACCEPTED, _("The file is kept and will be checked."), ONE, located=True),),
        ),
        "get": Operation(
            "aanleveringenOpvragen",
            _("Your organisation's deliveries, newest first"),
            scope=SUBMIT,
            queries=parameters.PAGING,
            answers=(Answer(HTTPStatus.OK, _("A page of deliveries."), {JSON: paging.schema(schemas.ref("Aanlevering"))}),),
        ),
    }

    def post(self, request: Request) -> Response:
        by = actor(request)
        incoming = uploads.begin(organisation=organisation(by), by=by)
        try:
            digest = _kept(request, incoming)
            told = once(request, partial(_completed, incoming, self.values["proef"], by), body=digest)
        except BaseException:
            incoming.abandon()
            raise
        if told.reference != str(incoming.batch.id):
            incoming.abandon()
        found = selectors.batch(batch=UUID(told.reference), organisation=organisation(by), by=by)
        return Response(shown(found), status=told.status, headers={"Location": f"{request.path}/{told.reference}"})

    def get(self, request: Request) -> Response:
        by, page, size = actor(request), self.values["page"], self.values["pageSize"]
        where = organisation(by)
        rows = selectors.batches(organisation=where, limit=size, after=(page - 1) * size, by=by)
        total = selectors.number_of_batches(organisation=where, by=by)
        return Response(paging.envelope(request, self.values, total=total, results=[shown(row) for row in rows]))


class Batch(Resource):
    tag = TAG
    places = PLACE
    operations = {
        "get": Operation(
            "aanleveringOpvragen",
            _("How far a delivery is, with its counts"),
            scope=SUBMIT,
            answers=(Answer(HTTPStatus.OK, _("Its state and counts."), ONE),),
            problems=(HTTPStatus.NOT_FOUND,),
        )
    }

    def get(self, request: Request, aanlevering: UUID) -> Response:
        return Response(shown(batch_of(request, aanlevering)))


class Rows(Resource):
    tag = TAG
    places = PLACE
    operations = {
        "get": Operation(
            "regelsOpvragen",
            _("The rows with errors: row, column and rule, never what stands there"),
            scope=SUBMIT,
            queries=(ERRORS, *parameters.PAGING),
            answers=(Answer(HTTPStatus.OK, _("A page of errors."), {JSON: paging.schema(schemas.ref("Regelfout"))}),),
            problems=(HTTPStatus.NOT_FOUND,),
        )
    }

    def get(self, request: Request, aanlevering: UUID) -> Response:
        batch_of(request, aanlevering)
        page, size = self.values["page"], self.values["pageSize"]
        found = selectors.errors(batch=aanlevering, limit=size, after=(page - 1) * size)
        total = selectors.number_of_errors(batch=aanlevering)
        return Response(paging.envelope(request, self.values, total=total, results=[row_error(one) for one in found]))


class Step(Resource):
    """What is done with a delivery: each a thing of its own that is made by POST."""

    tag = TAG
    places = PLACE
    service: Callable[..., None]

    def post(self, request: Request, aanlevering: UUID) -> Response:
        by = actor(request)
        batch_of(request, aanlevering)
        choices = self.choices(request)

        def act() -> Told:
            type(self).service(batch=aanlevering, by=by, **choices)
            return Told(HTTPStatus.OK, str(aanlevering), "")

        once(request, act, body=repr(sorted(choices.items())).encode())
        return Response(shown(batch_of(request, aanlevering)))

    def choices(self, request: Request) -> Mapping[str, Any]:
        return {}


def _step(name: str, summary: Any, **more: Any) -> Mapping[str, Operation]:
    answers = (Answer(HTTPStatus.OK, _("The delivery as it stands now."), ONE),)
    problems = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)
    return {"post": Operation(name, summary, answers, scope=SUBMIT, key=Key.OPTIONAL, problems=problems, **more)}


class Confirmations(Step):
    service = staticmethod(services.confirm)
    operations = _step(
        "aanleveringBevestigen",
        _("Store what is right in the file"),
        explanation=_("With foutenWeglaten the rows without errors are stored although others have errors."),
        body={JSON: schemas.ref("Bevestiging")},
        body_needed=False,
    )

    def choices(self, request: Request) -> Mapping[str, Any]:
        document = request.data
        if not isinstance(document, dict) or set(document) - {"foutenWeglaten"}:
            raise Invalid((Problem("", "unknown-member"),))
        chosen = document.get("foutenWeglaten", False)
        if not isinstance(chosen, bool):
            raise Invalid((Problem("foutenWeglaten", "wrong-type"),))
        return {"leave_out_errors": chosen}


class Cancellations(Step):
    service = staticmethod(services.cancel)
    operations = _step("aanleveringAnnuleren", _("Cancel a delivery that is not confirmed; nothing of it is left"))


class Pauses(Step):
    service = staticmethod(services.pause)
    operations = _step("aanleveringPauzeren", _("Stop storing; what is stored stays"))


class Resumptions(Step):
    service = staticmethod(services.resume)
    operations = _step("aanleveringHervatten", _("Go on with storing"))


def shown(found: BatchView) -> dict[str, Any]:
    return {
        "aanlevering": str(found.id),
        "status": TOLD[State(found.state)],
        "proef": found.trial,
        "ontvangenOp": _moment(found.received),
        "bevestigdOp": _moment(found.confirmed),
        "afgerondOp": _moment(found.finished),
        "aantallen": {
            "regels": found.rows,
            "nieuw": found.new,
            "ongewijzigd": found.unchanged,
            "gewijzigd": found.changed,
            "ingetrokken": found.withdrawn,
            "fout": found.errors,
        },
        "voortgang": {"gecontroleerd": found.checked_rows, "opgeslagen": found.stored_rows},
        "verkeerdSjabloon": found.wrong_template,
    }


def row_error(one: Problem) -> dict[str, Any]:
    detail = sentences.sentence(one, name=one.field)
    return {"regel": one.row, "kolom": one.field, "code": one.code, "detail": detail}


def batch_of(request: Request, batch: UUID) -> BatchView:
    by = actor(request)
    return selectors.batch(batch=batch, organisation=organisation(by), by=by)


def _kept(request: Request, incoming: uploads.Incoming) -> bytes:
    """The digest of the file, which went into the store as it came."""
    if not isinstance(request.data, Iterator):  # An empty document is read by no parser.
        raise UnreadableFileError("empty")
    digest = sha256()
    pieces: Iterator[bytes] = request.data
    for part in pieces:
        digest.update(part)
        incoming.write(part)
    return digest.digest()


def _completed(incoming: uploads.Incoming, trial: bool, by: Actor) -> Told:
    return Told(HTTPStatus.ACCEPTED, str(services.complete(incoming=incoming, trial=trial, by=by)), "")


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if moment else None
