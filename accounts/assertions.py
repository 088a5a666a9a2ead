"""A client's signed request (RFC 7523), taken apart and judged on its own words. The caller looks up whose key it is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from accounts.public_keys import decoded

LONGEST = 4096
LONGEST_LIFE = timedelta(minutes=5)
# What two clocks may differ.
SKEW = timedelta(seconds=30)
LENGTH_OF_JTI = range(8, 129)


class Refused(Exception):
    """reason is a code for the audit trail; whoever sent it learns only that it was refused."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Assertion:
    """Nothing in it is true until its signature was checked."""

    algorithm: str
    kid: str
    claims: Mapping[str, Any]
    signed: bytes
    signature: bytes

    @property
    def client(self) -> str:
        return text(self.claims, "iss")


def read(sent: str) -> Assertion:
    if len(sent) > LONGEST or sent.count(".") != 2:
        raise Refused("malformed")
    header_part, claims_part, signature_part = sent.split(".")
    try:
        header, claims = _members(header_part), _members(claims_part)
        signature = decoded(signature_part)
    except (ValueError, RecursionError):
        raise Refused("malformed") from None
    if "crit" in header:
        raise Refused("malformed")
    signed = f"{header_part}.{claims_part}".encode()
    return Assertion(text(header, "alg"), text(header, "kid"), claims, signed, signature)


def check_claims(claims: Mapping[str, Any], *, audience: str, now: datetime) -> tuple[str, datetime]:
    """The number that makes it good for one time, and until when that must be remembered."""
    if claims.get("sub") != claims.get("iss"):
        raise Refused("subject")
    if claims.get("aud") not in (audience, [audience]):
        raise Refused("audience")
    expires = _moment(claims, "exp")
    if expires is None or expires <= now - SKEW:
        raise Refused("expired")
    if expires > now + LONGEST_LIFE + SKEW:
        raise Refused("too-long")
    for name in ("iat", "nbf"):
        moment = _moment(claims, name)
        if moment is not None and moment > now + SKEW:
            raise Refused("not-yet")
    jti = text(claims, "jti")
    if len(jti) not in LENGTH_OF_JTI:
        raise Refused("number")
    return jti, expires + SKEW


def text(members: Mapping[str, Any], name: str) -> str:
    """Empty where it is missing, or is something else than a text that a database takes."""
    value = members.get(name)
    return value if isinstance(value, str) and value.isprintable() else ""


def _moment(claims: Mapping[str, Any], name: str) -> datetime | None:
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused("malformed")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        raise Refused("malformed") from None


def _members(part: str) -> dict[str, Any]:
    found = json.loads(decoded(part), object_pairs_hook=_once, parse_constant=_no_constant)
    if not isinstance(found, dict):
        raise ValueError
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A member that stands twice is read by one library as the first and by another as the last."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _no_constant(_: str) -> Any:
    raise ValueError
