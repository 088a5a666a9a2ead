"""People without an account in a real browser: a signal with real work, a request to be called, a report by a mailed link."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.inputs import PRIVATE_PERSONS
from consent.models import Statement
from consent.receipts import shown
from intake.models.anonymous_signal import AnonymousSignal
from intake.models.contribution import Contribution
from intake.models.visitors import CallbackRequest
from jobs import services as jobs
from tests import cast
from tests.functional.accessibility import LANGUAGES, WIDTHS, Visit, visit

pytestmark = pytest.mark.django_db(transaction=True)

SEND = "form#answers button.govuk-button[type=submit]"


def look(visitor: Visit) -> None:
    assert visitor.problems() == []


def press(visitor: Visit, selector: str = "main form[method=post] button.govuk-button[type=submit]") -> None:
    """Every page is looked at before it is left."""
    look(visitor)
    if selector == SEND:
        visitor.page.wait_for_function("() => document.querySelector('[name=proof]').value")
    visitor.leave(visitor.page.locator(selector).first)


def choose(page: Page, *answers: str) -> None:
    for answer in answers:
        name, value = answer.split("=")
        page.locator(f'input[name="{name}"][value="{value}"]').check()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_signal_is_sent_from_the_entrance_with_work_done_by_the_browser(
    browser: Browser, live_server: LiveServer, language: str, width: int
) -> None:
    with visit(browser, language=language, width=width) as visitor:
        page = visitor.page
        visitor.open(f"{live_server.url}/sign-in")
        visitor.leave(page.locator('a[href="/without-account"]'))
        look(visitor)
        visitor.leave(page.locator('a[href="/without-account/signal"]'))
        choose(page, "kind=labour", "age_band=18-22", "region=europe")
        page.select_option("#id_quarter", index=1)
        page.select_option("#id_police_region", "limburg")
        press(visitor, SEND)
        expect(page.locator(".govuk-panel")).to_be_visible()
        expect(page.get_by_text("Limburg")).to_be_visible()
        look(visitor)
        assert [cookie["name"] for cookie in page.context.cookies()] == ["csrftoken"]
    stored = AnonymousSignal.objects.get()
    assert (stored.form, stored.group, stored.police_region) == ("AU", "other-reporters", "limburg")


# The work goes on when the test lets it: how long it would take by itself is chance.
HELD_WORK = """(() => {
    const digest = crypto.subtle.digest.bind(crypto.subtle);
    const released = new Promise((release) => { window.letWork = release; });
    crypto.subtle.digest = (...given) => released.then(() => digest(...given));
})();"""


def test_browser_that_is_quicker_than_its_work_waits_for_it(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser) as visitor:
        page = visitor.page
        page.add_init_script(HELD_WORK)
        visitor.open(f"{live_server.url}/without-account/signal")
        page.select_option("#id_quarter", index=1)
        visitor.stay(page.locator(SEND))
        expect(page.locator("[data-waiting]")).not_to_be_empty()
        with visitor.leaving():
            page.evaluate("window.letWork()")
        expect(page.locator(".govuk-panel")).to_be_visible()
    assert AnonymousSignal.objects.count() == 1


def test_browser_without_scripts_is_told_to_wait(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(locale="nl", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/without-account/signal")
    page.select_option("#id_quarter", index=1)
    with page.expect_event("load"):
        page.locator(SEND).click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Wacht 20 seconden")
    context.close()
    assert not AnonymousSignal.objects.exists()


def test_language_switch_keeps_the_answers(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser) as visitor:
        page = visitor.page
        visitor.open(f"{live_server.url}/without-account/call")
        page.fill("#id_name", "Quirijntje")
        visitor.leave(page.get_by_role("button", name="English"))
        expect(page.locator("h1")).to_have_text("Be called by a care coordinator")
        expect(page.locator("#id_name")).to_have_value("Quirijntje")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_asks_to_be_called_and_a_care_coordinator_takes_it(
    browser: Browser, live_server: LiveServer, language: str, width: int
) -> None:
    with visit(browser, language=language, width=width) as visitor:
        page = visitor.page
        visitor.open(f"{live_server.url}/without-account/call")
        press(visitor, SEND)
        expect(page.locator(".govuk-error-summary")).to_be_visible()
        page.fill("#id_name", "Quirijntje")
        page.fill("#id_contact", "0612349876")
        choose(page, "spoken=ro")
        page.select_option("#id_region", "limburg")
        press(visitor, SEND)
        expect(page.locator(".govuk-panel")).to_be_visible()
        look(visitor)
    with visit(browser, language=language, width=width) as visitor:
        page = visitor.page
        visitor.use_session(live_server.url, cast.signed_in(cast.CARE_COORDINATOR).session.session_key or "")
        visitor.open(f"{live_server.url}/callbacks")
        look(visitor)
        visitor.leave(page.locator("main table a"))
        expect(page.get_by_text("0612349876")).to_have_count(0)
        choose(page, "reason=language")
        press(visitor)
        expect(page.get_by_text("0612349876")).to_be_visible()
        choose(page, "result=reached")
        press(visitor)
        expect(page.locator(".baken-empty")).to_be_visible()
    assert not CallbackRequest.objects.exists()


def mailed_link(server: LiveServer) -> str:
    jobs.drain(("files",))
    found = re.search(r"(\S+/without-account/link/\S+)", str(mail.outbox[-1].body))
    assert found
    assert found[1].startswith(server.url)
    return found[1]


def fill_in_the_rest(visitor: Visit) -> None:
    """The person concerned finds consent and statement filled in; only the age is asked."""
    page = visitor.page
    expect(page.locator("#id_date")).not_to_have_value("")
    press(visitor)
    expect(page.locator('input[name="answer"][value="given"]')).to_be_checked()
    press(visitor)
    expect(page.locator('input[name="signer"][value="person"]')).to_be_checked()
    choose(page, "capacity=sixteen-or-older")
    press(visitor)
    expect(page.locator("#id_research_extract_0")).to_be_visible()
    press(visitor)
    expect(page.locator("#id_attachment")).to_be_visible()
    visitor.leave(page.locator("main form button[type=submit]:not([name])").last)
    page.fill("#id_family_name", "Zwaluwenburg")
    press(visitor)


def take_the_slip(visitor: Visit, live_server: LiveServer, reference: str) -> None:
    """The page that leads to it is shown again afterwards."""
    received, slip = visitor.page.url, f"/notifications/{reference}/slip"
    expect(visitor.page.locator(f'main a[href="{slip}"]')).to_be_visible()
    visitor.open(f"{live_server.url}{slip}")
    expect(visitor.page.locator("article")).to_contain_text(shown(Statement.objects.get().receipt))
    visitor.open(received)


@pytest.fixture
def mails_lead_here(settings: Settings, live_server: LiveServer) -> None:
    settings.BAKEN_ADDRESS = live_server.url


@pytest.mark.usefixtures("mails_lead_here")
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_person_concerned_reports_through_the_link(
    browser: Browser, live_server: LiveServer, language: str, width: int
) -> None:
    cast.organisation(PRIVATE_PERSONS)
    with visit(browser, language=language, width=width) as visitor:
        page = visitor.page
        visitor.open(f"{live_server.url}/without-account/link")
        page.fill("#id_email", "quirijntje@example.org")
        press(visitor, SEND)
        expect(page).to_have_url(f"{live_server.url}/without-account/link/sent")
        look(visitor)
        visitor.open(mailed_link(live_server))
        press(visitor)
        look(visitor)
        visitor.leave(page.locator('main a[href="/notifications/new"]'))
        choose(page, "about=myself")
        press(visitor)
        fill_in_the_rest(visitor)
        visitor.open(re.sub(r"(/notifications/new/[^/]+)/.*", r"\1", page.url))
        look(visitor)
        visitor.leave(page.locator('main a[href$="/exploitation"]'))
        choose(page, "exploitation_types=labour")
        press(visitor)
        visitor.open(re.sub(r"(/notifications/new/[^/]+)/.*", r"\1/check", page.url))
        press(visitor)
        report = Contribution.objects.get()
        look(visitor)
        take_the_slip(visitor, live_server, report.reference)
        visitor.leave(page.locator("main form button"))
        expect(page).to_have_url(f"{live_server.url}/without-account")
        page.goto(f"{live_server.url}/notifications/{report.reference}")
        expect(page).to_have_url(re.compile("/sign-in"))
    assert (report.state, report.other_kind) == ("held", "private-person")


def test_exit_button_leaves_at_once(browser: Browser, live_server: LiveServer, settings: Settings) -> None:
    settings.BAKEN_EXIT_PAGE = f"{live_server.url}/robots.txt"
    with visit(browser) as visitor:
        visitor.open(f"{live_server.url}/without-account/call")
        with visitor.leaving():
            for _ in range(3):
                visitor.page.keyboard.press("Shift")
        expect(visitor.page).to_have_url(f"{live_server.url}/robots.txt")


def test_pages_ask_nothing_of_anybody_else(browser: Browser, live_server: LiveServer) -> None:
    asked: list[str] = []
    with visit(browser) as visitor:
        visitor.page.on("request", lambda request: asked.append(request.url))
        for page in ("", "/signal", "/call"):
            visitor.open(f"{live_server.url}/without-account{page}")
        policy = visitor.page.goto(f"{live_server.url}/without-account")
        assert policy is not None
        assert policy.headers["referrer-policy"] == "same-origin"
    assert asked
    assert [url for url in asked if not url.startswith(live_server.url)] == []
