"""A statement that was never good, in a real browser: by the keyboard from the first person to the second."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from consent.models import Statement
from tests import consent_acts
from tests.cast import CONSENT_ADMINISTRATOR, SECOND_CONSENT_ADMINISTRATOR
from tests.functional.accessibility import LANGUAGES, WIDTHS, pictured, visit
from tests.functional.test_confirmations import checked, entered
from tests.functional.test_consent_desk import press, use_session_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_accessible(browser: Browser, live_server: LiveServer, language: str, width: int) -> None:
    one, two = consent_acts.approved(), consent_acts.doubted()
    with visit(browser, language=language, width=width) as visitor:
        use_session_of(CONSENT_ADMINISTRATOR, visitor, live_server)
        for address in ("/consent", f"/consent/{two}/invalidate", f"/consent/{one}", f"/consent/{one}/withdraw"):
            checked(visitor, live_server, address)
        visitor.open(f"{live_server.url}/consent/{one}/invalidate")
        pictured(visitor, "invalidate-alone")
        entered(visitor, visitor.page, "form[novalidate] button")
        expect(visitor.page.locator(".govuk-error-summary")).to_be_visible()
        assert visitor.problems() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_second_person_finishes_what_the_first_began(browser: Browser, live_server: LiveServer, language: str) -> None:
    statement = consent_acts.doubted()
    with visit(browser, language=language) as visitor:
        use_session_of(SECOND_CONSENT_ADMINISTRATOR, visitor, live_server)
        visitor.open(f"{live_server.url}/consent/{statement}/invalidate")
        expect(visitor.page.locator("form[novalidate]")).to_have_count(0)
        entered(visitor, visitor.page, "form[action$=clear] button")
        visitor.open(f"{live_server.url}/consent/{statement}/invalidate")
        visitor.page.locator("input[value=wrong-signer]").focus()
        press(visitor.page, "Space")
        entered(visitor, visitor.page, "form[novalidate] button")
        assert visitor.problems() == []
    assert Statement.objects.get(pk=statement).state == "approved"
    with visit(browser, language=language) as visitor:
        use_session_of(CONSENT_ADMINISTRATOR, visitor, live_server)
        visitor.open(f"{live_server.url}/consent")
        entered(visitor, visitor.page, "#doubted a")
        visitor.page.locator("input[value=forged]").focus()
        press(visitor.page, "Space")
        entered(visitor, visitor.page, "form[novalidate] button")
        expect(visitor.page.locator(".govuk-notification-banner")).to_be_visible()
        assert visitor.problems() == []
    assert Statement.objects.get(pk=statement).state == "invalidated"
