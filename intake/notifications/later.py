"""What a reporter does with an own report after it was sent: correct it, add to it, take it back.

Who the person is can be replaced and never read back. Like submitting, it never looks at who is already known.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import chain
from uuid import UUID

from django.db import transaction

from accounts.reporters import Source
from consent import gate
from intake import events
from intake.codes.characteristics import Characteristics
from intake.errors import (
    ChangedMeanwhileError,
    NothingAskedError,
    NothingToConfirmError,
    ReportEndedError,
    ReportRestrictedError,
    UnknownReportError,
)
from intake.models.contribution import FOUND_BY_REPORTER, Contribution
from intake.models.stub import Stub
from intake.notifications import (
    cleaning,
    consents,
    endings,
    history,
    merging,
    policies,
    restrictions,
    rules,
    storing,
    stubs,
    texts,
)
from intake.notifications.history import Change
from intake.notifications.inputs import Attachment, Identity, NotificationInput
from intake.notifications.judging import CHANGED, UNCHANGED, Sorted, judge_correction
from intake.notifications.policies import Reporter
from intake.notifications.rules import Invalid
from intake.notifications.services import LINK_JOB, Receipt, carry_out
from intake.notifications.workflow import EVENT_BY_REPORTER, State
from jobs import services as jobs
from safeguards import audit
from safeguards.actors import Actor

REMOVE_JOB = "intake.outcomes"
ENDED_AS = {State.WITHDRAWN: "withdrawn", State.SIGNAL: "became-signal"}
EVENT_OF_CHANGE = {
    Change.CORRECTED: events.NOTIFICATION_CORRECTED,
    Change.SUPPLEMENTED: events.NOTIFICATION_SUPPLEMENTED,
}


class Withdrawal(StrEnum):
    """What became of a withdrawal by own reference. ALREADY: nothing of the report is left that could be withdrawn.

    RESTRICTED: it rests at the person's request, and waits until that ends.
    """

    DONE = "done"
    ALREADY = "already"
    UNKNOWN = "unknown-reference"
    RESTRICTED = "restricted"


def correct(*, reference: str, notification: NotificationInput, organisation: UUID, by: Actor, attempt: str = "") -> Receipt:
    """Everything anew, the person too, under the receipt's reference; by the rules of a first report.

    attempt names the sending, as in submit: the same correction posted again changes nothing. Without an own reference in
    it, the report keeps the one it has. Raises Invalid, UnknownReportError, ReportEndedError, ReportRestrictedError.
    """
    policies.check_may_submit(organisation, by)
    with transaction.atomic():
        reporter = policies.locked_reporter(organisation)
        row, kept = _free(reference, reporter)
        judged = judge_correction(notification, reporter, attempt, row, kept)
        if not isinstance(judged, Sorted):
            raise Invalid(judged)
        if judged.way is State.SIGNAL and kept is not None and not kept.waits:
            _take_back([row], by)
            return Receipt(reference, State.WITHDRAWN, CHANGED)
        return carry_out([judged], reporter, None, by)[0]


def correct_codes(
    *, reference: str, characteristics: Characteristics, organisation: UUID, by: Actor, seen: int | None = None
) -> Receipt:
    """Other characteristics; who the person is stays as it was sent, and so do the day of the report and the age.

    seen is the number of earlier versions that the reporter knew of: ChangedMeanwhileError where there are more now.
    """
    policies.check_may_submit(organisation, by)
    with transaction.atomic():
        reporter = policies.locked_reporter(organisation)
        row, _ = _free(reference, reporter)
        if seen is not None and history.number_of_versions(row.id) != seen:
            raise ChangedMeanwhileError
        wanted = _codes(row, cleaning.clean_characteristics(characteristics), row.age_band)
        return _replace_codes(row, wanted, Change.CORRECTED, reporter, by)


def supplement(
    *, reference: str, characteristics: Characteristics, organisation: UUID, by: Actor, age_band: str = ""
) -> Receipt:
    """What has become known since: it fills what was unknown and adds to sets; only a correction replaces what is known."""
    policies.check_may_submit(organisation, by)
    with transaction.atomic():
        reporter = policies.locked_reporter(organisation)
        row, _ = _free(reference, reporter)
        known = Characteristics.from_json(row.characteristics)
        both = merging.added(known, cleaning.clean_characteristics(characteristics))
        if not isinstance(both, Characteristics):
            raise Invalid(both)
        wanted = _codes(row, both, row.age_band or age_band)
        return _replace_codes(row, wanted, Change.SUPPLEMENTED, reporter, by)


def confirm(
    *, reference: str, said: gate.ConfirmationInput, sheets: Sequence[Attachment], organisation: UUID, by: Actor
) -> None:
    """The person, sixteen by now, confirms what a representative signed for; its review has yet to come.

    Raises NothingToConfirmError, ReportRestrictedError, and Invalid of what is wrong with it.
    """
    policies.check_may_submit(organisation, by)
    with transaction.atomic():
        row, _ = _free(reference, policies.locked_reporter(organisation))
        broken = gate.confirmation_problems(row.id, said)
        if broken is None:
            raise NothingToConfirmError
        if broken:
            raise Invalid(consents.problems_of(broken))
        scans = [gate.Scan(file.type, file.content) for file in sheets]
        gate.send_confirmation(notification=row.id, said=said, sheets=scans, by=by)


def withdraw(
    *, reference: str, organisation: UUID, reason: gate.WithdrawalReason = gate.WithdrawalReason.BY_REPORTER, by: Actor
) -> Receipt:
    """The reporter takes the report back: as if it had never been there, but for a stub that says so for a while.

    Asked again, it gives the same answer. Raises UnknownReportError, ReportEndedError of what became a signal, and
    ReportRestrictedError, but not where the person, sixteen by now, does not confirm.
    """
    policies.check_may_submit(organisation, by)
    with transaction.atomic():
        reporter = policies.locked_reporter(organisation)
        try:
            asked_by_person = reason is gate.WithdrawalReason.AT_SIXTEEN
            row, _ = _standing(reference, reporter) if asked_by_person else _free(reference, reporter)
        except ReportEndedError as ended:
            if ended.code != ENDED_AS[State.WITHDRAWN]:
                raise
        else:
            _take_back([row], by, reason=reason)
        return Receipt(reference, State.WITHDRAWN, CHANGED)


def reply(*, reference: str, answer: str, organisation: UUID, by: Actor) -> None:
    """The reporter answers what a reviewer asked, and changes nothing. A correction answers by itself."""
    policies.check_may_submit(organisation, by)
    with transaction.atomic():
        row, _ = _standing(reference, policies.locked_reporter(organisation))
        if row.id not in gate.questions([row.id]):
            raise NothingAskedError
        gate.reply(notification=row.id, answer=answer, by=by)


def withdraw_many(
    *, own_references: Sequence[str], organisation: UUID, batch: UUID | None = None, by: Actor
) -> tuple[Withdrawal, ...]:
    """As withdraw, for rows of a file: what became of each of the own references, in their order."""
    policies.check_may_submit_batch(organisation, by)
    with transaction.atomic():
        reporter = policies.locked_reporter(organisation)
        known_as = [_digests_of(own, reporter) for own in own_references]
        rows, stubs = _rows_known_as(known_as, reporter), _stubs_known_as(known_as, reporter)
        kept = gate.lock_statements([row.id for row in rows.values() if not row.legal_basis])
        going = _going(rows, kept)
        _take_back(list(going.values()), by, batch)
        return tuple(_verdicts(known_as, going, _resting(rows), stubs | rows.keys()))


def preview_withdrawals(*, own_references: Sequence[str], organisation: UUID) -> tuple[Withdrawal, ...]:
    """What withdraw_many would say; nothing is changed or locked."""
    reporter = policies.reporter(organisation)
    known_as = [_digests_of(own, reporter) for own in own_references]
    rows, stubs = _rows_known_as(known_as, reporter, lock=False), _stubs_known_as(known_as, reporter)
    kept = gate.standing_statements([row.id for row in rows.values() if not row.legal_basis])
    return tuple(_verdicts(known_as, _going(rows, kept), _resting(rows), stubs | rows.keys()))


def _standing(reference: str, reporter: Reporter) -> tuple[Contribution, gate.Standing | None]:
    """Locked, with its statement of consent where it needed one: nobody decides about either until we are done."""
    own = {"organisation": reporter.organisation, "reference": reference}
    row = Contribution.objects.select_for_update(no_key=True).filter(**own, source=Source.REPORT, **FOUND_BY_REPORTER).first()
    if row is None:
        state = Stub.objects.filter(**own).values_list("state", flat=True).first()
        raise ReportEndedError(ENDED_AS[State(state)]) if state else UnknownReportError
    kept = gate.lock_statements([row.id]).get(row.id) if not row.legal_basis else None
    if kept is not None and kept.ended:
        raise ReportEndedError(ENDED_AS[State.WITHDRAWN if kept.leaves_nothing else State.SIGNAL])
    return row, kept


def _free(reference: str, reporter: Reporter) -> tuple[Contribution, gate.Standing | None]:
    """As _standing, of a report that may be changed: who restricts it locks its row first."""
    row, kept = _standing(reference, reporter)
    if restrictions.among([row.id]):
        raise ReportRestrictedError
    return row, kept


def _replace_codes(row: Contribution, wanted: NotificationInput, change: Change, reporter: Reporter, by: Actor) -> Receipt:
    """wanted holds nobody: only its codes are judged and stored."""
    if problems := tuple(rules.coded_problems(wanted, reporter)):
        raise Invalid(problems)
    if wanted.characteristics.to_json() == _as_stored(row) and wanted.age_band == row.age_band:
        audit.record(events.NOTIFICATION_REPEATED, by=by, object_type="contribution", object_id=row.id)
        return Receipt(row.reference, row.state, UNCHANGED)
    history.keep([row.id], change, by, person_replaced=False)
    storing.replace_codes(row.id, wanted.characteristics, wanted.age_band)
    audit.record(EVENT_OF_CHANGE[change], by=by, object_type="contribution", object_id=row.id)
    if row.state == State.ACCEPTED:
        jobs.record(LINK_JOB, key=LINK_JOB)
    return Receipt(row.reference, row.state, CHANGED)


def _as_stored(row: Contribution) -> Mapping[str, object]:
    return Characteristics.from_json(row.characteristics).to_json()


def _codes(row: Contribution, characteristics: Characteristics, age_band: str) -> NotificationInput:
    return NotificationInput(date=row.date, identity=Identity(), characteristics=characteristics, age_band=age_band)


def _take_back(
    rows: Sequence[Contribution],
    by: Actor,
    batch: UUID | None = None,
    reason: gate.WithdrawalReason = gate.WithdrawalReason.BY_REPORTER,
) -> None:
    """Of what is law's nothing more is needed than a job that removes it; of what is consent's, the ledger says it too."""
    if not rows:
        return
    stubs.leave(rows, State.WITHDRAWN)
    endings.leave([row for row in rows if not row.legal_basis], endings.Rule.CONSENT_WITHDRAWN)
    storing.leave([row.id for row in rows])
    gate.take_back(notifications=[row.id for row in rows if not row.legal_basis], reason=reason, by=by)
    details: dict[str, audit.Detail] = {"batch": str(batch)} if batch else {}
    action = EVENT_BY_REPORTER[State.WITHDRAWN]
    audit.record_many([audit.Event(action, "contribution", row.id, details) for row in rows], by=by)
    jobs.record(REMOVE_JOB)


def _digests_of(own_reference: str, reporter: Reporter) -> tuple[bytes, ...]:
    return storing.own_reference_digests(reporter.organisation, storing.named(texts.clean(own_reference)))


def _going(rows: Mapping[bytes, Contribution], kept: Mapping[UUID, gate.Standing]) -> dict[bytes, Contribution]:
    resting = _resting(rows)
    standing = {digest: row for digest, row in rows.items() if row.id not in kept or not kept[row.id].ended}
    return {digest: row for digest, row in standing.items() if digest not in resting}


def _resting(rows: Mapping[bytes, Contribution]) -> set[bytes]:
    restricted = restrictions.among([row.id for row in rows.values()])
    return {digest for digest, row in rows.items() if row.id in restricted}


def _rows_known_as(
    known_as: Iterable[tuple[bytes, ...]], reporter: Reporter, *, lock: bool = True
) -> dict[bytes, Contribution]:
    own = Contribution.objects.filter(organisation=reporter.organisation, source=Source.REPORT, **FOUND_BY_REPORTER)
    if lock:
        own = own.select_for_update(no_key=True)
    rows = own.filter(own_reference_digest__in=list(chain.from_iterable(known_as))).order_by("id")
    return {bytes(row.own_reference_digest or b""): row for row in rows}


def _stubs_known_as(known_as: Iterable[tuple[bytes, ...]], reporter: Reporter) -> set[bytes]:
    own = Stub.objects.filter(organisation=reporter.organisation, own_reference_digest__in=list(chain.from_iterable(known_as)))
    return {bytes(digest or b"") for digest in own.values_list("own_reference_digest", flat=True)}


def _verdicts(
    known_as: Iterable[tuple[bytes, ...]],
    going: Mapping[bytes, Contribution],
    resting: Collection[bytes],
    there: Collection[bytes],
) -> Iterator[Withdrawal]:
    """A reference that stands twice in the file is withdrawn once."""
    done = set[bytes]()
    for digests in known_as:
        going_as = next((digest for digest in digests if digest in going and digest not in done), None)
        if going_as is not None:
            done.add(going_as)
            yield Withdrawal.DONE
        elif any(digest in resting for digest in digests):
            yield Withdrawal.RESTRICTED
        else:
            yield Withdrawal.ALREADY if any(digest in there for digest in digests) else Withdrawal.UNKNOWN
