"""The first edition of the demonstration: frozen by one, published by another, as a registry does it. Made once."""

from collections.abc import Callable
from dataclasses import replace

from django.utils import timezone

from accounts.demonstration import REGISTRY
from accounts.roles import Role
from config.demonstration.channels import Organisations, member
from reports.editions import freezing, selectors, services
from reports.editions.freezing import Asked
from safeguards.actors import Actor

NAME, YEARS = "2026-1", (2015, 2019)


def publish(organisations: Organisations, work: Callable[[], None]) -> None:
    """work does the jobs that are due. What an earlier run did is left as it is."""
    approver = _somebody(organisations, Role.RELEASE_APPROVER)
    if not selectors.visible_to(approver):
        if selectors.freezing() is None:
            asked = Asked(NAME, *YEARS, timezone.now())
            freezing.freeze(asked=asked, by=_somebody(organisations, Role.SYSTEM_ADMINISTRATOR))
        work()
    if selectors.latest() is None:
        services.publish(edition=selectors.visible_to(approver)[0].id, reason="", by=approver)


def _somebody(organisations: Organisations, role: Role) -> Actor:
    """Each role another person, since nobody publishes what they froze."""
    return replace(member(organisations[REGISTRY], role), id=f"demonstration-{role}")


def still_to_do() -> int:
    found = selectors.freezing()
    return max(1, found.total - found.done) if found else 0
