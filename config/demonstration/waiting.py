"""Answers 503 with the progress until the whole demonstration register is there: half of it would show wrong figures."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from config.demonstration import loading

# The switch of the language leads back to the page that waits.
ALWAYS_OPEN = ("/health", "/static/", "/language")
SECONDS = "2"


class Waiting(HttpResponse):
    """Expected while loading, so Django need not log it as an error."""

    status_code = 503
    _has_been_logged = True


class WaitUntilLoaded:
    """Asks the database until the loading is complete, and never again after that."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.complete = False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if self.complete or request.path.startswith(ALWAYS_OPEN):
            return self.get_response(request)
        progress = loading.progress()
        self.complete = progress.complete
        return self.get_response(request) if self.complete else _wait(request, progress)


def _wait(request: HttpRequest, progress: loading.Progress) -> HttpResponse:
    response = Waiting(render_to_string("errors/loading.html", {"progress": progress}, request))
    response["Retry-After"] = response["Refresh"] = SECONDS
    return response
