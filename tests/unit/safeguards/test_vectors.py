"""Known answers that need no database: digests, account secrets, the audit chain. Stored values must stay readable."""

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytest_django import Settings

from safeguards import blind_index, chain, fields, key_pairs
from safeguards.errors import Tampered
from safeguards.models import AuditEntry
from tests.vectors.sealing import EDITION, VECTORS, WEBHOOK, write_keys


@pytest.fixture(autouse=True)
def known_keys(tmp_path: Path, settings: Settings) -> None:
    settings.KEY_DIR = write_keys(tmp_path)


@pytest.mark.parametrize("known", VECTORS["digests"], ids=lambda known: f"{known['kind']} {known['text']}")
def test_digest_is_the_known_one(known: dict[str, str]) -> None:
    kind = blind_index.Digest(known["kind"])
    assert blind_index.digest(kind, known["text"]).hex() == known["digest"]
    assert blind_index.digest(kind, known["text"].encode()).hex() == known["digest"]


@pytest.mark.parametrize("known", VECTORS["link_tokens"], ids=lambda known: known["kind"])
def test_link_token_is_the_known_one(known: dict[str, str]) -> None:
    linker = blind_index.linker()
    assert linker.version == "1"
    assert linker(known["kind"], known["text"]).hex() == known["digest"]


def test_secret_of_a_webhook_opens() -> None:
    assert fields.open_secret(WEBHOOK["sealed"], fields.Kind.WEBHOOK) == WEBHOOK["secret"]


def test_text_of_an_edition_opens_at_its_row_alone() -> None:
    assert fields.open_secret(EDITION["sealed"], fields.Kind.EDITION, row=EDITION["row"]) == EDITION["text"]
    with pytest.raises(Tampered):
        fields.open_secret(EDITION["sealed"], fields.Kind.EDITION, row=EDITION["row"].replace("0b9f", "0b9e"))


def test_account_secret_opens() -> None:
    assert fields.open_secret(VECTORS["account_secret"]["sealed"]) == VECTORS["account_secret"]["text"]


def test_public_half_is_the_known_one() -> None:
    private = bytes.fromhex(VECTORS["keys"]["sealing-2026-11.private"])
    assert key_pairs.public_bytes(private).hex() == VECTORS["keys"]["sealing-2026-11.public"]


def entry_of(known: dict[str, Any]) -> AuditEntry:
    values = dict(known)
    organisation = UUID(values.pop("organisation")) if values["organisation"] else values.pop("organisation")
    return AuditEntry(**values | {"time": datetime.fromisoformat(values["time"])}, organisation=organisation)


def test_audit_chain_is_the_known_one() -> None:
    previous = chain.START
    for known in VECTORS["audit"]:
        entry = entry_of(known["entry"])
        assert chain.canonical(entry).decode() == known["canonical"]
        previous = chain.link(previous, entry)
        assert previous.hex() == known["digest"]
