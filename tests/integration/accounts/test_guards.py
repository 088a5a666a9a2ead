"""The decorator of pages and the middleware around them: closed by default, 403 for who may not, and nothing else told."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from pytest_django import Settings

from accounts import events
from accounts.permissions import require
from accounts.roles import Permission
from accounts.web import current_actor, needs
from config.urls import urlpatterns as project_pages
from safeguards.models import AuditEntry
from tests import cast

pytestmark = pytest.mark.django_db


@needs(Permission.REVIEW_CONSENT)
def guarded(request: HttpRequest) -> HttpResponse:
    return HttpResponse("seen")


def undecorated(request: HttpRequest) -> HttpResponse:
    return HttpResponse("seen")


def refused_by_a_service(request: HttpRequest) -> HttpResponse:
    require(current_actor(request), Permission.APPROVE_RELEASE)
    return HttpResponse("done")


urlpatterns = [
    path("guarded", guarded),
    path("undecorated", undecorated),
    path("refused", refused_by_a_service),
    *project_pages,
]


def test_page_names_the_permission_it_needs() -> None:
    assert guarded.permission is Permission.REVIEW_CONSENT  # type: ignore[attr-defined]


def test_visitor_is_sent_to_the_sign_in_page_even_without_middleware() -> None:
    request = RequestFactory().get("/guarded?page=2")
    request.user = AnonymousUser()
    assert guarded(request)["Location"] == "/sign-in?next=/guarded%3Fpage%3D2"


def test_who_lacks_the_permission_is_refused() -> None:
    request = RequestFactory().get("/guarded")
    request.user, request.session = cast.user(cast.OWNER), cast.signed_in(cast.OWNER).session
    with pytest.raises(PermissionDenied):
        guarded(request)


@pytest.fixture
def pages(settings: Settings) -> None:
    """These pages beside the project's own, under the project's middleware."""
    settings.ROOT_URLCONF = __name__


def test_page_with_the_permission_is_seen(pages: None) -> None:
    assert cast.signed_in(cast.CONSENT_ADMINISTRATOR).get("/guarded").content == b"seen"


def test_page_without_the_permission_is_not(pages: None) -> None:
    response = cast.signed_in(cast.ANALYST).get("/guarded")
    assert response.status_code == 403
    assert b"seen" not in response.content


def test_page_without_a_decorator_still_needs_a_sign_in(pages: None, client: Client) -> None:
    assert client.get("/undecorated")["Location"] == "/sign-in?next=/undecorated"


def test_page_without_a_decorator_still_needs_the_second_factor(pages: None) -> None:
    assert cast.signed_in(cast.ANALYST, second_factor=False).get("/undecorated").status_code == 302


def test_service_that_refuses_is_a_403(pages: None) -> None:
    assert cast.signed_in(cast.ANALYST).get("/refused").status_code == 403


@pytest.mark.parametrize(
    ("page", "wanted"), [("/guarded", Permission.REVIEW_CONSENT), ("/refused", Permission.APPROVE_RELEASE)]
)
def test_who_was_refused_stands_in_the_audit_trail_and_cannot_fill_it(pages: None, page: str, wanted: Permission) -> None:
    client = cast.signed_in(cast.ANALYST)
    assert [client.get(page).status_code for _ in range(8)] == [403] * 8
    entries = AuditEntry.objects.filter(action=events.PERMISSION_REFUSED)
    assert {(entry.actor_id, entry.details["reason"]) for entry in entries} == {(str(cast.user(cast.ANALYST).id), wanted.value)}
    assert entries.count() == 5
