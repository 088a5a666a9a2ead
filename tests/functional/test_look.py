"""The frame, the components and the error pages in a real browser. Pages of the packages have tests of their own."""

import pytest
from playwright.sync_api import Browser, Route, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.functional.accessibility import LANGUAGES, WIDTHS, visit

OPEN_PAGES = (
    "/about",
    "/accessibility",
    "/no-such-page",
    *(f"/broken/{kind}" for kind in ("400", "403", "csrf", "500", "503")),
)


@pytest.fixture(autouse=True)
def gallery(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.gallery.urls"
    settings.BAKEN_DEMONSTRATION = True


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", OPEN_PAGES)
def test_open_page_is_accessible(browser: Browser, live_server: LiveServer, address: str, language: str, width: int) -> None:
    with visit(browser, language=language, width=width) as visitor:
        visitor.open(live_server.url + address)
        assert visitor.page.locator("html").get_attribute("lang") == language
        assert visitor.page.get_by_text("Demonstrati").first.is_visible()
        assert visitor.problems() == []


@pytest.mark.parametrize("width", WIDTHS)
def test_components_are_accessible(browser: Browser, live_server: LiveServer, width: int) -> None:
    with visit(browser, width=width) as visitor:
        visitor.open(f"{live_server.url}/gallery")
        assert visitor.problems() == []


def test_pieces_wait_for_the_script_that_lets_them_in(browser: Browser, live_server: LiveServer) -> None:
    """On a slow line the one script comes long before the other; a piece in between would be stopped by the policy."""
    late: list[Route] = []
    with visit(browser) as visitor:
        page = visitor.page
        page.route("**/scripts/partial*.js", lambda route: late.append(route))
        page.goto(f"{live_server.url}/gallery", wait_until="commit")
        page.wait_for_function("() => window.htmx")
        page.evaluate("() => new Promise((run) => setTimeout(() => setTimeout(run)))")
        late.pop().continue_()
        page.wait_for_load_state()
        expect(page.locator("#piece.htmx-request")).to_have_count(0)
        assert visitor.problems() == []


@pytest.mark.parametrize("width", WIDTHS)
def test_form_with_errors_is_accessible(browser: Browser, live_server: LiveServer, width: int) -> None:
    with visit(browser, width=width) as visitor:
        visitor.open(f"{live_server.url}/gallery")
        visitor.leave(visitor.page.get_by_role("button", name="Verstuur"))
        expect(visitor.page).to_have_title("Fout: Onderdelen - Baken")
        assert visitor.problems() == []


def test_error_summary_takes_the_focus_and_leads_to_the_field(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser) as visitor:
        visitor.open(f"{live_server.url}/gallery")
        visitor.leave(visitor.page.get_by_role("button", name="Verstuur"))
        expect(visitor.page.locator(".govuk-error-summary")).to_be_focused()
        for link in visitor.page.locator(".govuk-error-summary a").all():
            visitor.stay(link)
            target = (link.get_attribute("href") or "").removeprefix("#")
            expect(visitor.page.locator(f"[id='{target}']")).to_be_focused()


def test_language_switch_keeps_the_page(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser) as visitor:
        visitor.open(f"{live_server.url}/about?from=here")
        visitor.leave(visitor.page.get_by_role("button", name="English"))
        expect(visitor.page).to_have_url(f"{live_server.url}/about?from=here")
        expect(visitor.page.locator("h1")).to_have_text("About this site")


def test_exit_button_leaves_at_three_shifts(browser: Browser, live_server: LiveServer, settings: Settings) -> None:
    settings.BAKEN_EXIT_PAGE = f"{live_server.url}/robots.txt"
    with visit(browser) as visitor:
        visitor.open(f"{live_server.url}/gallery")
        with visitor.leaving():
            for _ in range(3):
                visitor.page.keyboard.press("Shift")
        expect(visitor.page).to_have_url(f"{live_server.url}/robots.txt")


def test_skip_link_is_first_and_leads_to_the_content(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser) as visitor:
        visitor.open(f"{live_server.url}/about")
        visitor.page.keyboard.press("Tab")
        expect(visitor.page.locator(".govuk-skip-link")).to_be_focused()
        visitor.page.keyboard.press("Enter")
        expect(visitor.page.locator("#main-content")).to_be_focused()


def test_piece_of_a_page_comes_in_without_its_script(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser) as visitor:
        visitor.open(f"{live_server.url}/gallery")
        expect(visitor.page.locator("#piece")).to_contain_text("Stuk van een pagina")
        expect(visitor.page).to_have_title("Onderdelen - Baken")


SPOIL = """
    document.querySelector("h1").style.color = "#ddd";
    const image = document.createElement("img");
    image.src = "https://elsewhere.example/x.png";
    document.body.append(image);
    document.body.style.width = "3000px";
"""


@pytest.mark.parametrize("problem", ["img-src", "image-alt", "color-contrast", "wider than the screen"])
def test_watcher_sees(browser: Browser, live_server: LiveServer, problem: str) -> None:
    with visit(browser) as visitor:
        visitor.open(f"{live_server.url}/about")
        visitor.page.evaluate(f"{{ {SPOIL} }}")
        visitor.page.wait_for_function("() => document.images[document.images.length - 1].complete")
        assert problem in " ".join(visitor.problems())
