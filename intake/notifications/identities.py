"""An identity as the bytes that are sealed, and where a sealed identity belongs. It seals and opens nothing itself."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from intake.notifications.inputs import IDENTITY_SCHEMA, Identity, PartialDate
from safeguards.places import Place

SCHEMA_VERSION = IDENTITY_SCHEMA
_TEXTS = ("prefix", "family_name", "bsn", "v_number", "document_number", "contact", "narrative", "own_reference")
_LISTS = ("given_names", "aliases")


class UnknownSchemaError(Exception):
    """The bytes were written by another version of this module; there is no guessing."""


def place_of(contribution: UUID, organisation: UUID) -> Place:
    return Place(table="intake_sealedidentity", row=contribution, group="identity", organisation=organisation)


def to_bytes(identity: Identity) -> bytes:
    return identity.canonical


def from_bytes(content: bytes) -> Identity:
    members: Mapping[str, Any] = json.loads(content)
    if members.get("schema") != SCHEMA_VERSION:
        raise UnknownSchemaError
    birth = members.get("birth", {})
    known: dict[str, Any] = {name: members[name] for name in _TEXTS if name in members}
    known |= {name: tuple(members[name]) for name in _LISTS if name in members}
    return Identity(
        **known,
        birth=PartialDate(
            year=birth.get("year"), month=birth.get("month"), day=birth.get("day"), estimated=birth.get("estimated", False)
        ),
    )
