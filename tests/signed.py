"""Systems with a key of their own, and what they sign: written out here once more, not with the code under test."""

import base64
import json
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.conf import settings

from accounts import clients, webhooks
from accounts.inputs import OrganisationInput
from accounts.scopes import Scope
from accounts.webhooks import Topic
from tests import cast

Private = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
YEAR = timedelta(days=365)
BOTH = frozenset({Scope.SUBMIT_REPORTS, Scope.READ_REPORTS})


def ed25519_key() -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.generate()


def p256_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class System:
    """A registered system and its private key."""

    id: UUID
    kid: str
    key: Private
    key_id: UUID = field(default_factory=uuid4)

    def claims(self, **changes: Any) -> dict[str, Any]:
        now = int(time.time())
        whole = {"iss": str(self.id), "sub": str(self.id), "aud": audience(), "iat": now, "exp": now + 60, "jti": str(uuid4())}
        return {name: value for name, value in (whole | changes).items() if value is not None}

    def assertion(self, *, key: Private | None = None, header: dict[str, Any] | None = None, **changes: Any) -> str:
        key = key or self.key
        algorithm = "EdDSA" if isinstance(key, ed25519.Ed25519PrivateKey) else "ES256"
        return sign({"alg": algorithm, "kid": self.kid, "typ": "JWT"} | (header or {}), self.claims(**changes), key)


def audience() -> str:
    return f"{settings.BAKEN_ADDRESS}/api/v1/oauth/token"


def system(
    organisation: OrganisationInput = cast.POLICE, *, key: Private | None = None, scopes: frozenset[Scope] = BOTH
) -> System:
    by = cast.actor(cast.ADMINISTRATOR)
    client = clients.register(organisation=cast.organisation(organisation), name="zaaksysteem", scopes=scopes, by=by)
    key = key or ed25519_key()
    added = clients.add_key(client=client, text=pem(key), lifetime=YEAR, by=by)
    (view,) = (one for one in clients.clients_of(cast.organisation(organisation)) if one.id == client)
    return System(client, view.keys[0].kid, key, added)


def webhook(organisation: OrganisationInput = cast.POLICE) -> UUID:
    """Made on first use in a test: an organisation has a few at most."""
    topics, by = frozenset({Topic.BATCH}), cast.actor(cast.ADMINISTRATOR)
    where = cast.organisation(organisation)
    if known := webhooks.webhooks_of(where):
        return known[0].id
    return webhooks.add(organisation=where, address="https://hooks.example", topics=topics, by=by).id


def pem(key: Private) -> str:
    public = key.public_key()
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def jwk(key: ed25519.Ed25519PrivateKey, **more: str) -> str:
    return json.dumps({"kty": "OKP", "crv": "Ed25519", "x": part(key.public_key().public_bytes_raw())} | more)


def sign(header: dict[str, Any], claims: dict[str, Any], key: Private) -> str:
    signed = f"{part(json.dumps(header).encode())}.{part(json.dumps(claims).encode())}"
    return f"{signed}.{part(signature(signed.encode(), key))}"


def signature(message: bytes, key: Private) -> bytes:
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(message)
    r, s = decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32) + s.to_bytes(32)


def part(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
