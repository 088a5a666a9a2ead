"""Every refusal of the API as application/problem+json (RFC 9457): which member breaks which rule, never what was sent."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException
from rest_framework.response import Response

from accounts.permissions import NotAllowedError
from intake.api.described import API_VERSION
from intake.api.described import PROBLEM as MEDIA_TYPE
from intake.errors import (
    IntakeError,
    NotAFeedError,
    NotAReporterError,
    UnknownBatchError,
    UnknownReportError,
    UnreadableFileError,
)
from intake.idempotency import KeyInUseError, KeyReusedError
from intake.notifications import sentences
from intake.notifications.inputs import Problem
from intake.notifications.members import POINTER_OF_FIELD
from intake.notifications.rules import Invalid
from intake.notifications.strict_json import MalformedJsonError

ADDRESSES = "/api/"
CONFLICTS = {("own_reference", code) for code in ("already-used", "has-another", "erased-at-request", "restricted")}
_RETRY_AFTER = {HTTPStatus.SERVICE_UNAVAILABLE: "60"}


class TooLargeError(Exception):
    pass


class LengthRequiredError(Exception):
    pass


class WrongParametersError(Exception):
    """Parameters of the address or headers that break a rule, each by name and code."""

    def __init__(self, found: Mapping[str, str]) -> None:
        super().__init__("A parameter breaks a rule.")
        self.found = found


_STATUSES: tuple[tuple[tuple[type[Exception], ...], HTTPStatus], ...] = (
    ((LengthRequiredError,), HTTPStatus.LENGTH_REQUIRED),
    ((TooLargeError,), HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    ((NotAllowedError, NotAReporterError, NotAFeedError), HTTPStatus.FORBIDDEN),
    ((Http404, UnknownBatchError, UnknownReportError), HTTPStatus.NOT_FOUND),
    ((KeyReusedError,), HTTPStatus.UNPROCESSABLE_ENTITY),
    ((IntakeError,), HTTPStatus.CONFLICT),
)


def members(status: HTTPStatus, *, code: str = "", errors: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    """about:blank says that the status says it all; code is stable, and says more where there is more."""
    code = code or _CODES.get(status, status.phrase.lower().replace(" ", "-"))
    found = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": str(_SENTENCES.get(code, status.phrase)),
        "code": code,
    }
    return found | ({"errors": list(errors)} if errors else {})


def problem(status: HTTPStatus, *, code: str = "", errors: Sequence[Mapping[str, str]] = ()) -> Response:
    return Response(members(status, code=code, errors=errors), status=status.value, content_type=MEDIA_TYPE)


def bare(status: HTTPStatus) -> JsonResponse:
    """For what goes wrong outside of a view: no address, no database."""
    headers = {"API-Version": API_VERSION}
    if status in _RETRY_AFTER:
        headers["Retry-After"] = _RETRY_AFTER[status]
    return JsonResponse(members(status), status=status.value, content_type=MEDIA_TYPE, headers=headers)


def asked_here(request: HttpRequest) -> bool:
    return request.path.startswith(ADDRESSES)


def invalid(problems: Sequence[Problem]) -> Response:
    """All that is wrong in one answer. What stands in the way of a reference is a conflict, not a mistake in the input."""
    errors = [error(one) for one in problems]
    if len(problems) == 1 and (problems[0].field, problems[0].code) in CONFLICTS:
        return problem(HTTPStatus.CONFLICT, code=problems[0].code, errors=errors)
    return problem(HTTPStatus.BAD_REQUEST, errors=errors)


def handle(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """What is not known here is not handled: it becomes a server error without a text."""
    if isinstance(error, Invalid):
        return invalid(error.problems)
    if isinstance(error, UnreadableFileError) and error.code == "too-large":
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if isinstance(error, MalformedJsonError | UnreadableFileError):
        return invalid([Problem("", error.code)])
    if isinstance(error, WrongParametersError):
        return problem(HTTPStatus.BAD_REQUEST, errors=[_of_parameter(*one) for one in error.found.items()])
    if isinstance(error, APIException):
        return _framework_problem(error)
    return _own_problem(error)


def _own_problem(error: Exception) -> Response | None:
    status = next((status for kinds, status in _STATUSES if isinstance(error, kinds)), None)
    if status is None:
        return None
    found = problem(status, code=error.code if isinstance(error, IntakeError) and error.code in _SENTENCES else "")
    if isinstance(error, KeyInUseError):
        found["Retry-After"] = str(error.seconds)
    return found


def _framework_problem(error: APIException) -> Response:
    found = problem(HTTPStatus(error.status_code))
    if header := getattr(error, "auth_header", None):
        found["WWW-Authenticate"] = header
    if (seconds := getattr(error, "wait", None)) is not None:
        found["Retry-After"] = str(int(seconds))
    return found


_CODES = {
    HTTPStatus.BAD_REQUEST: "invalid",
    HTTPStatus.UNAUTHORIZED: "not-signed-in",
    HTTPStatus.FORBIDDEN: "not-allowed",
    HTTPStatus.NOT_FOUND: "not-found",
    HTTPStatus.CONFLICT: "conflict",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too-large",
    HTTPStatus.INTERNAL_SERVER_ERROR: "server-error",
    HTTPStatus.SERVICE_UNAVAILABLE: "unavailable",
}

_SENTENCES = {
    "invalid": _("What was sent breaks one or more rules."),
    "not-signed-in": _("Sign in with a token of your organisation."),
    "not-allowed": _("Your organisation may not do this."),
    "not-a-reporter": _("Your organisation does not report persons."),
    "not-a-feed": _("Your organisation does not deliver a feed."),
    "not-found": _("There is nothing here."),
    "unknown-batch": _("There is no such delivery of your organisation."),
    "method-not-allowed": _("This address does not take this method."),
    "not-acceptable": _("The answer cannot be given in this form."),
    "unsupported-media-type": _("This address does not take this kind of document."),
    "too-large": _("The document is too large."),
    "too-many-requests": _("Your system asks too much in a short time; wait a while."),
    "conflict": _("This cannot be done now."),
    "already-used": _("You used this reference for another report, or changed a report that was sent already."),
    "erased-at-request": _("What you sent under this reference was erased and does not come back."),
    "restricted": _(
        "This report is restricted at the person's request: until that ends it can be neither changed nor withdrawn."
    ),
    "unknown-report": _("There is no such report of your organisation."),
    "withdrawn": _("This report was withdrawn."),
    "became-signal": _("This report became an anonymous signal: nothing of it can be changed."),
    "has-errors": _("Rows have errors; say that the others may be stored without them, or send a corrected file."),
    "trial": _("A trial cannot be stored; send the file again without trial."),
    "length-required": _("Say in Content-Length how long the document is; it cannot be sent in chunks."),
    "too-many-open": _(
        "Twenty files of your organisation are not finished yet. Confirm or cancel one of them, then send this one."
    ),
    "wrong-state": _("This is not possible any more, or not yet."),
    "nothing-to-store": _("No row of this file can be stored."),
    "key-reused": _("This Idempotency-Key was used for another request."),
    "key-in-use": _("The first request with this Idempotency-Key is still being carried out."),
    "server-error": _("Something went wrong here. Nothing was stored; try again later."),
    "unavailable": _("The service cannot be reached for a moment; try again later."),
}

# Rules of parameters and headers.
_OF_PARAMETER = {
    "required": _("Fill in: %(field)s."),
    "wrong-format": _("%(field)s: this is not written as it should be."),
    "unknown-code": _("%(field)s: choose from the list."),
    "unknown-parameter": _("There is a parameter that is not known here."),
}


def error(one: Problem) -> dict[str, str]:
    """pointer is a JSON pointer into the document that was sent."""
    member = POINTER_OF_FIELD.get(one.field, one.field)
    return {"pointer": f"#/{member}" if member else "#", "code": one.code, "detail": sentences.sentence(one, name=member)}


def _of_parameter(name: str, code: str) -> dict[str, str]:
    """Of a parameter that is unknown not even the name is repeated: it may be anything."""
    known = {"parameter": name} if code != "unknown-parameter" else {"parameter": ""}
    return known | {"code": code, "detail": str(_OF_PARAMETER[code]) % {"field": name}}
