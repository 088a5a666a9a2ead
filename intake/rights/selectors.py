"""What the desk of the privacy officer shows: cases by deadline, and one case with its log and its reports. No identity."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from accounts import selectors as accounts
from intake import unlock
from intake.errors import UnknownCaseError
from intake.matching import identities
from intake.models.contribution import Contribution
from intake.models.restriction import Restriction
from intake.models.rights import CaseStep, RightsCase
from intake.rights import grounds, policies, searches, terms
from intake.rights.searches import SearchView
from intake.rights.workflow import State
from intake.unlock import UnlockView
from safeguards.actors import Actor


@dataclass(frozen=True)
class CaseLine:
    """days_left is negative where the answer is late, and means nothing once it is given."""

    id: UUID
    reference: str
    right: str
    requester: str
    received: date
    due: date
    state: str
    outcome: str
    days_left: int

    @property
    def late(self) -> bool:
        return self.state != State.CLOSED and self.days_left < 0

    @property
    def urgent(self) -> bool:
        return self.state != State.CLOSED and 0 <= self.days_left <= terms.URGENT_DAYS


@dataclass(frozen=True)
class StepLine:
    kind: str
    reason: str
    count: int | None
    who: str
    moment: datetime


@dataclass(frozen=True)
class ReportLine:
    """A report that the case is about. erased: of who it is nothing is kept any more.

    look is the own unlock that is open; asked: one waits for a second person.
    """

    contribution: UUID
    reference: str
    source: str
    group: str
    day: date
    held: bool
    restricted: bool
    leaving: bool
    erased: bool
    look: UnlockView | None
    asked: bool


@dataclass(frozen=True)
class CaseView:
    """removal is how far the second person of a removal is: needed, asked or granted; empty where none is needed."""

    line: CaseLine
    identified: str
    extended: str
    ground: str
    citation: str
    restricts: bool
    removal: str
    steps: tuple[StepLine, ...]
    reports: tuple[ReportLine, ...]
    searches: tuple[SearchView, ...]

    @property
    def all_opened(self) -> bool:
        return bool(self.reports) and all(report.look or report.erased for report in self.reports)


def cases(*, closed: bool, limit: int, by: Actor) -> tuple[CaseLine, ...]:
    """Open ones: who has to be answered first stands first. Closed ones: the newest first."""
    policies.check_may_handle(by)
    rows = RightsCase.objects.filter(state=State.CLOSED) if closed else RightsCase.objects.exclude(state=State.CLOSED)
    return tuple(_line(row) for row in rows.order_by("-received" if closed else "due", "id")[:limit])


def granted(*, by: Actor) -> int:
    """In how many open cases a second person agreed to what this person asked: a search that was run, or a removal."""
    policies.check_may_handle(by)
    done = searches.done_of(by)
    removal = Q(removal_asked_by=by.id, removal_granted__isnull=False)
    return RightsCase.objects.filter(Q(id__in=done) | removal, state=State.OPEN).count()


def case(identifier: UUID, *, by: Actor) -> CaseView:
    policies.check_may_handle(by)
    row = RightsCase.objects.filter(id=identifier).first()
    if row is None:
        raise UnknownCaseError
    return CaseView(
        line=_line(row),
        identified=row.identified,
        extended=row.extended,
        ground=row.ground,
        citation=grounds.citation(row.ground),
        restricts=Restriction.objects.filter(case=row).exists(),
        removal=_removal(row),
        steps=_steps(row),
        reports=_reports(row, by),
        searches=searches.of_case(case=row.id, by=by),
    )


def _line(row: RightsCase) -> CaseLine:
    return CaseLine(
        id=row.id,
        reference=row.reference,
        right=row.right,
        requester=row.requester,
        received=row.received,
        due=row.due,
        state=row.state,
        outcome=row.outcome,
        days_left=(row.due - timezone.localdate()).days,
    )


def _removal(row: RightsCase) -> str:
    if row.right not in grounds.REMOVES or row.state != State.OPEN or not row.identified:
        return ""
    return "granted" if row.removal_granted else "asked" if row.removal_asked else "needed"


def _steps(row: RightsCase) -> tuple[StepLine, ...]:
    steps = list(CaseStep.objects.filter(case=row).order_by("id"))
    names = {str(member.id): member.name for member in accounts.members()} if steps else {}
    return tuple(StepLine(one.kind, one.reason, one.count, names.get(one.actor_id, ""), one.recorded) for one in steps)


def _reports(row: RightsCase, by: Actor) -> tuple[ReportLine, ...]:
    found = Contribution.objects.filter(id__in=row.reports.values("contribution")).order_by("date", "id")
    ids = {one.id for one in found}
    restricted = set(Restriction.objects.filter(contribution__in=ids).values_list("contribution", flat=True))
    asked = {one.contribution for one in unlock.own(by=by) if one.granted is None}
    erased = identities.erased_among(ids)
    return tuple(
        ReportLine(
            contribution=one.id,
            reference=one.reference,
            source=one.source,
            group=one.group,
            day=one.date,
            held=one.state == Contribution.State.HELD,
            restricted=one.id in restricted,
            leaving=one.leaving,
            erased=one.id in erased,
            look=unlock.for_rights(contribution=one.id, by=by),
            asked=one.id in asked,
        )
        for one in found
    )
