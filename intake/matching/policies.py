"""Who may answer about a pair, and as which reading. A second look is somebody else's; what two disagree on is a third's."""

from collections.abc import Sequence

from accounts import permissions
from accounts.roles import Permission
from intake.errors import DisputedError, NotAskedError, NotDecidedError, OwnDecisionError
from intake.linkage import decisions
from intake.linkage.decisions import Band
from intake.linkage.fellegi_sunter import shipped
from intake.matching import quality_sample, sampling, standing
from intake.matching.standing import Told
from intake.models.decision import Answer, LinkDecision, Reading
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


def is_read_twice(pair: Pair, told: Told) -> bool:
    """By the draw; where somebody doubts the answer, or a second reading was due before a correction; and where one person
    finds different what links by itself, so that nobody cuts a link alone."""
    drawn = sampling.read_twice((pair.first_id, pair.second_id))
    doubted = standing.contested(told.answers) or standing.left_waiting(told.earlier)
    first = next((one for one in told.standing if one.reading == Reading.FIRST), None)
    cut = first is not None and first.answer == Answer.DIFFERENT and _links_by_itself(pair)
    return drawn or doubted or cut


def _links_by_itself(pair: Pair) -> bool:
    """By the two reports alone. The stored band also depends on others, which hold the link back or wear its tokens out: after
    their withdrawal what waits for whom has to be as if they had never been there."""
    return decisions.band(pair.weight, pair.explanation["cautions"], shipped()) is Band.AUTOMATIC


def check_may_undo(before: Sequence[LinkDecision], by: Actor) -> None:
    """The last answer, if it is the own one."""
    if not before or before[-1].by != by.id:
        raise NotDecidedError


def check_may_contest(pair: Pair, before: Sequence[LinkDecision], by: Actor) -> None:
    """A colleague's answer that is one person's word and waits for nobody. It holds until somebody else has read the pair."""
    if pair.waits != Waits.DONE or len(before) != 1 or before[0].by == by.id:
        raise NotDecidedError
