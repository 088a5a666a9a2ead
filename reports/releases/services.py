"""Writes the ledger of releases: the one way to record that something left, or was refused to leave. It hands nothing out.

An entry and what it is about commit together. The audit trail is written first: its lock is held until then, so that entries
are numbered one by one and no two releases spend the same budget.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from intake import facts
from reports import events
from reports.models import LedgerEntry
from reports.releases import budget, errors
from reports.releases.budget import Budget
from reports.releases.errors import ReleaseError
from safeguards import audit
from safeguards.actors import Actor

Kind = LedgerEntry.Kind
Outcome = LedgerEntry.Outcome
EVERYBODY = "public"
# The protection of what is exact.
UNPROTECTED = "exact"
LONGEST_REASON = 1000


class Purpose(StrEnum):
    """Why something leaves: an extract is asked for under one of these."""

    PUBLICATION = "publication"
    NATIONAL_RAPPORTEUR = "national-rapporteur"
    STATISTICS_NETHERLANDS = "statistics-netherlands"
    DATA_STANDARD = "data-standard"
    RESEARCH = "research"
    POLICY = "policy"
    OWN_ANALYSIS = "own-analysis"


@dataclass(frozen=True)
class Leaving:
    """What is about to leave.

    release: the id of its uses. recipient: EVERYBODY, an organisation, or an actor's id. what: its name, for people.
    parameters: what was asked for, in codes. digest: SHA-256 of the bytes, empty where they are not made yet. protection:
    what was done to the numbers, or that nothing was. contributions: those that it used, recorded as used under release;
    None where that was done already. budget: of differential privacy alone.
    """

    release: UUID
    kind: LedgerEntry.Kind
    what: str
    recipient: str
    purpose: Purpose
    protection: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    digest: str = ""
    contributions: Collection[UUID] | None = None
    budget: Budget | None = None


def record_release(*, leaving: Leaving, by: Actor) -> UUID:
    """It leaves, with these contributions: they are locked until then. Who may release was checked by the caller.

    Raises ReleaseError where the budget is used up, and GoneMeanwhileError where a contribution is here no more.
    """
    with transaction.atomic():
        # Reports are locked before the trail, as by all who change them; the trail's head lets nobody else spend meanwhile.
        if leaving.contributions is not None:
            facts.record_use(release=leaving.release, contributions=leaving.contributions, by=by)
        identifier = _record(leaving, Outcome.RELEASED, by)
        if leaving.budget and leaving.budget.epsilon > (left := budget.left()):
            raise errors.budget_used_up(leaving.budget.epsilon, left)
        _write(identifier, leaving, by, outcome=Outcome.RELEASED)
    return identifier


def record_refusal(*, leaving: Leaving, reason: str, by: Actor) -> UUID:
    """It does not leave, and why. Not within the transaction that is refused: the entry must stay."""
    with transaction.atomic():
        identifier = _record(leaving, Outcome.REFUSED, by)
        _write(identifier, leaving, by, outcome=Outcome.REFUSED, reason=reason)
    return identifier


@contextmanager
def refusals_recorded(leaving: Leaving, by: Actor) -> Iterator[None]:
    """Around a transaction that may refuse: what it refuses is in the ledger, and is raised on."""
    try:
        yield
    except ReleaseError as error:
        record_refusal(leaving=leaving, reason=str(error), by=by)
        raise


def _record(leaving: Leaving, outcome: LedgerEntry.Outcome, by: Actor) -> UUID:
    identifier = uuid4()
    action = events.RELEASE_RECORDED if outcome == Outcome.RELEASED else events.RELEASE_REFUSED
    details = {"kind": str(leaving.kind), "entry": str(identifier), "digest": leaving.digest}
    audit.record(action, by=by, object_type="release", object_id=leaving.release, details=details)
    return identifier


def _write(identifier: UUID, leaving: Leaving, by: Actor, *, outcome: LedgerEntry.Outcome, reason: str = "") -> None:
    last = LedgerEntry.objects.aggregate(last=Max("number"))["last"] or 0
    spends = leaving.budget if outcome == Outcome.RELEASED else None
    LedgerEntry.objects.create(
        id=identifier,
        number=last + 1,
        release=leaving.release,
        kind=leaving.kind,
        outcome=outcome,
        by=by.id,
        recipient=leaving.recipient,
        purpose=leaving.purpose,
        what=leaving.what,
        parameters=dict(leaving.parameters),
        digest=leaving.digest,
        protection=leaving.protection,
        epsilon=spends.epsilon if spends else None,
        delta=spends.delta if spends else None,
        contributions=None if leaving.contributions is None else len(set(leaving.contributions)),
        reason=reason[:LONGEST_REASON],
    )
