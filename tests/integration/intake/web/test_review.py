"""The desk where links are reviewed, as pages: evidence without identities, decisions, and what is refused."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from intake.linkage.comparisons import Field, Level
from intake.linkage.decisions import Caution
from intake.linkage.fellegi_sunter import FROZEN
from intake.matching import review
from intake.models.matching import Pair
from intake.web import review_names
from tests import cast
from tests.found import found_in
from tests.linked import NO_DATE, linked, pair_of, persons

pytestmark = pytest.mark.django_db

NAMES = ("Mariama", "Kabiru", "1994", "Isatu", "2876543210")


@pytest.fixture
def reviewer() -> Client:
    return cast.signed_in(cast.REVIEWER)


@pytest.fixture
def question() -> Pair:
    return pair_of(linked(), linked(birth=NO_DATE, v_number="2876543210"))


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_queue_is_empty_without_questions(reviewer):
    assert "Er wacht geen vraag op antwoord." in page(reviewer, "/review")


def test_queue_lists_the_question_with_its_reason(reviewer, question):
    text = page(reviewer, "/review")
    assert f"/review/{question.id}" in text
    assert "Niet in beide meldingen staat een volledige geboortedatum." in text


def test_pair_shows_evidence_for_every_compared_field(reviewer, question):
    text = page(reviewer, f"/review/{question.id}")
    for field in ("Achternaam", "Voornaam", "Geslacht", "Nationaliteit"):
        assert field in text
    assert "pleit zeer sterk voor dezelfde persoon" in text
    assert "+8,5" in text
    assert question.first.reference in text
    assert question.second.reference in text


def test_pages_show_no_identity(reviewer, question):
    linked(given_names=("Isatu",))
    for address in ("/review", *(f"/review/{identifier}" for identifier in Pair.objects.values_list("id", flat=True))):
        text = page(reviewer, address)
        assert not found_in(text, NAMES), address


def test_decision_same_is_carried_out_and_the_next_question_opens(reviewer, question):
    linked(birth=NO_DATE, given_names=("M.",))
    response = reviewer.post(f"/review/{question.id}/decide", {"decision": "same"})
    assert response.status_code == 302
    assert re.fullmatch(r"/review/[0-9a-f-]{36}", response.headers["Location"])
    assert str(question.id) not in response.headers["Location"]
    assert frozenset({question.first_id, question.second_id}) in persons()


def test_last_decision_returns_to_the_queue(reviewer, question):
    response = reviewer.post(f"/review/{question.id}/decide", {"decision": "different"})
    assert response.headers["Location"] == "/review"
    assert len(persons()) == 2


def test_decision_can_be_taken_back_on_the_page(reviewer, question):
    reviewer.post(f"/review/{question.id}/decide", {"decision": "same"})
    text = page(reviewer, f"/review/{question.id}")
    assert "Besloten: dezelfde persoon" in text
    assert "Door u" in text
    assert f"/review/{question.id}/decide" not in text
    reviewer.post(f"/review/{question.id}/undo")
    assert len(persons()) == 2


def test_own_decision_is_not_decided_anew_though_it_is_posted(reviewer, question):
    reviewer.post(f"/review/{question.id}/decide", {"decision": "same"})
    response = reviewer.post(f"/review/{question.id}/decide", {"decision": "different"}, follow=True)
    assert "U hebt zelf over dit paar besloten." in response.content.decode()
    assert pair_of(question.first_id, question.second_id).decision == "same"


def test_contradiction_is_explained(reviewer, question):
    third = linked(birth=NO_DATE)
    review.decide(pair=question.id, decision=review.Decision.SAME, by=cast.actor(cast.REVIEWER))
    review.decide(pair=pair_of(question.first_id, third).id, decision=review.Decision.SAME, by=cast.actor(cast.REVIEWER))
    other = pair_of(question.second_id, third).id
    response = reviewer.post(f"/review/{other}/decide", {"decision": "different"}, follow=True)
    assert "in strijd met eerdere besluiten" in response.content.decode()


@pytest.mark.parametrize("content", [{}, {"decision": ""}, {"decision": "perhaps"}])
def test_answer_that_is_none_decides_nothing(reviewer, question, content):
    response = reviewer.post(f"/review/{question.id}/decide", content, follow=True)
    assert "Kies of de meldingen over dezelfde persoon gaan" in response.content.decode()
    assert pair_of(question.first_id, question.second_id).decision == ""


def test_undo_twice_is_explained(reviewer, question):
    response = reviewer.post(f"/review/{question.id}/undo", follow=True)
    assert "Dit besluit was al teruggenomen." in response.content.decode()


def test_unknown_pair_is_not_found(reviewer):
    address = f"/review/{uuid4()}"
    assert reviewer.get(address).status_code == 404
    assert reviewer.post(f"{address}/decide", {"decision": "same"}).status_code == 404
    assert reviewer.post(f"{address}/undo").status_code == 404


def test_decision_by_address_alone_is_refused(reviewer, question):
    assert reviewer.get(f"/review/{question.id}/decide").status_code == 405
    assert reviewer.get(f"/review/{question.id}/undo").status_code == 405


def test_every_code_has_its_words():
    assert set(review_names.FIELDS) == set(Field)
    assert set(review_names.LEVELS) == set(Level) - {Level.MISSING}
    assert set(review_names.CAUTIONS) == set(Caution)
    assert all(review_names.strength(weight) for weight in FROZEN.weights.values())
