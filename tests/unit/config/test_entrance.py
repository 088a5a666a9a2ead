"""What every request passes first: a number, and in the demonstration the refusal of strangers and the name for passkeys."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch
from pytest_django import Settings

from config.entrance import LoopbackOnly, RequestIdentifier, SignInByName

ASK = RequestFactory()


def answered(_: object) -> HttpResponse:
    return HttpResponse("inside")


@pytest.mark.parametrize("address", ["10.0.0.9", "192.168.1.7", "2001:db8::1", "", "nonsense"])
def test_demonstration_refuses_other_machines(address: str) -> None:
    response = LoopbackOnly(answered)(ASK.get("/", REMOTE_ADDR=address))
    assert response.status_code == 403


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_demonstration_answers_its_own_machine(address: str) -> None:
    assert LoopbackOnly(answered)(ASK.get("/", REMOTE_ADDR=address)).status_code == 200


def test_demonstration_answers_others_when_told_so(settings: Settings) -> None:
    settings.BAKEN_BEYOND_LOOPBACK = True
    assert LoopbackOnly(answered)(ASK.get("/", REMOTE_ADDR="10.0.0.9")).status_code == 200


def test_every_answer_carries_a_number_of_its_own_whatever_was_sent() -> None:
    numbers = {RequestIdentifier(answered)(ASK.get("/", HTTP_X_REQUEST_ID="mine"))["X-Request-Id"] for _ in range(3)}
    assert len(numbers) == 3
    assert "mine" not in numbers


@pytest.fixture
def sign_in() -> ResolverMatch:
    return ResolverMatch(answered, (), {}, url_name="account_login")


@pytest.mark.parametrize(
    ("host", "method", "place"),
    [
        ("127.0.0.1:8000", "GET", "http://localhost:8000/sign-in?next=/x"),
        ("127.0.0.1", "GET", "http://localhost/sign-in?next=/x"),
        ("localhost:8000", "GET", None),
        ("127.0.0.1:8000", "POST", None),
    ],
)
def test_sign_in_page_of_the_address_is_at_the_name(host: str, method: str, place: str | None, sign_in: ResolverMatch) -> None:
    request = ASK.generic(method, "/sign-in?next=/x", HTTP_HOST=host)
    request.resolver_match = sign_in
    response = SignInByName(answered).process_view(request)
    assert (response and response["Location"]) == place
