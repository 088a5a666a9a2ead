"""The desk where links are reviewed in a real browser: by mouse, by keyboard alone, without scripts, at both widths."""

import re
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from intake.matching import review, sampling
from intake.models.decision import LinkDecision, Verdict
from intake.models.matching import Pair
from intake.models.unlock import Unlock
from tests import cast, review_acts
from tests.cast import REVIEWER, signed_in
from tests.functional.accessibility import LANGUAGES, WIDTHS, Visit, pictured, visit
from tests.linked import VAGUE, linked, pair_of, persons, proven

pytestmark = pytest.mark.django_db(transaction=True)


def use_session(visitor: Visit, server: LiveServer, person: cast.Person = REVIEWER) -> None:
    key = signed_in(person).session.session_key
    assert key
    visitor.use_session(server.url, key)


def two_questions() -> tuple[UUID, UUID]:
    """Of persons who have nothing in common; the first is the less sure one."""
    one = pair_of(linked(), linked(family_name="Kabirou", **VAGUE)).id
    zwaluw = {"family_name": "Zwaluwenburg", "given_names": ("Quirijntje",)}
    other = pair_of(linked(**zwaluw), linked(**zwaluw | VAGUE | {"given_names": ("Q.",)})).id
    useful = Pair.objects.filter(id__in=(one, other)).order_by("-usefulness").values_list("id", flat=True)
    return useful[0], useful[1]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_accessible(browser: Browser, live_server: LiveServer, language: str, width: int) -> None:
    first, second = two_questions()
    review.decide(pair=second, verdict=Verdict.SAME_SPELLING, by=cast.actor(REVIEWER))
    review_acts.opened(first)
    with visit(browser, language=language, width=width) as visitor:
        use_session(visitor, live_server)
        pages = {"list": f"/review?done={second}", "pair": f"/review/{first}?done={second}", "decided": f"/review/{second}"}
        for name, address in pages.items():
            visitor.open(live_server.url + address)
            assert visitor.problems() == [], address
            pictured(visitor, name)
        visitor.open(f"{live_server.url}/review/{first}")
        visitor.stay(visitor.page.locator("#desk summary"))
        assert visitor.problems() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_a_supervisor_are_accessible(browser: Browser, live_server: LiveServer, language: str) -> None:
    pair = pair_of(linked(), linked())
    proven()
    review.decide(pair=pair.id, verdict=Verdict.DIFFERENT_DETAILS, by=cast.actor(cast.SUPERVISOR))
    question = pair_of(pair.first_id, linked(**VAGUE)).id
    review.decide(pair=question, verdict=Verdict.SAME_SPELLING, by=cast.actor(REVIEWER))
    links = f"/review/links?reference={pair.first.reference}"
    pages = {"queue": "/review", "links": links, "contest": f"/review/{question}", "quality": "/review/quality"}
    with visit(browser, language=language) as visitor:
        use_session(visitor, live_server, cast.SUPERVISOR)
        for name, address in pages.items():
            visitor.open(live_server.url + address)
            for width in WIDTHS:
                visitor.at_width(width)
                assert visitor.problems() == [], (address, width)
                pictured(visitor, name)


def test_reviewer_decides_takes_back_and_decides_again(browser: Browser, live_server: LiveServer) -> None:
    first, second = linked(), linked(**VAGUE)
    question = pair_of(first, second).id
    with visit(browser) as visitor:
        use_session(visitor, live_server)
        visitor.open(f"{live_server.url}/review")
        page = visitor.page
        visitor.leave(page.get_by_role("button", name="Beantwoord de eerste vraag"))
        expect(page).to_have_url(f"{live_server.url}/review/{question}")
        visitor.leave(page.get_by_role("button", name="wat verschilt is spelling"))
        expect(page.get_by_text("Er wacht geen vraag op antwoord.")).to_be_visible()
        assert persons() == {frozenset({first, second})}
        visitor.leave(page.get_by_role("button", name="Neem het terug"))
        expect(page.get_by_text("Het antwoord is teruggenomen.")).to_be_visible()
        visitor.leave(page.get_by_role("button", name="broers, zussen"))
        expect(page.get_by_text("Het antwoord is vastgelegd.")).to_be_visible()
        assert visitor.problems() == []
    assert Pair.objects.get().decision == "different"


