"""Links in mails lead to the site as it is configured, whatever port the request named."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.inputs import PRIVATE_PERSONS
from jobs import services as jobs
from tests import cast, visitors

pytestmark = pytest.mark.django_db
ELSEWHERE = {"HTTP_HOST": "testserver:6666"}


def password_is_asked_for() -> None:
    cast.user(cast.OWNER)
    Client(**ELSEWHERE).post("/password/forgotten", {"email": cast.OWNER.email})


def user_is_invited() -> None:
    client = cast.signed_in(cast.ADMINISTRATOR, Client(**ELSEWHERE))
    address = f"/organisations/{cast.organisation(cast.SHELTER_TEAM)}/users/new"
    client.post(address, {"name": "Nieuw", "email": "nieuw@example.org", "roles": ["reporter"]})


def link_is_asked_for() -> None:
    cast.organisation(PRIVATE_PERSONS)
    visitors.sent("/without-account/link", {"email": "nieuw@example.org"}, Client(**ELSEWHERE))
    jobs.drain(("files",))


@pytest.mark.parametrize("act", [password_is_asked_for, user_is_invited, link_is_asked_for])
@pytest.mark.parametrize(
    ("address", "start"),
    [("https://baken.example", "https://testserver/"), ("http://localhost:8443", "http://testserver:8443/")],
)
def test_link_in_a_mail_has_scheme_and_port_of_the_settings(
    settings: Settings, act: Callable[[], None], address: str, start: str
) -> None:
    settings.BAKEN_ADDRESS = address
    act()
    (message,) = mail.outbox
    links = re.findall(r"https?://\S+", str(message.body))
    assert links
    assert all(link.startswith(start) for link in links)
