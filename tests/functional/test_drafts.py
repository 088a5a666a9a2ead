"""A report put aside and taken up again, three persons at once, and the keyboard alone, in a real browser."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from intake.models.contribution import Contribution
from tests import cast
from tests.drafted import PDF, Writer, opened
from tests.functional.accessibility import LANGUAGES, WIDTHS, Visit, visit

pytestmark = pytest.mark.django_db(transaction=True)
SECTIONS = (
    "consent",
    "statement",
    "purposes",
    "scan",
    "person",
    "background",
    "phases",
    "residence",
    "days",
    "narrative",
    "files",
)
SHARED = ("report", "exploitation", "details", "technology")


def session_of(person: cast.Person) -> str:
    return cast.signed_in(person).session.session_key or ""


def filled() -> Writer:
    writer = Writer(cast.OWNER)
    writer.complete()
    writer.fill("phases", {"phases": ["help-started", "signalled"]}, 1)
    writer.attach("scan.pdf", PDF)
    return writer


def addresses(writer: Writer) -> Iterator[str]:
    yield from ("/notifications/new", writer.base, f"{writer.base}/check", f"{writer.base}/delete")
    yield from (writer.page(name) for name in SHARED)
    yield from (writer.page(name, 1) for name in SECTIONS)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_form_is_accessible(browser: Browser, live_server: LiveServer, language: str, width: int) -> None:
    writer = filled()
    writer.client.post(f"{writer.base}/persons")
    with visit(browser, language=language, width=width) as visitor:
        visitor.use_session(live_server.url, session_of(cast.OWNER))
        for address in addresses(writer):
            visitor.open(live_server.url + address)
            assert visitor.page.url == live_server.url + address
            photographed(visitor.page, f"{address.rpartition('/')[2]}-{language}-{width}")
            assert visitor.problems() == [], address


def photographed(page: Page, name: str) -> None:
    """For who wants to look at the pages: BAKEN_PICTURES names a folder."""
    if folder := os.environ.get("BAKEN_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_what_was_typed_is_saved_and_taken_up_on_another_device(browser: Browser, live_server: LiveServer) -> None:
    writer = Writer(cast.OWNER)
    writer.settle()
    address = live_server.url + writer.page("person", 1)
    with visit(browser) as visitor:
        visitor.use_session(live_server.url, session_of(cast.OWNER))
        visitor.open(address)
        visitor.page.fill("#id_family_name", "Zwaluwenburg")
        expect(visitor.page.get_by_role("status").filter(has_text="Bewaard in uw concept")).to_be_visible()
        assert visitor.problems() == []
    with visit(browser, width=375) as elsewhere:
        elsewhere.use_session(live_server.url, session_of(cast.OWNER))
        elsewhere.open(f"{live_server.url}/notifications/new")
        elsewhere.leave(elsewhere.page.get_by_role("link", name="Concept van").first)
        elsewhere.leave(elsewhere.page.get_by_role("link", name="Over de persoon"))
        expect(elsewhere.page.locator("#id_family_name")).to_have_value("Zwaluwenburg")
        assert "Zwaluwenburg" not in elsewhere.page.url


def choose_beside(page: Page) -> None:
    """What is asked apart from the registration."""
    page.locator('input[name="help"][value="given"]').check()
    page.locator('input[name="research_extract"][value="refused"]').check()


def fill_in_person(visitor: Visit, name: str) -> None:
    page = visitor.page
    page.locator('input[name="answer"][value="given"]').check()
    proceed(visitor)
    for name_of, value in (
        ("capacity", "sixteen-or-older"),
        ("judged_how", "professional"),
        ("signer", "person"),
        ("method", "written"),
        ("language", "nl"),
    ):
        page.locator(f'input[name="{name_of}"][value="{value}"]').check()
    page.fill("#id_signed_on", "13-03-2019")
    proceed(visitor)
    choose_beside(page)
    proceed(visitor)
    proceed(visitor)
    page.fill("#id_family_name", name)
    proceed(visitor)


def proceed(visitor: Visit) -> None:
    visitor.leave(visitor.page.locator("main form button[type=submit]:not([name])").last)


def test_three_persons_go_in_one_report_with_what_happened_typed_once(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser) as visitor:
        page = visitor.page
        visitor.use_session(live_server.url, session_of(cast.OWNER))
        visitor.open(f"{live_server.url}/notifications/new")
        visitor.leave(page.get_by_role("button", name="Begin een melding"))
        page.fill("#id_date", "14-03-2019")
        proceed(visitor)
        draft = page.url.rsplit("/", 2)[0]
        fill_in_person(visitor, "Eersteling")
        for name in ("Tweedeling", "Derdeling"):
            visitor.open(draft)
            visitor.leave(page.get_by_role("button", name="Nog een persoon toevoegen"))
            visitor.leave(page.get_by_role("link", name="Toestemming").last)
            fill_in_person(visitor, name)
        visitor.open(draft)
        visitor.leave(page.get_by_role("link", name="De uitbuiting"))
        page.locator('input[name="exploitation_types"][value="labour"]').check()
        proceed(visitor)
        visitor.open(f"{draft}/check")
        assert visitor.problems() == []
        visitor.leave(page.get_by_role("button", name="Verstuur de 3 meldingen"))
        for row in Contribution.objects.all():
            expect(page.get_by_text(row.reference)).to_be_visible()
        assert visitor.problems() == []
    assert [row.characteristics["exploitation_types"] for row in Contribution.objects.all()] == [["labour"]] * 3


def test_keyboard_alone_fills_in_a_section(browser: Browser, live_server: LiveServer) -> None:
    writer = Writer(cast.OFFICER)
    with visit(browser) as visitor:
        visitor.use_session(live_server.url, session_of(cast.OFFICER))
        visitor.open(live_server.url + writer.page("report"))
        page = visitor.page
        while page.evaluate("document.activeElement.id") != "id_date":
            page.keyboard.press("Tab")
        page.keyboard.type("14-03-2019")
        with visitor.leaving():
            page.keyboard.press("Enter")
        expect(page.locator("#id_family_name")).to_be_visible()
    assert opened(writer.draft, cast.OFFICER).shared.sections["report"].finished


def test_session_that_ends_is_announced_and_lets_stay(browser: Browser, live_server: LiveServer) -> None:
    writer = Writer(cast.OFFICER)
    with visit(browser) as visitor:
        page = visitor.page
        page.clock.install()
        visitor.use_session(live_server.url, session_of(cast.OFFICER))
        visitor.open(live_server.url + writer.page("report"))
        page.clock.run_for(19 * 60 * 1000)
        expect(page.get_by_text("Over twee minuten eindigt uw sessie")).to_be_visible()
        visitor.stay(page.get_by_role("button", name="Ingelogd blijven"))
        expect(page.get_by_text("Over twee minuten eindigt uw sessie")).to_be_hidden()
        page.clock.run_for(21 * 60 * 1000)
        expect(page.get_by_text("Uw sessie is geëindigd")).to_be_visible()


def test_reason_why_there_is_no_answer_takes_the_others_out(browser: Browser, live_server: LiveServer) -> None:
    writer = Writer(cast.OFFICER)
    writer.settle()
    with visit(browser) as visitor:
        visitor.use_session(live_server.url, session_of(cast.OFFICER))
        visitor.open(live_server.url + writer.page("exploitation"))
        labour = visitor.page.locator('input[name="exploitation_types"][value="labour"]')
        labour.check()
        visitor.page.locator('input[name="exploitation_types"][value="missing:refused"]').check()
        expect(labour).not_to_be_checked()
