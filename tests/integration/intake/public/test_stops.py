"""The public page on which a person stops: one answer for every code, with and without scripts, and not too often."""

import re

import pytest
from django.test import Client

from consent.models import Statement, WithdrawalRequest
from intake.models.contribution import Contribution
from intake.notifications import services as notifications
from intake.public import limits
from jobs import services as jobs
from tests import cast, reported, visitors

pytestmark = pytest.mark.django_db

PAGE = "/without-account/stop"
NOBODYS = "0000000000"


@pytest.fixture
def code() -> str:
    by = cast.actor(cast.OWNER)
    notifications.submit(notification=reported.report_with_consent(), organisation=by.organisation, by=by)
    return Statement.objects.get().receipt


def shown(answer: object) -> str:
    """Without what differs from page to page anyway."""
    text = re.sub(r"[0-9A-Z]{5}-[0-9A-Z]{5}", "code", answer.content.decode())
    return re.sub(r'(nonce|value)="[^"]*"', "", text)


def test_report_is_gone_after_its_person_stopped(code: str) -> None:
    assert visitors.sent(PAGE, {"code": code}).status_code == 200
    jobs.drain(("files", "vault", "reports"))
    assert Statement.objects.get().state == "withdrawn"
    assert not Contribution.objects.exists()


def test_answer_is_the_same_for_a_code_of_nobody(code: str) -> None:
    answers = [visitors.sent(PAGE, {"code": sent}) for sent in (code, NOBODYS)]
    assert {answer.status_code for answer in answers} == {200}
    assert shown(answers[0]) == shown(answers[1])
    assert len({len(answer.content) for answer in answers}) == 1


def test_stopping_again_gives_the_same_answer(code: str) -> None:
    first = visitors.sent(PAGE, {"code": code})
    jobs.drain(("files", "vault", "reports"))
    assert shown(visitors.sent(PAGE, {"code": code})) == shown(first)


@pytest.mark.parametrize("written", ["", "7K2M9", "7K2M9-XQ4TC-1", "!" * 10])
def test_what_cannot_be_a_code_is_asked_again_and_nothing_is_kept(written: str) -> None:
    assert visitors.sent(PAGE, {"code": written}).status_code == 422
    assert not WithdrawalRequest.objects.exists()


def test_every_try_counts_right_or_wrong(code: str) -> None:
    visitors.spend(limits.STOPS, limits.network_of("127.0.0.1"))
    answers = [visitors.sent(PAGE, {"code": sent}) for sent in (code, NOBODYS)]
    assert {answer.status_code for answer in answers} == {429}
    assert not WithdrawalRequest.objects.exists()


def test_same_post_twice_is_one_asking(code: str) -> None:
    client = Client()
    challenge = visitors.opened(PAGE, client)
    sent = {"challenge": challenge, "proof": visitors.answer_to(challenge), "code": code}
    assert [client.post(PAGE, sent).status_code for _ in range(2)] == [200, 422]
    assert WithdrawalRequest.objects.count() == 1


def test_page_shows_no_word_about_what_the_paper_is_for(code: str) -> None:
    text = visitors.sent(PAGE, {"code": code}).content.decode()
    paper = text[text.index("<main") : text.index("</main")].lower()
    assert [word for word in ("mensenhandel", "slachtoffer", "melding", "uitbuiting") if word in paper] == []
