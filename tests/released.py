"""Entries of the release ledger for tests, and the acts of its services."""

from collections.abc import Callable
from uuid import UUID, uuid4

from reports.releases import services
from reports.releases.services import EVERYBODY, Kind, Leaving, Purpose
from tests import cast, linked

Act = Callable[[], object]


def leaving(**changes: object) -> Leaving:
    usual: dict[str, object] = {
        "release": uuid4(),
        "kind": Kind.EXTRACT,
        "what": "Extract of labour exploitation",
        "recipient": EVERYBODY,
        "purpose": Purpose.RESEARCH,
        "protection": "k-anonymity 5",
        "digest": "0" * 64,
    }
    return Leaving(**(usual | changes))  # type: ignore[arg-type]


def recorded(**changes: object) -> UUID:
    """The release of an entry."""
    one = leaving(**changes)
    services.record_release(leaving=one, by=cast.actor(cast.APPROVER))
    return one.release


def _record_release() -> Act:
    one, by = leaving(contributions=[linked.linked()]), cast.actor(cast.APPROVER)
    return lambda: services.record_release(leaving=one, by=by)


def _record_refusal() -> Act:
    one, by = leaving(), cast.actor(cast.APPROVER)
    return lambda: services.record_refusal(leaving=one, reason="Two persons", by=by)


ACTS: dict[str, Callable[[], Act]] = {
    "reports.releases.services.record_release": _record_release,
    "reports.releases.services.record_refusal": _record_refusal,
}
