"""The language switch in the middle of a report: the page stays, and so do the answers."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.cast import OWNER, signed_in
from tests.functional.accessibility import visit

pytestmark = pytest.mark.django_db(transaction=True)


def test_answers_survive_the_language_switch(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser) as visitor:
        visitor.use_session(live_server.url, signed_in(OWNER).session.session_key or "")
        visitor.open(f"{live_server.url}/notifications/new")
        page = visitor.page
        visitor.leave(page.get_by_role("button", name="Begin een melding"))
        page.get_by_label("Meldingsdatum").fill("1-2-2024")
        address = page.url
        visitor.leave(page.get_by_role("button", name="English"))
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page).to_have_url(address)
        expect(page.get_by_label("Date of the report")).to_have_value("1-2-2024")
        assert visitor.problems() == []
        visitor.leave(page.get_by_role("button", name="Continue", exact=True))
        visitor.leave(page.get_by_role("button", name="Nederlands"))
        expect(page.locator("h1")).to_have_text("Toestemming")
        visitor.open(f"{live_server.url}/notifications")
        expect(page.locator("html")).to_have_attribute("lang", "nl")
