"""The Python client against a running server: a report, a file, its state, and what the server tells on its own."""

import importlib.util
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization

from accounts.deliveries import signature
from intake.batches import columns
from tests import interface, signed, uploaded
from tests.listening import Listener, listening, status
from tests.processes.clients.served import Served, served

FILE = Path(__file__).resolve().parents[3] / "clients" / "python" / "baken_client.py"
REPORT = dict(interface.REPORT) | {"eigenKenmerk": "voorbeeld-1"}
SECRET = "baken_wh_test"  # noqa: S105


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("baken_client", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["baken_client"] = module
    spec.loader.exec_module(module)
    return module


baken: Any = load()


def private_pem(key: signed.Private) -> bytes:
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return key.private_bytes(*form)


@dataclass
class Running:
    site: Served
    listener: Listener
    secret: str
    client: Any


@pytest.fixture
def running(tmp_path: Path, template: str) -> Iterator[Running]:
    key, file = signed.p256_key(), tmp_path / "public.pem"
    file.write_text(signed.pem(key))
    with served(tmp_path, template) as site, listening(status(204)) as listener:
        client, kid, secret = site.register(file, told=listener.address)
        made = baken.Client(site.address, client, private_pem(key))
        assert made.kid == kid
        yield Running(site, listener, secret, made)


@pytest.mark.enable_socket
def test_client_sends_a_report_and_a_file_and_is_told(running: Running) -> None:
    client = running.client
    key = baken.new_key()
    receipt = client.send_report(REPORT, key=key)
    assert (receipt.status, client.send_report(REPORT, key=key)) == ("aanvaard", receipt)
    assert client.report(receipt.reference)["status"] == "aanvaard"
    assert client.find_report("voorbeeld-1")["kenmerk"] == receipt.reference
    batch = client.send_batch(columns.write_csv(uploaded.reports(3)))
    assert client.wait_for_batch(batch, "gecontroleerd", seconds=300)["aantallen"]["nieuw"] == 3
    client.confirm_batch(batch)
    assert client.wait_for_batch(batch, "verwerkt", seconds=300)["aantallen"]["regels"] == 3
    assert running.site.house.rows("SELECT count(*) FROM intake_contribution") == [(4,)]
    running.site.house.wait_until(lambda: len(running.listener.received) == 4)
    heard = [baken.read_webhook(running.secret, one.headers, one.body) for one in running.listener.received]
    assert {(one["kenmerk"], one["onderwerp"]) for one in heard} == {(batch, "aanlevering")}
    assert {one["status"] for one in heard} == {"ontvangen", "gecontroleerd", "bevestigd", "verwerkt"}


@pytest.mark.enable_socket
def test_refusal_names_rules_and_no_values(running: Running) -> None:
    with pytest.raises(baken.BakenError) as refused:
        running.client.send_report(REPORT | {"meldingsdatum": "2019-02-30"})
    assert refused.value.status == 400
    assert "2019-02-30" not in json.dumps(refused.value.problem)
    batch = running.client.send_batch(b"meldingsdatum;uitbuitingsvormen\r\n30-02-2019;labour\r\n")
    running.client.wait_for_batch(batch, "gecontroleerd", seconds=300)
    assert [(one["regel"], one["kolom"]) for one in running.client.errors_of_batch(batch)] == [(2, "meldingsdatum")]


def test_client_tries_again_with_the_same_key_and_a_new_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    client = baken.Client("https://baken.example", "client", private_pem(signed.ed25519_key()), wait=lambda _: None)
    seen: list[tuple[str, str, bytes]] = []
    answers = [
        OSError,
        {"access_token": "t", "expires_in": 900},
        OSError,
        baken.BakenError(503, {}),
        {"kenmerk": "A", "status": "b"},
    ]

    def once(_self: Any, method: str, path: str, body: bytes, headers: dict[str, str]) -> Any:
        seen.append((path, headers.get("Idempotency-Key", ""), body))
        answer = answers.pop(0)
        if isinstance(answer, dict):
            return answer
        raise answer

    monkeypatch.setattr(baken.Client, "_once", once)
    assert client.send_report(REPORT, key="key-of-this-report").reference == "A"
    assert [path for path, _key, _body in seen] == ["/api/v1/oauth/token"] * 2 + ["/api/v1/meldingen"] * 3
    assert {key for _path, key, _body in seen[2:]} == {"key-of-this-report"}
    assert seen[0][2] != seen[1][2]


def test_client_gives_up_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    client = baken.Client("https://baken.example", "client", private_pem(signed.ed25519_key()), wait=lambda _: None)

    def once(*_: Any) -> Any:
        raise TimeoutError

    monkeypatch.setattr(baken.Client, "_once", once)
    with pytest.raises(baken.NoAnswerError):
        client.report("A")


def test_client_speaks_to_no_address_in_the_clear() -> None:
    with pytest.raises(ValueError, match="https"):
        baken.Client("http://baken.example", "client", private_pem(signed.ed25519_key()))


def told(moment: int, body: bytes = b'{"id":"1"}', secret: str = SECRET) -> Any:
    return baken.read_webhook(SECRET, {"BAKEN-SIGNATURE": signature(secret, moment, body)}, b'{"id":"1"}')


def test_client_reads_what_the_server_signed() -> None:
    assert told(int(signed.time.time())) == {"id": "1"}


@pytest.mark.parametrize(
    "change", [{"body": b'{"id":"2"}'}, {"secret": "another"}, {"moment": 1_000_000_000}], ids=["body", "secret", "moment"]
)
def test_client_refuses_what_is_altered_forged_or_old(change: dict[str, Any]) -> None:
    with pytest.raises(baken.NotSignedError):
        told(**({"moment": int(signed.time.time())} | change))


@pytest.mark.parametrize("headers", [{}, {"Baken-Signature": ""}, {"Baken-Signature": "v1=é"}])
def test_client_refuses_what_is_not_signed(headers: dict[str, str]) -> None:
    with pytest.raises(baken.NotSignedError):
        baken.read_webhook(SECRET, headers, b"{}")
