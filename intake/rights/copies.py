"""The copy of everything that is kept about a person, for a case of access: opened under unlocks, in memory, never stored.

With it goes who looked and why. Of colleagues it names organisation and role, not who they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import selectors as accounts
from consent import gate
from intake import unlock
from intake.codes.characteristics import Characteristics
from intake.errors import CaseStepError
from intake.matching import identities
from intake.models.contribution import Contribution
from intake.models.matching import PersonContribution
from intake.models.restriction import Restriction
from intake.models.use import Use
from intake.notifications import consents, history, members
from intake.notifications.history import Version
from intake.notifications.inputs import ConsentAnswer, Identity, NotificationInput
from intake.rights import log, policies
from intake.rights.grounds import Right
from intake.rights.workflow import Step
from intake.unlock import NamedAttachment
from safeguards.actors import Actor
from safeguards.models import AuditEntry

CONTRIBUTION = "contribution"
# A signed sheet is looked at for the review alone, so that the trail says no more than that it was.
FOR_REVIEW = "review-of-consent"


@dataclass(frozen=True)
class NamedFile:
    """The content is handed over apart."""

    name: str = field(repr=False)
    type: str
    size: int


@dataclass(frozen=True)
class ReportCopy:
    """One report, EMM record or letter. linked: whether it is counted as of one person with others.

    statements is what the ledger keeps of the consent, with every event and how many signed sheets lie with it.
    releases are the extracts and deliveries that it went into, by their number.
    """

    reference: str
    source: str
    organisation: str
    group: str
    received: datetime
    held: bool
    restricted: bool
    linked: bool
    legal_basis: bool
    consent: ConsentAnswer | None
    statements: tuple[gate.KeptStatement, ...]
    age: int | None
    content: NotificationInput = field(repr=False)
    files: tuple[NamedFile, ...] = field(repr=False)
    releases: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()

    @property
    def identity(self) -> Identity:
        return self.content.identity


@dataclass(frozen=True)
class Look:
    """Something that was done with a report, by a colleague of which organisation and role, and why. role is a code."""

    reference: str
    moment: datetime
    action: str
    organisation: str
    role: str
    reason: str


@dataclass(frozen=True)
class Copy:
    case: str
    made: datetime
    reports: tuple[ReportCopy, ...]
    looks: tuple[Look, ...]

    def to_json(self) -> dict[str, Any]:
        """A report stands in the form of the interface, which is published."""
        return {
            "verzoek": self.case,
            "gemaakt": self.made.isoformat(timespec="seconds"),
            "meldingen": [_report_json(report) for report in self.reports],
            "gebeurtenissen": [_look_json(look) for look in self.looks],
        }


def make(*, case: UUID, by: Actor) -> Copy:
    """Of all reports of the case or of none: each needs an unlock, and each opening is a look."""
    policies.check_may_handle(by)
    with transaction.atomic():
        row = log.locked(case)
        policies.check_open(row)
        policies.check_right(row, Right.ACCESS)
        policies.check_identified(row)
        reports = _reports(row.reports.values_list("contribution", flat=True))
        if not reports:
            raise CaseStepError("no-reports")
        kept = gate.kept_of([report.id for report in reports])
        copies = tuple(_copy(report, kept.get(report.id, ()), by) for report in reports)
        made = Copy(row.reference, timezone.now(), copies, _looks(reports, kept))
        log.note(row, Step.COPY_SHOWN, by=by, count=len(copies))
    return made


def _reports(contributions: Any) -> list[Contribution]:
    rows = Contribution.objects.filter(id__in=contributions, leaving=False).select_related("organisation")
    return list(rows.order_by("date", "id"))


def _copy(row: Contribution, statements: tuple[gate.KeptStatement, ...], by: Actor) -> ReportCopy:
    identity, files = _opened(row, by)
    kept = gate.standing_statements([row.id]).get(row.id) if not row.legal_basis else None
    return ReportCopy(
        reference=row.reference,
        source=row.source,
        organisation=row.organisation.name,
        group=row.group,
        received=row.recorded,
        held=row.state == Contribution.State.HELD,
        restricted=Restriction.objects.filter(contribution=row.id).exists(),
        linked=_is_linked(row),
        legal_basis=row.legal_basis,
        consent=consents.answer_of(kept) if kept else None,
        statements=statements,
        age=row.age,
        content=_content(row, identity),
        files=tuple(NamedFile(one.file.name, one.file.type, len(one.file.content)) for one in files),
        releases=tuple(str(release) for release in _releases(row)),
        versions=tuple(history.versions_of(row.id)),
    )


def _is_linked(row: Contribution) -> bool:
    """A person of one report alone is linked with nothing."""
    person = PersonContribution.objects.filter(contribution=row.id).values("person")
    return PersonContribution.objects.filter(person__in=person).exclude(contribution=row.id).exists()


def _releases(row: Contribution) -> list[UUID]:
    return list(Use.objects.filter(contribution=row.id, left=True).order_by("recorded", "id").values_list("release", flat=True))


def _opened(row: Contribution, by: Actor) -> tuple[Identity, tuple[NamedAttachment, ...]]:
    """Of a report whose identity was erased after its time only the circumstances are kept: there is nothing to open."""
    if row.id in identities.erased_among({row.id}):
        return Identity(), ()
    opened = unlock.for_rights(contribution=row.id, by=by)
    if opened is None:
        raise CaseStepError("not-opened")
    identity = unlock.identity(unlock=opened.id, by=by)
    return identity, unlock.attachments(unlock=opened.id, by=by) if unlock.has_attachments(row.id) else ()


def _content(row: Contribution, identity: Identity) -> NotificationInput:
    characteristics = Characteristics.from_json(row.characteristics)
    return NotificationInput(row.date, identity, characteristics, age_band="" if identity.birth.year else row.age_band)


def _looks(reports: list[Contribution], kept: Mapping[UUID, Sequence[gate.KeptStatement]]) -> tuple[Look, ...]:
    """The oldest first, from the audit trail: of the reports, and of their statements with the signed sheets."""
    references = {str(row.id): row.reference for row in reports}
    entries = AuditEntry.objects.filter(object_id__in=list(references), object_type=CONTRIBUTION)
    of_statements = {str(one.id): references[str(report)] for report, found in kept.items() for one in found}
    entries |= AuditEntry.objects.filter(object_id__in=list(of_statements), object_type=gate.STATEMENT_OBJECT)
    references |= of_statements
    names = {str(one.id): one.name for one in accounts.organisations()}
    return tuple(
        _look(entry, references[entry.object_id], names.get(str(entry.organisation), ""))
        for entry in entries.order_by("sequence")
    )


def _look(entry: AuditEntry, reference: str, organisation: str) -> Look:
    why = str(entry.details.get("motive") or entry.details.get("reason") or "")
    if entry.action == gate.SHEET_SHOWN:
        why = FOR_REVIEW
    return Look(reference, entry.time, entry.action, organisation, entry.roles, why)


def _report_json(report: ReportCopy) -> dict[str, Any]:
    return {
        "kenmerk": report.reference,
        "bron": report.source,
        "organisatie": report.organisation,
        "ontvangen": report.received.isoformat(timespec="seconds"),
        "wachtOpToestemming": report.held,
        "beperkt": report.restricted,
        "gekoppeld": report.linked,
        "wettelijkeGrondslag": report.legal_basis,
        "verklaringen": [_statement_json(one) for one in report.statements],
        "leeftijd": report.age,
        "melding": members.write(_with_consent(report)),
        "bestanden": [{"naam": file.name, "soort": file.type, "bytes": file.size} for file in report.files],
        "verstrekkingen": list(report.releases),
        "eerder": [_version_json(version) for version in report.versions],
    }


def _statement_json(kept: gate.KeptStatement) -> dict[str, Any]:
    return {
        "doel": kept.purpose,
        "stand": kept.state,
        "wijze": kept.method,
        "getekendOp": kept.signed_on.isoformat() if kept.signed_on else None,
        "getekendeBladen": kept.sheets,
        "gebeurtenissen": [
            {
                "soort": event.kind,
                "dag": event.day.isoformat(),
                "moment": event.recorded.isoformat(timespec="seconds"),
                "reden": event.reason,
            }
            for event in kept.events
        ],
        "zelfBevestigd": _confirmation_json(kept.confirmation) if kept.confirmation else None,
    }


def _confirmation_json(said: gate.KeptConfirmation) -> dict[str, Any]:
    return {
        "tekstversie": said.notice_version,
        "taal": said.language,
        "sha256": said.notice_digest,
        "wijze": said.method,
        "getekendOp": said.signed_on.isoformat(),
        "tolk": said.interpreter,
        "getuige": said.witness,
    }


def _with_consent(report: ReportCopy) -> NotificationInput:
    content = report.content
    return NotificationInput(content.date, content.identity, content.characteristics, report.consent, content.age_band)


def _version_json(version: Version) -> dict[str, Any]:
    """Who the person was said to be before is not kept."""
    before = NotificationInput(version.date, Identity(), version.characteristics, age_band=version.age_band)
    return {
        "vervangen": version.replaced.isoformat(timespec="seconds"),
        "wijze": version.change,
        "persoonVervangen": version.person_replaced,
        "melding": members.write(before),
    }


def _look_json(look: Look) -> dict[str, Any]:
    return {
        "kenmerk": look.reference,
        "moment": look.moment.isoformat(timespec="seconds"),
        "handeling": look.action,
        "organisatie": look.organisation,
        "rol": look.role,
        "reden": look.reason,
    }
