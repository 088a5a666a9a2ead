"""The sheet that people sign, on a screen and on paper, in a real browser."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from consent import texts
from tests.functional.accessibility import LANGUAGES, WIDTHS, visit

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = re.compile(rb"/Type\s*/Page\b")
MOST_PAGES = 2


@pytest.mark.parametrize("width", WIDTHS)
def test_every_sheet_is_accessible_on_a_screen(browser: Browser, live_server: LiveServer, width: int) -> None:
    with visit(browser, width=width) as visitor:
        for language in texts.LANGUAGES:
            visitor.open(f"{live_server.url}/sheet/{language}")
            assert visitor.problems() == [], language
            if folder := os.environ.get("BAKEN_PICTURES"):
                visitor.page.screenshot(path=Path(folder) / f"sheet-{language}-{width}.png", full_page=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheet_is_found_and_the_printer_asked_by_keyboard(browser: Browser, live_server: LiveServer, language: str) -> None:
    with visit(browser, language=language) as visitor:
        page = visitor.page
        visitor.open(f"{live_server.url}/sheet")
        page.get_by_role("link", name="Polski").press("Enter")
        page.wait_for_url("**/sheet/pl")
        page.evaluate("window.print = () => { document.body.dataset.printed = 'yes'; }")
        page.locator("[data-print]").press("Enter")
        assert page.locator("body").get_attribute("data-printed") == "yes"
        assert visitor.problems() == []


def test_every_sheet_fits_on_two_sides_of_paper(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser) as visitor:
        for language in texts.LANGUAGES:
            visitor.open(f"{live_server.url}/sheet/{language}")
            paper = visitor.page.pdf(prefer_css_page_size=True, display_header_footer=False)
            assert len(PAGES.findall(paper)) <= MOST_PAGES, language
            if folder := os.environ.get("BAKEN_PICTURES"):
                (Path(folder) / f"sheet-{language}.pdf").write_bytes(paper)
