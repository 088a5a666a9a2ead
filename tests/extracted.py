"""Extracts for tests: of a small register, described, previewed, asked for, approved and made as people and jobs do it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from intake.models.contribution import Contribution
from jobs.services import drain
from reports.editions import auditing
from reports.extracts import links, services
from reports.extracts.products import PRODUCTS
from reports.extracts.services import Described
from reports.figures.definitions import BY_ID
from reports.models import Extract, ExtractFile
from reports.releases.services import Purpose
from safeguards.actors import system
from tests import cast
from tests.integration.reports import edited, written

Act = Callable[[], object]
COLUMNS: Mapping[str, str] = {"year": "year", "sex": "sex", "age": "majority", "form": "form"}


def an_edition() -> None:
    """Rows are only of years of which figures were published: here one figure, of whatever the register has by now."""
    if not auditing.published_years() >= {2018, 2019}:
        edited.published("2025-1", years=(2014, 2019), figures=(BY_ID["2.1"],))


def a_register(persons: int = 60) -> None:
    """Reported by the police, whose law covers research; of two forms in each class."""
    an_edition()
    for number in range(persons):
        written.write(
            day=f"{2018 + number % 2}-06-01",
            group="police",
            sex="female" if number % 3 else "male",
            age=20 + number % 20,
            nationalities=("NL" if number % 5 else "PL",),
            exploitation_types=("labour",) if number % 4 else ("criminal",),
        )
    written.refresh_all()


def wanted(**changes: Any) -> Described:
    fixed = PRODUCTS.get(changes.get("product", ""))
    usual: dict[str, Any] = {
        "product": "contracted",
        "columns": COLUMNS,
        "first_year": 2018,
        "last_year": 2019,
        "purpose": Purpose.RESEARCH,
        "why": "How forms differ by age",
        "recipient": fixed.to if fixed and fixed.to else "University of Tests",
        "until": timezone.localdate() + timedelta(days=90),
    }
    return Described(**(usual | changes))


def described(**changes: Any) -> UUID:
    an_edition()
    return services.describe(wanted=wanted(**changes), by=cast.actor(cast.ANALYST))


def previewed(**changes: Any) -> UUID:
    if not Contribution.objects.exists():
        a_register()
    identifier = described(**changes)
    drain(["reports"])
    return identifier


def asked(**changes: Any) -> UUID:
    identifier = previewed(**changes)
    services.ask(extract=identifier, by=cast.actor(cast.ANALYST))
    return identifier


def approved(**changes: Any) -> UUID:
    identifier = asked(**changes)
    services.approve(extract=identifier, by=cast.actor(cast.APPROVER))
    return identifier


def approved_of(identifier: UUID) -> None:
    """And what the job made of it."""
    services.approve(extract=identifier, by=cast.actor(cast.APPROVER))
    drain(["reports"])


def ready(**changes: Any) -> UUID:
    identifier = approved(**changes)
    drain(["reports"])
    assert Extract.objects.get(id=identifier).state == Extract.State.READY
    return identifier


def linked(**changes: Any) -> str:
    return links.make_link(extract=ready(**changes), by=cast.actor(cast.ANALYST))


def _of(service: Callable[..., object], made: Callable[[], UUID], by: cast.Person, **more: Any) -> Callable[[], Act]:
    def ready_to_act() -> Act:
        identifier, actor = made(), cast.actor(by)
        return lambda: service(extract=identifier, by=actor, **more)

    return ready_to_act


def _describe() -> Act:
    an_edition()
    one, by = wanted(), cast.actor(cast.ANALYST)
    return lambda: services.describe(wanted=one, by=by)


def _fetch() -> Act:
    token, by = linked(), cast.actor(cast.ANALYST)
    return lambda: links.fetch(token=token, by=by)


def _expire() -> Act:
    ready()
    ExtractFile.objects.update(expires=timezone.now())
    return lambda: links.expire(by=system("tests"))


ACTS: dict[str, Callable[[], Act]] = {
    "reports.extracts.services.describe": _describe,
    "reports.extracts.services.ask": _of(services.ask, previewed, cast.ANALYST),
    "reports.extracts.services.take_back": _of(services.take_back, previewed, cast.ANALYST),
    "reports.extracts.services.approve": _of(services.approve, asked, cast.APPROVER),
    "reports.extracts.services.refuse": _of(services.refuse, asked, cast.APPROVER, reason="Too fine"),
    "reports.extracts.links.make_link": _of(links.make_link, ready, cast.ANALYST),
    "reports.extracts.links.fetch": _fetch,
    "reports.extracts.links.expire": _expire,
}
READS = {"reports.extracts.links.extract_of"}
