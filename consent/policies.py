"""Who may review, withdraw and carry out. Unknown means no; a button asks the same check as the service."""

from uuid import UUID

from accounts import permissions
from accounts.roles import Permission
from consent.errors import OwnOrganisationError
from safeguards.actors import Actor


def check_may_review(by: Actor, *, organisation: UUID) -> None:
    """Nobody reviews a statement of the own organisation, whatever the role."""
    permissions.require(by, Permission.REVIEW_CONSENT)
    if by.organisation is None or by.organisation == organisation:
        raise OwnOrganisationError


def check_may_withdraw(by: Actor) -> None:
    """The person's wish is carried in by the registry's consent administrator, also for statements of the own organisation.

    Or by the work that a person with the receipt's code asked for.
    """
    if not permissions.has(by, Permission.RUN_BACKGROUND_WORK):
        permissions.require(by, Permission.REVIEW_CONSENT)


def check_may_export(by: Actor) -> None:
    permissions.require(by, Permission.EXPORT_CONSENT)


def check_may_read_queue(by: Actor) -> None:
    permissions.require(by, Permission.REVIEW_CONSENT)


def check_may_run(by: Actor) -> None:
    """Lapse and the carrying out of outcomes are background work."""
    permissions.require(by, Permission.RUN_BACKGROUND_WORK)
