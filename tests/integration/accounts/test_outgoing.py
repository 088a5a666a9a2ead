"""Only public addresses are called, at the address that was checked, without following anybody and without waiting for long."""

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from pathlib import Path
from threading import Event
from time import sleep
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_django import Settings

from accounts import errors, outgoing
from accounts.outgoing import Answer
from tests.listening import Answering, free_port, listening, status

NOTHING = b"{}"


def post(address: str) -> Answer:
    return outgoing.post(address, body=NOTHING, headers={"Baken-Delivery": "number"})


@pytest.mark.parametrize(
    "address", ["https://hooks.example", "https://hooks.example/a?b=c", "https://hooks.example:8443/", "http://127.0.0.1:9/"]
)
def test_address_can_be_given(address: str) -> None:
    outgoing.check_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "", "hooks.example", "http://hooks.example", "ftp://hooks.example", "file:///etc/passwd", "https://",
        "https://name:secret@hooks.example", "https://hooks.example/#part", "https://hooks.example:0/", "https://hooks.example:x/",
        "https://hooks.example/a b", "https://hooks.example/\r\nX: y", "https://höoks.example", "https://[::1", "javascript:1",
        "https://a..example/x", "https://.example/", f"https://{'a' * 64}.example/",
        "https://hooks.example/" + "a" * 400, "http://127.0.0.1.hooks.example/",
    ],
)  # fmt: skip
def test_address_cannot_be_given(address: str) -> None:
    with pytest.raises(errors.AddressNotAllowedError):
        outgoing.check_address(address)


@pytest.mark.parametrize("address", ["https://a..example/x", f"https://{'a' * 64}.example/"])
def test_address_that_was_kept_and_has_no_name_is_answered_for(address: str) -> None:
    assert post(address) == Answer(False, "address-not-allowed")


def test_this_machine_is_an_address_only_where_settings_say_so(settings: Settings) -> None:
    settings.BAKEN_LOCAL_WEBHOOKS = False
    with pytest.raises(errors.AddressNotAllowedError):
        outgoing.check_address("http://127.0.0.1:9/")


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
def test_public_address_is_public(address: str) -> None:
    assert outgoing.is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "2002:a00:1::", "2001:0:a00:1::1", "2001:db8::1",
        "::127.0.0.1", "::a00:1", "::ffff:0:10.0.0.1", "fec0::1", "5f00::1", "3fff::1",
    ],
)  # fmt: skip
def test_address_inside_is_not_public(address: str) -> None:
    assert not outgoing.is_public(ip_address(address))


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def names_lead_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """What names are asked for; numbers are looked up as always."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        if _is_number(host):
            return real(host, port, *args, **kwargs)
        asked.append(host)
        return [entry for address in addresses for entry in real(address, port, *args, **kwargs)]

    monkeypatch.setattr(outgoing.socket, "getaddrinfo", look_up)
    return asked


@pytest.mark.parametrize(
    "found", [("127.0.0.1",), ("10.0.0.1",), ("169.254.169.254",), ("93.184.215.14", "10.0.0.1"), ("::1",)], ids=str
)
def test_name_that_leads_inside_is_not_called(monkeypatch: pytest.MonkeyPatch, found: tuple[str, ...]) -> None:
    names_lead_to(monkeypatch, *found)
    connected: list[object] = []
    monkeypatch.setattr(outgoing, "_connected", lambda *address: connected.append(address))
    assert post("https://hooks.example/") == Answer(False, "address-not-allowed")
    assert not connected


def test_name_of_this_machine_that_leads_elsewhere_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    names_lead_to(monkeypatch, "10.0.0.1")
    assert post("http://localhost:9/") == Answer(False, "address-not-allowed")


def test_connection_is_made_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is asked for once; what it leads to a moment later is not asked."""
    asked = names_lead_to(monkeypatch, "127.0.0.1")
    with listening(status(204)) as listener:
        assert post(f"http://localhost:{listener.port}/hook").arrived
    assert asked.count("localhost") == 1


