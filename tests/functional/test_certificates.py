"""The certificate of a withdrawal in a real browser: made at the desk by the keyboard, and printed."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from consent import texts
from consent.models import Statement
from jobs import services as jobs
from tests.cast import CONSENT_ADMINISTRATOR
from tests.functional.accessibility import LANGUAGES, WIDTHS, pictured, visit
from tests.functional.test_confirmations import entered
from tests.functional.test_consent_desk import use_session_of
from tests.statements import GIVEN, given

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_withdrawal_ends_with_a_certificate_to_print(
    browser: Browser, live_server: LiveServer, language: str, width: int
) -> None:
    statement = given(answer=replace(GIVEN, language="pl"))
    with visit(browser, language=language, width=width) as visitor:
        page = visitor.page
        use_session_of(CONSENT_ADMINISTRATOR, visitor, live_server)
        visitor.open(f"{live_server.url}/consent/withdrawals")
        page.locator("input[name=code]").focus()
        page.keyboard.type(Statement.objects.get(pk=statement).receipt)
        entered(visitor, page, "form[novalidate] button")
        assert visitor.problems() == []
        entered(visitor, page, "form[novalidate] button.govuk-button--warning")
        expect(page.locator("article")).to_have_attribute("lang", "pl")
        assert visitor.problems() == []
        jobs.drain(("vault",))
        with visitor.leaving():
            page.reload()
        pictured(visitor, "certificate")
        entered(visitor, page, "a[href='?language=en']")
        expect(page.locator("article")).to_contain_text(texts.BY_LANGUAGE["en"].certificate.kept)
        page.evaluate("window.print = () => { document.body.dataset.printed = 'yes'; }")
        page.locator("[data-print]").press("Enter")
        assert page.locator("body").get_attribute("data-printed") == "yes"
        assert visitor.problems() == []
        pictured(visitor, "certificate-chosen")


@pytest.mark.parametrize("width", WIDTHS)
def test_arabic_certificate_is_accessible(browser: Browser, live_server: LiveServer, width: int) -> None:
    statement = given(answer=replace(GIVEN, language="ar"))
    with visit(browser, width=width) as visitor:
        use_session_of(CONSENT_ADMINISTRATOR, visitor, live_server)
        visitor.open(f"{live_server.url}/consent/{statement}/withdraw")
        entered(visitor, visitor.page, "form[novalidate] button.govuk-button--warning")
        assert visitor.problems() == []
        pictured(visitor, "certificate-arabic")
