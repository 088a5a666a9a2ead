"""The review desk in a real browser: from the queue to the last statement by the keyboard alone, in both languages."""

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from consent.models import Statement
from intake.models.unlock import Unlock
from intake.notifications.inputs import Attachment
from jobs import services as jobs
from tests import reported, reviewed
from tests.cast import CONSENT_ADMINISTRATOR, OWNER, SECOND_CONSENT_ADMINISTRATOR, STRANGER, Person, signed_in
from tests.functional.accessibility import LANGUAGES, WIDTHS, Visit, pictured, visit
from tests.reviewed import for_two
from tests.statements import given, recorded_earlier
from tests.unlocked import ended

pytestmark = pytest.mark.django_db(transaction=True)

SHEET = Attachment("blad.png", "image/png", reviewed.PNG)
WORDS = {
    "nl": ("De verklaring is goedgekeurd.", "Het is aan de melder gevraagd.", "De verklaring is afgewezen.", "Geen enkele"),
    "en": ("The statement is approved.", "The reporter is asked.", "The statement is rejected.", "No statement waits"),
}


def use_session_of(person: Person, visitor: Visit, server: LiveServer) -> None:
    key = signed_in(person).session.session_key
    assert key
    visitor.use_session(server.url, key)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def report(**changes: object) -> Statement:
    """A report that waits, with its statement."""
    before = set(Statement.objects.values_list("pk", flat=True))
    reported.sent(reported.report_with_consent(**{"scans": (SHEET,)} | changes), by=OWNER)
    return Statement.objects.exclude(pk__in=before).get()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_accessible(browser: Browser, live_server: LiveServer, language: str, width: int) -> None:
    waiting = report()
    recorded_earlier(waiting.pk, days=55)
    reviewed.asked(given(by=STRANGER))
    with visit(browser, language=language, width=width) as visitor:
        use_session_of(CONSENT_ADMINISTRATOR, visitor, live_server)
        for address in ("/consent", "/consent/legal-basis", "/codes/regions"):
            visitor.open(live_server.url + address)
            assert visitor.problems() == [], address
        visitor.open(f"{live_server.url}/consent/{waiting.pk}")
        page = visitor.page
        expect(page.locator("#identity form")).to_be_visible()
        press(page, "q", "r")
        assert visitor.problems() == []
        press(page, "i", "Space")
        page.keyboard.press("Enter")
        expect(page.locator("#identity dl")).to_be_visible()
        expect(page.locator("#identity-heading")).to_be_focused()
        assert visitor.problems() == []
        visitor.leave(page.locator("form[action$=reject] button"))
        expect(page.locator(".govuk-error-summary")).to_be_visible()
        assert visitor.problems() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_whole_review_by_the_keyboard_alone(browser: Browser, live_server: LiveServer, language: str) -> None:
    first, second, third = report(), report(), report()
    for days, row in ((3, first), (2, second), (1, third)):
        recorded_earlier(row.pk, days=days)
    approved, asked, rejected, nothing = WORDS[language]
    with visit(browser, language=language) as visitor:
        use_session_of(CONSENT_ADMINISTRATOR, visitor, live_server)
        visitor.open(f"{live_server.url}/consent")
        page = visitor.page
        page.locator("main a.govuk-button").focus()
        press(page, "Enter")
        page.wait_for_url(f"**/consent/{first.pk}")
        expect(page.locator("#identity form")).to_be_visible()
        press(page, "i", "Space", "Enter")
        expect(page.locator("#identity dl")).to_contain_text("Zwaluwenburg")
        press(page, "1", "2", "3", "4", "5", "a", "Enter")
        page.wait_for_url(f"**/consent/{second.pk}")
        expect(page.get_by_text(approved)).to_be_visible()
        expect(page.locator("#desk .baken-keys")).to_be_visible()
        press(page, "q", "ArrowDown", "Enter")
        page.wait_for_url(f"**/consent/{third.pk}")
        expect(page.get_by_text(asked)).to_be_visible()
        expect(page.locator("#desk .baken-keys")).to_be_visible()
        press(page, "r", "ArrowDown", "Enter")
        page.wait_for_url(f"{live_server.url}/consent")
        expect(page.get_by_text(rejected)).to_be_visible()
        expect(page.get_by_text(nothing)).to_be_visible()
        assert visitor.problems() == []
    assert [Statement.objects.get(pk=row.pk).state for row in (first, second, third)] == ["approved", "asked-back", "rejected"]


def test_unfinished_checklist_says_what_to_do_and_approves_nothing(browser: Browser, live_server: LiveServer) -> None:
    waiting = report()
    with visit(browser) as visitor:
        use_session_of(CONSENT_ADMINISTRATOR, visitor, live_server)
        visitor.open(f"{live_server.url}/consent/{waiting.pk}")
        page = visitor.page
        expect(page.locator("#identity form")).to_be_visible()
        press(page, "1", "3", "a", "Enter")
        expect(page.locator(".govuk-error-summary")).to_contain_text("Controleer eerst elk punt.")
        expect(page.locator("#approve input:checked")).to_have_count(2)
        assert visitor.problems() == []
    assert Statement.objects.get().state == "given"


