"""The open pages, the headers that every answer carries, and the pages shown when something goes wrong."""

import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from config import errors
from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as site
from config.version import VERSION
from tests.messages import ROOT

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
pytestmark = pytest.mark.django_db


def fails(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def refuses(request: HttpRequest) -> HttpResponse:
    raise BadRequest


urlpatterns = [*site, path("fails", login_not_required(fails)), path("refuses", login_not_required(refuses))]

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "htmx",
}


@pytest.mark.parametrize("address", ["/about", "/accessibility", "/no-such-page", "/robots.txt", "/.well-known/security.txt"])
def test_answer_carries_the_security_headers(client: Client, address: str) -> None:
    headers = client.get(address).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy == POLICY
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_static_file_may_be_kept(client: Client) -> None:
    response = client.get("/static/vendor/baken.css")
    assert b"govuk-template" in b"".join(response.streaming_content)
    response.close()
    assert "no-store" not in response.headers["Cache-Control"]
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize(("language", "heading"), [("nl", "Over deze site"), ("en", "About this site")])
def test_page_follows_the_language_of_the_browser(client: Client, language: str, heading: str) -> None:
    page = client.get("/about", headers={"Accept-Language": language}).content.decode()
    assert f'<html lang="{language}"' in page
    assert f'<h1 class="govuk-heading-l">{heading}</h1>' in page


def test_language_switch_returns_to_the_page(client: Client) -> None:
    response = client.post("/language", {"language": "en", "next": "/about?a=1"})
    assert (response.status_code, response.headers["Location"]) == (302, "/about?a=1")
    assert 'lang="en"' in client.get("/about").content.decode()


def test_language_switch_leads_nowhere_else(client: Client) -> None:
    response = client.post("/language", {"language": "en", "next": "https://elsewhere.example/"})
    assert response.headers["Location"] == "/"


@pytest.mark.parametrize(("on", "shown"), [(True, True), (False, False)])
def test_demonstration_is_marked_on_pages_and_errors(client: Client, settings: Settings, on: bool, shown: bool) -> None:
    settings.BAKEN_DEMONSTRATION = on
    pages = [client.get("/about"), client.get("/no-such-page"), errors.server_error(HttpRequest())]
    assert {"baken-demonstration" in page.content.decode() for page in pages} == {shown}


def test_unknown_address_is_not_found(client: Client) -> None:
    response = client.get("/no-such-page")
    assert response.status_code == 404
    assert "Pagina niet gevonden" in response.content.decode()


def test_server_error_has_a_page_without_cause(client: Client, settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    response = client.get("/fails")
    assert response.status_code == 500
    assert "Er ging bij ons iets mis" in response.content.decode()
    assert "ZeroDivisionError" not in response.content.decode()


def test_unreadable_request_has_a_page(client: Client, settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    response = client.get("/refuses")
    assert response.status_code == 400
    assert "kon niet worden gelezen" in response.content.decode()


def test_stale_form_has_a_page() -> None:
    response = Client(enforce_csrf_checks=True).post("/language", {"language": "en"})
    assert response.status_code == 403
    assert "stond te lang open" in response.content.decode()


def test_robots_are_kept_out(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response.content == b"User-agent: *\nDisallow: /\n"
    assert "noindex" in response.headers["X-Robots-Tag"]


def test_security_contact_has_not_expired(client: Client) -> None:
    text = client.get("/.well-known/security.txt").content.decode()
    expires = re.search(r"^Expires: (.+)$", text, re.MULTILINE)
    assert expires is not None
    assert datetime.fromisoformat(expires[1]) > datetime.now(UTC)
    assert "\nCanonical: http://testserver/.well-known/security.txt\n" in text


def test_unavailable_says_when_to_come_back() -> None:
    response = errors.unavailable(HttpRequest())
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")


def test_footer_shows_the_version_of_the_project(client: Client) -> None:
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f"Baken, versie {VERSION}" in client.get("/about").content.decode()
