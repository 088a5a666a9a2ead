"""The interface as an organisation's own system calls it: with a token, and a fresh Idempotency-Key where none is given."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client

from accounts import tokens
from accounts.inputs import OrganisationInput
from accounts.roles import Role
from tests import cast

ROOT = "/api/v1"
REPORT: Mapping[str, Any] = {
    "meldingsdatum": "2019-03-14",
    "persoon": {"voornamen": ["Quirijntje"], "achternaam": "Zwaluwenburg", "geboorte": {"jaar": 1991, "maand": 7}},
    "kenmerken": {"uitbuitingsvormen": ["sexual"], "nationaliteiten": ["RO"], "verder": {"rolTechnologie": "cyber-enabled"}},
}
KEY = {"Idempotency-Key": "0123456789abcdef"}


def token(organisation: OrganisationInput = cast.POLICE, role: Role = Role.REPORTER) -> str:
    where, day = cast.organisation(organisation), timedelta(days=1)
    return tokens.issue(organisation=where, role=role, name="tests", lifetime=day, by=cast.OPERATOR).text


def bearer(organisation: OrganisationInput = cast.POLICE, role: Role = Role.REPORTER) -> dict[str, str]:
    return {"Authorization": f"Bearer {token(organisation, role)}"}


def send(
    address: str,
    document: object,
    *,
    sender: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    kind: str = "application/json",
    method: str = "post",
) -> Any:
    """By a system of the police, unless told otherwise."""
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    everything = {"Idempotency-Key": uuid4().hex} | dict(bearer() if sender is None else sender) | dict(headers or {})
    return getattr(Client(), method)(ROOT + address, content, content_type=kind, headers=everything)


def ask(address: str, *, sender: Mapping[str, str] | None = None, **query: str) -> Any:
    return Client().get(ROOT + address, query, headers=dict(bearer() if sender is None else sender))


def errors(response: Any) -> set[tuple[str, str]]:
    """Place and code of everything that was found wrong."""
    assert response["Content-Type"] == "application/problem+json"
    return {(error.get("pointer") or error["parameter"], error["code"]) for error in response.json()["errors"]}
