"""An anonymous signal of a visitor: what is stored and nothing else, once for each challenge, and not too often."""

from dataclasses import asdict
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.test import Client

from intake.models.anonymous_signal import AnonymousSignal
from intake.models.contribution import Contribution
from intake.models.stub import Stub
from intake.models.visitors import Allowance, UsedChallenge
from intake.public import admission, limits, signals
from intake.web.public_forms import quarters
from safeguards.models import AuditEntry
from tests import visitors

pytestmark = pytest.mark.django_db

PAGE = "/without-account/signal"
ANSWERS = visitors.SIGNAL | {"quarter": "2026-3"}


@pytest.fixture(autouse=True)
def an_offered_quarter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ANSWERS, "quarter", quarters()[1][0])


def without_work(waited: timedelta, client: Client | None = None) -> int:
    client = client or Client()
    with patch.object(signing.time, "time", return_value=signing.time.time() - waited.total_seconds()):
        challenge = visitors.opened(PAGE, client)
    return int(client.post(PAGE, ANSWERS | {"challenge": challenge, "proof": ""}).status_code)


def test_signal_is_stored_as_codes_and_shown_as_stored() -> None:
    page = visitors.sent(PAGE, ANSWERS)
    assert page.status_code == 200
    stored = AnonymousSignal.objects.get()
    assert (stored.group, stored.form, stored.age_band) == ("other-reporters", "GO-SU", "18-22")
    assert (stored.region, stored.police_region, f"{stored.year}-{stored.quarter}") == (
        "europe",
        "amsterdam",
        ANSWERS["quarter"],
    )
    text = page.content.decode()
    assert all(words in text for words in ("grensoverschrijdende seksuele uitbuiting", "Europa", "Amsterdam"))


@pytest.mark.parametrize(
    ("kind", "region", "form"),
    [
        ("sexual", "netherlands", "BL-SU"),
        ("sexual", "", ""),
        ("labour", "", "AU"),
        ("criminal", "asia", "CU"),
        ("organ", "", ""),
    ],
)
def test_form_follows_from_kind_and_origin(kind: str, region: str, form: str) -> None:
    visitors.sent(PAGE, ANSWERS | {"kind": kind, "region": region})
    assert AnonymousSignal.objects.get().form == form


def test_nothing_else_is_kept() -> None:
    client = Client()
    visitors.sent(PAGE, ANSWERS, client)
    assert not Contribution.objects.exists()
    assert not Stub.objects.exists()
    assert not Session.objects.exists()
    assert set(client.cookies) == {"csrftoken"}
    entry = AuditEntry.objects.get(action="visitor.signal-left")
    assert (entry.actor_kind, entry.actor_id, entry.object_id, entry.details) == ("visitor", "", "", {})


def test_answer_without_a_code_of_the_list_is_refused() -> None:
    page = visitors.sent(PAGE, ANSWERS | {"kind": "Zwaluwenburg", "region": "Zwaluwenburg"})
    assert page.status_code == 422
    assert "Zwaluwenburg" not in page.content.decode()
    assert not AnonymousSignal.objects.exists()


def test_challenge_is_used_once() -> None:
    client = Client()
    challenge = visitors.opened(PAGE, client)
    content = ANSWERS | {"challenge": challenge, "proof": visitors.answer_to(challenge)}
    assert [client.post(PAGE, content).status_code for _ in range(2)] == [200, 422]
    assert AnonymousSignal.objects.count() == 1


@pytest.mark.parametrize("challenge", ["", "made-up", "made:up:too"])
def test_challenge_of_somebody_else_is_refused(challenge: str) -> None:
    assert Client().post(PAGE, ANSWERS | {"challenge": challenge, "proof": "1"}).status_code == 422
    assert not AnonymousSignal.objects.exists()


def test_challenge_of_another_page_is_refused() -> None:
    challenge = admission.challenge("callback")
    content = ANSWERS | {"challenge": challenge, "proof": visitors.answer_to(challenge)}
    assert Client().post(PAGE, content).status_code == 422


@pytest.mark.parametrize(
    ("waited", "status"), [(timedelta(seconds=5), 422), (timedelta(seconds=25), 200), (timedelta(hours=3), 422)]
)
def test_without_work_a_visitor_waits(waited: timedelta, status: int) -> None:
    assert without_work(waited) == status
    assert AnonymousSignal.objects.count() == (status == 200)


def test_without_work_only_a_few_are_taken_in() -> None:
    assert [without_work(timedelta(seconds=25)) for _ in range(4)] == [200, 200, 200, 429]
    assert visitors.sent(PAGE, ANSWERS).status_code == 200


def test_too_many_from_one_network_wait_and_others_do_not() -> None:
    visitors.spend(limits.SENDINGS, limits.network_of("127.0.0.1"))
    assert visitors.sent(PAGE, ANSWERS).status_code == 429
    assert visitors.sent(PAGE, ANSWERS, REMOTE_ADDR="198.51.100.7").status_code == 200


def test_refused_sending_uses_nothing_up() -> None:
    without_work(timedelta(seconds=5))
    assert not Allowance.objects.exists()
    assert not UsedChallenge.objects.exists()


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.77", "203.0.113.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48"), ("no address", "unknown"), ("", "unknown")],
)
def test_only_the_first_part_of_an_address_is_counted(address: str, network: str) -> None:
    assert limits.network_of(address) == network


def test_signal_can_hold_nothing_that_the_page_does_not_show() -> None:
    visitors.sent(PAGE, ANSWERS | {"name": "Zwaluwenburg", "narrative": "Zwaluwenburg"})
    stored = AnonymousSignal.objects.get()
    assert "Zwaluwenburg" not in repr({name: getattr(stored, name) for name in AnonymousSignal.FIELD_CLASSES})
    assert set(AnonymousSignal.FIELD_CLASSES) - {"id"} == set(asdict(signals.signal(**ANSWERS)))
