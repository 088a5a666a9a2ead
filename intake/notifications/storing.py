"""Writes judged contributions: one bulk write per table for one or for a thousand. It checks nothing and audits nothing.

A contribution's row holds codes; who the person is goes sealed under a data key of its own into the identity table.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from secrets import randbelow
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Exists, OuterRef
from django.utils import timezone

from intake.codes.characteristics import SCHEMA_VERSION, Characteristics
from intake.models.attachment import SealedAttachment
from intake.models.contribution import Contribution
from intake.models.history import EarlierVersion
from intake.models.identity import SealedIdentity
from intake.notifications import attachments, identities, restrictions
from intake.notifications.births import age_of
from intake.notifications.inputs import Attachment, ConsentAnswer, NotificationInput
from intake.notifications.policies import Reporter
from safeguards import blind_index, bulk, data_keys, sealing
from safeguards.blind_index import Digest
from safeguards.models import DataKey
from safeguards.sealing import FreshKey, KeyRow

REFERENCE_LENGTH = 12
_CONTENT = (
    "date", "age", "age_band", "characteristics", "schema_version", "own_reference_digest", "row_digest", "correction_digest",
    "needs_linking", "without_own_reference",
)  # fmt: skip
_CORRECTED = (*_CONTENT, "id")
_COLUMNS = (
    *_CONTENT, "id", "source", "organisation_id", "group", "other_kind", "unit", "legal_basis", "reference", "batch_id",
    "recorded", "state", "leaving",
)  # fmt: skip
_CANONICAL = json.JSONEncoder(sort_keys=True, default=date.isoformat, separators=(",", ":")).encode
# Digested also where they are empty, as when the first rows were stored. What came later is digested where it says something,
# so that a row which says nothing of it is still the row that was stored before.
_ALWAYS_DIGESTED = frozenset({
    "answer", "capacity", "signer", "method", "notice_version", "language", "signed_on", "reason", "judged_how", "proof",
    "interpreter", "view_of_person", "representative_independent", "witness", "requested_on", "help", "research_extract",
})  # fmt: skip
_REFERENCE_LETTERS = "23456789BCDFGHJKMNPQRTVWXYZ"

FreshKeys = Callable[[UUID, DataKey.Purpose], sealing.FreshKey]


@dataclass(frozen=True)
class Entry:
    """A judged input on its way to its row. own_reference_digest says which earlier row it repeats or corrects.

    Without an own reference that is the digest of its attempt.
    """

    contribution: UUID
    notification: NotificationInput
    legal_basis: bool
    held: bool
    own_reference_digest: bytes | None
    row_digest: bytes | None
    correction_digest: bytes | None = None
    sealed: "SealedEntry | None" = field(default=None, repr=False)
    without_own_reference: bool = False

    def sealed_as(self, sealed: "SealedEntry") -> "Entry":
        """As dataclasses.replace, which takes three times as long: once a row of a file."""
        return Entry(
            self.contribution,
            self.notification,
            self.legal_basis,
            self.held,
            self.own_reference_digest,
            self.row_digest,
            self.correction_digest,
            sealed,
            self.without_own_reference,
        )


@dataclass(frozen=True)
class SealedEntry:
    """Who an entry is about, sealed for its row, and the row of the data key."""

    key: KeyRow
    blob: bytes
    files: tuple[SealedAttachment, ...] = ()


def named(own_reference: str) -> str:
    """Apart from the name of an attempt, whatever a reporter calls a report."""
    return f"own:{own_reference}"


class OwnReferences:
    """Keyed digests of one organisation: the same reference elsewhere gives another one. The newest key's stands last."""

    def __init__(self, organisation: UUID) -> None:
        self._organisation = f"{organisation}:"

    @cached_property
    def _digester(self) -> blind_index.Digester:
        return blind_index.Digester(Digest.OWN_REFERENCE)

    def digests(self, reference: str) -> tuple[bytes, ...]:
        return self._digester(self._organisation + reference) if reference else ()


def own_reference_digests(organisation: UUID, reference: str) -> tuple[bytes, ...]:
    return OwnReferences(organisation).digests(reference)


def attempt_digests(notification: NotificationInput, attempt: str) -> tuple[bytes, ...]:
    """What tells a second sending by form or API, whose process has no key for row digests.

    The attempt is random and stored nowhere, so the digest cannot be used to try out whether a guessed person is in a row.
    """
    if not attempt:
        return ()
    return blind_index.digests(Digest.OWN_REFERENCE, b"attempt" + _prefixed([attempt.encode(), content_of(notification)]))


