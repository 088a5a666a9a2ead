"""The signed sheet in a real browser: drawn on the screen with mouse or finger, or chosen as a file with the keyboard alone."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from intake.notifications import draft_files
from intake.notifications.drafts import FileKind
from tests import cast
from tests.drafted import PDF, Writer, owner
from tests.functional.accessibility import LANGUAGES, WIDTHS, visit
from tests.functional.test_drafts import photographed, session_of

pytestmark = pytest.mark.django_db(transaction=True)


def a_settled_draft() -> Writer:
    writer = Writer(cast.OWNER)
    writer.settle()
    return writer


def draw(page: Page) -> None:
    box = page.locator("canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 60, steps=5)
    page.mouse.up()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_signature_that_is_drawn_on_the_screen_comes_along_as_a_picture(
    browser: Browser, live_server: LiveServer, language: str, width: int
) -> None:
    writer = a_settled_draft()
    with visit(browser, language=language, width=width) as visitor:
        page = visitor.page
        visitor.use_session(live_server.url, session_of(cast.OWNER))
        visitor.open(live_server.url + writer.page("scan", 1))
        visitor.stay(page.locator("[data-signature-add]"))
        expect(page.locator("[data-signature-status]")).not_to_be_empty()
        page.locator("canvas").scroll_into_view_if_needed()
        draw(page)
        photographed(page, f"signature-{language}-{width}")
        assert visitor.problems() == []
        visitor.leave(page.locator("[data-signature-add]"))
        expect(page.locator("dl.govuk-summary-list dt")).to_have_count(1)
        assert visitor.problems() == []
    files = draft_files.files_of(part=writer.part(1), kind=FileKind.STATEMENT, owner=owner())
    assert [file.type for file in files] == ["image/png"]


def test_sheet_is_added_as_a_file_and_the_keyboard_is_not_caught_by_the_box(
    browser: Browser, live_server: LiveServer, tmp_path: Path
) -> None:
    writer = a_settled_draft()
    sheet = tmp_path / "blad.pdf"
    sheet.write_bytes(PDF)
    with visit(browser) as visitor:
        page = visitor.page
        visitor.use_session(live_server.url, session_of(cast.OWNER))
        visitor.open(live_server.url + writer.page("scan", 1))
        page.set_input_files("#id_attachment", sheet)
        page.locator("#id_attachment").focus()
        while page.evaluate("document.activeElement.value") != "add":
            page.keyboard.press("Tab")
        with visitor.leaving():
            page.keyboard.press("Enter")
        expect(page.get_by_text("blad.pdf").first).to_be_visible()
        assert visitor.problems() == []
