"""Who may do what with an extract. Whoever may not is refused in the ledger of releases."""

from accounts.permissions import NotAllowedError, require
from accounts.roles import Permission
from reports.extracts import errors
from reports.extracts.errors import UnknownExtractError
from reports.models import Extract
from reports.releases.services import Leaving, record_refusal
from safeguards.actors import Actor

REQUESTS = Permission.REQUEST_EXTRACT
APPROVES = Permission.APPROVE_RELEASE


def check_permitted(permission: Permission, leaving: Leaving | None, by: Actor) -> None:
    """Who has no role for it, or has it not without a second factor, is refused in the ledger too, where there is something
    that could leave. Raises NotAllowedError.
    """
    try:
        require(by, permission)
    except NotAllowedError as error:
        if leaving is not None:
            record_refusal(leaving=leaving, reason=str(error), by=by)
        raise


def check_own(row: Extract, leaving: Leaving, by: Actor) -> None:
    """Of somebody else's nothing is told, and the ledger knows that it was tried. Raises UnknownExtractError."""
    if row.asked_by != by.id:
        record_refusal(leaving=leaving, reason=str(errors.somebody_elses()), by=by)
        raise UnknownExtractError


def check_other(row: Extract, by: Actor) -> None:
    """Four eyes. Raises ExtractError."""
    if row.asked_by == by.id:
        raise errors.own_request()
