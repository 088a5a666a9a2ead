"""The demonstration binds beyond loopback only when it is told so in words, and no log line says what somebody sent."""

from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.http.errors import InvalidRequestLine
from gunicorn.workers.base import Worker

from config import gunicorn


def server(*addresses: object) -> SimpleNamespace:
    return SimpleNamespace(cfg=SimpleNamespace(address=list(addresses)))


@pytest.fixture(autouse=True)
def demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings.demonstration")
    monkeypatch.delenv("BAKEN_BEYOND_LOOPBACK", raising=False)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "baken.example"])
def test_demonstration_refuses_to_be_reached_from_elsewhere(host: str) -> None:
    with pytest.raises(SystemExit, match="BAKEN_BEYOND_LOOPBACK=yes"):
        gunicorn.on_starting(server(("127.0.0.1", 8000), (host, 8000)))


@pytest.mark.parametrize("address", [("127.0.0.1", 8000), ("localhost", 8000), ("::1", 8000), "/run/baken.sock"])
def test_demonstration_binds_on_its_own_machine(address: object) -> None:
    gunicorn.on_starting(server(address))


def test_demonstration_binds_elsewhere_when_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAKEN_BEYOND_LOOPBACK", "yes")
    gunicorn.on_starting(server(("0.0.0.0", 8000)))


def test_other_settings_bind_where_they_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings.production")
    gunicorn.on_starting(server(("0.0.0.0", 8000)))


class Unreachable:
    """A client that is gone: nothing is answered to it."""

    def sendall(self, content: bytes) -> None:
        raise OSError


def test_error_is_logged_by_class_and_place_without_what_was_sent(capsys: pytest.CaptureFixture[str]) -> None:
    settings = Config()
    worker = Worker(0, 0, [], None, 0, settings, Logger(settings))
    worker.tmp.close()
    gunicorn.post_worker_init(worker)
    address, request = ("10.0.0.1", 1), SimpleNamespace(method="GET", uri="/Zwaluwenburg?bsn=1")
    worker.handle_error(None, Unreachable(), address, InvalidRequestLine("GET /Zwaluwenburg"))
    try:
        raise ValueError("Zwaluwenburg")
    except ValueError:
        worker.log.exception("Error handling request %s %s", request.method, request.uri)
    written = capsys.readouterr().err
    assert "Error handling request GET" in written
    assert "ValueError" in written
    assert "Zwaluwenburg" not in written
    assert "10.0.0.1" not in written
