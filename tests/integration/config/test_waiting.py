"""Until the whole demonstration register is there, every page says how far the loading is."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from config.demonstration import loading
from config.demonstration.waiting import WaitUntilLoaded

pytestmark = pytest.mark.django_db
ASK = RequestFactory()
WAITING = "config.demonstration.waiting.WaitUntilLoaded"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def door() -> WaitUntilLoaded:
    return WaitUntilLoaded(lambda request: HttpResponse("inside"))


def test_page_is_503_with_the_progress_while_loading(door: WaitUntilLoaded) -> None:
    loading.report("Sending", 30, 120)
    response = door(ASK.get("/figures"))
    assert response.status_code == 503
    assert response["Retry-After"] == "2"
    assert 'value="25"' in response.content.decode()


@pytest.mark.parametrize("path", ["/health", "/static/vendor/baken.css"])
def test_health_and_static_files_are_open_while_loading(path: str, door: WaitUntilLoaded) -> None:
    assert door(ASK.get(path)).content == b"inside"


def test_language_is_switched_while_loading(settings: Settings) -> None:
    """By the form of the page that waits, as a browser sends it."""
    place = settings.MIDDLEWARE.index("django.middleware.csrf.CsrfViewMiddleware") + 1
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:place], WAITING, *settings.MIDDLEWARE[place:]]
    client = Client(enforce_csrf_checks=True)
    found = TOKEN.search(client.get("/figures").content.decode())
    assert found is not None
    answers = {"language": "en", "next": "/figures", "csrfmiddlewaretoken": found[1]}
    response = client.post(reverse("set_language"), answers)
    assert (response.status_code, response["Location"]) == (302, "/figures")
    assert "is being loaded" in client.get("/figures").content.decode()


def test_half_a_register_stays_closed(door: WaitUntilLoaded) -> None:
    loading.report("Counting", 120, 120)
    assert door(ASK.get("/figures")).status_code == 503


def test_site_opens_when_loading_is_complete_and_does_not_ask_again(
    door: WaitUntilLoaded, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    loading.finish()
    assert door(ASK.get("/figures")).content == b"inside"
    with django_assert_num_queries(0):
        assert door(ASK.get("/figures")).content == b"inside"
