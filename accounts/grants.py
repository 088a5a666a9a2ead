"""OAuth 2 client credentials by private_key_jwt: a registered system's signed request for a token of some minutes.

Every refusal looks the same from outside; which rule it broke is in the audit trail alone.
"""

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import assertions, events, limits, public_keys, refusals, tokens
from accounts.assertions import Assertion, Refused
from accounts.models import ClientKey, SystemClient, UsedAssertion
from accounts.scopes import Scope
from accounts.tokens import IssuedToken
from safeguards import audit
from safeguards.actors import Actor

PATH = "/api/v1/oauth/token"
CHUNK = 1000
MOST, WINDOW = 60, 60


class InvalidScopeError(Exception):
    """The system is who it says it is, and asks for what it was not given."""


class TooOftenError(Exception):
    """The system asks for more tokens than it can need: one lasts a quarter of an hour."""


@dataclass(frozen=True)
class Granted:
    token: IssuedToken
    scopes: frozenset[Scope]


def audience() -> str:
    """The address of the token endpoint as configured, never as a request names it."""
    return f"{settings.BAKEN_ADDRESS}{PATH}"


def grant(*, assertion: str, scope: str, client_id: str = "", by: Actor) -> Granted:
    """by is a visitor until the signature is checked. Without a scope, all that the client has; client_id may be left out."""
    client: SystemClient | None = None
    try:
        read = assertions.read(assertion)
        client = _client_named(read.client)
        if client_id not in ("", read.client):
            raise Refused("subject")
        key = _proved(read, client)
        if not limits.within("token", str(key.client_id), most=MOST, seconds=WINDOW):
            raise TooOftenError
        return _admit(read, key, _chosen(key.client, scope), by)
    except Refused as refused:
        known = str(client.id) if client else ""
        refusals.note(events.CLIENT_REFUSED, reason=refused.reason, object_type="client", object_id=known, by=by)
        raise


def forget_used() -> int:
    """Assertions and short tokens that are over; a chunk, so that no lock lasts. Returns how many at most of one kind."""
    over = UsedAssertion.objects.filter(expires__lt=timezone.now()).values_list("pk", flat=True)
    removed, _ = UsedAssertion.objects.filter(pk__in=list(over[:CHUNK])).delete()
    return max(removed, tokens.forget_short(CHUNK))


def _client_named(name: str) -> SystemClient | None:
    try:
        return SystemClient.objects.select_related("organisation").filter(pk=UUID(name)).first()
    except ValueError:
        return None


def _proved(read: Assertion, client: SystemClient | None) -> ClientKey:
    """A signature is checked for a client or a key that does not exist too: the answer takes as long."""
    key = client.keys.filter(kid=read.kid).first() if client else None
    signed = public_keys.is_signed(key.public if key else _nobodys(), message=read.signed, signature=read.signature)
    if client is None or key is None:
        raise Refused("unknown-key" if client else "unknown-client")
    key.client = client
    wrong = {
        "algorithm": read.algorithm not in public_keys.NAMES[key.algorithm],
        "signature": not signed,
        "revoked-key": key.revoked is not None,
        "expired-key": key.expires <= timezone.now(),
        "revoked-client": client.revoked is not None,
        "organisation-closed": not client.organisation.active,
    }
    if reason := next((name for name, true in wrong.items() if true), ""):
        raise Refused(reason)
    return key


def _chosen(client: SystemClient, scope: str) -> frozenset[Scope]:
    own = frozenset(Scope(one) for one in client.scopes.split())
    asked = scope.split()
    if not set(asked) <= {one.value for one in own}:
        raise InvalidScopeError
    return frozenset(Scope(one) for one in asked) or own


def _admit(read: Assertion, key: ClientKey, scopes: frozenset[Scope], by: Actor) -> Granted:
    """The number is kept and the token made together: neither a second request nor a crash gets two for one."""
    now = timezone.now()
    jti, until = assertions.check_claims(read.claims, audience=audience(), now=now)
    client = key.client
    system = Actor("client", str(client.id), client.organisation_id, (client.role,), "key", by.request)
    try:
        with transaction.atomic():
            UsedAssertion.objects.create(client=client, jti=jti, expires=until)
            token = tokens.issue_for_key(key, scopes)
            SystemClient.objects.filter(pk=client.pk).update(last_used=now)
            audit.record(
                events.CLIENT_SIGNED_IN, by=system, object_type="client", object_id=client.id, details={"kid": key.kid}
            )
    except IntegrityError:
        raise Refused("replayed") from None
    return Granted(token, scopes)


@cache
def _nobodys() -> str:
    pem = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return public_keys.read(pem.decode()).public
