"""The flow of an extract in a real browser: the analyst describes and fetches, the approver decides; pages are accessible."""

import zipfile

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from jobs.services import drain
from tests import extracted
from tests.cast import ANALYST, APPROVER, Person, signed_in
from tests.functional.accessibility import LANGUAGES, WIDTHS, Visit, visit


@pytest.fixture(autouse=True)
def register(transactional_db: None) -> None:
    extracted.a_register()


def use_session_of(person: Person, visitor: Visit, server: LiveServer) -> None:
    key = signed_in(person).session.session_key
    assert key
    visitor.use_session(server.url, key)


def press(visitor: Visit, name: str) -> None:
    visitor.leave(visitor.page.get_by_role("button", name=name, exact=True))


def describe(visitor: Visit, server: LiveServer) -> None:
    visitor.open(f"{server.url}/figures/extracts/new/contracted")
    page = visitor.page
    page.get_by_label("What is the data for?").fill("How forms differ by age")
    page.get_by_label("Which organisation gets it?").fill("University of Tests")
    page.get_by_label("From which year?").fill("2018")
    page.get_by_label("Up to and including which year?").fill("2019")
    for name, level in (("year", "year"), ("sex", "sex"), ("form", "form")):
        page.locator(f"#id_column-{name}").select_option(level)


def test_analyst_describes_approver_approves_and_the_file_is_fetched_once(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser, language="en") as analyst, visit(browser, language="en") as approver:
        use_session_of(ANALYST, analyst, live_server)
        use_session_of(APPROVER, approver, live_server)
        page = analyst.page
        describe(analyst, live_server)
        press(analyst, "Count the risk")
        expect(page.get_by_text("The risk is being counted.", exact=True)).to_be_visible()
        drain(["reports"])
        analyst.open(page.url)
        expect(page.get_by_text("About 60 rows, told in fives.")).to_be_visible()
        press(analyst, "Ask for it")
        address = page.url
        approver.open(f"{live_server.url}/figures/releases")
        approver.leave(approver.page.get_by_role("table").get_by_role("link").first)
        press(approver, "Approve")
        drain(["reports"])
        analyst.open(address)
        press(analyst, "Make a link to fetch it once")
        analyst.leave(page.get_by_role("link", name="/figures/extracts/fetch/"))
        with page.expect_download() as download:
            page.get_by_role("button", name="Fetch the file").click()
        with zipfile.ZipFile(download.value.path()) as whole:
            assert len(whole.read("data.csv").decode().splitlines()) == 61
        press(analyst, "Fetch the file")
        expect(page.get_by_text("This link was used already")).to_be_visible()
        assert analyst.problems() == [] == approver.problems()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_extracts_are_accessible(browser: Browser, live_server: LiveServer, language: str, width: int) -> None:
    ready, waiting = extracted.ready(), extracted.asked()
    pages = {
        ANALYST: ("extracts", "extracts/new/contracted", f"extracts/{ready}", f"extracts/{waiting}"),
        APPROVER: ("releases", f"releases/{waiting}"),
    }
    for person, addresses in pages.items():
        with visit(browser, language=language, width=width) as visitor:
            use_session_of(person, visitor, live_server)
            for address in addresses:
                visitor.open(f"{live_server.url}/figures/{address}")
                assert visitor.problems() == [], address


def test_wrong_description_says_what_is_wrong_and_is_accessible(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser, language="nl", width=375) as visitor:
        use_session_of(ANALYST, visitor, live_server)
        visitor.open(f"{live_server.url}/figures/extracts/new/wider")
        press(visitor, "Risico berekenen")
        expect(visitor.page.get_by_role("alert")).to_contain_text("Zeg welke organisatie de gegevens krijgt.")
        assert visitor.problems() == []
