"""Tokens of an organisation's own systems: issue, verify, revoke. The text is shown once; only a keyed digest is stored."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import errors, events, refusals
from accounts.models import ApiToken, ClientKey, Organisation
from accounts.roles import Role
from accounts.scopes import Scope, as_text
from accounts.systems import chosen_role, chosen_scopes, owner_of, require_keeper
from safeguards import audit, blind_index
from safeguards.actors import Actor

PREFIX = "baken_"
LONGEST = timedelta(days=366)
# What OAuth gives out: so short that its revocation is that of the key it was asked with.
LIFETIME_OF_ACCESS = timedelta(minutes=15)
# Kept a while, so that the use of one that is over can be told from a token that never was.
KEEP_SHORT = timedelta(days=1)
# last_used is a help to the keeper; writing it at every call would make each read a write.
USE_NOTED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class IssuedToken:
    id: UUID
    text: str
    expires: datetime


@dataclass(frozen=True)
class TokenView:
    id: UUID
    name: str
    role: Role
    scopes: tuple[Scope, ...]
    created: datetime
    expires: datetime
    last_used: datetime | None
    revoked: datetime | None

    @property
    def valid(self) -> bool:
        return self.revoked is None and self.expires > timezone.now()


def issue(
    *,
    organisation: UUID,
    name: str,
    lifetime: timedelta,
    role: Role | None = None,
    scopes: frozenset[Scope] | None = None,
    by: Actor,
) -> IssuedToken:
    """Without scopes the token may do all that its role may; without a role it has the least one that the scopes need."""
    with transaction.atomic():
        require_keeper(by, organisation)
        owner = owner_of(organisation)
        role = role or chosen_role(owner, scopes or frozenset())
        text, row = _new(owner, role, min(lifetime, LONGEST), chosen_scopes(owner, role, scopes))
        row.name = name
        row.save()
        details = {"role": role.value, "scopes": row.scopes}
        audit.record(events.SYSTEM_ADMITTED, by=by, object_type="token", object_id=row.id, details=details)
    return IssuedToken(row.id, text, row.expires)


def issue_for_key(key: ClientKey, scopes: frozenset[Scope]) -> IssuedToken:
    """Inside the transaction of the sign-in that it follows from, which is what the audit trail records."""
    client = key.client
    text, row = _new(client.organisation, Role(client.role), LIFETIME_OF_ACCESS, scopes)
    row.key = key
    row.save()
    return IssuedToken(row.id, text, row.expires)


def verify(text: str, *, request: str = "") -> Actor | None:
    """The actor of a token that is known, not revoked, not expired, and whose organisation is active; else None."""
    if not text.startswith(PREFIX):
        return None
    known = ApiToken.objects.filter(digest__in=blind_index.digests(blind_index.Digest.API_TOKEN, text))
    row = known.select_related("organisation", "key__client").first()
    if row is None:
        return None
    actor = _actor(row, request)
    if reason := _why_not(row):
        refusals.note(events.SYSTEM_REFUSED, reason=reason, object_type="token", object_id=str(row.id), by=actor)
        return None
    _note_use(row)
    return actor


def revoke(*, token: UUID, by: Actor) -> None:
    with transaction.atomic():
        row = ApiToken.objects.select_for_update().filter(pk=token, key=None, revoked=None).first()
        if row is None:
            raise errors.UnknownTokenError
        require_keeper(by, row.organisation_id)
        row.revoked = timezone.now()
        row.save(update_fields=["revoked"])
        audit.record(events.SYSTEM_EXCLUDED, by=by, object_type="token", object_id=token)


def forget_short(most: int) -> int:
    """What OAuth gave out and is over: its giving out is in the audit trail. Returns how many were removed."""
    over = ApiToken.objects.exclude(key=None).filter(expires__lt=timezone.now() - KEEP_SHORT).values_list("pk", flat=True)
    removed, _ = ApiToken.objects.filter(pk__in=list(over[:most])).delete()
    return removed


def tokens_of(organisation: UUID) -> tuple[TokenView, ...]:
    """Those that were issued on a page, not those that OAuth gave out."""
    rows = ApiToken.objects.filter(organisation_id=organisation, key=None).order_by("-created")
    return tuple(_view(row) for row in rows)


def _new(owner: Organisation, role: Role, lifetime: timedelta, scopes: frozenset[Scope]) -> tuple[str, ApiToken]:
    text = PREFIX + secrets.token_urlsafe(32)
    digest = blind_index.digest(blind_index.Digest.API_TOKEN, text)
    expires = timezone.now() + lifetime
    return text, ApiToken(organisation=owner, role=role, scopes=as_text(scopes), digest=digest, expires=expires)


def _why_not(row: ApiToken) -> str:
    key = row.key
    if row.revoked or (key and (key.revoked or key.client.revoked)):
        return "revoked"
    if row.expires <= timezone.now():
        return "expired"
    return "" if row.organisation.active else "organisation-closed"


def _actor(row: ApiToken, request: str) -> Actor:
    """By OAuth the client is who acts, whichever of its short tokens it shows."""
    return Actor(
        kind="client",
        id=str(row.key.client_id if row.key else row.id),
        organisation=row.organisation_id,
        roles=(row.role,),
        strength="key" if row.key else "token",
        request=request,
        scopes=tuple(row.scopes.split()),
    )


def _note_use(row: ApiToken) -> None:
    now = timezone.now()
    if row.last_used is None or row.last_used < now - USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=row.pk).update(last_used=now)


def _view(row: ApiToken) -> TokenView:
    return TokenView(
        id=row.id,
        name=row.name,
        role=Role(row.role),
        scopes=tuple(Scope(scope) for scope in row.scopes.split()),
        created=row.created,
        expires=row.expires,
        last_used=row.last_used,
        revoked=row.revoked,
    )
