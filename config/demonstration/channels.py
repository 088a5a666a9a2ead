"""Sends the reference register in as its reporters would have: batches per unit and year, forms, feed deliveries.

Everything goes through the service entry points of users; what is there already is left as it is, so that a loading that
was killed goes on where it stopped.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from uuid import UUID

from django.db import transaction

from accounts.demonstration import REGISTRY
from accounts.reporters import Source
from accounts.roles import Role
from config.demonstration.sendings import Sending, sendings
from consent import selectors as statements
from consent import services as consent
from intake.batches import columns
from intake.batches import services as batches
from intake.enrichment import deliveries
from intake.enrichment import services as enrichment
from intake.enrichment.deliveries import FeedRecord
from intake.enrichment.envelopes import Envelope
from intake.models.contribution import Contribution
from intake.notifications import services as notifications
from intake.notifications.storing import named, own_reference_digests
from safeguards.actors import Actor

LOADER = "demonstration"
FORMS_AT_ONCE = 100
STATEMENTS_AT_ONCE = 200

Organisations = Mapping[str, UUID]
Tell = Callable[[int], None]


def send_batches(organisations: Organisations, tell: Tell) -> None:
    """Police, KMar and ISZW-DO: one file per organisation and year, uploaded, checked and confirmed."""
    for (name, _), sent in _grouped(s for s in sendings() if s.report.legal_basis == "yes"):
        organisation = organisations[name]
        if missing := _missing(sent, organisation):
            by = member(organisation, Role.BATCH_SUBMITTER)
            content = columns.write_csv(sending.notification for sending in missing)
            batch = batches.receive(parts=[content], organisation=organisation, by=by)
            batches.check(batch=batch, by=by)
            batches.confirm(batch=batch, by=by)
        tell(len(sent))


def send_feeds(organisations: Organisations, tell: Tell) -> None:
    """EMM and OM: a delivery a year."""
    for (name, _), sent in _grouped(s for s in sendings() if s.report.source is not Source.REPORT):
        organisation = organisations[name]
        if missing := _missing(sent, organisation):
            lines = deliveries.write_lines((_record(sending) for sending in missing), missing[0].report.source)
            enrichment.deliver(lines=lines, organisation=organisation, by=member(organisation, Role.FEED))
        tell(len(sent))


def send_forms(organisations: Organisations, tell: Tell) -> None:
    """Reporters without a legal basis: one form a report, each with a statement that waits for its review."""
    for (name, _), sent in _grouped(s for s in sendings() if s.report.legal_basis == "no"):
        organisation = organisations[name]
        by = member(organisation, Role.REPORTER)
        for chunk in _chunks(_missing(sent, organisation), FORMS_AT_ONCE):
            with transaction.atomic():
                for sending in chunk:
                    notifications.submit(notification=sending.notification, organisation=organisation, by=by)
        tell(len(sent))


def approve_statements(organisations: Organisations, tell: Tell) -> None:
    """The consent administrator reads and approves all that waits, but for the few that the desk begins with."""
    by = member(organisations[REGISTRY], Role.CONSENT_ADMINISTRATOR)
    sent = contribution_ids(organisations).keys()
    while found := [item.id for item in statements.queue(by=by, limit=STATEMENTS_AT_ONCE).items if item.notification in sent]:
        consent.approve_many(statements=found, by=by)
        tell(len(found))


def contribution_ids(organisations: Organisations) -> dict[UUID, str]:
    """Contribution to the reference person it is about: the known truth, by the keyed digest of the own reference."""
    person_of = {
        digest: sending.report.person
        for sending in sendings()
        for digest in _digests(sending, organisations[sending.organisation])
    }
    rows = Contribution.objects.values_list("id", "own_reference_digest")
    return {identifier: person_of[bytes(digest)] for identifier, digest in rows if digest and bytes(digest) in person_of}


def _missing(sent: Sequence[Sending], organisation: UUID) -> list[Sending]:
    rows = Contribution.objects.filter(organisation_id=organisation)
    present = {bytes(digest) for digest in rows.values_list("own_reference_digest", flat=True) if digest}
    return [sending for sending in sent if present.isdisjoint(_digests(sending, organisation))]


def _digests(sending: Sending, organisation: UUID) -> tuple[bytes, ...]:
    return own_reference_digests(organisation, named(sending.report.id))


def _record(sending: Sending) -> FeedRecord:
    notification = sending.notification
    return FeedRecord(Envelope(sending.report.id, notification.date), notification.identity, notification.characteristics)


def _grouped(sent: Iterable[Sending]) -> Iterator[tuple[tuple[str, int], list[Sending]]]:
    found: dict[tuple[str, int], list[Sending]] = defaultdict(list)
    for sending in sent:
        found[sending.organisation, sending.report.date.year].append(sending)
    yield from found.items()


def _chunks(items: Sequence[Sending], size: int) -> Iterator[tuple[Sending, ...]]:
    rest = iter(items)
    while chunk := tuple(islice(rest, size)):
        yield chunk


def member(organisation: UUID, role: Role) -> Actor:
    return Actor(kind="system", id=LOADER, organisation=organisation, roles=(role.value,))
