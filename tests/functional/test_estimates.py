"""The pages of estimates in a real browser: asked for, followed, stopped, read; accessible in both languages and widths."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from jobs.services import drain
from tests import estimated
from tests.cast import ANALYST
from tests.functional.accessibility import LANGUAGES, WIDTHS, visit
from tests.functional.test_figures import use_session_of


@pytest.fixture(autouse=True)
def register(transactional_db: None) -> None:
    estimated.a_register()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_estimates_are_accessible(browser: Browser, live_server: LiveServer, language: str, width: int) -> None:
    done, waiting = estimated.made(strata=("sex",)), estimated.asked()
    with visit(browser, language=language, width=width) as visitor:
        use_session_of(ANALYST, visitor, live_server)
        for page in ("", "/new", f"/{waiting}", f"/{done}"):
            visitor.open(f"{live_server.url}/figures/estimates{page}")
            assert visitor.problems() == [], page
        expect(visitor.page.locator("figure svg[role=img]")).to_have_count(2)


def test_estimate_is_asked_for_followed_and_read(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser, language="en") as visitor:
        use_session_of(ANALYST, visitor, live_server)
        visitor.open(f"{live_server.url}/figures/estimates/new")
        for group in ("ISZW-DO", "FairWork"):
            visitor.page.get_by_label(group, exact=True).select_option("out")
        visitor.page.get_by_label("police → care coordinators", exact=False).first.check()
        visitor.leave(visitor.page.get_by_role("button", name="Make the estimate"))
        expect(visitor.page.get_by_text("Step 0 of 4 is done")).to_be_visible()
        drain(["reports"])
        visitor.open(visitor.page.url)
        expect(visitor.page.get_by_role("heading", name="The answer", exact=True)).to_be_visible()
        with visitor.page.expect_download() as download:
            visitor.page.get_by_role("link", name="CSV").click()
        assert "multiple systems estimation" in download.value.path().read_text(encoding="utf-8-sig")
        assert visitor.problems() == []


def test_estimate_is_stopped(browser: Browser, live_server: LiveServer) -> None:
    run = estimated.asked()
    with visit(browser, language="en") as visitor:
        use_session_of(ANALYST, visitor, live_server)
        visitor.open(f"{live_server.url}/figures/estimates/{run}")
        visitor.leave(visitor.page.get_by_role("button", name="Cancel"))
        expect(visitor.page.get_by_text("The estimate is not made any further.")).to_be_visible()
        assert visitor.problems() == []