@pytest.mark.parametrize("language", LANGUAGES)
def test_statement_without_its_sheet_wants_a_word_on_the_signature(
    browser: Browser, live_server: LiveServer, language: str
) -> None:
    waiting = report(scans=())
    with visit(browser, language=language) as visitor:
        use_session_of(CONSENT_ADMINISTRATOR, visitor, live_server)
        visitor.open(f"{live_server.url}/consent/{waiting.pk}")
        page = visitor.page
        expect(page.locator("#identity form")).to_be_visible()
        assert visitor.problems() == []
        with visitor.leaving():
            press(page, "1", "2", "3", "4", "5", "a", "Enter")
        expect(page.locator(".govuk-error-summary")).to_be_visible()
        expect(page.locator("#identity form")).to_be_visible()
        assert visitor.problems() == []
        pictured(visitor, "without-sheet")
        page.locator("input[name=without_sheet]").first.focus()
        press(page, "Space")
        with visitor.leaving():
            press(page, "a", "Enter")
        page.wait_for_url(f"{live_server.url}/consent")
    assert Statement.objects.get().state == "approved"


def test_keys_are_turned_off_and_stay_off(browser: Browser, live_server: LiveServer) -> None:
    waiting = report()
    with visit(browser) as visitor:
        use_session_of(CONSENT_ADMINISTRATOR, visitor, live_server)
        visitor.open(f"{live_server.url}/consent/{waiting.pk}")
        page = visitor.page
        page.get_by_role("button", name="Zet de toetsen uit").press("Enter")
        with visitor.leaving():
            page.reload()
        expect(page.get_by_role("button", name="Zet de toetsen aan")).to_be_visible()
        press(page, "1", "r")
        expect(page.locator("#approve input:checked")).to_have_count(0)
        expect(page.locator("#reject")).not_to_have_attribute("open", "")
        page.get_by_role("button", name="Zet de toetsen aan").press("Enter")
        press(page, "1")
        expect(page.locator("#approve input:checked")).to_have_count(1)


def test_identity_leaves_the_screen_when_its_time_is_over(browser: Browser, live_server: LiveServer) -> None:
    waiting = report()
    with visit(browser) as visitor:
        use_session_of(CONSENT_ADMINISTRATOR, visitor, live_server)
        visitor.open(f"{live_server.url}/consent/{waiting.pk}")
        page = visitor.page
        expect(page.locator("#identity form")).to_be_visible()
        press(page, "i", "Space", "Enter")
        expect(page.locator("#identity dl")).to_be_visible()
        ended(Unlock.objects.get().pk, by=-reviewed.SOON)
        with visitor.leaving():
            page.reload()
        expect(page.locator("#identity dl")).to_be_visible()
        expect(page.locator("#identity form")).to_be_visible()
        expect(page.get_by_text("Zwaluwenburg")).to_have_count(0)


def test_second_person_finds_what_the_first_approved(browser: Browser, live_server: LiveServer) -> None:
    statement = reviewed.with_sheet(for_two())
    for person, text in (
        (CONSENT_ADMINISTRATOR, "Een tweede persoon moet ook kijken."),
        (SECOND_CONSENT_ADMINISTRATOR, "goedgekeurd"),
    ):
        with visit(browser) as visitor:
            use_session_of(person, visitor, live_server)
            visitor.open(f"{live_server.url}/consent/{statement}")
            page = visitor.page
            expect(page.locator("#desk .baken-keys")).to_be_visible()
            press(page, "1", "2", "3", "4", "5", "6", "a", "Enter")
            page.wait_for_url(f"{live_server.url}/consent")
            expect(page.locator("main")).to_contain_text(text)
    assert Statement.objects.get().state == "approved"


@pytest.mark.parametrize("language", LANGUAGES)
def test_reporter_answers_the_question_on_the_reports_page(browser: Browser, live_server: LiveServer, language: str) -> None:
    reference = reviewed.asked_report()
    jobs.drain(("files",))
    assert [message.to for message in mail.outbox] == [[OWNER.email]]
    with visit(browser, language=language) as visitor:
        use_session_of(OWNER, visitor, live_server)
        visitor.open(f"{live_server.url}/notifications")
        page = visitor.page
        assert visitor.problems() == []
        page.locator(".govuk-inset-text a").press("Enter")
        page.wait_for_url(f"**/notifications/{reference}/report")
        assert visitor.problems() == []
        with visitor.leaving():
            page.locator("form[action$=reply] button").press("Enter")
        expect(page.locator(".govuk-error-summary")).to_be_visible()
        assert visitor.problems() == []
        page.locator("form[action$=reply] input[type=radio]").first.focus()
        with visitor.leaving():
            press(page, "Space", "Enter")
        expect(page.locator(".govuk-inset-text")).to_have_count(0)
        assert visitor.problems() == []
    assert Statement.objects.get().state == "given"
