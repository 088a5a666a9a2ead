"""A row of the access table, and the usual patterns of who may: for the table and the parts of it in files of their own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.roles import Role
from tests import cast

VISITOR = "visitor"
COLUMNS: tuple[str, ...] = (VISITOR, *(role.value for role in cast.BY_ROLE))
Statuses = Mapping[str, int]


def nothing() -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """arguments makes what the address needs; content is what a POST sends."""

    statuses: Statuses
    method: str = "get"
    arguments: Callable[[], dict[str, Any]] = nothing
    content: Mapping[str, Any] = field(default_factory=dict)


def all_visitors(status: int) -> Statuses:
    return dict.fromkeys(COLUMNS, status)


def signed_in(status: int, *, visitor: int = 302) -> Statuses:
    """A visitor is sent to the sign-in page."""
    return {**all_visitors(status), VISITOR: visitor}


def only(*roles: Role, status: int = 200, others: int = 403, visitor: int = 302) -> Statuses:
    return {**signed_in(others, visitor=visitor), **{role.value: status for role in roles}}
