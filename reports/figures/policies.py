"""Who may see exact and live figures: the permission, and never somebody who reports. It shows and changes nothing.

A live count would tell a reporter whether the person just reported was already known.
"""

from accounts.permissions import NotAllowedError, has
from accounts.roles import Permission
from safeguards.actors import Actor

REPORTING = (Permission.SUBMIT_NOTIFICATION, Permission.SUBMIT_BATCH, Permission.DELIVER_FEED)


def may_read_exact_figures(by: Actor) -> bool:
    return has(by, Permission.READ_EXACT_FIGURES) and not any(has(by, permission) for permission in REPORTING)


def check_may_read_exact_figures(by: Actor) -> None:
    if not may_read_exact_figures(by):
        raise NotAllowedError(Permission.READ_EXACT_FIGURES)
