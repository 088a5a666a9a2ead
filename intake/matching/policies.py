"""Who may answer about a pair, and as which reading. A second look is somebody else's; what two disagree on is a third's."""

from collections.abc import Sequence

from accounts import permissions
from accounts.roles import Permission
from intake.errors import DisputedError, NotAskedError, NotDecidedError, OwnDecisionError
from intake.matching import quality_sample
from intake.models.decision import LinkDecision, Reading
from intake.models.matching import Pair
from safeguards.actors import Actor

Waits = Pair.Waits


def check_may_review(by: Actor) -> None:
    permissions.require(by, Permission.REVIEW_LINKAGE)


def reading_for(pair: Pair, before: Sequence[LinkDecision], by: Actor) -> Reading:
    """As what this person's answer would count. before: the answers that stand."""
    if any(row.by == by.id for row in before):
        raise OwnDecisionError
    if pair.waits == Waits.SECOND:
        return Reading.SECOND
    if pair.waits == Waits.FIRST and _asks_for_first(pair, by):
        return Reading.FIRST
    if pair.waits != Waits.DISPUTED:
        raise NotAskedError
    if not permissions.has(by, Permission.SETTLE_LINKAGE):
        raise DisputedError
    return Reading.SETTLING


def _asks_for_first(pair: Pair, by: Actor) -> bool:
    """Questions and what was drawn are asked of every reviewer; whoever settles may put any link right that linkage made."""
    if pair.band == Pair.Band.QUESTION:
        return True
    corrects = pair.band == Pair.Band.AUTOMATIC and permissions.has(by, Permission.SETTLE_LINKAGE)
    return corrects or pair.id in quality_sample.sampled()


def check_may_undo(pair: Pair, before: Sequence[LinkDecision], by: Actor) -> None:
    """The last answer, if it is the own one; a colleague's only where nobody else has to read the pair, so that a slip is put
    right at once. What is answered in its place is read by somebody else."""
    if before and before[-1].by == by.id:
        return
    if not before or before[-1].reading != Reading.FIRST or pair.waits == Waits.SECOND:
        raise NotDecidedError
