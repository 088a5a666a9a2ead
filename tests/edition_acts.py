"""What is done with editions, each made ready to be done once: for the test that every service leaves an audit entry."""

from collections.abc import Callable

from django.utils import timezone

from reports.editions import freezing, repeating, services
from tests.integration.reports import edited

Act = Callable[[], object]


def _freeze() -> Act:
    wanted = freezing.Asked("2026-1", 2015, 2019, timezone.now())
    return lambda: freezing.freeze(asked=wanted, by=edited.ADMINISTRATOR)


def _publish() -> Act:
    edition = edited.frozen().id
    return lambda: services.publish(edition=edition, reason="", by=edited.APPROVER)


def _withdraw() -> Act:
    edition = edited.published().id
    return lambda: services.withdraw(edition=edition, reason="A mistake", by=edited.APPROVER)


def _exact_tables() -> Act:
    edition = edited.frozen().id
    return lambda: services.exact_tables(edition=edition, by=edited.ANALYST)


def _exact_revision() -> Act:
    edition = edited.frozen().id
    return lambda: services.exact_revision(edition=edition, by=edited.ANALYST)


def _repeat() -> Act:
    number = edited.frozen().number
    return lambda: repeating.repeat(number=number, by=edited.ANALYST)


ACTS: dict[str, Callable[[], Act]] = {
    "reports.editions.freezing.freeze": _freeze,
    "reports.editions.services.publish": _publish,
    "reports.editions.services.withdraw": _withdraw,
    "reports.editions.services.exact_tables": _exact_tables,
    "reports.editions.services.exact_revision": _exact_revision,
    "reports.editions.repeating.repeat": _repeat,
}
