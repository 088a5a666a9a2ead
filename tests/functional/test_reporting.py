"""Reporting in a real browser: a form from its first step to the receipt, and a file from upload to storage."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from intake.batches import columns
from intake.models.anonymous_signal import AnonymousSignal
from intake.models.contribution import Contribution
from jobs import services as jobs
from tests import cast, uploaded
from tests.functional.accessibility import LANGUAGES, WIDTHS, Visit, visit

pytestmark = pytest.mark.django_db(transaction=True)
STATEMENT = ("capacity=sixteen-or-older", "judged_how=professional", "signer=person", "method=written", "language=nl")


def sign_in(person: cast.Person, visitor: Visit, server: LiveServer) -> Page:
    visitor.use_session(server.url, cast.signed_in(person).session.session_key or "")
    return visitor.page


def go_on(visitor: Visit) -> None:
    """Every step is looked at before it is left."""
    assert visitor.problems() == []
    visitor.leave(visitor.page.locator("main form[method=post] button.govuk-button[type=submit]:not([name])").last)


def choose(page: Page, *answers: str) -> None:
    for answer in answers:
        name, value = answer.split("=")
        page.locator(f'input[name="{name}"][value="{value}"]').check()


def settle(visitor: Visit, *answers: str) -> None:
    """The day of the report and, where they are asked, the answers about consent."""
    page = visitor.page
    visitor.leave(page.locator("main form button[type=submit]").first)
    page.fill("#id_date", "14-03-2019")
    go_on(visitor)
    if answers:
        choose(page, *answers)
        go_on(visitor)


def with_consent(visitor: Visit) -> None:
    settle(visitor, "answer=given")
    choose(visitor.page, *STATEMENT)
    visitor.page.fill("#id_signed_on", "13-03-2019")
    go_on(visitor)
    choose(visitor.page, "help=given", "research_extract=refused")
    go_on(visitor)
    go_on(visitor)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_report_with_consent_goes_from_the_first_section_to_the_receipt(
    browser: Browser, live_server: LiveServer, language: str, width: int
) -> None:
    with visit(browser, language=language, width=width) as visitor:
        page = sign_in(cast.OWNER, visitor, live_server)
        visitor.open(f"{live_server.url}/notifications/new")
        with_consent(visitor)
        go_on(visitor)
        expect(page.locator(".govuk-error-summary")).to_be_visible()
        page.fill("#id_family_name", "Zwaluwenburg")
        go_on(visitor)
        page.select_option("#id_nationality", "RO")
        while page.locator("#id_exploitation_types_0").count() == 0:
            go_on(visitor)
        choose(page, "exploitation_types=sexual")
        go_on(visitor)
        choose(page, "prostitution_sectors=window")
        while page.locator("form[action]").count() and page.locator("dl.govuk-summary-list").count() == 0:
            go_on(visitor)
        expect(page.get_by_text("Zwaluwenburg")).to_be_visible()
        go_on(visitor)
        expect(page.get_by_text(Contribution.objects.get().reference).first).to_be_visible()
        assert visitor.problems() == []


def test_browsers_back_keeps_the_answers(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser) as visitor:
        page = sign_in(cast.OFFICER, visitor, live_server)
        visitor.open(f"{live_server.url}/notifications/new")
        settle(visitor)
        page.fill("#id_family_name", "Zwaluwenburg")
        with visitor.leaving():
            page.keyboard.press("Enter")
        expect(page.locator("#id_nationality")).to_be_visible()
        with visitor.leaving():
            page.go_back()
        expect(page.locator("#id_family_name")).to_have_value("Zwaluwenburg")
        with visitor.leaving():
            page.go_back()
        expect(page.locator("#id_date")).to_have_value("14-03-2019")


def test_refusal_asks_for_nobody_and_leaves_a_signal(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser) as visitor:
        page = sign_in(cast.OWNER, visitor, live_server)
        visitor.open(f"{live_server.url}/notifications/new")
        settle(visitor, "answer=refused")
        expect(page.locator("#id_family_name")).to_have_count(0)
        choose(page, "age_band=18-22", "exploitation_types=labour")
        go_on(visitor)
        expect(page.get_by_text("18-22")).to_be_visible()
        go_on(visitor)
        expect(page).to_have_url(f"{live_server.url}/notifications/signal")
        assert visitor.problems() == []
    assert AnonymousSignal.objects.get().form == "AU"


def test_file_goes_from_upload_to_storage(browser: Browser, live_server: LiveServer, tmp_path: Path) -> None:
    file = tmp_path / "meldingen.csv"
    file.write_bytes(columns.write_csv([*uploaded.reports(3), uploaded.changed(uploaded.reports(4)[3], bsn="123456789")]))
    with visit(browser) as visitor:
        page = sign_in(cast.OFFICER, visitor, live_server)
        visitor.open(f"{live_server.url}/batches/new")
        page.set_input_files("#id_file", file)
        go_on(visitor)
        assert visitor.problems() == []
        with visitor.leaving():
            jobs.drain(("files",))
        page.locator("#leave-out-errors").check()
        visitor.leave(page.get_by_role("button", name="3 regels opslaan"))
        assert visitor.problems() == []
        with visitor.leaving():
            jobs.drain(("files",))
        expect(page.get_by_text("De aanlevering is opgeslagen")).to_be_visible()
        assert visitor.problems() == []
    assert Contribution.objects.count() == 3
