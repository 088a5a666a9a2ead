"""Headers that every answer carries and Django does not set by itself, and the language that a form switches to.

The content security policy is django-csp's; the rest of the security headers are Django's SecurityMiddleware's.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
    # Static files have said already how long they may be kept; pages must leave nothing behind on a shared computer.
    "Cache-Control": "no-store",
}


class PageHeaders:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        return response


# Not "language", which a form may ask about.
FIELD = "site-language"


class LanguageOfForm:
    """A page that keeps its answers in itself posts them with the wanted language and is drawn again in it.

    What the page does with the answers is its own affair; the plain switch of other pages is Django's set_language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = request.POST.get(FIELD, "") if is_form(request) else ""
        if wanted not in dict(settings.LANGUAGES):
            return self.get_response(request)
        translation.activate(wanted)
        request.LANGUAGE_CODE = wanted
        response = self.get_response(request)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
        return response


def is_form(request: HttpRequest) -> bool:
    """A file or a machine's message is not read here: its own view says how."""
    return request.method == "POST" and request.content_type == "application/x-www-form-urlencoded"
