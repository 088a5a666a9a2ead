"""What a reporter may see: the own organisation's reports, without anybody in them. It knows no links and opens nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from heapq import merge
from itertools import chain, islice
from operator import attrgetter
from uuid import UUID

from django.utils import timezone

from consent import gate
from intake.models.attachment import SealedAttachment
from intake.models.contribution import FOUND_BY_REPORTER, Contribution
from intake.models.stub import Stub
from intake.notifications import policies, storing, texts
from safeguards.actors import Actor


@dataclass(frozen=True)
class OwnReport:
    """day is the date of the report; of what is a stub it is not known any more, and recorded is the day it became one.

    Of files only their number is told.
    """

    reference: str
    state: str
    day: date | None
    recorded: date
    files: int = 0


@dataclass(frozen=True)
class Wanted:
    """Which of the own reports: everything that is left empty is left open. Never who: that is sealed.

    codes are fields with a code that must be among their values.
    """

    state: str = ""
    dated_from: date | None = None
    dated_until: date | None = None
    received_from: date | None = None
    received_until: date | None = None
    codes: tuple[tuple[str, str], ...] = ()

    @property
    def conditions(self) -> dict[str, object]:
        known = {
            "state": self.state,
            "date__gte": self.dated_from,
            "date__lte": self.dated_until,
            "recorded__date__gte": self.received_from,
            "recorded__date__lte": self.received_until,
        }
        # As text between quotation marks: SQLite cannot ask whether a JSON list holds a value.
        known |= {f"characteristics__{name}__icontains": f'"{code}"' for name, code in self.codes}
        return {name: value for name, value in known.items() if value}

    @property
    def conditions_of_stubs(self) -> dict[str, object] | None:
        """Of what became a signal or was withdrawn no date and no code is known any more, so that none is found by one."""
        if self.dated_from or self.dated_until or self.codes:
            return None
        known = {"state": self.state, "day__gte": self.received_from, "day__lte": self.received_until}
        return {name: value for name, value in known.items() if value}


@dataclass(frozen=True)
class FoundReports:
    rows: Sequence[OwnReport]
    total: int


def found_reports(*, organisation: UUID, wanted: Wanted, page: int, size: int, by: Actor) -> FoundReports:
    """Newest first; what became a signal or was withdrawn stands by the day it did, for as long as its stub lasts."""
    policies.check_may_read(organisation, by)
    own = Contribution.objects.filter(organisation=organisation, source="report", **FOUND_BY_REPORTER)
    reports = own.filter(**wanted.conditions)
    stubs = Stub.objects.filter(organisation=organisation).exclude(reference="")
    stubs = stubs.none() if wanted.conditions_of_stubs is None else stubs.filter(**wanted.conditions_of_stubs)
    ended, first = stubs.count(), (page - 1) * size
    # As many reports as there are stubs may stand further down than their own place: what comes before those is not read.
    before = max(0, first - ended)
    rows = reports.order_by("-recorded", "-id").values_list("reference", "state", "date", "recorded")[before : first + size]
    gone = stubs.order_by("-day", "id").values_list("reference", "state", "day")[: first + size]
    ranked = merge(
        (_row(*row) for row in rows),
        (OwnReport(reference, state, None, day) for reference, state, day in gone),
        key=attrgetter("recorded"),
        reverse=True,
    )
    return FoundReports(rows=list(islice(ranked, first - before, first - before + size)), total=reports.count() + ended)


def own_report(*, organisation: UUID, reference: str, by: Actor) -> OwnReport | None:
    """None as well for a report of another organisation."""
    policies.check_may_read(organisation, by)
    known = {"organisation": organisation, "reference": reference}
    files = SealedAttachment.objects.filter(contribution__organisation=organisation, contribution__reference=reference).count()
    rows = Contribution.objects.filter(**known, source="report", **FOUND_BY_REPORTER).values_list(
        "reference", "state", "date", "recorded"
    )
    stubs = Stub.objects.filter(**known).values_list("reference", "state", "day")
    signals = (OwnReport(reference, state, None, day) for reference, state, day in stubs)
    return next(chain((_row(*row, files) for row in rows), signals), None)


def references(contributions: Collection[UUID]) -> Mapping[UUID, str]:
    """What these reports are called on their receipts, for a page whose reader holds them already."""
    return dict(Contribution.objects.filter(pk__in=contributions).values_list("pk", "reference"))


def receipts_of(*, organisation: UUID, references: Collection[str], by: Actor) -> tuple[gate.Receipt, ...]:
    """What the persons of these reports of one's own carry with them, to stop whenever they want."""
    policies.check_may_submit(organisation, by)
    own = Contribution.objects.filter(organisation=organisation, reference__in=references, **FOUND_BY_REPORTER)
    return gate.receipts_of(list(own.values_list("id", flat=True)))


def reference_of(*, organisation: UUID, own_reference: str, by: Actor) -> str:
    """The report's reference by what the reporter calls it; empty if there is none of this organisation."""
    policies.check_may_read(organisation, by)
    digests = storing.own_reference_digests(organisation, storing.named(texts.clean(own_reference)))
    known = {"organisation": organisation, "own_reference_digest__in": digests}
    rows = chain(
        Contribution.objects.filter(**known).values_list("reference", flat=True),
        Stub.objects.filter(**known).values_list("reference", flat=True),
    )
    return next(rows, "")


def _row(reference: str, state: str, day: date, recorded: datetime, files: int = 0) -> OwnReport:
    return OwnReport(reference, state, day, timezone.localdate(recorded), files)
