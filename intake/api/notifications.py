"""Reports, one at a time: send one, see one's own, find one by one's own reference.

The answer to a report is the same whether or not the person is known: nothing here can see that.
"""

from http import HTTPStatus
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.scopes import Scope
from intake.api import paging, parameters, schemas
from intake.api.described import JSON, Answer, Key, Operation
from intake.api.resource import Resource, actor, once, organisation
from intake.idempotency import Answer as Told
from intake.notifications import members, selectors, services, texts
from intake.notifications.inputs import NotificationInput, Problem
from intake.notifications.rules import Invalid
from intake.notifications.selectors import OwnReport, Wanted
from intake.notifications.workflow import TOLD, State

STATE_OF = {told: state.value for state, told in TOLD.items()}
TAG = _("Reports")
ONE = {JSON: schemas.ref("Melding")}
REFERENCE = {"kenmerk": {"type": "string", "pattern": "^[2-9A-Z]{12}$"}}


class Notifications(Resource):
    tag = TAG
    operations = {
        "post": Operation(
            "meldingIndienen",
            _("Send one report"),
            explanation=_("A report that is without consent becomes an anonymous signal; kenmerk is then empty."),
            scope=Scope.SUBMIT_REPORTS,
            body={JSON: schemas.ref("NieuweMelding")},
            key=Key.REQUIRED,
            answers=(Answer(HTTPStatus.CREATED, _("The report is stored."), {JSON: schemas.ref("Ontvangst")}, located=True),),
        ),
        "get": Operation(
            "meldingenOpvragen",
            _("Your organisation's own reports, newest first, without anybody in them"),
            scope=Scope.READ_REPORTS,
            queries=(
                *parameters.PAGING,
                parameters.choice_query("status", STATE_OF, _("Only reports in this state.")),
                parameters.date_query("meldingsdatumVanaf", _("Only reports of this date or later.")),
                parameters.date_query("meldingsdatumTotEnMet", _("Only reports of this date or earlier.")),
                parameters.date_query("ontvangstdatumVanaf", _("Only reports received on this date or later.")),
                parameters.date_query("ontvangstdatumTotEnMet", _("Only reports received on this date or earlier.")),
            ),
            answers=(Answer(HTTPStatus.OK, _("A page of reports."), {JSON: paging.schema(schemas.ref("Melding"))}),),
        ),
    }

    def post(self, request: Request) -> Response:
        by = actor(request)

        def act() -> Told:
            done = services.submit(notification=notification(request.data), organisation=organisation(by), by=by)
            return Told(HTTPStatus.CREATED, done.reference, done.state)

        told = once(request, act)
        location = {"Location": f"{request.path}/{told.reference}"} if told.reference else None
        return Response(receipt(told), status=told.status, headers=location)

    def get(self, request: Request) -> Response:
        by, values = actor(request), self.values
        wanted = Wanted(
            state=values["status"] or "",
            dated_from=values["meldingsdatumVanaf"],
            dated_until=values["meldingsdatumTotEnMet"],
            received_from=values["ontvangstdatumVanaf"],
            received_until=values["ontvangstdatumTotEnMet"],
        )
        page, size = values["page"], values["pageSize"]
        found = selectors.found_reports(organisation=organisation(by), wanted=wanted, page=page, size=size, by=by)
        return Response(paging.envelope(request, values, total=found.total, results=[shown(row) for row in found.rows]))


class Notification(Resource):
    tag = TAG
    places = REFERENCE
    operations = {
        "get": Operation(
            "meldingOpvragen",
            _("One report of your own organisation"),
            scope=Scope.READ_REPORTS,
            answers=(Answer(HTTPStatus.OK, _("The report, without anybody in it."), ONE),),
            problems=(HTTPStatus.NOT_FOUND,),
        )
    }

    def get(self, request: Request, kenmerk: str) -> Response:
        by = actor(request)
        return Response(shown(one(selectors.own_report(organisation=organisation(by), reference=kenmerk, by=by))))


class Search(Resource):
    """By POST, so that what a reporter calls a report stands in no address and in no log."""

    tag = TAG
    operations = {
        "post": Operation(
            "meldingZoeken",
            _("The report that your organisation gave this reference"),
            scope=Scope.READ_REPORTS,
            body={JSON: schemas.ref("Zoekopdracht")},
            answers=(Answer(HTTPStatus.OK, _("The report, without anybody in it."), ONE),),
            problems=(HTTPStatus.NOT_FOUND,),
        )
    }

    def post(self, request: Request) -> Response:
        by = actor(request)
        where = organisation(by)
        reference = selectors.reference_of(organisation=where, own_reference=_own_reference(request.data), by=by)
        return Response(shown(one(selectors.own_report(organisation=where, reference=reference, by=by))))


def notification(document: object) -> NotificationInput:
    """What the document says, typed; all that is wrong with its members at once."""
    values, found = members.read(document)
    if not values.has("report", "date") and not any(problem.field == "date" for problem in found):
        found = (*found, Problem("date", "required"))
    if found:
        raise Invalid(found)
    return values.notification()


def receipt(told: Told) -> dict[str, Any]:
    return {"kenmerk": told.reference or None, "status": TOLD[State(told.state)]}


def shown(report: OwnReport) -> dict[str, Any]:
    return {
        "kenmerk": report.reference,
        "status": TOLD[State(report.state)],
        "meldingsdatum": report.day.isoformat() if report.day else None,
        "ontvangstdatum": report.recorded.isoformat(),
    }


def one(report: OwnReport | None) -> OwnReport:
    if report is None or not report.reference:
        raise Http404
    return report


def _own_reference(document: object) -> str:
    if not isinstance(document, dict) or set(document) - {"eigenKenmerk"}:
        raise Invalid((Problem("", "unknown-member"),))
    found = document.get("eigenKenmerk")
    if found is None:
        raise Invalid((Problem("own_reference", "required"),))
    if not isinstance(found, str):
        raise Invalid((Problem("own_reference", "wrong-type"),))
    if code := texts.problem_of(texts.clean(found), texts.REFERENCE):
        raise Invalid((Problem("own_reference", code),))
    return found
