"""Who gets which answer from the pages of extracts: rows of the access table. An extract is its asker's alone."""

from typing import Any

from accounts.roles import Role
from reports.models import Extract
from tests import extracted
from tests.access_rows import Row, only

ASKS, APPROVES = Role.ANALYST, Role.RELEASE_APPROVER


def an_extract() -> dict[str, Any]:
    found = Extract.objects.filter(state="previewed").first()
    return {"extract": found.id if found else extracted.previewed()}


def an_asked_extract() -> dict[str, Any]:
    found = Extract.objects.filter(state="asked").first()
    return {"extract": found.id if found else extracted.asked()}


def a_link() -> dict[str, Any]:
    return {"token": extracted.linked()}


def a_product() -> dict[str, Any]:
    return {"product": "wider"}


REFUSAL = {"reason": "Too fine"}

ROWS = {
    "reports:extracts": Row(only(ASKS)),
    "reports:extract-new": Row(only(ASKS), arguments=a_product),
    "reports:extract": Row(only(ASKS), arguments=an_extract),
    "reports:extract-progress": Row(only(ASKS), arguments=an_extract),
    "reports:extract-ask": Row(only(ASKS, status=302), method="post", arguments=an_extract),
    "reports:extract-take-back": Row(only(ASKS, status=302), method="post", arguments=an_extract),
    "reports:extract-link": Row(only(ASKS, status=302), method="post", arguments=an_extract),
    "reports:extract-fetch": Row(only(ASKS), arguments=a_link),
    "reports:releases": Row(only(APPROVES)),
    "reports:release": Row(only(APPROVES), arguments=an_asked_extract),
    "reports:release-approve": Row(only(APPROVES, status=302), method="post", arguments=an_asked_extract),
    "reports:release-refuse": Row(only(APPROVES, status=302), method="post", arguments=an_asked_extract, content=REFUSAL),
}
