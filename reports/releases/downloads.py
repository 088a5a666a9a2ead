"""Files of figures that leave: those of the live register each time, with what they used, and those of an edition once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from intake import facts
from reports.figures.policies import check_may_read_exact_figures
from reports.figures.selectors import counted_up_to
from reports.models import LedgerEntry
from reports.releases import errors, services
from reports.releases.services import EVERYBODY, Kind, Leaving, Outcome, Purpose
from safeguards.actors import Actor

# The name of the register at one of its changes; any fixed number would do.
_REGISTERS = UUID("5b5b0f0e-58a6-4d59-9a33-0f0f6ad1f0b7")
_DRAWN = ("svg", "png")
FEWEST_IN_A_CUT = 5


@dataclass(frozen=True)
class File:
    """parameters: of which figure, and how it was cut, in codes. protection: what was done to its numbers. counted: of a cut,
    how many person-years or reports are in it; None of a whole figure.
    """

    name: str
    content: bytes
    parameters: Mapping[str, Any]
    protection: str = services.UNPROTECTED
    counted: int | None = None

    @property
    def kind(self) -> LedgerEntry.Kind:
        return Kind.CHART if self.name.rpartition(".")[2] in _DRAWN else Kind.FIGURE

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def record_live(*, file: File, years: range, by: Actor) -> None:
    """Files of one state of the register and the same years are of one release, whose uses are recorded once.

    Raises GoneMeanwhileError where something is leaving the register at this moment, and ReleaseError where a cut is of so few
    that its files together, one for each figure, would say everything of just those.
    """
    check_may_read_exact_figures(by)
    with services.refusals_recorded(_refused(file, by), by):
        if file.counted is not None and 0 < file.counted < FEWEST_IN_A_CUT:
            raise errors.few_in_a_cut(FEWEST_IN_A_CUT)
    with transaction.atomic():
        release = uuid5(_REGISTERS, f"{counted_up_to()} {facts.latest_sequence()} {years.start}-{years.stop}")
        known = LedgerEntry.objects.filter(release=release, outcome=Outcome.RELEASED).exists()
        used = None if known else facts.linked_ids(years=years)
        leaving = _leaving(file, release, recipient=by.id, purpose=Purpose.OWN_ANALYSIS)
        services.record_release(leaving=Leaving(**vars(leaving) | {"contributions": used}), by=by)


def record_protected(*, file: File, edition: UUID, by: Actor) -> None:
    """Of a published edition. The same bytes may have left before: then nothing new leaves."""
    with transaction.atomic():
        if not LedgerEntry.objects.filter(release=edition, digest=file.digest, outcome=Outcome.RELEASED).exists():
            leaving = _leaving(file, edition, recipient=EVERYBODY, purpose=Purpose.PUBLICATION)
            services.record_release(leaving=leaving, by=by)


def record_cut_refused(*, file: str, edition: UUID, reason: str, by: Actor) -> None:
    """A part of a protected figure was asked for: two parts could be taken from one another."""
    leaving = Leaving(
        release=edition,
        kind=Kind.FIGURE,
        what=file,
        recipient=by.id,
        purpose=Purpose.PUBLICATION,
        protection="",
    )
    services.record_refusal(leaving=leaving, reason=reason, by=by)


def _refused(file: File, by: Actor) -> Leaving:
    """Without a digest: of a few small counts that tells them."""
    return replace(_leaving(file, uuid4(), recipient=by.id, purpose=Purpose.OWN_ANALYSIS), digest="")


def _leaving(file: File, release: UUID, *, recipient: str, purpose: Purpose) -> Leaving:
    return Leaving(
        release=release,
        kind=file.kind,
        what=file.name,
        recipient=recipient,
        purpose=purpose,
        protection=file.protection,
        parameters=file.parameters,
        digest=file.digest,
    )
