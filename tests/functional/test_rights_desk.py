"""The privacy officer's desk in a real browser: a removal by two people, the copy, and a report that rests."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from intake.models.contribution import Contribution
from intake.rights.grounds import Ground, Right
from tests import cast, handled, linked, reported, unlocked
from tests.functional.accessibility import LANGUAGES, WIDTHS, Visit, visit

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = {
    "nl": {
        "ask": "Vraag een tweede persoon om akkoord",
        "asked": "Tot die tijd kan er niets worden toegewezen.",
        "agree": "Ga akkoord met de verwijdering",
        "agreed": "U bent akkoord met de verwijdering.",
        "granted": "U kunt het verzoek toewijzen.",
        "rests": "op verzoek van de persoon beperkt",
        "sheet": "Uw toestemming",
    },
    "en": {
        "ask": "Ask a second person to agree",
        "asked": "Until then nothing can be granted.",
        "agree": "Agree with the removal",
        "agreed": "You agreed with the removal.",
        "granted": "You can grant the request.",
        "rests": "is restricted at the person's request",
        "sheet": "Your consent",
    },
}


def as_person(visitor: Visit, server: LiveServer, person: cast.Person) -> None:
    key = cast.signed_in(person).session.session_key
    assert key
    visitor.use_session(server.url, key)


def sound(visitor: Visit) -> None:
    for width in WIDTHS:
        visitor.at_width(width)
        assert visitor.problems() == [], width


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_people_agree_before_a_report_is_removed(browser: Browser, live_server: LiveServer, language: str) -> None:
    case, said = handled.about(linked.linked(), right=Right.ERASURE), WORDS[language]
    address = f"{live_server.url}/rights/{case}"
    with visit(browser, language=language) as visitor:
        as_person(visitor, live_server, cast.PRIVACY_OFFICER)
        visitor.open(address)
        sound(visitor)
        visitor.leave(visitor.page.get_by_role("button", name=said["ask"]))
        expect(visitor.page.get_by_text(said["asked"])).to_be_visible()
        sound(visitor)
        as_person(visitor, live_server, cast.APPROVER)
        visitor.open(f"{live_server.url}/grants")
        sound(visitor)
        visitor.leave(visitor.page.get_by_role("button", name=said["agree"]))
        expect(visitor.page.get_by_text(said["agreed"])).to_be_visible()
        as_person(visitor, live_server, cast.PRIVACY_OFFICER)
        visitor.open(address)
        expect(visitor.page.get_by_text(said["granted"])).to_be_visible()
        visitor.page.locator("input[name=outcome][value=granted]").check()
        visitor.leave(visitor.page.locator("form[action$='/decide'] button[type=submit]"))
        sound(visitor)
    assert Contribution.objects.get().leaving


@pytest.mark.parametrize("language", LANGUAGES)
def test_copy_tells_of_the_consent(browser: Browser, live_server: LiveServer, language: str) -> None:
    contribution, said = unlocked.held(), WORDS[language]
    handled.opened(contribution)
    case = handled.about(contribution)
    with visit(browser, language=language) as visitor:
        as_person(visitor, live_server, cast.PRIVACY_OFFICER)
        visitor.open(f"{live_server.url}/rights/{case}")
        visitor.leave(visitor.page.locator("form[action$='/copy'] button:not([name])"))
        expect(visitor.page.get_by_role("heading", name=said["sheet"])).to_be_visible()
        sound(visitor)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_of_a_report_says_that_it_rests(browser: Browser, live_server: LiveServer, language: str) -> None:
    reference = reported.sent()
    handled.granted(Contribution.objects.get().id, right=Right.RESTRICTION, ground=Ground.ACCURACY)
    with visit(browser, language=language) as visitor:
        as_person(visitor, live_server, cast.OFFICER)
        visitor.open(f"{live_server.url}/notifications/{reference}/report")
        expect(visitor.page.get_by_text(WORDS[language]["rests"])).to_be_visible()
        sound(visitor)
