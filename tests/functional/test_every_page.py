"""Every page of the access table, opened by somebody who may, in both languages and at both widths, by axe and the policy."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests import cast
from tests.access_rows import VISITOR
from tests.access_table import TABLE
from tests.functional.accessibility import LANGUAGES, WIDTHS, visit

pytestmark = pytest.mark.django_db(transaction=True)

# Answers for programs, downloads and pieces of pages.
NO_PAGES = {
    "health",
    "robots",
    "security-contact",
    "intake:api-code-list",
    "intake:api-code-lists",
    "intake:api-document",
    "intake:api-template",
    "intake:batch-report",
    "intake:batch-template",
    "intake:batch-template-workbook",
    "intake:batch-errors",
    "intake:batch-progress",
    "consent:document",
    "consent:receipt",
    "consent:record",
    "intake:unlock-file",
    "intake:unlock-review-file",
    "reports:aggregate-file",
    "reports:aggregates-template",
    "reports:edition-json",
    "reports:estimate-file",
    "reports:estimate-table",
    "reports:extract-progress",
    "reports:delivery-file",
    "reports:offenders-file",
    "reports:offenders-chart",
    "reports:years-file",
    "reports:figure-file",
}
PAGES = sorted(
    name for name, row in TABLE.items() if row.method == "get" and 200 in row.statuses.values() and name not in NO_PAGES
)
PEOPLE = {person.role.value: person for person in cast.BY_ROLE.values()}


def session_of_somebody_who_may(name: str) -> str:
    """Of a person where one may, so that the menu is looked at too."""
    allowed = [column for column, status in TABLE[name].statuses.items() if status == 200]
    person = next((column for column in allowed if column != VISITOR), None)
    return cast.signed_in(PEOPLE[person]).session.session_key or "" if person else ""


@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible(browser: Browser, live_server: LiveServer, name: str) -> None:
    session = session_of_somebody_who_may(name)
    address = live_server.url + reverse(name, kwargs=TABLE[name].arguments())
    for language in LANGUAGES:
        with visit(browser, language=language) as visitor:
            if session:
                visitor.use_session(live_server.url, session)
            visitor.open(address)
            assert visitor.page.locator("html").get_attribute("lang") == language
            for width in WIDTHS:
                visitor.at_width(width)
                assert visitor.problems() == [], (language, width)
