"""Signing in with a real browser: the forced second factor, a passkey from setting up to use, and the demonstration's click."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts import demonstration
from accounts.permissions import operator
from tests import cast
from tests.functional.accessibility import LANGUAGES, WIDTHS, Visit, visit

pytestmark = pytest.mark.django_db(transaction=True)

ADMINISTRATOR_PAGES = ("/", "/users", "/organisations", "/organisations/new", "/security", "/password/change", "/sign-out")
OPEN_PAGES = ("/sign-in", "/password/forgotten", "/password/forgotten/sent", "/account-closed")
# A passkey of a phone: it lives on the device and asks for the user's finger, which here is always there.
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def visitor(browser: Browser, live_server: LiveServer) -> Iterator[Visit]:
    with visit(browser) as made:
        made.open(f"{live_server.url}/sign-in")
        yield made


def give_password(visitor: Visit, person: cast.Person) -> None:
    page = visitor.page
    cast.user(person)
    page.get_by_label("E-mailadres").fill(person.email)
    page.get_by_label("Wachtwoord", exact=True).fill(cast.PASSWORD)
    visitor.leave(page.get_by_role("button", name="Inloggen", exact=True))


def give_device(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def add_passkey(visitor: Visit) -> None:
    page = visitor.page
    visitor.leave(page.get_by_role("button", name="Passkey toevoegen"))
    page.get_by_label("Ik wil met alleen deze passkey inloggen").check()
    visitor.leave(page.get_by_role("button", name="Passkey toevoegen"))


def test_passkey_is_demanded_set_up_and_used(visitor: Visit) -> None:
    page = visitor.page
    give_device(page)
    give_password(visitor, cast.ANALYST)
    expect(page.locator("h1")).to_have_text("Uw rol heeft een tweede factor nodig")
    assert visitor.problems() == []
    add_passkey(visitor)
    expect(page.locator("h1")).to_have_text("Herstelcodes")
    expect(page.locator(".baken-codes code")).to_have_count(10)
    assert visitor.problems() == []
    visitor.leave(page.get_by_role("button", name="Ik heb de codes bewaard"))
    expect(page.locator("h1")).to_have_text(cast.REGISTRY.name)
    visitor.leave(page.get_by_role("button", name="Uitloggen"))
    visitor.leave(page.get_by_role("button", name="Passkey gebruiken"))
    expect(page.locator("h1")).to_have_text(cast.REGISTRY.name)
    expect(page.get_by_text("U bent ingelogd met: passkey.")).to_be_visible()
    assert visitor.seen == []


def test_code_to_scan_is_drawn_in_the_page(visitor: Visit) -> None:
    give_password(visitor, cast.ANALYST)
    visitor.leave(visitor.page.get_by_role("button", name="App instellen"))
    expect(visitor.page.locator("svg.baken-qr")).to_be_visible()
    assert visitor.problems() == []


@pytest.mark.parametrize("width", WIDTHS)
def test_sign_in_with_errors_is_accessible(browser: Browser, live_server: LiveServer, width: int) -> None:
    with visit(browser, width=width) as visitor:
        visitor.open(f"{live_server.url}/sign-in")
        visitor.leave(visitor.page.get_by_role("button", name="Inloggen", exact=True))
        expect(visitor.page).to_have_title("Fout: Inloggen - Baken")
        assert visitor.problems() == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_open_account_pages_are_accessible(browser: Browser, live_server: LiveServer, language: str, width: int) -> None:
    with visit(browser, language=language, width=width) as visitor:
        for address in OPEN_PAGES:
            visitor.open(live_server.url + address)
            assert visitor.problems() == []


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_the_administrator_are_accessible(browser: Browser, live_server: LiveServer, width: int) -> None:
    key = str(cast.signed_in(cast.ADMINISTRATOR).session.session_key)
    user, police = cast.user(cast.COLLEAGUE).id, cast.organisation(cast.POLICE)
    pages = (
        f"/users/{user}",
        f"/users/{user}/roles/{police}",
        f"/organisations/{police}",
        f"/systems/{police}/tokens/new",
    )
    with visit(browser, width=width) as visitor:
        visitor.use_session(live_server.url, key)
        for address in (*ADMINISTRATOR_PAGES, *pages):
            visitor.open(live_server.url + address)
            assert visitor.problems() == []


@pytest.mark.parametrize("width", WIDTHS)
def test_one_click_shows_the_demonstration(browser: Browser, live_server: LiveServer, settings: Settings, width: int) -> None:
    settings.BAKEN_DEMONSTRATION = True
    demonstration.create_accounts(by=operator("tests"))
    with visit(browser, width=width) as visitor:
        visitor.open(f"{live_server.url}/sign-in")
        assert visitor.problems() == []
        visitor.leave(visitor.page.locator('button[value="analist"]'))
        expect(visitor.page.locator("h1")).to_have_text(demonstration.REGISTRY)
        expect(visitor.page.get_by_text("demonstratie-inlog")).to_be_visible()
        assert visitor.problems() == []
