"""What a visitor sees when something goes wrong, in the visitor's language.

The pages tell what to do next and nothing about the cause; a server error draws its page without database or session.
A system that asked the interface gets the same as problem+json.
"""

import sys
from dataclasses import replace
from http import HTTPStatus

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from config import context
from intake.api import problems


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _drawn(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _drawn(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _drawn(request, HTTPStatus.NOT_FOUND)


def _drawn(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    if problems.asked_here(request):
        return problems.bare(status)
    return render(request, f"errors/{status.value}.html", status=status.value)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF check refused the form: nearly always a page that stood open too long."""
    return render(request, "errors/csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls this while it handles the error: a database that does not answer is a reason to come back, no fault."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    if problems.asked_here(request):
        return problems.bare(HTTPStatus.SERVICE_UNAVAILABLE if away else HTTPStatus.INTERNAL_SERVER_ERROR)
    return unavailable(request) if away else bare("errors/500.html", status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    response = bare("errors/503.html", status=503)
    response["Retry-After"] = "60"
    return response


def bare(template: str, *, status: int) -> HttpResponse:
    """Draws a page without request: whatever broke (database, session) must not break its error page too."""
    frame = replace(context.empty_frame(), demonstration=settings.BAKEN_DEMONSTRATION)
    return HttpResponse(render_to_string(template, {"frame": frame}), status=status)
