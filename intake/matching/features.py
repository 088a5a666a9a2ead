"""Keyed comparison features of contributions: sealed under a matching key of their own, opened again for candidates.

They outlive the identity: erasing it leaves the features, withdrawal destroys both. It compares nothing.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from intake.linkage.engine import Record
from intake.linkage.fellegi_sunter import shipped
from intake.linkage.records import UnknownRecordFormatError
from intake.matching.portions import chosen
from intake.models.contribution import Contribution
from intake.models.matching import MatchingFeatures
from safeguards import bulk, sealing, unsealing
from safeguards.errors import Erased, Tampered, UnknownFormat
from safeguards.models import DataKey
from safeguards.places import Place

STORED = f"""
    SELECT stored.contribution_id, sent.organisation_id, stored.blob FROM {MatchingFeatures._meta.db_table} stored
    JOIN {Contribution._meta.db_table} sent ON sent.id = stored.contribution_id WHERE stored.contribution_id IN ({{ids}})
"""  # noqa: S608
AMONG = f"SELECT contribution_id FROM {MatchingFeatures._meta.db_table} WHERE contribution_id IN ({{ids}})"  # noqa: S608
UNREADABLE = (Erased, Tampered, UnknownFormat)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Made:
    """The features of one contribution, on their way to storage."""

    contribution: UUID
    organisation: UUID
    record: Record


def place_of(contribution: UUID, organisation: UUID) -> Place:
    return Place(table="intake_matchingfeatures", row=contribution, group="features", organisation=organisation)


def store(made: Sequence[Made], *, link_key: str) -> None:
    """Seal each under a fresh key; rows and keys in the transaction of the caller. No two are wrapped together: a batch key
    would outlive what was erased until the month's key goes.
    """
    keys = [sealing.fresh_key(one.contribution, DataKey.Purpose.MATCHING) for one in made]
    sealing.save_keys(key.row for key in keys)
    rows = (
        (
            one.contribution,
            key.seal(one.record.to_bytes(), place_of(one.contribution, one.organisation)),
            shipped().version,
            link_key,
        )
        for one, key in zip(made, keys, strict=True)
    )
    bulk.insert(MatchingFeatures, ("contribution_id", "blob", "parameters", "link_key"), rows)


def stored_among(contributions: Iterable[UUID]) -> set[UUID]:
    return {bulk.as_uuid(contribution) for (contribution,) in chosen(AMONG, contributions)}


def load(contributions: Iterable[UUID]) -> dict[UUID, Record]:
    """The records of these contributions. What cannot be opened is left out and logged by count."""
    rows = chosen(STORED, contributions)
    found = [(bulk.as_uuid(contribution), bulk.as_uuid(organisation), blob) for contribution, organisation, blob in rows]
    opened = open_each([(blob, place_of(contribution, organisation)) for contribution, organisation, blob in found])
    records = {contribution: _record(content) for (contribution, _, _), content in zip(found, opened, strict=True)}
    return _readable(records)


def open_each(items: Sequence[tuple[unsealing.Sealed, Place]]) -> list[bytes | None]:
    """All of them in bulk; where one is erased or altered, one by one, with nothing in its place."""
    try:
        return [*unsealing.open_many(items)]
    except UNREADABLE:
        return [_open_or_nothing(blob, place) for blob, place in items]


def _open_or_nothing(blob: unsealing.Sealed, place: Place) -> bytes | None:
    try:
        return unsealing.open_sealed(blob, place)
    except UNREADABLE:
        return None


def _record(content: bytes | None) -> Record | None:
    try:
        return Record.from_bytes(content) if content is not None else None
    except UnknownRecordFormatError:
        return None


def _readable(records: Mapping[UUID, Record | None]) -> dict[UUID, Record]:
    readable = {contribution: record for contribution, record in records.items() if record is not None}
    if len(readable) < len(records):
        logger.warning("Comparison features of %d contributions cannot be opened.", len(records) - len(readable))
    return readable
