"""The health address answers in every role, and a database that does not answer is 503 with a time to come back."""

from typing import NoReturn

import pytest
from django.db import OperationalError, connection
from django.test import Client

from config import health, urls

pytestmark = pytest.mark.django_db


def gone(*_: object) -> NoReturn:
    raise OperationalError("Zwaluwenburg")


def test_health_is_open_to_everybody(client: Client) -> None:
    assert client.get("/health").json() == {"status": "ok"}


def test_health_tells_that_the_database_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "cursor", gone)
    response = client.get("/health")
    assert response.status_code == 503
    assert "Zwaluwenburg" not in response.content.decode()


def test_page_without_database_asks_to_come_back(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health.connection, "cursor", gone)
    client.raise_request_exception = False
    client.cookies["sessionid"] = "a" * 32
    response = client.get("/")
    assert response.status_code == 503
    assert response["Retry-After"]


@pytest.mark.parametrize("role", ["all", "intake", "backoffice", "monitor", "worker"])
def test_health_is_mounted_in_every_role(role: str) -> None:
    assert "health" in [str(address.pattern) for address in urls.addresses(role)]


def test_worker_serves_nothing_else() -> None:
    assert [str(address.pattern) for address in urls.addresses("worker")] == ["health"]
