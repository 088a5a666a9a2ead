"""What an organisation does with an own report after it was sent: correct it, add to it, take it back.

Who the person is can be replaced and never read back; like sending, it never looks at who is already known.
"""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.scopes import Scope
from intake.api import schemas
from intake.api.described import JSON, Answer, Key, Operation
from intake.api.notifications import REFERENCE, TAG, Notification, notification, receipt
from intake.api.resource import Resource, actor, once, organisation
from intake.idempotency import Answer as Told
from intake.notifications import later, members
from intake.notifications.inputs import NotificationInput, Problem
from intake.notifications.rules import Invalid
from intake.notifications.services import Receipt

RECEIPT = {JSON: schemas.ref("Ontvangst")}
GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)


class SentNotification(Notification):
    """Reading a report and replacing it have one address."""

    operations = {
        **Notification.operations,
        "put": Operation(
            "meldingCorrigeren",
            _("Correct a report: everything anew, the person too"),
            explanation=_("Without eigenKenmerk the report keeps the one that it has."),
            scope=Scope.SUBMIT_REPORTS,
            body={JSON: schemas.ref("NieuweMelding")},
            key=Key.OPTIONAL,
            answers=(Answer(HTTPStatus.OK, _("The report is replaced."), RECEIPT),),
            problems=GONE,
        ),
    }

    def put(self, request: Request, kenmerk: str) -> Response:
        by = actor(request)

        def act() -> Told:
            said = notification(request.data)
            return _told(later.correct(reference=kenmerk, notification=said, organisation=organisation(by), by=by))

        return Response(receipt(once(request, act)))


class Supplements(Resource):
    tag = TAG
    places = REFERENCE
    operations = {
        "post": Operation(
            "meldingAanvullen",
            _("Add what has become known since; what is known already stays"),
            scope=Scope.SUBMIT_REPORTS,
            body={JSON: schemas.ref("Aanvulling")},
            key=Key.OPTIONAL,
            answers=(Answer(HTTPStatus.OK, _("The report says more."), RECEIPT),),
            problems=GONE,
        )
    }

    def post(self, request: Request, kenmerk: str) -> Response:
        by = actor(request)

        def act() -> Told:
            said, where = _added(request.data), organisation(by)
            known, band = said.characteristics, said.age_band
            return _told(later.supplement(reference=kenmerk, characteristics=known, age_band=band, organisation=where, by=by))

        return Response(receipt(once(request, act)))


class Withdrawals(Resource):
    tag = TAG
    places = REFERENCE
    operations = {
        "post": Operation(
            "meldingIntrekken",
            _("Take a report back: as if it had never been there"),
            explanation=_("Asked again, it gives the same answer. It takes no document."),
            scope=Scope.SUBMIT_REPORTS,
            key=Key.OPTIONAL,
            answers=(Answer(HTTPStatus.OK, _("The report is withdrawn."), RECEIPT),),
            problems=GONE,
        )
    }

    def post(self, request: Request, kenmerk: str) -> Response:
        by = actor(request)

        def act() -> Told:
            return _told(later.withdraw(reference=kenmerk, organisation=organisation(by), by=by))

        return Response(receipt(once(request, act, body=b"")))


def _added(document: object) -> NotificationInput:
    """Only what can be added: of who the person is and of consent there is nothing to add, only to correct."""
    if isinstance(document, dict) and set(document) - schemas.ADDABLE:
        raise Invalid((Problem("", "unknown-member"),))
    values, found = members.read(document)
    if found:
        raise Invalid(found)
    return values.notification()


def _told(done: Receipt) -> Told:
    return Told(HTTPStatus.OK, done.reference, done.state)
