"""Entries of the release ledger for tests, and the acts of its services."""

from collections.abc import Callable
from uuid import UUID, uuid4

from reports.releases import downloads, services
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


FILE = downloads.File("baken-2.7.csv", b"1;2", {"figure": "2.7"})


def _record_live() -> Act:
    by = cast.actor(cast.ANALYST)
    return lambda: downloads.record_live(file=FILE, years=range(2015, 2020), by=by)


def _record_protected() -> Act:
    by = cast.actor(cast.OWNER)
    return lambda: downloads.record_protected(file=FILE, edition=uuid4(), by=by)


def _record_cut_refused() -> Act:
    by = cast.actor(cast.OWNER)
    return lambda: downloads.record_cut_refused(file="2.7 figure.csv", edition=uuid4(), reason="Only whole", by=by)


ACTS: dict[str, Callable[[], Act]] = {
    "reports.releases.services.record_release": _record_release,
    "reports.releases.services.record_refusal": _record_refusal,
    "reports.releases.downloads.record_live": _record_live,
    "reports.releases.downloads.record_protected": _record_protected,
    "reports.releases.downloads.record_cut_refused": _record_cut_refused,
}
