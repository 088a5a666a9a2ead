"""How an organisation's own systems sign in to the API: by a bearer token. A view that names no permission is refused."""

from dataclasses import dataclass
from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts import refusals, tokens
from accounts.permissions import has
from safeguards.actors import Actor

SCHEME = "Bearer"


@dataclass(frozen=True)
class Client:
    """What REST framework keeps as the user of a request that came with a token."""

    actor: Actor
    is_authenticated: bool = True


class TokenAuthentication(BaseAuthentication):
    """Sets request.actor. A wrong token is refused without saying whether it ever existed."""

    def authenticate(self, request: Request) -> tuple[Client, None] | None:
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != SCHEME.lower().encode():
            return None
        number = str(request.META.get("BAKEN_REQUEST", ""))
        actor = tokens.verify(parts[1].decode("latin-1"), request=number) if len(parts) == 2 else None
        if actor is None:
            raise AuthenticationFailed(_("The token is not known, not valid any more, or not complete."))
        cast(Any, request).actor = actor
        return Client(actor), None

    def authenticate_header(self, request: Request) -> str:
        return SCHEME


class HasDeclaredPermission(BasePermission):
    """The view names its permission, for example permission = Permission.SUBMIT_NOTIFICATION; without a name all is refused."""

    def has_permission(self, request: Request, view: object) -> bool:
        wanted = getattr(view, "permission", None)
        client = request.user
        if wanted is None or not isinstance(client, Client):
            return False
        allowed = has(client.actor, wanted)
        if not allowed:
            refusals.note_missing(wanted, client.actor)
        return allowed
