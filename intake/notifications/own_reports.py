"""One own report as its reporter may see it afterwards: its codes and what was changed, without anybody in it.

It knows no links and opens nothing; lists are in selectors.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone

from accounts.reporters import Source
from consent import gate
from intake.codes.characteristics import Characteristics
from intake.errors import UnknownReportError
from intake.models.attachment import SealedAttachment
from intake.models.contribution import FOUND_BY_REPORTER, Contribution
from intake.models.stub import Stub
from intake.notifications import consents, history, policies, restrictions
from intake.notifications.history import Version
from intake.notifications.inputs import ConsentAnswer
from intake.notifications.workflow import State
from safeguards.actors import Actor

STUB_STATES = (State.SIGNAL, State.WITHDRAWN)


@dataclass(frozen=True)
class SentReport:
    """All that the reporter may see of a report afterwards. seen counts its earlier versions.

    restricted: it rests at the person's request, and can be neither changed nor withdrawn until that ends.
    consent is what was said of it, where it was needed; it can be said otherwise while it waits for its review.
    """

    reference: str
    state: str
    recorded: datetime
    day: date | None = None
    age: int | None = None
    age_band: str = ""
    characteristics: Characteristics = field(default_factory=Characteristics)
    legal_basis: bool = False
    consent: ConsentAnswer | None = None
    consent_waits: bool = False
    question: gate.Question | None = None
    turning: gate.Turning | None = None
    files: int = 0
    restricted: bool = False
    versions: Sequence[Version] = ()

    @property
    def ended(self) -> bool:
        return self.state in STUB_STATES

    @property
    def changeable(self) -> bool:
        return not self.ended and not self.restricted

    @property
    def seen(self) -> int:
        return len(self.versions)


def report(*, organisation: UUID, reference: str, by: Actor) -> SentReport:
    """Raises UnknownReportError for another organisation's as for none."""
    policies.check_may_read(organisation, by)
    own = Contribution.objects.filter(organisation=organisation, source=Source.REPORT, **FOUND_BY_REPORTER)
    row = own.filter(reference=reference).first()
    return _sent(row) if row is not None else _stub(organisation, reference)


def asked(*, organisation: UUID, by: Actor) -> Mapping[str, gate.Question]:
    """What reviewers asked about reports of this organisation and nobody answered yet, by the report's reference."""
    policies.check_may_read(organisation, by)
    found = gate.questions_of(organisation)
    rows = Contribution.objects.filter(pk__in=found, organisation=organisation, **FOUND_BY_REPORTER).order_by("recorded", "pk")
    return {reference: found[identifier] for identifier, reference in rows.values_list("pk", "reference")}


def turning_sixteen(*, organisation: UUID, by: Actor) -> Mapping[str, gate.Turning]:
    """Whose consent the person is to confirm personally, by the report's reference; longest ago first. Never of what rests."""
    policies.check_may_read(organisation, by)
    found = gate.turning_sixteen_of(organisation)
    rows = Contribution.objects.filter(pk__in=found, organisation=organisation, **FOUND_BY_REPORTER)
    references = dict(rows.exclude(pk__in=restrictions.among(found)).values_list("pk", "reference"))
    return {references[identifier]: turning for identifier, turning in found.items() if identifier in references}


def _sent(row: Contribution) -> SentReport:
    kept = gate.standing_statements([row.id]).get(row.id) if not row.legal_basis else None
    if kept is not None and kept.ended:  # A job is about to leave a stub, or nothing.
        ended = State.WITHDRAWN if kept.leaves_nothing else State.SIGNAL
        return SentReport(reference=row.reference, state=ended, recorded=timezone.now())
    return SentReport(
        reference=row.reference,
        state=row.state,
        recorded=row.recorded,
        day=row.date,
        age=row.age,
        age_band=row.age_band,
        characteristics=Characteristics.from_json(row.characteristics),
        legal_basis=row.legal_basis,
        consent=consents.answer_of(kept) if kept else None,
        consent_waits=kept is not None and kept.waits,
        question=gate.questions([row.id]).get(row.id) if kept else None,
        turning=gate.turning_sixteen([row.id]).get(row.id) if kept and not kept.waits else None,
        files=SealedAttachment.objects.filter(contribution=row.id).count(),
        restricted=bool(restrictions.among([row.id])),
        versions=history.versions_of(row.id),
    )


def _stub(organisation: UUID, reference: str) -> SentReport:
    stub = Stub.objects.filter(organisation=organisation, reference=reference).exclude(reference="").first()
    if stub is None:
        raise UnknownReportError
    return SentReport(reference=stub.reference, state=stub.state, recorded=_at_noon(stub.day))


def _at_noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
