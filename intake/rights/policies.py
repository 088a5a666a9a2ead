"""Who handles a case, and what it must have before its next step. Unknown means no."""

from accounts import permissions
from accounts.roles import Permission
from intake.errors import CaseStepError, OwnGrantError
from intake.models.rights import PersonSearch, RightsCase
from intake.rights import grounds, workflow
from intake.rights.grounds import Ground, Outcome, Right
from intake.rights.workflow import State
from safeguards.actors import Actor

HANDLES = Permission.HANDLE_RIGHTS
GRANTS = Permission.GRANT_UNLOCK


def check_may_handle(by: Actor) -> None:
    permissions.require(by, HANDLES)


def check_may_see_waiting(by: Actor) -> None:
    permissions.require(by, GRANTS)


def check_may_grant(search: PersonSearch, by: Actor) -> None:
    """A second person: with the permission, and never on one's own question."""
    permissions.require(by, GRANTS)
    if search.asked_by == by.id:
        raise OwnGrantError


def check_may_run(by: Actor) -> None:
    permissions.require(by, Permission.RUN_BACKGROUND_WORK)


def check_open(case: RightsCase) -> None:
    if case.state != State.OPEN:
        raise CaseStepError("not-open")


def check_identified(case: RightsCase) -> None:
    """Nobody is looked for, and nothing shown or changed, before it is known who asks."""
    if not case.identified:
        raise CaseStepError("not-identified")


def check_may_decide(case: RightsCase, outcome: str, ground: str, reports: int) -> None:
    if not workflow.allowed(State(case.state), State.DECIDED):
        raise CaseStepError("not-open")
    if outcome not in Outcome.values:
        raise CaseStepError("unknown-outcome")
    _check_ground(case.right, outcome, ground)
    if ground != Ground.NOT_IDENTIFIED and outcome != Outcome.TAKEN_BACK:
        check_identified(case)
    if outcome == Outcome.GRANTED and not reports:
        raise CaseStepError("no-reports")
    if outcome == Outcome.NOTHING_FOUND and reports:
        raise CaseStepError("has-reports")
    if outcome == Outcome.NOTHING_FOUND and not _was_looked_for(case):
        raise CaseStepError("not-looked-for")


def check_may_remove(case: RightsCase, outcome: str, by: Actor) -> None:
    """Two people for what is gone for good: one of them granted it, and the other decides."""
    if outcome != Outcome.GRANTED or case.right not in grounds.REMOVES:
        return
    if not case.removal_granted_by:
        raise CaseStepError("second-person")
    if case.removal_granted_by == by.id:
        raise CaseStepError("own-removal")


def check_may_grant_removal(case: RightsCase, by: Actor) -> None:
    permissions.require(by, GRANTS)
    if case.removal_asked_by == by.id:
        raise OwnGrantError


def check_may_close(case: RightsCase) -> None:
    if not workflow.allowed(State(case.state), State.CLOSED):
        raise CaseStepError("not-decided")


def check_right(case: RightsCase, *rights: Right) -> None:
    if case.right not in rights:
        raise CaseStepError("other-right")


def _check_ground(right: str, outcome: str, ground: str) -> None:
    possible = {row.ground for row in grounds.of(right, outcome)}
    if possible and ground not in possible:
        raise CaseStepError("no-ground")
    if ground and ground not in possible:
        raise CaseStepError("ground-does-not-fit")


def _was_looked_for(case: RightsCase) -> bool:
    return case.searches.filter(found__isnull=False).exists()
