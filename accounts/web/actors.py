"""Who makes this request, as the services know them. Decides nothing; permissions does."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest

from accounts import selectors, sessions
from accounts.roles import ROLES_WITH_SECOND_FACTOR
from accounts.selectors import MembershipView
from safeguards.actors import Actor

NOBODY = "visitor"


def current_actor(request: HttpRequest) -> Actor:
    """Read once for each request: organisation and roles of the chosen membership, and the factors of this session."""
    carrier = cast(Any, request)
    if not hasattr(carrier, "baken_actor"):
        carrier.baken_actor = fresh_actor(request)
    return cast(Actor, carrier.baken_actor)


def act_as(request: HttpRequest, actor: Actor) -> None:
    """Somebody who did not sign in but is known in another way; for the pages that allow it. Who signed in stays that."""
    if current_actor(request).kind == NOBODY:
        cast(Any, request).baken_actor = actor


def ended_actor(request: HttpRequest) -> Actor | None:
    """Whose session was over when this request came in: enough to keep what was typed, not to show anything."""
    return cast(Actor | None, getattr(request, "ended_actor", None))


def chosen_membership(request: HttpRequest) -> MembershipView | None:
    """The only one, or the one that was chosen in this session; with several and no choice there is none."""
    user = sessions.signed_in_user(request)
    if user is None:
        return None
    asked, carrier = (user.id, sessions.chosen_organisation(request.session)), cast(Any, request)
    if getattr(carrier, "baken_membership", (None,))[0] != asked:
        carrier.baken_membership = (asked, _membership(*asked))
    return cast(MembershipView | None, carrier.baken_membership[1])


def _membership(user: UUID, chosen: UUID | None) -> MembershipView | None:
    all_of_user = selectors.memberships(user)
    if len(all_of_user) == 1:
        return all_of_user[0]
    return next((one for one in all_of_user if one.organisation == chosen), None)


def fresh_actor(request: HttpRequest) -> Actor:
    """Read anew: for the moment in which somebody signs in or out."""
    request_id = str(request.META.get("BAKEN_REQUEST", ""))
    user = sessions.signed_in_user(request)
    if user is None:
        return Actor(kind=NOBODY, id="", request=request_id)
    membership = chosen_membership(request)
    return Actor(
        kind="user",
        id=str(user.id),
        organisation=membership.organisation if membership else None,
        roles=_roles(request, membership),
        strength="+".join(sessions.factors(request)),
        request=request_id,
    )


def _roles(request: HttpRequest, membership: MembershipView | None) -> tuple[str, ...]:
    """Without a second factor the roles that need one are not there, whatever page was reached."""
    if membership is None:
        return ()
    strong = sessions.has_second_factor(request)
    return tuple(role.value for role in membership.roles if strong or role not in ROLES_WITH_SECOND_FACTOR)
