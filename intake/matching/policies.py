"""Who may decide about a pair. Deciding anew is a second look: never at one's own earlier decision."""

from accounts import permissions
from accounts.roles import Permission
from intake.errors import NotDecidedError, OwnDecisionError
from intake.models.matching import Pair
from safeguards.actors import Actor


def check_may_review(by: Actor) -> None:
    permissions.require(by, Permission.REVIEW_LINKAGE)


def check_may_decide(pair: Pair, by: Actor) -> None:
    """An open pair: any reviewer. A decided pair: another reviewer than the one who decided."""
    if pair.decision and pair.decided_by == by.id:
        raise OwnDecisionError


def check_may_undo(pair: Pair) -> None:
    """Any reviewer may take a decision back, so that a slip is put right at once; the audit trail keeps both."""
    if not pair.decision:
        raise NotDecidedError
