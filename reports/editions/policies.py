"""Who may see exact counts of editions, freeze, publish and withdraw them. It shows and changes nothing."""

from accounts.permissions import has, require
from accounts.roles import Permission
from reports.editions import errors
from reports.figures.policies import check_may_read_exact_figures, may_read_exact_figures
from safeguards.actors import Actor


def may_see_exact(actor: Actor) -> bool:
    """Exact and live counts, never for somebody who reports."""
    return may_read_exact_figures(actor)


def check_may_see_exact(actor: Actor) -> None:
    check_may_read_exact_figures(actor)


def may_see_frozen(actor: Actor) -> bool:
    """An edition that is not published, protected: who froze it, who publishes it, and who sees exact counts anyway."""
    return may_see_exact(actor) or has(actor, Permission.APPROVE_RELEASE)


def check_may_freeze(actor: Actor) -> None:
    require(actor, Permission.FREEZE_EDITION)


def check_may_publish(actor: Actor, *, frozen_by: str) -> None:
    """Four eyes: never who froze it."""
    require(actor, Permission.APPROVE_RELEASE)
    if actor.id == frozen_by:
        raise errors.own_edition()


def check_may_withdraw(actor: Actor) -> None:
    require(actor, Permission.APPROVE_RELEASE)