def store_new(entries: Sequence[Entry], reporter: Reporter, *, batch: UUID | None = None) -> Mapping[UUID, str]:
    """Contributions with their sealed identities and data keys; gives each one's random reference."""
    now = timezone.now()
    references = {entry.contribution: new_reference() for entry in entries}
    bulk.insert(
        Contribution, _COLUMNS, (_row(entry, reporter, batch, references[entry.contribution], now) for entry in entries)
    )
    _keep_sealed(entries, reporter.organisation)
    return references


def seal_ahead(entries: Iterable[Entry], organisation: UUID, batch_key: sealing.BatchKey | None) -> dict[UUID, Entry]:
    """The same entries, sealed before the transaction that stores them, under keys that the batch key, if any, wraps."""
    fresh_key = batch_key.fresh_key if batch_key else sealing.fresh_key
    return {entry.contribution: entry.sealed_as(_sealed(entry, organisation, fresh_key)) for entry in entries}


def lock(contributions: Iterable[UUID]) -> None:
    """Before what they rest on and before the audit trail, as outcomes do: one order of locks for all."""
    list(
        Contribution.objects.select_for_update(no_key=True).filter(id__in=list(contributions)).order_by("id").values_list("id")
    )


def replace(entries: Sequence[Entry], reporter: Reporter) -> None:
    """A correction: other codes, another sealed identity under a new key. What rested on the old one is linked anew.

    The comparison features of the old identity stay sealed under the matching key until linkage replaces them.
    """
    corrected = [entry.contribution for entry in entries]
    states = dict(Contribution.objects.filter(id__in=corrected).values_list("id", "state"))
    bulk.update(
        Contribution,
        _CORRECTED,
        ((*_content_values(entry, states[entry.contribution]), entry.contribution) for entry in entries),
    )
    SealedIdentity.objects.filter(contribution__in=corrected).delete()
    SealedAttachment.objects.filter(contribution__in=corrected).delete()
    data_keys.destroy(corrected, [DataKey.Purpose.IDENTITY])
    _keep_sealed(entries, reporter.organisation)


def replace_codes(contribution: UUID, characteristics: Characteristics, age_band: str) -> None:
    """Other codes for the same person. What a file said before stays known: the same file again still changes nothing."""
    row = Contribution.objects.get(pk=contribution)
    row.characteristics, row.schema_version, row.age_band = characteristics.to_json(), SCHEMA_VERSION, age_band
    row.needs_linking = row.state == Contribution.State.ACCEPTED
    row.save(update_fields=["characteristics", "schema_version", "age_band", "needs_linking"])


def let_go(own_references: Iterable[str], reporter: Reporter) -> tuple[list[UUID], set[str]]:
    """The kept records under these keys lead nowhere from here on: sent again they are new, and a job removes these.

    The second are the keys of records that are restricted: these stay as they are.
    """
    digests = {
        digest: reference
        for reference in own_references
        for digest in own_reference_digests(reporter.organisation, named(reference))
    }
    known = Contribution.objects.filter(organisation=reporter.organisation, own_reference_digest__in=digests.keys())
    rows = dict(known.select_for_update(no_key=True).order_by("id").values_list("id", "own_reference_digest"))
    resting = restrictions.among(rows.keys())
    going = [contribution for contribution in rows if contribution not in resting]
    leave(going)
    return going, {digests[bytes(rows[contribution] or b"")] for contribution in resting}


def has_identity() -> Exists:
    """A condition on contributions."""
    return Exists(SealedIdentity.objects.filter(contribution=OuterRef("pk")))


def erase_identities(contributions: Collection[UUID]) -> None:
    """Who the persons are, and the files: the key first, that is the erasure. What links them stays."""
    data_keys.destroy(contributions, [DataKey.Purpose.IDENTITY])
    SealedIdentity.objects.filter(contribution__in=contributions).delete()
    SealedAttachment.objects.filter(contribution__in=contributions).delete()


def cut_off(contributions: Collection[UUID]) -> None:
    """What is counted stays as it is; nothing that its reporter or a file knows it by leads to it any more."""
    EarlierVersion.objects.filter(contribution__in=contributions).delete()
    rows = list(Contribution.objects.filter(id__in=contributions).order_by("id"))
    for row in rows:
        row.reference, row.batch_id, row.cut_off = new_reference(), None, True
        row.own_reference_digest = row.row_digest = row.correction_digest = None
    Contribution.objects.bulk_update(
        rows, ["reference", "batch", "cut_off", "own_reference_digest", "row_digest", "correction_digest"], batch_size=200
    )


