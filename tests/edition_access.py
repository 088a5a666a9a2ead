"""The rows of the access table for editions: everybody who reads figures reads published ones; two roles make them."""

from typing import Any

from accounts.roles import Role
from reports.editions import reading
from reports.models import Edition
from tests.access_rows import Row, only, signed_in
from tests.integration.reports import edited


def _new_name() -> str:
    return f"2026-{Edition.objects.count() + 1}"


def a_frozen_edition() -> dict[str, Any]:
    """The same one for every visitor, as long as nobody published it."""
    waiting = Edition.objects.filter(steps=None).first() or edited.frozen(_new_name())
    return {"number": waiting.number}


def a_published_edition() -> dict[str, Any]:
    there = reading.newest_published() or edited.published(_new_name())
    return {"number": there.number}


def a_figure_of_an_edition() -> dict[str, Any]:
    a_published_edition()
    return {"identifier": "2.7"}


PUBLISHES = only(Role.RELEASE_APPROVER, status=302)

ROWS = {
    "reports:editions": Row(signed_in(200)),
    "reports:edition": Row(signed_in(200), arguments=a_published_edition),
    "reports:edition-json": Row(signed_in(200), arguments=a_published_edition),
    "reports:trend": Row(signed_in(200), arguments=a_figure_of_an_edition),
    "reports:new-edition": Row(only(Role.SYSTEM_ADMINISTRATOR)),
    "reports:publish-edition": Row(PUBLISHES, method="post", arguments=a_frozen_edition),
    "reports:withdraw-edition": Row(PUBLISHES, method="post", arguments=a_published_edition, content={"reason": "Mistake"}),
}
