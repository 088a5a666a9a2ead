"""Public keys of systems: read from JWK or PEM, and asked whether a signature is theirs. One algorithm for each kind of key."""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from accounts import errors

ES256 = "ES256"
EDDSA = "EdDSA"
# RFC 9864 gave Ed25519 a name of its own; many libraries still write the older one. Both mean the same signature.
NAMES: dict[str, frozenset[str]] = {ES256: frozenset({ES256}), EDDSA: frozenset({EDDSA, "Ed25519"})}
LONGEST_TEXT = 4000
COORDINATE = 32
KID = re.compile(r"[A-Za-z0-9._\-]{1,64}")

Usable = ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey


@dataclass(frozen=True)
class PublicKey:
    """public is the JWK with its required members in the order of RFC 7638."""

    kid: str
    algorithm: str
    public: str


def read(text: str) -> PublicKey:
    stripped = text.strip()
    if not 0 < len(stripped) <= LONGEST_TEXT:
        raise errors.KeyNotReadableError
    if "PRIVATE KEY-----" in stripped:
        raise errors.PrivateKeyGivenError
    try:
        return _from_pem(stripped) if stripped.startswith("-----BEGIN") else _from_jwk(stripped)
    except (KeyError, ValueError, TypeError, UnsupportedAlgorithm, RecursionError):
        raise errors.KeyNotReadableError from None


def is_signed(public: str, *, message: bytes, signature: bytes) -> bool:
    """By the algorithm that belongs to the key, whatever the message says of itself."""
    try:
        key = _key(json.loads(public))
        if isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, message)
        else:
            key.verify(_der(signature), message, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def decoded(text: str) -> bytes:
    """base64url without padding, and nothing else."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        raise ValueError from None


def _from_pem(text: str) -> PublicKey:
    key = serialization.load_pem_public_key(text.encode())
    if not isinstance(key, ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey):
        raise errors.KeyNotReadableError
    return _described(key, "")


def _from_jwk(text: str) -> PublicKey:
    members = json.loads(text)
    if not isinstance(members, dict):
        raise errors.KeyNotReadableError
    if "d" in members or "k" in members:
        raise errors.PrivateKeyGivenError
    kid = members.get("kid", "")
    if kid and not (isinstance(kid, str) and KID.fullmatch(kid)):
        raise errors.KeyNotReadableError
    return _described(_key(members), kid)


def _key(members: Mapping[str, Any]) -> Usable:
    match (members.get("kty"), members.get("crv")):
        case ("OKP", "Ed25519"):
            return ed25519.Ed25519PublicKey.from_public_bytes(decoded(members["x"]))
        case ("EC", "P-256"):
            x, y = (int.from_bytes(decoded(str(members[name]))) for name in ("x", "y"))
            return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    raise ValueError


def _described(key: Usable, kid: str) -> PublicKey:
    if isinstance(key, ed25519.Ed25519PublicKey):
        algorithm, members = EDDSA, {"crv": "Ed25519", "kty": "OKP", "x": _encoded(key.public_bytes_raw())}
    elif isinstance(key.curve, ec.SECP256R1):
        numbers = key.public_numbers()
        x, y = (_encoded(number.to_bytes(COORDINATE)) for number in (numbers.x, numbers.y))
        algorithm, members = ES256, {"crv": "P-256", "kty": "EC", "x": x, "y": y}
    else:
        raise errors.KeyNotReadableError
    public = json.dumps(members, sort_keys=True, separators=(",", ":"))
    return PublicKey(kid or _encoded(hashlib.sha256(public.encode()).digest()), algorithm, public)


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _der(signature: bytes) -> bytes:
    if len(signature) != 2 * COORDINATE:
        raise ValueError
    return encode_dss_signature(int.from_bytes(signature[:COORDINATE]), int.from_bytes(signature[COORDINATE:]))