def leave(contributions: Collection[UUID]) -> None:
    """Locked rows, which a job removes; nothing that comes in finds them any more."""
    Contribution.objects.filter(id__in=contributions).update(
        leaving=True, needs_linking=False, own_reference_digest=None, row_digest=None, correction_digest=None
    )


def delete(contributions: Iterable[UUID]) -> int:
    """Everything that is left of these contributions, both data keys first: that is the erasure."""
    doomed = list(contributions)
    data_keys.destroy(doomed, [DataKey.Purpose.IDENTITY, DataKey.Purpose.MATCHING])
    return Contribution.objects.filter(id__in=doomed).delete()[1].get("intake.Contribution", 0)


def _row(entry: Entry, reporter: Reporter, batch: UUID | None, reference: str, now: datetime) -> tuple[Any, ...]:
    state = Contribution.State.HELD if entry.held else Contribution.State.ACCEPTED
    return (
        *_content_values(entry, state),
        entry.contribution,
        reporter.source,
        reporter.organisation,
        reporter.group,
        reporter.other_kind,
        reporter.unit,
        entry.legal_basis,
        reference,
        batch,
        now,
        state,
        False,
    )


def _content_values(entry: Entry, state: str) -> tuple[Any, ...]:
    """In the order of _CONTENT."""
    age = age_of(entry.notification)
    return (
        entry.notification.date,
        age.years,
        age.band,
        bulk.Encoded(entry.notification.characteristics.canonical.decode()),
        SCHEMA_VERSION,
        entry.own_reference_digest,
        entry.row_digest,
        entry.correction_digest,
        state == Contribution.State.ACCEPTED,
        entry.without_own_reference,
    )


def _keep_sealed(entries: Sequence[Entry], organisation: UUID) -> None:
    sealed = [entry.sealed or _sealed(entry, organisation, sealing.fresh_key) for entry in entries]
    sealing.save_keys(one.key for one in sealed)
    blobs = ((entry.contribution, one.blob, identities.SCHEMA_VERSION) for entry, one in zip(entries, sealed, strict=True))
    bulk.insert(SealedIdentity, ("contribution_id", "blob", "schema_version"), blobs)
    SealedAttachment.objects.bulk_create([file for one in sealed for file in one.files])


def _sealed(entry: Entry, organisation: UUID, fresh_key: FreshKeys) -> SealedEntry:
    key = fresh_key(entry.contribution, DataKey.Purpose.IDENTITY)
    content = identities.to_bytes(entry.notification.identity)
    files = tuple(_sealed_file(file, entry.contribution, organisation, key) for file in entry.notification.attachments)
    return SealedEntry(key.row, key.seal(content, identities.place_of(entry.contribution, organisation)), files)


def _sealed_file(file: Attachment, contribution: UUID, organisation: UUID, key: FreshKey) -> SealedAttachment:
    """Under the key of the identity, so that both go at once."""
    row = SealedAttachment(id=uuid4(), contribution_id=contribution, schema_version=attachments.SCHEMA_VERSION)
    row.blob = key.seal(attachments.to_bytes(file), attachments.place_of(row.id, organisation))
    return row


def new_reference() -> str:
    """Random, without letters that are read for another or that make words: 57 bits."""
    number, letters = randbelow(len(_REFERENCE_LETTERS) ** REFERENCE_LENGTH), ""
    for _ in range(REFERENCE_LENGTH):
        number, letter = divmod(number, len(_REFERENCE_LETTERS))
        letters += _REFERENCE_LETTERS[letter]
    return letters


def content_of(notification: NotificationInput) -> bytes:
    """Everything that a sending says: its keyed digests are equal where nothing changed."""
    return _prefixed(
        [
            identities.to_bytes(notification.identity),
            notification.characteristics.canonical,
            _said_of(notification.consent),
            f"{notification.date.isoformat()}:{notification.age_band}".encode(),
            *(sha256(attachments.to_bytes(file)).digest() for file in (*notification.attachments, *notification.scans)),
        ]
    )


def _said_of(consent: ConsentAnswer | None) -> bytes:
    said = vars(consent) if consent else {}
    return _CANONICAL({name: value for name, value in said.items() if value or name in _ALWAYS_DIGESTED}).encode()


def _prefixed(parts: Sequence[bytes]) -> bytes:
    return b"".join([len(part).to_bytes(4, "big") + part for part in parts])
