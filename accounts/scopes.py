"""What an organisation's own system may do, in the words of the interface. A scope takes away from the role, it never adds."""

from collections.abc import Iterable
from enum import StrEnum

from accounts.roles import ROLE_PERMISSIONS, Permission, Role


class Scope(StrEnum):
    SUBMIT_REPORTS = "meldingen:indienen"
    READ_REPORTS = "meldingen:lezen"
    SUBMIT_BATCHES = "aanleveringen:indienen"
    DELIVER_EMM = "leveringen:emm"
    DELIVER_OM = "leveringen:om"


SCOPE_PERMISSIONS: dict[Scope, frozenset[Permission]] = {
    Scope.SUBMIT_REPORTS: frozenset({Permission.SUBMIT_NOTIFICATION}),
    Scope.READ_REPORTS: frozenset({Permission.READ_OWN_REPORTS}),
    Scope.SUBMIT_BATCHES: frozenset({Permission.SUBMIT_BATCH}),
    Scope.DELIVER_EMM: frozenset({Permission.DELIVER_FEED}),
    Scope.DELIVER_OM: frozenset({Permission.DELIVER_FEED}),
}
SCOPES_OF_FEEDS: dict[str, frozenset[Scope]] = {
    "emm": frozenset({Scope.DELIVER_EMM}),
    "om": frozenset({Scope.DELIVER_OM}),
}
OF_SOME_FEED = frozenset(scope for scopes in SCOPES_OF_FEEDS.values() for scope in scopes)


def scopes_of(*, reports: bool, feed: str) -> frozenset[Scope]:
    """What a system of such an organisation may be given at all."""
    if feed:
        return SCOPES_OF_FEEDS.get(feed, frozenset())
    return frozenset(Scope) - OF_SOME_FEED if reports else frozenset()


def scopes_of_role(role: Role, possible: frozenset[Scope]) -> frozenset[Scope]:
    return frozenset(scope for scope in possible if SCOPE_PERMISSIONS[scope] <= ROLE_PERMISSIONS[role])


def granted(scopes: Iterable[str]) -> frozenset[Permission]:
    """Unknown scopes give nothing."""
    names = set(scopes)
    return frozenset(permission for scope in Scope if scope.value in names for permission in SCOPE_PERMISSIONS[scope])


def as_text(scopes: Iterable[Scope]) -> str:
    """As OAuth writes them, in one order."""
    return " ".join(sorted(scopes))
