"""Files that go with a report: which kinds are taken, told by their first bytes, and how they lie sealed. It opens nothing.

A file is never looked into: who opens it later does so after an unlock, in a program of their own.
"""

import json
from collections.abc import Iterable
from unicodedata import category
from uuid import UUID

from intake.notifications import texts
from intake.notifications.identities import UnknownSchemaError
from intake.notifications.inputs import Attachment, Problem
from safeguards.places import Place

SCHEMA_VERSION = 1
LARGEST = 10 * 1024 * 1024
LONGEST_NAME = 200
# The first bytes of each kind that is taken, and how its name ends.
KINDS = (
    ("application/pdf", b"%PDF-", (".pdf",)),
    ("image/jpeg", b"\xff\xd8\xff", (".jpg", ".jpeg")),
    ("image/png", b"\x89PNG\r\n\x1a\n", (".png",)),
)
ENDINGS = tuple(ending for _, _, endings in KINDS for ending in endings)


class RefusedFileError(Exception):
    """Why a file is not taken; says nothing of the file."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.problem = Problem("attachment", code)


def checked(name: str, parts: Iterable[bytes]) -> Attachment:
    """What its first bytes say it is, whatever the browser or the name say."""
    content = bytearray()
    for part in parts:
        content += part
        if len(content) > LARGEST:
            raise RefusedFileError("too-large-attachment")
    if not content:
        raise RefusedFileError("empty-attachment")
    kind = next((kind for kind, start, _ in KINDS if content.startswith(start)), "")
    if not kind:
        raise RefusedFileError("wrong-kind-attachment")
    return Attachment(_name(name), kind, bytes(content))


def to_bytes(attachment: Attachment) -> bytes:
    """The name and the kind, a line end, the content."""
    facts = {"schema": SCHEMA_VERSION, "name": attachment.name, "type": attachment.type}
    return json.dumps(facts, separators=(",", ":")).encode() + b"\n" + attachment.content


def from_bytes(content: bytes) -> Attachment:
    head, _, rest = content.partition(b"\n")
    facts = json.loads(head)
    if facts.get("schema") != SCHEMA_VERSION:
        raise UnknownSchemaError
    return Attachment(facts["name"], facts["type"], rest)


def place_of(attachment: UUID, organisation: UUID) -> Place:
    return Place(table="intake_sealedattachment", row=attachment, group="attachment", organisation=organisation)


def _name(name: str) -> str:
    """Without signs that hide or reorder what a reader sees."""
    cleaned = texts.clean(name)[-LONGEST_NAME:]
    return "".join(letter for letter in cleaned if category(letter)[0] != "C" and category(letter) not in ("Zl", "Zp")) or "?"
