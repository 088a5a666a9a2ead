"""One POST to an address that an organisation chose, and to nothing that is not meant to be reached from outside.

The name is resolved once and the connection made to the address that was checked: a name that answers differently a moment
later changes nothing. No redirect is followed, and nothing of the answer is kept but its status.
"""

import http.client
import socket
import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Event, Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from accounts import errors

SECONDS = 5.0
LONGEST_ADDRESS = 400
# They carry an IPv4 address inside, which a gateway would unpack; were given out for use inside, before fc00::/7 was; or are
# for documentation (RFC 9637) and for routes within a network (RFC 9602), which Python does not know yet.
_EMBEDDING = ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "::ffff:0:0:0/96")
NOT_PUBLIC = tuple(map(IPv6Network, (*_EMBEDDING, "fec0::/10", "3fff::/20", "5f00::/16")))
ARRIVED = range(200, 300)

Address = IPv4Address | IPv6Address


class _NotAllowedError(Exception):
    """The name leads to an address that is not a public one."""


@dataclass(frozen=True)
class Answer:
    """outcome is the status, or a code of ours where there was none."""

    arrived: bool
    outcome: str


def check_address(address: str) -> None:
    """What can be told without asking the network; where the name leads is looked at before every call."""
    _parts(address)


def post(address: str, *, body: bytes, headers: Mapping[str, str]) -> Answer:
    try:
        status = _post(_parts(address), body, headers)
    except (errors.AddressNotAllowedError, _NotAllowedError):
        return Answer(False, "address-not-allowed")
    except ssl.SSLError:
        return Answer(False, "no-valid-certificate")
    except TimeoutError:
        return Answer(False, "too-slow")
    except (OSError, http.client.HTTPException):
        return Answer(False, "no-answer")
    return Answer(status in ARRIVED, str(status))


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        (parts.hostname or "").encode("idna")  # As looking it up would, but that is too late to refuse.
        sound = bool(parts.hostname) and parts.port != 0 and address.isascii() and address.isprintable() and " " not in address
    except ValueError:
        raise errors.AddressNotAllowedError from None
    secure = parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(parts))
    if not (sound and secure) or parts.username is not None or parts.fragment or len(address) > LONGEST_ADDRESS:
        raise errors.AddressNotAllowedError
    return parts


def _is_this_machine(parts: SplitResult) -> bool:
    """Only settings made for tests and the demonstration let a system on the same machine be told."""
    return bool(settings.BAKEN_LOCAL_WEBHOOKS) and parts.hostname in ("localhost", "127.0.0.1", "::1")


def _post(parts: SplitResult, body: bytes, headers: Mapping[str, str]) -> int:
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    address = _checked(host, port, local=_is_this_machine(parts))
    # TLS takes the first handle away, and the connection could not be cut by it.
    with closing(_connected(address, port)) as plain, closing(plain.dup()) as handle:
        over = Event()
        guard = Timer(SECONDS, _cut, (handle, over))
        guard.start()
        try:
            stream = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
            return _spoken(stream, parts, body, headers)
        except (OSError, http.client.HTTPException) as error:
            if over.is_set():
                raise TimeoutError from error
            raise
        finally:
            guard.cancel()


def _spoken(stream: socket.socket, parts: SplitResult, body: bytes, headers: Mapping[str, str]) -> int:
    connection = http.client.HTTPConnection(parts.hostname or "")
    connection.sock = stream
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    own = {"Host": parts.netloc, "Content-Type": "application/json", "User-Agent": "Baken", "Connection": "close"}
    with closing(connection):
        connection.request("POST", path, body, own | dict(headers))
        return connection.getresponse().status


def _checked(host: str, port: int, *, local: bool) -> Address:
    """All that the name leads to must be public: one that is not is a mistake or a trick."""
    found = [ip_address(str(info[4][0])) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    wanted = _is_loopback if local else is_public
    if not found or not all(wanted(address) for address in found):
        raise _NotAllowedError
    return min(found, key=lambda address: address.version)


def is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in NOT_PUBLIC):
            return False
    return address.is_global and not address.is_multicast


def _is_loopback(address: Address) -> bool:
    return address.is_loopback


def _connected(address: Address, port: int) -> socket.socket:
    return socket.create_connection((str(address), port), timeout=SECONDS)


def _cut(handle: socket.socket, over: Event) -> None:
    """The time of each read is limited too, but an answer in drops would go on for ever."""
    over.set()
    try:
        handle.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
