"""What every request passes first: its identifier, and in the demonstration the refusal of strangers and the sign-in name."""

from collections.abc import Callable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlunsplit
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

Answer = Callable[[HttpRequest], HttpResponseBase]

SIGN_IN_PAGES = ("accounts:", "account_", "mfa_")


class RequestIdentifier:
    """Numbers each request at random; the audit trail and the answer carry the number, whatever the client sent."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.META["BAKEN_REQUEST"] = uuid4().hex
        response = self.get_response(request)
        response["X-Request-Id"] = request.META["BAKEN_REQUEST"]
        return response


class LoopbackOnly:
    """The demonstration lets anybody sign in as anybody, so it answers this machine alone unless told otherwise."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.BAKEN_BEYOND_LOOPBACK or _is_loopback(request.META.get("REMOTE_ADDR", "")):
            return self.get_response(request)
        return HttpResponse("This demonstration answers its own machine only.", status=403, content_type="text/plain")


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


class SignInByName:
    """Passkeys belong to a name, not to an address: sign-in pages of 127.0.0.1 are at localhost."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponseBase | None:
        host, _separator, port = request.get_host().partition(":")
        view = request.resolver_match.view_name if request.resolver_match else ""
        if host != "127.0.0.1" or request.method != "GET" or not view.startswith(SIGN_IN_PAGES):
            return None
        place = f"localhost:{port}" if port else "localhost"
        return HttpResponseRedirect(urlunsplit((request.scheme or "http", place, request.get_full_path(), "", "")))
