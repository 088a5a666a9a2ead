"""What a granted request changes: reports are set aside, brought back, or removed. It decides nothing.

Its callers hold the register, the case and the reports.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from intake.matching import services as matching
from intake.matching import setting_aside
from intake.models.restriction import Restriction
from intake.models.rights import RightsCase
from intake.notifications import endings, erasing, restrictions
from intake.notifications.later import REMOVE_JOB
from intake.rights import log
from intake.rights.grounds import REMOVES, Right
from intake.rights.workflow import Step
from jobs import services as jobs
from safeguards.actors import Actor


def carry_out(case: RightsCase, reports: Sequence[UUID], by: Actor) -> None:
    if case.right == Right.RESTRICTION:
        _restrict(case, reports, by)
    elif case.right in REMOVES:
        erasing.erase(contributions=reports, rule=endings.Rule(case.right), by=by)
        log.note(case, Step.ERASED, by=by, count=len(reports))


def lift(case: RightsCase) -> list[UUID]:
    """This case restricts no more. Gives what it restricted, also what goes on resting since another case asked for that."""
    rows = Restriction.objects.select_for_update().filter(case=case).order_by("contribution")
    lifted = list(rows.values_list("contribution", flat=True))
    Restriction.objects.filter(case=case).delete()
    return lifted


def ask_to_bring_back(contributions: Collection[UUID]) -> None:
    """What no other case restricts."""
    for contribution in sorted(set(contributions) - restrictions.among(contributions)):
        jobs.record(matching.BRING_BACK, contribution)
    jobs.record(REMOVE_JOB)  # What was decided in the meantime waited for this.


def _restrict(case: RightsCase, reports: Sequence[UUID], by: Actor) -> None:
    """What another case restricts is set aside already, and rests until both have ended."""
    standing = restrictions.among(reports)
    Restriction.objects.bulk_create(Restriction(contribution_id=contribution, case=case) for contribution in reports)
    setting_aside.set_aside(contributions=[one for one in reports if one not in standing], by=by)
    log.note(case, Step.RESTRICTED, by=by, reason=case.ground, count=len(reports))
