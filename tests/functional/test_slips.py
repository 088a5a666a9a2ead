"""What a person takes along, and the stop with its code, in a real browser and by the keyboard."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from consent.models import Statement
from intake.models.contribution import Contribution
from jobs import services as jobs
from tests import cast, reported
from tests.functional.accessibility import LANGUAGES, WIDTHS, Visit, visit

pytestmark = pytest.mark.django_db(transaction=True)


def look(visitor: Visit) -> None:
    for width in (*WIDTHS, WIDTHS[0]):
        visitor.at_width(width)
        assert visitor.problems() == [], (width, visitor.page.url)


def code_of_slip(browser: Browser, server: LiveServer, language: str) -> str:
    """Read from the slip of a report, and printed."""
    reference = reported.sent(reported.report_with_consent(), by=cast.OWNER)
    with visit(browser, language=language) as reporter:
        reporter.use_session(server.url, cast.signed_in(cast.OWNER).session.session_key or "")
        reporter.open(f"{server.url}/notifications/{reference}/report")
        look(reporter)
        address = reporter.page.locator(f"main a[href='/notifications/{reference}/slip']")
        with reporter.page.context.expect_page() as opened:
            address.press("Enter")
        opened.value.close()
        reporter.open(f"{server.url}/notifications/{reference}/slip")
        look(reporter)
        reporter.page.evaluate("window.print = () => { document.body.dataset.printed = 'yes'; }")
        reporter.page.locator("[data-print]").press("Enter")
        expect(reporter.page.locator("body")).to_have_attribute("data-printed", "yes")
        return reporter.page.locator("article .govuk-heading-l bdi").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_person_stops_with_the_code_of_the_slip(browser: Browser, live_server: LiveServer, language: str) -> None:
    code = code_of_slip(browser, live_server, language)
    with visit(browser, language=language) as person:
        page = person.page
        person.open(f"{live_server.url}/without-account")
        look(person)
        with person.leaving():
            page.locator("main a[href='/without-account/stop']").press("Enter")
        look(person)
        box = page.locator("main [name=code]")
        with person.leaving():
            box.press("Enter")
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        look(person)
        box.focus()
        page.keyboard.type(code)
        page.wait_for_function("() => document.querySelector('[name=proof]')?.value ?? 'none'")
        with person.leaving():
            box.press("Enter")
        expect(page.locator(".govuk-error-summary")).to_have_count(0)
        look(person)
    jobs.drain(("files", "vault", "reports"))
    assert Statement.objects.get().state == "withdrawn"
    assert not Contribution.objects.exists()
