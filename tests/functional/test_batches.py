"""Files of a police unit in a real browser: wrong, mended, sent again, withdrawn. Every state is looked at by axe."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from intake.batches import columns
from intake.models.contribution import Contribution
from jobs import services as jobs
from tests import cast, uploaded
from tests.functional.accessibility import WIDTHS, Visit, visit
from tests.functional.test_reporting import go_on, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
REPORTS = uploaded.reports(3)
WRONG = uploaded.changed(REPORTS[2], bsn="123456789")
STORED = "De aanlevering is opgeslagen"


def sent(visitor: Visit, server: LiveServer, folder: Path, content: bytes) -> None:
    file = folder / "meldingen.csv"
    file.write_bytes(content)
    visitor.open(f"{server.url}/batches/new")
    visitor.page.set_input_files("#id_file", file)
    go_on(visitor)
    expect(visitor.page.locator("#progress")).to_be_visible()


def upload(visitor: Visit, server: LiveServer, folder: Path, content: bytes) -> Page:
    """As far as the dry run; the page of its progress is looked at on the way, and asks for itself anew when it is done."""
    sent(visitor, server, folder, content)
    assert visitor.problems() == []
    with visitor.leaving():
        jobs.drain(("files",))
    assert visitor.problems() == []
    return visitor.page


def store(visitor: Visit, button: str) -> Page:
    page = visitor.page
    visitor.leave(page.get_by_role("button", name=button, exact=True))
    expect(page.locator("progress")).to_be_visible()
    assert visitor.problems() == []
    with visitor.leaving():
        jobs.drain(("files",))
    expect(page.get_by_text(STORED)).to_be_visible()
    assert visitor.problems() == []
    return page


def counts(page: Page) -> dict[str, str]:
    lines = page.locator(".govuk-summary-list__row").all()
    return {line.locator("dt").inner_text(): line.locator("dd").inner_text() for line in lines}


def withdrawal(own_reference: str) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";").writerows(
        [("eigen_kenmerk", "meldingsdatum", "intrekken"), (own_reference, "05-01-2018", "ja")]
    )
    return written.getvalue().encode()


@pytest.mark.parametrize("width", WIDTHS)
def test_unit_mends_its_file_sends_it_again_and_withdraws_a_row(
    browser: Browser, live_server: LiveServer, tmp_path: Path, width: int
) -> None:
    with visit(browser, width=width) as visitor:
        page = sign_in(cast.OFFICER, visitor, live_server)
        upload(visitor, live_server, tmp_path, columns.write_csv([*REPORTS[:2], WRONG]))
        expect(page.locator("table").last).to_contain_text("bsn")
        visitor.leave(page.get_by_role("button", name="2 regels opslaan"))
        expect(page.locator("progress")).to_have_count(0)
        assert visitor.problems() == []
        assert Contribution.objects.count() == 0
        visitor.leave(page.get_by_role("button", name="Deze aanlevering annuleren"))
        assert visitor.problems() == []

        upload(visitor, live_server, tmp_path, columns.write_csv(REPORTS))
        assert counts(store(visitor, "3 regels opslaan"))["Nieuw"] == "3"
        before = list(Contribution.objects.order_by("id").values())

        upload(visitor, live_server, tmp_path, columns.write_csv(REPORTS))
        expect(page.get_by_text("Er verandert niets")).to_be_visible()
        expect(page.get_by_role("button", name="opslaan")).to_have_count(0)
        assert counts(page)["Ongewijzigd, al opgeslagen"] == "3"
        assert list(Contribution.objects.order_by("id").values()) == before

        upload(visitor, live_server, tmp_path, withdrawal(REPORTS[1].identity.own_reference))
        assert counts(store(visitor, "1 regel opslaan"))["Ingetrokken"] == "1"
        assert Contribution.objects.filter(leaving=False).count() == 2

        visitor.open(f"{live_server.url}/batches")
        assert page.locator("tbody tr").count() == 4
        assert visitor.problems() == []


# The page asks when the test says so, instead of every two seconds.
HELD_POLLS = "window.polls = []; window.setInterval = (poll) => window.polls.push(poll);"
POLL_TWICE = "() => [1, 2].forEach(() => window.polls.forEach((poll) => poll()))"


def test_page_of_the_progress_asks_for_itself_anew_once(browser: Browser, live_server: LiveServer, tmp_path: Path) -> None:
    asked: list[str] = []
    with visit(browser) as visitor:
        page = sign_in(cast.OFFICER, visitor, live_server)
        page.add_init_script(HELD_POLLS)
        sent(visitor, live_server, tmp_path, columns.write_csv(REPORTS))
        jobs.drain(("files",))
        page.on("request", lambda request: asked.append(request.url))
        with visitor.leaving():
            page.evaluate(POLL_TWICE)
        expect(page.get_by_role("button", name="3 regels opslaan", exact=True)).to_be_visible()
    assert [url for url in asked if url.endswith("/progress")] == [f"{page.url}/progress"]


def test_errors_are_downloaded_by_place_and_beside_the_own_rows(
    browser: Browser, live_server: LiveServer, tmp_path: Path
) -> None:
    with visit(browser) as visitor:
        page = sign_in(cast.OFFICER, visitor, live_server)
        upload(visitor, live_server, tmp_path, columns.write_csv([*REPORTS[:2], WRONG]))
        with page.expect_download() as listed:
            visitor.stay(page.get_by_role("link", name="(CSV)"))
        with page.expect_download() as own_rows:
            visitor.stay(page.get_by_role("link", name="(XLSX)"))
        text = listed.value.path().read_text(encoding="utf-8-sig")
        assert "bsn" in text
        assert "123456789" not in text
        assert own_rows.value.path().read_bytes().startswith(b"PK")


def test_receipt_is_printed_without_what_is_only_for_the_screen(
    browser: Browser, live_server: LiveServer, tmp_path: Path
) -> None:
    with visit(browser) as visitor:
        page = sign_in(cast.OFFICER, visitor, live_server)
        upload(visitor, live_server, tmp_path, columns.write_csv(REPORTS))
        store(visitor, "3 regels opslaan")
        page.emulate_media(media="print")
        expect(page.get_by_text(STORED)).to_be_visible()
        expect(page.locator("dl.govuk-summary-list")).to_be_visible()
        for screen_only in ("header nav", ".govuk-back-link", ".govuk-skip-link", "main form"):
            for place in page.locator(screen_only).all():
                expect(place).to_be_hidden()
