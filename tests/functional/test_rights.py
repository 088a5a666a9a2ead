"""The privacy officer's desk in a real browser, by the keyboard: a request, a rectification, recipients to tell, retention."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Locator, expect
from pytest_django.live_server_helper import LiveServer

from intake.models.contribution import Contribution
from intake.models.rights import PersonSearch, RightsCase
from intake.models.use import DutyToTell
from intake.rights import searches
from tests import cast, handled, linked, used
from tests.functional.accessibility import LANGUAGES, WIDTHS, Visit, visit

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def at_desk(browser: Browser, server: LiveServer, language: str, *people: cast.Person) -> Iterator[list[Visit]]:
    with ExitStack() as stack:
        visitors = []
        for person in people:
            visitor = stack.enter_context(visit(browser, language=language))
            visitor.use_session(server.url, cast.signed_in(person).session.session_key or "")
            visitors.append(visitor)
        yield visitors


def look(visitor: Visit) -> None:
    for width in (*WIDTHS, WIDTHS[0]):
        visitor.at_width(width)
        assert visitor.problems() == [], (width, visitor.page.url)


def enter(visitor: Visit, on: Locator) -> None:
    """Every page is looked at before it is left."""
    look(visitor)
    with visitor.leaving():
        on.press("Enter")


def write(visitor: Visit, **answers: str) -> None:
    for name, text in answers.items():
        visitor.page.locator(f"main [name={name}]").focus()
        visitor.page.keyboard.type(text)


def choose(visitor: Visit, **answers: str) -> None:
    for name, value in answers.items():
        visitor.page.locator(f'main [name={name}][value="{value}"]').press("Space")


def send(visitor: Visit, form: str) -> None:
    enter(visitor, visitor.page.locator(f"form[action$='{form}'] button").first)


def typed(day: date) -> str:
    return day.strftime("%d-%m-%Y")


def new_case(visitor: Visit, server: LiveServer, right: str) -> str:
    """Its address, once it is known who asks."""
    visitor.open(f"{server.url}/rights")
    enter(visitor, visitor.page.locator('main a[href="/rights/new"]'))
    choose(visitor, right=right, requester="person")
    submit = visitor.page.locator("main form button")
    enter(visitor, submit)
    expect(visitor.page.locator(".govuk-error-summary")).to_be_focused()
    write(visitor, received=typed(timezone.localdate()))
    enter(visitor, submit)
    choose(visitor, how="document-seen")
    send(visitor, "/identify")
    return visitor.page.url


def searched(officer: Visit, second: Visit, server: LiveServer, case: str) -> str:
    """The officer's page stands on the case again, with a search that was granted and done."""
    enter(officer, officer.page.locator("main a[href$='/search']"))
    write(officer, given_names="Mariama", family_name="Kabiru", birth=typed(date(1994, 5, 17)))
    choose(officer, motive="request-of-the-person")
    enter(officer, officer.page.locator("main form button"))
    search = PersonSearch.objects.get().id
    second.open(f"{server.url}/grants")
    send(second, f"{search}/grant")
    look(second)
    searches.run(search=search, by=handled.WORK)
    officer.open(case)
    return str(search)


@pytest.mark.parametrize("language", LANGUAGES)
def test_request_goes_from_the_letter_to_the_answer(browser: Browser, live_server: LiveServer, language: str) -> None:
    contribution = linked.linked()
    with at_desk(browser, live_server, language, cast.PRIVACY_OFFICER, cast.APPROVER) as (officer, second):
        case = new_case(officer, live_server, "access")
        found = searched(officer, second, live_server, case)
        enter(officer, officer.page.locator(f"main a[href$='{found}']"))
        send(officer, f"{contribution}/look")
        expect(officer.page.locator("main")).to_contain_text("Kabiru")
        look(officer)
        officer.open(f"{case}/search/{found}")
        choose(officer, report=str(contribution))
        enter(officer, officer.page.locator("button[form=keep]"))
        send(officer, "/copy")
        expect(officer.page.locator("main")).to_contain_text("Kabiru")
        look(officer)
        officer.open(case)
        choose(officer, outcome="granted")
        send(officer, "/decide")
        choose(officer, told="in-person")
        send(officer, "/close")
        expect(officer.page.locator("form[action$='/close']")).to_have_count(0)
        look(officer)
    assert RightsCase.objects.get().state == "closed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_person_is_put_right(browser: Browser, live_server: LiveServer, language: str) -> None:
    made = handled.a_rectification()
    with at_desk(browser, live_server, language, cast.PRIVACY_OFFICER) as (officer,):
        officer.open(f"{live_server.url}/rights/{made['case']}")
        enter(officer, officer.page.locator(f"main a[href$='{made['report']}/person']"))
        family = officer.page.locator("[name=family_name]")
        family.press("ControlOrMeta+a")
        officer.page.keyboard.type("Wessum")
        enter(officer, officer.page.locator("main form button.govuk-button").first)
        expect(officer.page).to_have_url(re.compile(f"/rights/{made['case']}$"))
        look(officer)


@pytest.mark.parametrize("language", LANGUAGES)
def test_look_at_an_identity_is_asked_granted_and_done(browser: Browser, live_server: LiveServer, language: str) -> None:
    linked.linked()
    reference = Contribution.objects.get().reference
    with at_desk(browser, live_server, language, cast.PRIVACY_OFFICER, cast.APPROVER) as (officer, second):
        officer.open(f"{live_server.url}/unlock")
        write(officer, reference=reference)
        choose(officer, motive="incident")
        enter(officer, officer.page.locator("main form button"))
        expect(officer.page.locator("main")).to_contain_text(f"{reference}: ")
        second.open(f"{live_server.url}/grants")
        send(second, "/grant")
        officer.open(f"{live_server.url}/unlock")
        enter(officer, officer.page.get_by_role("link", name=reference))
        expect(officer.page.locator("main")).to_contain_text("Kabiru")
        look(officer)


@pytest.mark.parametrize("language", LANGUAGES)
def test_recipient_is_told(browser: Browser, live_server: LiveServer, language: str) -> None:
    used.a_duty()
    with at_desk(browser, live_server, language, cast.PRIVACY_OFFICER) as (officer,):
        officer.open(live_server.url)
        enter(officer, officer.page.locator("nav a[href='/duties']"))
        send(officer, "/told")
        expect(officer.page.locator("form[action$='/told']")).to_have_count(0)
        look(officer)
    assert DutyToTell.objects.get().told


@pytest.mark.parametrize("language", LANGUAGES)
def test_retention_is_read_on_a_phone_by_the_keyboard(browser: Browser, live_server: LiveServer, language: str) -> None:
    """What is cut shows that it goes on, and the arrows go there."""
    with at_desk(browser, live_server, language, cast.PRIVACY_OFFICER) as (officer,):
        officer.open(live_server.url)
        enter(officer, officer.page.locator("nav a[href='/retention']"))
        look(officer)
        officer.at_width(min(WIDTHS))
        region = officer.page.locator("main .baken-scroll")
        region.focus()
        assert "gradient" in region.evaluate("(table) => getComputedStyle(table).backgroundImage")
        officer.page.keyboard.press("ArrowRight")
        officer.page.wait_for_function("() => document.querySelector('.baken-scroll').scrollLeft > 0")
