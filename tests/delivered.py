"""Feeds in the tests: an EMM and an OM organisation with a system that delivers, and records to deliver."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from accounts.inputs import OrganisationInput
from accounts.reporters import Source
from accounts.roles import Role
from intake.enrichment import deliveries, services
from intake.enrichment.deliveries import FeedRecord
from intake.enrichment.envelopes import Envelope
from intake.enrichment.envelopes import Role as RecordRole
from intake.enrichment.services import Delivery
from safeguards.actors import Actor
from tests import cast, reported

OM = OrganisationInput("OM Test", feed="om", public_body=True)


def feed(described: OrganisationInput = cast.EMM) -> Actor:
    """As a token of the organisation's system gives it."""
    return Actor("client", "tests", cast.organisation(described), (Role.FEED.value,), "token")


def record(key: str = "sleutel 1", **changes: Any) -> FeedRecord:
    """Names it as a feed knows it: no contact, no explanation. Changes are of the envelope or of what is in it."""
    of_envelope = {name: changes.pop(name) for name in ("role", "standing", "origin", "day") if name in changes}
    if "role" in of_envelope:
        of_envelope["role"] = RecordRole(of_envelope["role"])
    envelope = Envelope(**{"key": key, "day": reported.DAY} | of_envelope)
    identity = reported.person(contact="", narrative="")
    return replace(FeedRecord(envelope, identity, reported.KNOWN), **changes)


def lines(*records: FeedRecord, source: Source = Source.EMM) -> bytes:
    return deliveries.write_lines(records, source)


def delivered(*records: FeedRecord, by: Actor | None = None, source: Source = Source.EMM) -> Delivery:
    by = by or feed()
    return services.deliver(lines=lines(*records, source=source), organisation=organisation(by), by=by)


def organisation(by: Actor) -> UUID:
    assert by.organisation is not None
    return by.organisation
