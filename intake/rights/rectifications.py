"""Rectification within a case: what stands there is opened under the case's unlock, and what was wrong is replaced."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from intake import unlock
from intake.codes.characteristics import Characteristics
from intake.errors import CaseStepError
from intake.models.contribution import Contribution
from intake.models.rights import RightsCase
from intake.notifications import rectifying, storing
from intake.notifications.inputs import Identity
from intake.rights import log, policies
from intake.rights.grounds import Right
from intake.rights.workflow import Step
from safeguards.actors import Actor

NOT_ASKED = ("contact", "narrative", "own_reference")


def current(*, case: UUID, contribution: UUID, by: Actor) -> Identity:
    """What stands there now, for the form: a look like any other."""
    policies.check_may_handle(by)
    with transaction.atomic():
        _rectifiable(log.locked(case), contribution)
        return unlock.identity(unlock=_open(contribution, by), by=by)


def rectify_person(*, case: UUID, contribution: UUID, identity: Identity, by: Actor) -> None:
    """Names, birth and numbers as given; contact, narrative, own reference and files stay as they were. Raises Invalid."""
    policies.check_may_handle(by)
    with transaction.atomic():
        row = log.locked(case)
        _rectifiable(row, contribution)
        storing.lock([contribution])  # Before the first audit entry, as everywhere.
        opened = _open(contribution, by)
        known = unlock.identity(unlock=opened, by=by)
        files = tuple(one.file for one in unlock.attachments(unlock=opened, by=by))
        wanted = replace(identity, **{name: getattr(known, name) for name in NOT_ASKED})
        rectifying.rectify(contribution=contribution, identity=wanted, files=files, by=by)
        # One grant is for one name: with more, whoever rectifies could try who is known.
        unlock.end_for_rights(contributions=[contribution], by=by)
        log.note(row, Step.RECTIFIED, by=by, reason="person")


def coded(*, case: UUID, contribution: UUID, by: Actor) -> Contribution:
    """The report with its codes, for the form."""
    policies.check_may_handle(by)
    with transaction.atomic():
        _rectifiable(log.locked(case), contribution)
    return Contribution.objects.get(id=contribution)


def rectify_codes(*, case: UUID, contribution: UUID, characteristics: Characteristics, by: Actor) -> None:
    """Raises Invalid."""
    policies.check_may_handle(by)
    with transaction.atomic():
        row = log.locked(case)
        _rectifiable(row, contribution)
        rectifying.rectify_codes(contribution=contribution, characteristics=characteristics, by=by)
        log.note(row, Step.RECTIFIED, by=by, reason="circumstances")


def _rectifiable(case: RightsCase, contribution: UUID) -> None:
    policies.check_right(case, Right.RECTIFICATION)
    policies.check_open(case)
    policies.check_identified(case)
    if not case.reports.filter(contribution=contribution, contribution__leaving=False).exists():
        raise CaseStepError("unknown-report")


def _open(contribution: UUID, by: Actor) -> UUID:
    found = unlock.for_rights(contribution=contribution, by=by)
    if found is None:
        raise CaseStepError("not-opened")
    return found.id