def test_what_is_told_arrives() -> None:
    with listening(status(204)) as listener:
        assert post(f"{listener.address}?system=1") == Answer(True, "204")
    (one,) = listener.received
    assert (one.path, one.body) == ("/hook?system=1", NOTHING)
    assert one.headers["Host"] == f"127.0.0.1:{listener.port}"
    assert (one.headers["Content-Type"], one.headers["Baken-Delivery"]) == ("application/json", "number")


@pytest.mark.parametrize("code", [400, 404, 410, 500, 503])
def test_refusal_is_no_arrival(code: int) -> None:
    with listening(status(code)) as listener:
        assert post(listener.address) == Answer(False, str(code))


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_nobody_is_followed(code: int) -> None:
    with listening(status(204)) as other, listening(status(code, Location=other.address)) as listener:
        assert post(listener.address) == Answer(False, str(code))
        assert not other.received


def test_nobody_there_is_no_answer() -> None:
    assert post(f"http://127.0.0.1:{free_port()}/") == Answer(False, "no-answer")


# Of 0.05 seconds each: together longer than a busy machine takes to leave.
PIECES = 1200


def silent(lasted: Event) -> Answering:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.settimeout(PIECES * 0.05)
        try:
            handler.connection.recv(1)
        except TimeoutError:
            lasted.set()

    return answer


def in_drops(lasted: Event) -> Answering:
    """A byte now and then: each read is quick, and the whole would last for ever."""
    return lambda handler: drop(handler.wfile.write, lasted)


def drop(write: Callable[[bytes], object], lasted: Event) -> None:
    with suppress(OSError):
        for _ in range(PIECES):
            write(b"H")
            sleep(0.05)
        lasted.set()


@pytest.mark.parametrize("answer", [silent, in_drops])
def test_answer_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    monkeypatch.setattr(outgoing, "SECONDS", 0.3)
    lasted = Event()
    with listening(answer(lasted)) as listener:
        assert post(listener.address) == Answer(False, "too-slow")
        assert not lasted.is_set()


def test_answer_that_is_none_is_no_arrival() -> None:
    with listening(lambda handler: handler.wfile.write(b"what?\r\n\r\n") and None) as listener:
        assert post(listener.address) == Answer(False, "no-answer")


def test_certificate_that_nobody_vouches_for_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    monkeypatch.setattr(outgoing, "_checked", lambda *_, **__: ip_address("127.0.0.1"))
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=shake_hands, args=(server, context))
        thread.start()
        assert post(f"https://localhost:{server.getsockname()[1]}/") == Answer(False, "no-valid-certificate")
        thread.join()


def test_answer_in_drops_is_not_waited_for_over_tls_either(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = self_signed(tmp_path)
    trusted = ssl.create_default_context(cafile=own)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own)
    monkeypatch.setattr(outgoing, "SECONDS", 0.3)
    monkeypatch.setattr(outgoing, "_checked", lambda *_, **__: ip_address("127.0.0.1"))
    monkeypatch.setattr(outgoing.ssl, "create_default_context", lambda: trusted)
    with socket.create_server(("127.0.0.1", 0)) as server:
        lasted = Event()
        thread = threading.Thread(target=drop_by_drop, args=(server, context, lasted))
        thread.start()
        assert post(f"https://localhost:{server.getsockname()[1]}/") == Answer(False, "too-slow")
        assert not lasted.is_set()
        thread.join()


def drop_by_drop(server: socket.socket, context: ssl.SSLContext, lasted: Event) -> None:
    connection, _ = server.accept()
    with suppress(OSError), context.wrap_socket(connection, server_side=True) as stream:
        drop(stream.sendall, lasted)


def shake_hands(server: socket.socket, context: ssl.SSLContext) -> None:
    connection, _ = server.accept()
    with connection:
        try:
            context.wrap_socket(connection, server_side=True).close()
        except OSError:
            return


def self_signed(folder: Path) -> Path:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
    names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
    certificate = made.add_extension(names, critical=False).sign(key, hashes.SHA256())
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "server.pem"
    file.write_bytes(key.private_bytes(*form) + certificate.public_bytes(serialization.Encoding.PEM))
    return file
