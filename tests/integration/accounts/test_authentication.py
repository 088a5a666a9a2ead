"""An interface answers who brings a valid token with the permission that the view names, and nobody else."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from accounts import events, tokens
from accounts.roles import Permission, Role
from accounts.scopes import Scope
from safeguards.models import AuditEntry
from tests import cast

pytestmark = pytest.mark.django_db


class Declared(APIView):
    permission = Permission.SUBMIT_BATCH

    def get(self, request: Request) -> Response:
        actor = request.actor  # type: ignore[attr-defined]
        return Response({"organisation": str(actor.organisation), "request": actor.request})


class Undeclared(APIView):
    def get(self, request: Request) -> Response:
        return Response({})


def token(role: Role = Role.BATCH_SUBMITTER) -> str:
    where, by = cast.organisation(cast.POLICE), cast.actor(cast.ADMINISTRATOR)
    return tokens.issue(organisation=where, role=role, name="test", lifetime=timedelta(days=1), by=by).text


def answer(view: type[APIView], header: str | None) -> Response:
    headers = {"HTTP_AUTHORIZATION": header} if header is not None else {}
    request = APIRequestFactory().get("/", BAKEN_REQUEST="number-1", **headers)
    request.user = AnonymousUser()
    response: Response = view.as_view()(request)
    return response


def test_token_with_the_permission_is_let_in_as_its_organisation() -> None:
    response = answer(Declared, f"Bearer {token()}")
    assert response.status_code == 200
    assert response.data == {"organisation": str(cast.organisation(cast.POLICE)), "request": "number-1"}


def test_token_without_the_permission_is_refused() -> None:
    assert answer(Declared, f"Bearer {token(Role.REPORTER)}").status_code == 403
    entry = AuditEntry.objects.get(action=events.PERMISSION_REFUSED)
    assert (entry.object_type, entry.details["reason"]) == ("client", Permission.SUBMIT_BATCH.value)


def test_token_whose_scopes_leave_the_permission_out_is_refused() -> None:
    where, by = cast.organisation(cast.POLICE), cast.actor(cast.ADMINISTRATOR)
    scopes = frozenset({Scope.READ_REPORTS})
    day = timedelta(days=1)
    limited = tokens.issue(organisation=where, role=Role.BATCH_SUBMITTER, name="test", lifetime=day, scopes=scopes, by=by)
    assert answer(Declared, f"Bearer {limited.text}").status_code == 403


def test_view_that_names_no_permission_is_closed_to_all() -> None:
    assert answer(Undeclared, f"Bearer {token()}").status_code == 403


@pytest.mark.parametrize("header", [None, "", "Basic YTpi", "Bearer", "Bearer wrong", "Bearer two parts", "Bearer baken_\xff"])
def test_request_without_a_valid_token_is_asked_for_one(header: str | None) -> None:
    response = answer(Declared, header)
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"


def test_session_of_a_browser_opens_no_interface() -> None:
    request = APIRequestFactory().get("/")
    request.user = cast.user(cast.OFFICER)
    assert Declared.as_view()(request).status_code == 401
