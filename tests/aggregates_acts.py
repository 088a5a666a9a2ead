"""What people do with deliveries of aggregates, for the tests of the trail."""

from collections.abc import Callable

from reports.aggregates import services
from tests import cast
from tests.aggregates import GOOD, file, waiting

Act = Callable[[], object]


def _deliver() -> Act:
    by = cast.actor(cast.ANALYST)
    return lambda: services.deliver(source="politie", content=file(GOOD), by=by)


def _decides(service: Callable[..., object], person: cast.Person) -> Act:
    made, by = waiting(), cast.actor(person)
    return lambda: service(delivery=made, by=by)


ACTS: dict[str, Callable[[], Act]] = {
    "reports.aggregates.services.deliver": _deliver,
    "reports.aggregates.services.accept": lambda: _decides(services.accept, cast.APPROVER),
    "reports.aggregates.services.reject": lambda: _decides(services.reject, cast.APPROVER),
    "reports.aggregates.services.take_back": lambda: _decides(services.take_back, cast.ANALYST),
}

# They answer what a role may.
READS = {"reports.aggregates.services.may_deliver", "reports.aggregates.services.may_accept"}
