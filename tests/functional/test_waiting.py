"""The start page in a real browser: what waits stands first, and the keyboard leads there."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests import confirmed, consent_acts, handled, unlocked
from tests.cast import CONSENT_ADMINISTRATOR, OWNER, PRIVACY_OFFICER, Person
from tests.functional.accessibility import LANGUAGES, WIDTHS, pictured, visit
from tests.functional.test_confirmations import entered
from tests.functional.test_consent_desk import use_session_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_waits_is_announced_and_leads_there(browser: Browser, live_server: LiveServer, language: str, width: int) -> None:
    confirmed.turned()
    confirmed.sent()
    consent_acts.doubted()
    handled.a_search()
    unlocked.granted()
    places: dict[Person, str] = {OWNER: "/notifications", CONSENT_ADMINISTRATOR: "/consent", PRIVACY_OFFICER: "/rights"}
    for person, place in places.items():
        with visit(browser, language=language, width=width) as visitor:
            use_session_of(person, visitor, live_server)
            visitor.open(live_server.url)
            expect(visitor.page.locator("[aria-labelledby=waiting] a").first).to_be_visible()
            assert visitor.problems() == [], person.role
            pictured(visitor, f"start-{person.role}")
            entered(visitor, visitor.page, f"[aria-labelledby=waiting] a[href^='{place}']")
            assert place in visitor.page.url
            assert visitor.problems() == [], place
