"""The pages with figures in a real browser: accessible in both languages and at both widths, nothing against the policy."""

import json

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from reports.figures.definitions import BY_ID, FIGURES
from tests.cast import ANALYST, OWNER, Person, signed_in
from tests.functional.accessibility import LANGUAGES, WIDTHS, Visit, visit
from tests.integration.reports.shown import cells_of_page, cells_of_workbook
from tests.integration.reports.test_figure_pages import SIGHT, write_sight
from tests.integration.reports.written import refresh_all, write_all
from tests.reference_register import facts_by_person_year
from tests.unit.reports.tally import printed_of

# The overview, one of each kind of chart, a table with ranks and one with means, and a part of a figure.
DRAWN = ("/figures", "/figures/2.1", "/figures/2.10", "/figures/2.12", "/figures/T2.1", "/figures/2.8?from=2018&form=AU")
PAGES = (*DRAWN, *(address for figure in FIGURES if (address := f"/figures/{figure.id}") not in DRAWN))

SIGHT_SINCE_12 = [BY_ID[identifier] for identifier in SIGHT if int(identifier.removeprefix("S.")) >= 12]


@pytest.fixture(autouse=True)
def register(transactional_db: None) -> None:
    """Every tenth person-year of the reference register."""
    every = list(facts_by_person_year().values())[::10]
    write_all(fact for facts in every for fact in facts)
    refresh_all()


def use_session_of(person: Person, visitor: Visit, server: LiveServer) -> None:
    key = signed_in(person).session.session_key
    assert key
    visitor.use_session(server.url, key)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_exact_figures_are_accessible(browser: Browser, live_server: LiveServer, language: str, width: int) -> None:
    write_sight()
    refresh_all()
    with visit(browser, language=language, width=width) as visitor:
        use_session_of(ANALYST, visitor, live_server)
        for address in PAGES:
            visitor.open(live_server.url + address)
            if address in DRAWN:
                expect(visitor.page.locator("figure svg[role=img]").first).to_be_visible()
            assert visitor.problems() == [], address


def test_part_of_a_figure_is_chosen_has_an_address_and_is_downloaded(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser, language="en") as visitor:
        use_session_of(ANALYST, visitor, live_server)
        visitor.open(f"{live_server.url}/figures/2.8")
        visitor.page.get_by_label("Form", exact=True).select_option("GO-SU")
        visitor.leave(visitor.page.get_by_role("button", name="Show"))
        expect(visitor.page).to_have_url(f"{live_server.url}/figures/2.8?from=&to=&form=GO-SU&reporter=")
        with visitor.page.expect_download() as download:
            visitor.page.get_by_role("link", name="CSV").click()
        assert "Filter,Form: GO-SU" in download.value.path().read_text(encoding="utf-8-sig")
        visitor.open(f"{live_server.url}/figures/2.8?form=XX")
        expect(visitor.page.get_by_role("alert")).to_contain_text("Form: there is no form with this code.")
        assert visitor.problems() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_of_sight_are_the_same_on_the_page_in_the_json_and_in_the_workbook(
    browser: Browser, live_server: LiveServer, language: str
) -> None:
    """S.12 and those that follow, of reports that say something in each."""
    write_sight()
    refresh_all()
    with visit(browser, language=language) as visitor:
        use_session_of(ANALYST, visitor, live_server)
        for figure in SIGHT_SINCE_12:
            visitor.open(f"{live_server.url}/figures/{figure.id}")
            assert visitor.problems() == [], figure.id
            found = cells_of_page(figure, visitor.page.content(), language)
            files = {}
            for name in ("XLSX", "JSON"):
                with visitor.page.expect_download() as download:
                    visitor.page.get_by_role("link", name=name, exact=True).click()
                files[name] = download.value.path().read_bytes()
            assert cells_of_workbook(figure, files["XLSX"], language) == found, figure.id
            said = json.loads(files["JSON"])["table"]
            assert printed_of({figure.id: said}) == {key: number for key, number in found.items() if number}, figure.id
            assert any(number for key, number in found.items() if key[1] not in ("total", "unknown")), figure.id


def test_on_paper_there_are_no_controls_and_nothing_falls_off(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser, width=718) as visitor:
        use_session_of(ANALYST, visitor, live_server)
        visitor.page.emulate_media(media="print")
        for address in ("/figures", "/figures/2.10"):
            visitor.open(live_server.url + address)
            expect(visitor.page.locator("figure svg[role=img]").first).to_be_visible()
            for hidden in (".baken-filters", "nav.govuk-pagination", "#all-figures"):
                assert not visitor.page.locator(hidden).locator("visible=true").count()
            assert visitor.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_chart_scrolls_on_a_phone_and_keeps_its_text_readable(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser, width=375) as visitor:
        use_session_of(ANALYST, visitor, live_server)
        visitor.open(f"{live_server.url}/figures/2.7")
        drawing = visitor.page.locator("figure svg[role=img]").bounding_box()
        assert drawing
        assert drawing["width"] >= 600


def test_reporter_is_led_from_the_figures_to_the_editions(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser) as visitor:
        use_session_of(OWNER, visitor, live_server)
        visitor.open(f"{live_server.url}/figures")
        expect(visitor.page).to_have_url(f"{live_server.url}/figures/published")
        expect(visitor.page.get_by_text("Er is nog geen editie gepubliceerd.")).to_be_visible()
        assert visitor.problems() == []
