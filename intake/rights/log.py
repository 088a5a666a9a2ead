"""Writes one step into the log of a case and into the audit trail, in the transaction of the step itself."""

from uuid import UUID

from intake.errors import UnknownCaseError
from intake.models.rights import CaseStep, RightsCase
from intake.rights.workflow import EVENT_OF_STEP, Step
from safeguards import audit
from safeguards.actors import Actor

OBJECT = "rights-case"


def locked(case: UUID) -> RightsCase:
    found = RightsCase.objects.select_for_update().filter(id=case).first()
    if found is None:
        raise UnknownCaseError
    return found


def note(case: RightsCase, step: Step, *, by: Actor, reason: str = "", count: int | None = None, bounded: bool = False) -> None:
    """bounded: it stopped at a limit, so that count is of what was come to."""
    CaseStep.objects.create(case=case, kind=step, reason=reason, count=count, actor_kind=by.kind, actor_id=by.id)
    details: dict[str, audit.Detail] = {"right": case.right}
    if reason:
        details["reason"] = reason
    if count is not None:
        details["count"] = count
    if bounded:
        details["bounded"] = True
    audit.record(EVENT_OF_STEP[step], by=by, object_type=OBJECT, object_id=case.id, details=details)
