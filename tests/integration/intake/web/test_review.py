"""The desk where links are reviewed, as pages: evidence without identities, decisions, and what is refused."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from intake.linkage.comparisons import Field, Level
from intake.linkage.decisions import Caution
from intake.linkage.fellegi_sunter import shipped
from intake.matching import quality_sample, review, sampling, selectors
from intake.models.decision import Verdict
from intake.models.matching import Pair
from intake.notifications.inputs import PartialDate
from intake.web import review_names
from tests import cast
from tests.found import found_in
from tests.linked import DAY, FAMILIES, NO_DATE, VAGUE, link_all, linked, pair_of, persons, sent_again

pytestmark = pytest.mark.django_db

LINKED_WITH = "<li>Nu met geen andere melding samengebracht.</li>"
NAMES = ("Mariama", "Kabiru", "1994", "Isatu", "2876543210")


@pytest.fixture
def reviewer() -> Client:
    return cast.signed_in(cast.REVIEWER)


@pytest.fixture
def question() -> Pair:
    return pair_of(linked(), linked(v_number="2876543210", **VAGUE))


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_queue_is_empty_without_questions(reviewer):
    assert "Er wacht geen vraag op antwoord." in page(reviewer, "/review")


def test_queue_lists_the_question_with_its_reason(reviewer):
    question = pair_of(linked(), linked(given_names=("Isatu",)))
    text = page(reviewer, "/review")
    assert f"/review/{question.id}" in text
    assert "Dezelfde achternaam, een andere voornaam" in text


def test_pair_shows_evidence_for_every_compared_field(reviewer, question):
    text = page(reviewer, f"/review/{question.id}")
    for field in ("Achternaam", "Voornaam", "Geslacht", "Nationaliteit"):
        assert field in text
    assert "pleit sterk voor dezelfde persoon" in text
    (family,) = (part for part in selectors.question(question.id).evidence if part.field == "family-name")
    assert f"{family.weight:+.1f}".replace(".", ",") in text
    assert question.first.reference in text
    assert question.second.reference in text


def test_pages_show_no_identity(reviewer, question):
    linked(given_names=("Isatu",))
    for address in ("/review", *(f"/review/{identifier}" for identifier in Pair.objects.values_list("id", flat=True))):
        text = page(reviewer, address)
        assert not found_in(text, NAMES), address


def test_decision_same_is_carried_out_and_the_next_question_opens(reviewer, question):
    linked(birth=NO_DATE, given_names=("M.",))
    response = reviewer.post(f"/review/{question.id}/decide", {"verdict": "same:details"})
    assert response.status_code == 302
    assert re.fullmatch(rf"/review/[0-9a-f-]{{36}}\?done={question.id}", response.headers["Location"])
    assert f"/review/{question.id}" not in response.headers["Location"]
    assert frozenset({question.first_id, question.second_id}) in persons()


def test_last_decision_returns_to_the_queue(reviewer, question):
    response = reviewer.post(f"/review/{question.id}/decide", {"verdict": "different:relatives"})
    assert response.headers["Location"] == f"/review?done={question.id}"
    assert len(persons()) == 2


def test_decision_can_be_taken_back_on_the_page(reviewer, question):
    reviewer.post(f"/review/{question.id}/decide", {"verdict": "same:details"})
    text = page(reviewer, f"/review/{question.id}")
    assert "Besloten: dezelfde persoon" in text
    assert "Door u" in text
    assert f"/review/{question.id}/decide" not in text
    reviewer.post(f"/review/{question.id}/undo")
    assert len(persons()) == 2


def test_own_decision_is_not_decided_anew_though_it_is_posted(reviewer, question):
    reviewer.post(f"/review/{question.id}/decide", {"verdict": "same:details"})
    response = reviewer.post(f"/review/{question.id}/decide", {"verdict": "different:relatives"}, follow=True)
    assert "U hebt zelf over dit paar geantwoord." in response.content.decode()
    assert pair_of(question.first_id, question.second_id).decision == "same"


def test_contradiction_is_explained(reviewer, question):
    third = linked(**VAGUE)
    review.decide(pair=question.id, verdict=review.Verdict.SAME_DETAILS, by=cast.actor(cast.REVIEWER))
    review.decide(pair=pair_of(question.first_id, third).id, verdict=review.Verdict.SAME_DETAILS, by=cast.actor(cast.REVIEWER))
    other = pair_of(question.second_id, third).id
    response = reviewer.post(f"/review/{other}/decide", {"verdict": "different:relatives"}, follow=True)
    assert "in strijd met eerdere besluiten" in response.content.decode()


@pytest.mark.parametrize("content", [{}, {"verdict": ""}, {"verdict": "same"}, {"verdict": "taken-back:details"}])
def test_answer_that_is_none_decides_nothing(reviewer, question, content):
    response = reviewer.post(f"/review/{question.id}/decide", content, follow=True)
    assert "Kies wat u ziet en waarom" in response.content.decode()
    assert pair_of(question.first_id, question.second_id).decision == ""


def test_undo_twice_is_explained(reviewer, question):
    response = reviewer.post(f"/review/{question.id}/undo", follow=True)
    assert "Er is hier geen antwoord dat u kunt terugnemen." in response.content.decode()


def test_unknown_pair_is_not_found(reviewer):
    address = f"/review/{uuid4()}"
    assert reviewer.get(address).status_code == 404
    assert reviewer.post(f"{address}/decide", {"verdict": "same:details"}).status_code == 404
    assert reviewer.post(f"{address}/undo").status_code == 404


def test_decision_by_address_alone_is_refused(reviewer, question):
    assert reviewer.get(f"/review/{question.id}/decide").status_code == 405
    assert reviewer.get(f"/review/{question.id}/undo").status_code == 405


def test_every_code_has_its_words():
    assert set(Field) <= set(review_names.FIELDS)
    assert set(Level) - {Level.MISSING} <= set(review_names.LEVELS)
    assert set(Caution) <= set(review_names.CAUTIONS)
    assert {one.reason for one in Verdict} <= set(review_names.REASONS)
    bits = [weight.base for levels in shipped().weights.values() for weight in levels.values()]
    assert all(review_names.strength(weight) for weight in bits)


def test_code_of_another_version_of_the_engine_gets_a_general_sentence(reviewer, question):
    explained = {"evidence": [["shoe-size", "off-by-one", 1.5], ["sex", "off-by-one", 0.1]], "cautions": ["too-good"]}
    Pair.objects.filter(id=question.id).update(explanation=explained)
    text = page(reviewer, f"/review/{question.id}")
    assert "Iets anders" in text
    assert "vergeleken; de bewijskracht zegt hoeveel ze overeenkomen" in text
    assert "Er is een reden gevonden om deze niet vanzelf te koppelen." in text


def test_second_reader_sees_no_first_answer_and_the_first_is_told(reviewer, question, monkeypatch):
    monkeypatch.setattr(sampling, "READ_TWICE", 1)
    reviewer.post(f"/review/{question.id}/decide", {"verdict": "same:spelling"})
    second = cast.signed_in(cast.SECOND_REVIEWER)
    text = page(second, f"/review/{question.id}")
    for told in ("Besloten", "spelling of een vergissing ", "Nu één persoon met", "Over dit paar", "Neem dit antwoord terug"):
        assert told not in text, told
    assert "different:relatives" in text
    assert f"/review/{question.id}" in page(second, "/review")
    own = page(reviewer, f"/review/{question.id}")
    assert "Besloten: dezelfde persoon" in own
    assert "different:relatives" not in own
    assert f'href="/review/{question.id}"' not in page(reviewer, "/review")


def test_page_of_a_second_reading_is_as_that_of_a_first(reviewer, question, monkeypatch):
    monkeypatch.setattr(sampling, "READ_TWICE", 1)
    second = cast.signed_in(cast.SECOND_REVIEWER)
    before = without_tokens(page(second, f"/review/{question.id}"))
    reviewer.post(f"/review/{question.id}/decide", {"verdict": "cannot-tell:too-little"})
    assert without_tokens(page(second, f"/review/{question.id}")).replace(LINKED_WITH, "") == before.replace(LINKED_WITH, "")


@pytest.mark.parametrize("first", [Verdict.UNCLEAR_TOO_LITTLE, Verdict.SAME_DETAILS, Verdict.DIFFERENT_DETAILS])
def test_second_reader_cannot_tell_from_a_link_held_back_what_was_answered(first, monkeypatch):
    monkeypatch.setattr(sampling, "READ_TWICE", 1)
    one, _, between = linked(), linked(given_names=("Isatu",)), linked(given_names=("Mariama", "Isatu"))
    pair = pair_of(one, between)
    assert pair.held_back
    review.decide(pair=pair.id, verdict=first, by=cast.actor(cast.REVIEWER))
    assert str(review_names.HELD_BACK) not in page(cast.signed_in(cast.SECOND_REVIEWER), f"/review/{pair.id}")


def test_disagreement_is_on_the_list_of_a_supervisor_alone_with_both_answers(reviewer, question, monkeypatch):
    monkeypatch.setattr(sampling, "READ_TWICE", 1)
    reviewer.post(f"/review/{question.id}/decide", {"verdict": "same:spelling"})
    cast.signed_in(cast.SECOND_REVIEWER).post(f"/review/{question.id}/decide", {"verdict": "different:relatives"})
    supervisor = cast.signed_in(cast.SUPERVISOR)
    assert "Twee beoordelaars zijn het oneens" in page(supervisor, "/review")
    assert "Twee beoordelaars zijn het oneens" not in page(reviewer, "/review")
    text = page(supervisor, f"/review/{question.id}?list=disputes")
    for told in ("u beslist", "wat verschilt is spelling of een vergissing", "broers, zussen of andere familie"):
        assert told in text
    response = supervisor.post(f"/review/{question.id}/decide", {"verdict": "different:relatives", "list": "disputes"})
    assert response.headers["Location"] == f"/review?done={question.id}"
    assert len(persons()) == 2


def test_whoever_settles_comes_by_every_pair_in_dispute_and_passes_over_what_is_left(monkeypatch):
    monkeypatch.setattr(sampling, "READ_TWICE", 1)
    disputed = [
        pair_of(linked(family_name=name), linked(family_name=name)).id for name in ("Kabiru", "Zwaluw", "Okafor", "Haddad")
    ]
    for one in disputed:
        for reader, verdict in ((cast.REVIEWER, Verdict.SAME_DETAILS), (cast.SECOND_REVIEWER, Verdict.DIFFERENT_RELATIVES)):
            review.decide(pair=one, verdict=verdict, by=cast.actor(reader))
    supervisor = cast.signed_in(cast.SUPERVISOR)
    visited = [supervisor.get(f"/review/{one}/following?list=disputes").headers["Location"] for one in disputed]
    assert visited == [f"/review/{one}?list=disputes" for one in [*disputed[1:], disputed[0]]]
    undecided = pair_of(linked(family_name="Petrescu"), linked(family_name="Petrescu", **VAGUE)).id
    assert f"/{disputed[0]}?" in supervisor.get(f"/review/{undecided}/following?list=disputes").headers["Location"]
    settled = supervisor.post(f"/review/{disputed[1]}/decide", {"verdict": "same:details", "list": "disputes"})
    assert settled.headers["Location"].startswith(f"/review/{disputed[2]}?")


def test_answer_can_be_taken_back_from_the_next_page(reviewer, question):
    linked(birth=NO_DATE, given_names=("M.",))
    address = reviewer.post(f"/review/{question.id}/decide", {"verdict": "same:spelling"}).headers["Location"]
    text = page(reviewer, address)
    assert "Het antwoord is vastgelegd." in text
    assert f'action="/review/{question.id}/undo"' in text
    reviewer.post(f"/review/{question.id}/undo")
    assert f'action="/review/{question.id}/undo"' not in page(reviewer, address)


@pytest.mark.parametrize("done", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_nothing_is_offered_to_take_back_where_nothing_was_answered(reviewer, question, done):
    assert "Neem het terug" not in page(reviewer, f"/review?done={done}")


def test_pair_that_is_left_stays_and_the_next_one_opens(reviewer, question):
    linked(birth=NO_DATE, given_names=("M.",))
    questions = [one.id for one in selectors.open_questions(10)]
    visited = [reviewer.get(f"/review/{one}/following").headers["Location"] for one in questions]
    assert visited == [f"/review/{one}" for one in [*questions[1:], questions[0]]]


def test_one_question_alone_leads_back_to_the_list(reviewer, question):
    assert reviewer.get(f"/review/{question.id}/following").headers["Location"] == "/review"


def test_quality_check_is_opened_from_the_list_and_leads_to_the_next(reviewer):
    first, second = pair_of(linked(), linked()), pair_of(linked(family_name="Zwaluw"), linked(family_name="Zwaluw"))
    (check,) = quality_sample.next_checks()[:1]
    assert f"/review/{check}?list=checks" in page(reviewer, "/review")
    for one in (first, second):
        assert "Dit paar is door het lot getrokken." in page(reviewer, f"/review/{one.id}?list=checks")
    response = reviewer.post(f"/review/{check}/decide", {"verdict": "same:details", "list": "checks"})
    (following,) = quality_sample.next_checks()[:1]
    assert following != check
    assert response.headers["Location"] == f"/review/{following}?list=checks&done={check}"


def test_page_of_a_pair_takes_as_many_queries_in_a_large_register(reviewer, question, django_assert_max_num_queries):
    page(reviewer, f"/review/{question.id}")
    with django_assert_max_num_queries(60) as few:
        page(reviewer, f"/review/{question.id}")
    for number in range(30):
        linked(family_name=FAMILIES[number % len(FAMILIES)], birth=PartialDate(1990, 1, 1 + number % 28))
    with django_assert_max_num_queries(len(few)):
        page(reviewer, f"/review/{question.id}")


def without_tokens(text: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


def test_identities_stand_side_by_side_with_the_differences_marked_after_a_motive(reviewer):
    pair = pair_of(linked(), linked(family_name="Kabirou", birth=NO_DATE)).id
    response = reviewer.post(f"/review/{pair}/unlock", {"motive": "pair-relatives"})
    assert response.headers["Location"] == f"/review/{pair}#identities"
    text = page(reviewer, f"/review/{pair}")
    assert "Kabir<mark>o</mark>u" in text
    assert "17-05-1994" in text
    assert "verschilt" in text
    assert "alleen in één" in text
    reviewer.post(f"/review/{pair}/decide", {"verdict": "same:spelling"})
    assert not found_in(page(reviewer, f"/review/{pair}"), NAMES)


@pytest.mark.parametrize("content", [{}, {"motive": "curious"}, {"motive": "compare-name"}])
def test_nothing_opens_without_a_motive_of_this_desk(reviewer, question, content):
    response = reviewer.post(f"/review/{question.id}/unlock", content, follow=True)
    assert "Kies waarom u kijkt." in response.content.decode()
    assert not found_in(response.content.decode(), NAMES)


def test_pair_that_does_not_wait_for_this_reader_opens_for_nobody(reviewer, question):
    reviewer.post(f"/review/{question.id}/decide", {"verdict": "same:spelling"})
    assert reviewer.post(f"/review/{question.id}/unlock", {"motive": "pair-details"}).status_code == 404


def test_that_two_reporters_and_days_differ_is_not_marked(reviewer):
    pair = pair_of(linked(), linked(day=DAY.replace(year=2020))).id
    assert "<mark>14" not in page(reviewer, f"/review/{pair}")


def test_answer_taken_back_about_what_is_no_pair_any_more_leads_to_the_queue(reviewer):
    first, second = linked(), linked(own_reference="zaak 1")
    pair = pair_of(first, second).id
    reviewer.post(f"/review/{pair}/decide", {"verdict": Verdict.SAME_DETAILS})
    sent_again(own_reference="zaak 1", given_names=("Elena",), family_name="Popescu", birth=NO_DATE)
    link_all()
    assert "teruggenomen" in reviewer.post(f"/review/{pair}/undo", follow=True).content.decode()
    assert not Pair.objects.exists()


def test_more_disputes_than_the_page_lists_are_counted(monkeypatch):
    monkeypatch.setattr("intake.web.review.SHOWN", 1)
    monkeypatch.setattr(sampling, "READ_TWICE", 1)
    reports = [linked(family_name=name, **VAGUE) for name in ("Zwaluw", "Zwaluw", "Merel", "Merel")]
    for first, second in (reports[:2], reports[2:]):
        for person, verdict in ((cast.REVIEWER, Verdict.SAME_DETAILS), (cast.SECOND_REVIEWER, Verdict.DIFFERENT_DETAILS)):
            review.decide(pair=pair_of(first, second).id, verdict=verdict, by=cast.actor(person))
    assert "oneens (2)" in page(cast.signed_in(cast.SUPERVISOR), "/review")


def test_whoever_settles_comes_by_those_too_that_the_page_does_not_list(monkeypatch):
    monkeypatch.setattr("intake.web.review.SHOWN", 1)
    test_whoever_settles_comes_by_every_pair_in_dispute_and_passes_over_what_is_left(monkeypatch)


def test_answer_of_a_colleague_is_put_to_somebody_else_on_the_page_and_holds(reviewer, question):
    review.decide(pair=question.id, verdict=Verdict.SAME_DETAILS, by=cast.actor(cast.SECOND_REVIEWER))
    assert f"/review/{question.id}/undo" not in page(reviewer, f"/review/{question.id}")
    assert f"/review/{question.id}/contest" in page(reviewer, f"/review/{question.id}")
    response = reviewer.post(f"/review/{question.id}/contest", follow=True)
    assert "Tot dan geldt het antwoord." in response.content.decode()
    assert len(persons()) == 1
    again = reviewer.post(f"/review/{question.id}/contest", follow=True)
    assert "kan niet nog eens worden gelezen" in again.content.decode()
    assert reviewer.post(f"/review/{uuid4()}/contest").status_code == 404


def test_first_reader_of_a_check_is_not_told_what_linkage_made_of_it(reviewer):
    first, second = linked(), linked()
    pair = pair_of(first, second)
    assert pair.band == Pair.Band.AUTOMATIC
    told = ("vanzelf is gekoppeld", "Nu \u00e9\u00e9n persoon met", "samengebracht")
    text = page(reviewer, f"/review/{pair.id}?list=checks")
    assert "Dit paar is door het lot getrokken." in text
    assert not [words for words in told if words in text]
    review.decide(pair=pair.id, verdict=Verdict.SAME_DETAILS, by=cast.actor(cast.REVIEWER))
    assert told[0] in page(reviewer, f"/review/{pair.id}?list=checks")
