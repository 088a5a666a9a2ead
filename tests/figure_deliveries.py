"""Deliveries of figures for tests: of a small published edition, ordered and made as the jobs do it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from jobs.services import drain
from reports.deliveries import exporting, services
from reports.models import Edition, EditionStep, FigureDelivery, Freeze
from safeguards.actors import system
from tests import cast
from tests.integration.reports import edited, written

YEAR = 2019
Act = Callable[[], object]
# Freezing takes seconds, and what is delivered does not depend on when it was done.
_MODELS: tuple[Any, ...] = (Freeze, Edition, EditionStep)
_KEPT: list[list[dict[str, Any]]] = []


def an_edition() -> Edition:
    """One with a few reports, published; made on first use in a test, as it was made in the first test that wanted one."""
    if found := Edition.objects.first():
        return found
    if not _KEPT:
        for number in range(12):
            written.write(day=f"{2015 + number % 5}-06-01", exploitation_types=("labour",))
        written.refresh_all()
        edited.published()
        _KEPT.extend(list(model.objects.values()) for model in _MODELS)
        return Edition.objects.get()
    for model, rows in zip(_MODELS, _KEPT, strict=True):
        model.objects.bulk_create(model(**row) for row in rows)
    return Edition.objects.get()


def ordered() -> UUID:
    an_edition()
    return services.order(year=YEAR, by=cast.actor(cast.ANALYST))


def made() -> UUID:
    identifier = ordered()
    drain(["reports"])
    assert FigureDelivery.objects.get(pk=identifier).made
    return identifier


def a_workbook() -> dict[str, Any]:
    return {"delivery": made(), "ending": "xlsx"}


def _order() -> Act:
    an_edition()
    by = cast.actor(cast.ANALYST)
    return lambda: services.order(year=YEAR, by=by)


def _order_due() -> Act:
    an_edition()
    return lambda: services.order_due(by=system("tests"))


def _make() -> Act:
    identifier = ordered()
    return lambda: services.make(delivery=identifier, by=system("tests"))


def _content() -> Act:
    identifier, by = made(), cast.actor(cast.ANALYST)
    return lambda: services.content(delivery=identifier, ending="json", by=by)


def _export() -> Act:
    an_edition()
    by = cast.actor(cast.ANALYST)
    return lambda: exporting.export(number=None, by=by)


ACTS: dict[str, Callable[[], Act]] = {
    "reports.deliveries.services.order": _order,
    "reports.deliveries.services.order_due": _order_due,
    "reports.deliveries.services.make": _make,
    "reports.deliveries.services.content": _content,
    "reports.deliveries.exporting.export": _export,
}
