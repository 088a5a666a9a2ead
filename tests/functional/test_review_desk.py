"""The desk where links are reviewed in a real browser: from the queue through both decisions and back, at both widths."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from intake.models.matching import Pair
from tests.cast import REVIEWER, signed_in
from tests.functional.accessibility import LANGUAGES, WIDTHS, Visit, visit
from tests.linked import NO_DATE, linked, pair_of, persons

pytestmark = pytest.mark.django_db(transaction=True)


def use_session(visitor: Visit, server: LiveServer) -> None:
    key = signed_in(REVIEWER).session.session_key
    assert key
    visitor.use_session(server.url, key)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_accessible(browser: Browser, live_server: LiveServer, language: str, width: int) -> None:
    question = pair_of(linked(), linked(birth=NO_DATE)).id
    with visit(browser, language=language, width=width) as visitor:
        use_session(visitor, live_server)
        for address in ("/review", f"/review/{question}"):
            visitor.open(live_server.url + address)
            assert visitor.problems() == [], address


def test_reviewer_decides_takes_back_and_decides_again(browser: Browser, live_server: LiveServer) -> None:
    first, second = linked(), linked(birth=NO_DATE)
    question = pair_of(first, second).id
    with visit(browser) as visitor:
        use_session(visitor, live_server)
        visitor.open(f"{live_server.url}/review")
        page = visitor.page
        visitor.leave(page.get_by_role("button", name="Beantwoord de eerste vraag"))
        expect(page).to_have_url(f"{live_server.url}/review/{question}")
        visitor.leave(page.get_by_role("button", name="Dezelfde persoon"))
        expect(page.get_by_text("Er wacht geen vraag op antwoord.")).to_be_visible()
        assert persons() == {frozenset({first, second})}
        visitor.open(f"{live_server.url}/review/{question}")
        visitor.leave(page.get_by_role("button", name="Neem dit besluit terug"))
        expect(page.get_by_text("Het besluit is teruggenomen.")).to_be_visible()
        visitor.leave(page.get_by_role("button", name="Verschillende personen"))
        expect(page.get_by_text("Het besluit is vastgelegd.")).to_be_visible()
        assert visitor.problems() == []
    assert Pair.objects.get().decision == "different"
