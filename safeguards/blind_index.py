"""Keyed digests, so that equal values are found without opening anything. It does not normalise: callers do."""

import hashlib
import hmac
from enum import StrEnum

from safeguards import keyring
from safeguards.keyring.names import API_TOKEN, LINK_TOKEN, OWN_REFERENCE, RECEIPT, ROW_DIGEST, KeyName

TOKEN_LENGTH = 16
BLOCK = 64
_INNER, _OUTER = (bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C))


class Digest(StrEnum):
    """What is digested; equal texts of two kinds have digests that cannot be compared."""

    OWN_REFERENCE = "own-reference"
    API_TOKEN = "api-token"  # noqa: S105
    RECEIPT = "receipt"
    VISITOR = "visitor"
    VISITOR_LINK = "visitor-link"
    ROW = "row"
    LINK = "link"


KEYS: dict[Digest, KeyName] = {
    Digest.OWN_REFERENCE: OWN_REFERENCE,
    Digest.API_TOKEN: API_TOKEN,
    Digest.RECEIPT: RECEIPT,
    Digest.VISITOR: RECEIPT,
    Digest.VISITOR_LINK: RECEIPT,
    Digest.ROW: ROW_DIGEST,
    Digest.LINK: LINK_TOKEN,
}


def digest(kind: Digest, text: str | bytes) -> bytes:
    """32 bytes under the newest version of the kind's key."""
    return _digest(keyring.newest(KEYS[kind], _keyed).key, kind, text)


def digests(kind: Digest, text: str | bytes) -> tuple[bytes, ...]:
    """Under every version that is here, oldest first: to look up what was stored before a rotation."""
    return Digester(kind)(text)


class Digester:
    """As digests, for very many values: the keys are fetched and brought to the kind once, so use it for one piece of work."""

    def __init__(self, kind: Digest) -> None:
        key = KEYS[kind]
        keyring.newest(key, _keyed)  # A key that is missing is an error, never nothing found.
        versions = [keyring.version(key, version, _keyed).key for version in keyring.versions(key)]
        self._started = [_for_kind(keyed, kind) for keyed in versions]

    def __call__(self, text: str | bytes) -> tuple[bytes, ...]:
        content = text.encode() if isinstance(text, str) else text
        return tuple(_finished(started, content) for started in self._started)


class Linker:
    """digest(kind, text) for the linkage engine: 16 bytes under the link-token key of one version.

    HMAC-SHA256 written out (RFC 2104): a report takes a hundred of them, and the module hmac takes three times as long.
    """

    def __init__(self, version: str, key: bytes) -> None:
        self.version = version
        block = (key if len(key) <= BLOCK else hashlib.sha256(key).digest()).ljust(BLOCK, b"\0")
        self._inner = hashlib.sha256(block.translate(_INNER))
        self._outer = hashlib.sha256(block.translate(_OUTER))
        self._by_kind: dict[str, hashlib._Hash] = {}

    def __call__(self, kind: str, text: str) -> bytes:
        started = self._by_kind.get(kind)
        if started is None:
            started = self._by_kind[kind] = self._inner.copy()
            started.update(_told(f"{Digest.LINK}:{kind}"))
        inner, outer = started.copy(), self._outer.copy()
        inner.update(text.encode())
        outer.update(inner.digest())
        return outer.digest()[:TOKEN_LENGTH]


def linker() -> Linker:
    found = keyring.newest(LINK_TOKEN, bytes)
    return Linker(found.id, found.key)


def _keyed(material: bytes) -> hmac.HMAC:
    return hmac.new(material, digestmod=hashlib.sha256)


def _digest(keyed: hmac.HMAC, kind: str, text: str | bytes) -> bytes:
    state = _for_kind(keyed, kind)
    state.update(text.encode() if isinstance(text, str) else text)
    return state.digest()


def _finished(started: hmac.HMAC, content: bytes) -> bytes:
    state = started.copy()
    state.update(content)
    return state.digest()


def _for_kind(keyed: hmac.HMAC, kind: str) -> hmac.HMAC:
    state = keyed.copy()
    state.update(_told(kind))
    return state


def _told(kind: str) -> bytes:
    return len(kind).to_bytes(2, "big") + kind.encode()
