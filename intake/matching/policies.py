"""Who may answer about a pair, and as which reading. A second look is somebody else's; what two disagree on is a third's."""

from collections.abc import Sequence

from accounts import permissions
from accounts.roles import Permission
from intake.errors import AlreadySettledError, DisputedError, NotDecidedError, OwnDecisionError
from intake.models.decision import LinkDecision, Reading
from intake.models.matching import Pair
from safeguards.actors import Actor


def check_may_review(by: Actor) -> None:
    permissions.require(by, Permission.REVIEW_LINKAGE)


def reading_for(pair: Pair, before: Sequence[LinkDecision], by: Actor) -> Reading:
    """As what this person's answer would count. before: the answers that stand."""
    if not before:
        return Reading.FIRST
    if any(row.by == by.id for row in before):
        raise OwnDecisionError
    if not any(row.reading == Reading.SECOND for row in before):
        return Reading.SECOND
    if pair.waits != Pair.Waits.DISPUTED:
        raise AlreadySettledError
    if not permissions.has(by, Permission.SETTLE_LINKAGE):
        raise DisputedError
    return Reading.SETTLING


def check_may_undo(pair: Pair, last: LinkDecision, by: Actor) -> None:
    """The own answer; a colleague's only where nobody else has to read the pair, so that a slip is put right at once."""
    if last.by == by.id:
        return
    if last.reading != Reading.FIRST or pair.waits == Pair.Waits.SECOND:
        raise NotDecidedError
