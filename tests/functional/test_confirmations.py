"""The confirmation at sixteen in a real browser: recorded by its reporter, looked at by a reviewer, by the keyboard alone."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from consent.models import Confirmation, Statement, StatementEvent
from tests import confirmed
from tests.cast import CONSENT_ADMINISTRATOR, OWNER
from tests.functional.accessibility import LANGUAGES, WIDTHS, Visit, pictured, visit
from tests.functional.test_consent_desk import press, use_session_of

pytestmark = pytest.mark.django_db(transaction=True)


def checked(visitor: Visit, server: LiveServer, address: str) -> None:
    visitor.open(server.url + address)
    assert visitor.problems() == [], address
    pictured(visitor, address)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_accessible(browser: Browser, live_server: LiveServer, language: str, width: int) -> None:
    reference, this_year = confirmed.turned(), confirmed.turned(confirmed.this_year())
    with visit(browser, language=language, width=width) as visitor:
        use_session_of(OWNER, visitor, live_server)
        for address in ("", f"/{reference}/report", f"/{reference}/confirm", f"/{reference}/withdraw?reason=at-sixteen"):
            checked(visitor, live_server, f"/notifications{address}")
        visitor.open(f"{live_server.url}/notifications/{reference}/confirm")
        visitor.leave(visitor.page.locator("form[enctype] button"))
        expect(visitor.page.locator(".govuk-error-summary")).to_be_visible()
        assert visitor.problems() == []
    statement = confirmed.sent(reference)
    with visit(browser, language=language, width=width) as visitor:
        use_session_of(OWNER, visitor, live_server)
        checked(visitor, live_server, f"/notifications/{reference}/report")
        checked(visitor, live_server, f"/notifications/{this_year}/report")
    with visit(browser, language=language, width=width) as visitor:
        use_session_of(CONSENT_ADMINISTRATOR, visitor, live_server)
        checked(visitor, live_server, "/consent")
        visitor.open(f"{live_server.url}/consent/{statement}/confirmation")
        expect(visitor.page.locator("#identity form")).to_be_visible()
        assert visitor.problems() == []
        pictured(visitor, "desk-confirmation")
        visitor.leave(visitor.page.locator("form[action$=accept] button"))
        expect(visitor.page.locator(".govuk-error-summary")).to_be_visible()
        expect(visitor.page.locator("#identity form")).to_be_visible()
        assert visitor.problems() == []


def entered(visitor: Visit, page: Page, selector: str) -> None:
    with visitor.leaving():
        page.locator(selector).first.press("Enter")


@pytest.mark.parametrize("language", LANGUAGES)
def test_confirmation_goes_from_the_list_to_the_reviewer(browser: Browser, live_server: LiveServer, language: str) -> None:
    reference = confirmed.turned()
    statement = confirmed.statement_of(reference)
    with visit(browser, language=language) as visitor:
        use_session_of(OWNER, visitor, live_server)
        visitor.open(f"{live_server.url}/notifications")
        page = visitor.page
        entered(visitor, page, "#turning a")
        entered(visitor, page, "#turning a.govuk-button")
        for chosen in ("[name=answer][value=yes]", "[name=method][value=written]", "[name=language][value=nl]"):
            page.locator(f"input{chosen}").focus()
            press(page, "Space")
        page.locator("input[name=signed_on]").focus()
        page.keyboard.type("02-05-2024")
        entered(visitor, page, "form[enctype] button[type=submit]")
        expect(page.locator("#turning a.govuk-button")).to_have_count(0)
        assert visitor.problems() == []
    with visit(browser, language=language) as visitor:
        use_session_of(CONSENT_ADMINISTRATOR, visitor, live_server)
        visitor.open(f"{live_server.url}/consent")
        page = visitor.page
        entered(visitor, page, "#confirmations a")
        expect(page.locator("#identity form")).to_be_visible()
        page.locator("input[name=without_sheet]").first.focus()
        press(page, "Space")
        for point in page.locator("form[action$=accept] input[type=checkbox]").all():
            point.focus()
            press(page, "Space")
        entered(visitor, page, "form[action$=accept] button")
        expect(page.locator(".govuk-notification-banner")).to_be_visible()
        assert visitor.problems() == []
    assert not Confirmation.objects.get().waits
    assert Statement.objects.get(pk=statement).signer == "guardian"


def test_no_leads_to_the_withdrawal_and_its_reason_stays(browser: Browser, live_server: LiveServer) -> None:
    reference = confirmed.turned()
    with visit(browser) as visitor:
        use_session_of(OWNER, visitor, live_server)
        visitor.open(f"{live_server.url}/notifications/{reference}/confirm")
        page = visitor.page
        page.locator("input[name=answer][value=no]").focus()
        press(page, "Space")
        entered(visitor, page, "form[enctype] button[type=submit]")
        expect(page.locator("main")).to_contain_text("inmiddels 16")
        entered(visitor, page, "form button.govuk-button--warning")
        page.wait_for_url(f"**/notifications/{reference}/report")
    assert StatementEvent.objects.get(kind="withdrawn").reason == "at-sixteen"
