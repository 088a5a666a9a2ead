"""Systems that sign in by a key of their own, and their public keys: register, replace, withdraw. No private key is here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import errors, events, public_keys
from accounts.models import ClientKey, SystemClient
from accounts.roles import Role
from accounts.scopes import Scope, as_text
from accounts.systems import chosen_role, owner_of, require_keeper
from safeguards import audit
from safeguards.actors import Actor

LONGEST = timedelta(days=731)
MOST_KEYS = 5


@dataclass(frozen=True)
class KeyView:
    id: UUID
    kid: str
    algorithm: str
    created: datetime
    expires: datetime
    revoked: datetime | None

    @property
    def valid(self) -> bool:
        return self.revoked is None and self.expires > timezone.now()


@dataclass(frozen=True)
class ClientView:
    id: UUID
    organisation: UUID
    name: str
    role: Role
    scopes: tuple[Scope, ...]
    created: datetime
    last_used: datetime | None
    revoked: datetime | None
    keys: tuple[KeyView, ...]


def register(*, organisation: UUID, name: str, scopes: frozenset[Scope], by: Actor) -> UUID:
    with transaction.atomic():
        require_keeper(by, organisation)
        owner = owner_of(organisation)
        role = chosen_role(owner, scopes)
        row = SystemClient.objects.create(organisation=owner, name=name, role=role, scopes=as_text(scopes))
        details = {"role": role.value, "scopes": as_text(scopes)}
        audit.record(events.CLIENT_REGISTERED, by=by, object_type="client", object_id=row.id, details=details)
    return row.id


def add_key(*, client: UUID, text: str, lifetime: timedelta, by: Actor) -> UUID:
    """Keys that are valid stay so: a new one is added first, and the old one withdrawn when no system uses it any more."""
    with transaction.atomic():
        row = _client(client, by)
        found = public_keys.read(text)
        now = timezone.now()
        if row.keys.filter(kid=found.kid).exists():
            raise errors.KeyTakenError
        if row.keys.filter(revoked=None, expires__gt=now).count() >= MOST_KEYS:
            raise errors.TooManyKeysError
        key = ClientKey.objects.create(
            client=row,
            kid=found.kid,
            algorithm=found.algorithm,
            public=found.public,
            expires=now + min(lifetime, LONGEST),
        )
        details = {"kid": found.kid, "algorithm": found.algorithm}
        audit.record(events.KEY_REGISTERED, by=by, object_type="client", object_id=row.id, details=details)
    return key.id


def revoke_key(*, client: UUID, key: UUID, by: Actor) -> None:
    """Access that was given on this key ends too."""
    with transaction.atomic():
        row = _client(client, by)
        found = row.keys.filter(pk=key, revoked=None).first()
        if found is None:
            raise errors.UnknownKeyError
        found.revoked = timezone.now()
        found.save(update_fields=["revoked"])
        audit.record(events.KEY_REVOKED, by=by, object_type="client", object_id=row.id, details={"kid": found.kid})


def revoke(*, client: UUID, by: Actor) -> None:
    with transaction.atomic():
        row = _client(client, by)
        row.revoked = timezone.now()
        row.save(update_fields=["revoked"])
        audit.record(events.CLIENT_REVOKED, by=by, object_type="client", object_id=row.id)


def clients_of(organisation: UUID) -> tuple[ClientView, ...]:
    rows = SystemClient.objects.filter(organisation_id=organisation).prefetch_related("keys").order_by("-created")
    return tuple(_view(row) for row in rows)


def _client(client: UUID, by: Actor) -> SystemClient:
    row = SystemClient.objects.select_for_update().filter(pk=client, revoked=None).first()
    if row is None:
        raise errors.UnknownClientError
    require_keeper(by, row.organisation_id)
    return row


def _view(row: SystemClient) -> ClientView:
    keys = sorted(row.keys.all(), key=lambda key: key.created, reverse=True)
    return ClientView(
        id=row.id,
        organisation=row.organisation_id,
        name=row.name,
        role=Role(row.role),
        scopes=tuple(Scope(scope) for scope in row.scopes.split()),
        created=row.created,
        last_used=row.last_used,
        revoked=row.revoked,
        keys=tuple(KeyView(key.id, key.kid, key.algorithm, key.created, key.expires, key.revoked) for key in keys),
    )