def test_pairs_are_answered_by_keyboard_alone(browser: Browser, live_server: LiveServer) -> None:
    """Identities opened, answered, the next pair is there at once, the answer taken back, and on."""
    first, second = two_questions()
    with visit(browser) as visitor:
        use_session(visitor, live_server)
        visitor.open(f"{live_server.url}/review/{first}")
        page = visitor.page
        with visitor.leaving():
            press(page, "i", "1")
        expect(page.get_by_role("row", name="Achternaam").first).to_contain_text(re.compile("Kabiro|Zwaluwenburg"))
        assert Unlock.objects.filter(pair=first).count() == 2
        with visitor.leaving():
            press(page, "s", "3")
        expect(page).to_have_url(f"{live_server.url}/review/{second}?done={first}")
        assert Pair.objects.get(id=first).decision == "same"
        with visitor.leaving():
            press(page, "u")
        expect(page).to_have_url(f"{live_server.url}/review/{first}")
        with visitor.leaving():
            press(page, "d", "2")
        with visitor.leaving():
            press(page, "c", "1")
        expect(page).to_have_url(f"{live_server.url}/review?done={second}")
        assert visitor.problems() == []
    answers = LinkDecision.objects.order_by("id").values_list("pair", "answer", "reason")
    assert list(answers) == [
        (first, "same", "spelling"),
        (first, "taken-back", ""),
        (first, "different", "relatives"),
        (second, "cannot-tell", "too-little"),
    ]


def test_next_key_passes_a_pair_over_and_keys_can_be_turned_off(browser: Browser, live_server: LiveServer) -> None:
    first, second = two_questions()
    with visit(browser) as visitor:
        use_session(visitor, live_server)
        visitor.open(f"{live_server.url}/review/{first}")
        page = visitor.page
        with visitor.leaving():
            press(page, "n")
        expect(page).to_have_url(f"{live_server.url}/review/{second}")
        visitor.stay(page.get_by_role("button", name="Zet de toetsen uit"))
        press(page, "s")
        expect(page.get_by_role("button", name="namen en datums").first).not_to_be_focused()
        visitor.stay(page.get_by_role("button", name="Zet de toetsen aan"))
        press(page, "s")
        expect(page.get_by_role("button", name="namen en datums").first).to_be_focused()
    assert not LinkDecision.objects.exists()


def test_order_of_the_page_is_that_of_the_work(browser: Browser, live_server: LiveServer) -> None:
    first, _ = two_questions()
    with visit(browser) as visitor:
        use_session(visitor, live_server)
        visitor.open(f"{live_server.url}/review/{first}")
        named = visitor.page.locator("#desk button[name], #next, #desk summary").evaluate_all(
            "all => all.map((one) => one.name || one.id || one.tagName)"
        )
    kinds = list(dict.fromkeys(named))
    assert kinds == ["motive", "verdict", "next", "SUMMARY"]
    assert named == sorted(named, key=kinds.index)


def test_pair_is_opened_and_answered_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    first, _ = two_questions()
    context = browser.new_context(locale="nl", java_script_enabled=False)
    page = context.new_page()
    key = signed_in(REVIEWER).session.session_key
    context.add_cookies([{"name": "sessionid", "value": key or "", "url": live_server.url}])
    page.goto(f"{live_server.url}/review/{first}")
    with page.expect_event("load"):
        page.get_by_role("button", name="Om namen, datums en nummers").click()
    expect(page.get_by_role("table", name="Over wie ze gaan")).to_be_visible()
    with page.expect_event("load"):
        page.get_by_role("button", name="een nummer is gelijk").click()
    expect(page.get_by_text("Het antwoord is vastgelegd.")).to_be_visible()
    context.close()
    assert Pair.objects.get(id=first).decision == "same"


def test_supervisor_settles_what_two_readers_disagree_on(
    browser: Browser, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "READ_TWICE", 1)
    question = pair_of(linked(), linked(**VAGUE)).id
    review.decide(pair=question, verdict=Verdict.SAME_SPELLING, by=cast.actor(REVIEWER))
    review.decide(pair=question, verdict=Verdict.DIFFERENT_RELATIVES, by=cast.actor(cast.SECOND_REVIEWER))
    with visit(browser) as visitor:
        use_session(visitor, live_server, cast.SUPERVISOR)
        visitor.open(f"{live_server.url}/review")
        page = visitor.page
        visitor.leave(page.locator("#disputes + ul a"))
        assert visitor.problems() == []
        visitor.leave(page.get_by_role("button", name="broers, zussen"))
        expect(page.get_by_text("Twee beoordelaars zijn het oneens")).to_have_count(0)
        assert visitor.problems() == []
    assert len(persons()) == 2
