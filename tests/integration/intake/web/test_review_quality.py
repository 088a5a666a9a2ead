"""The page of how well linkage does: few is told as few, and of the nightly proof when it ran and over how much."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from intake.matching import quality, quality_sample, review, sampling
from intake.models.decision import Verdict
from intake.models.matching import Pair
from intake.notifications.inputs import PartialDate
from intake.web import review_quality
from tests import cast
from tests.found import found_in
from tests.linked import VAGUE, linked, pair_of, proven

pytestmark = pytest.mark.django_db

NAMES = ("Mariama", "Kabiru", "1994", "2876543210")


@pytest.fixture
def question() -> Pair:
    return pair_of(linked(), linked(v_number="2876543210", **VAGUE))


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_figures_say_where_too_few_were_read_and_of_what_nothing_was(question):
    linked()
    text = page(cast.signed_in(cast.ANALYST), "/review/quality")
    assert "te weinig beoordeeld" in text
    assert "Nog niet te schatten, omdat niets is beoordeeld van:" in text
    assert not found_in(text, (*NAMES, question.first.reference))


def test_figures_tell_what_the_last_night_found_and_over_how_much(question):
    assert "Dat is nog niet afgerond" in page(cast.signed_in(cast.ANALYST), "/review/quality")
    proven()
    text = page(cast.signed_in(cast.ANALYST), "/review/quality")
    assert "over 2 meldingen: alle die nog te vergelijken zijn. Alles was zoals het er staat." in " ".join(text.split())
    Pair.objects.all().delete()
    proven()
    assert "2 daarvan horen bij wat afweek." in page(cast.signed_in(cast.ANALYST), "/review/quality")


def test_proof_of_an_empty_register_reassures_nobody():
    proven()
    text = page(cast.signed_in(cast.ANALYST), "/review/quality")
    assert "er was nog geen melding gekoppeld" in text
    assert "Alles was zoals het er staat" not in text
    assert "vannacht is het niet afgerond" not in text


def test_proof_that_did_not_end_last_night_is_told(question, monkeypatch):
    proven()
    monkeypatch.setattr(review_quality, "MISSED", timedelta(0))
    assert "vannacht is het niet afgerond" in page(cast.signed_in(cast.ANALYST), "/review/quality")


def test_no_count_under_ten_stands_in_the_clear():
    review.decide(pair=pair_of(linked(), linked()).id, verdict=Verdict.SAME_DETAILS, by=cast.actor(cast.REVIEWER))
    estimates, sample = page(cast.signed_in(cast.ANALYST), "/review/quality").split('aria-labelledby="sample"')
    _, estimates = estimates.split('id="estimates"')
    assert not re.search(r">\s*[1-9]\s*<", estimates)
    assert estimates.count("minder dan 10") == 1 + len(quality.BY_REGION) + len(quality.BY_REPORTER)
    assert sample.count("minder dan 10") == 2 * len(quality_sample.Stratum)


def test_figures_and_kappa_are_told_with_their_bounds(monkeypatch):
    monkeypatch.setattr(sampling, "READ_TWICE", 1)
    monkeypatch.setattr(quality, "ENOUGH", 1)
    monkeypatch.setattr(quality, "ENOUGH_READ_TWICE", 1)
    verdicts = review.Verdict.SAME_DETAILS, review.Verdict.DIFFERENT_DETAILS
    names = ({"family_name": "Zwaluw"}, {"family_name": "Okafor", "birth": PartialDate(1981, 3, 9), "given_names": ("Ngozi",)})
    for name, verdict in zip(names, verdicts, strict=True):
        pair = pair_of(linked(**name), linked(**name)).id
        for reader in (cast.REVIEWER, cast.SECOND_REVIEWER):
            review.decide(pair=pair, verdict=verdict, by=cast.actor(reader))
    text = page(cast.signed_in(cast.ADMINISTRATOR), "/review/quality")
    assert "50% (9 tot 91)" in text
    assert "1,00 (1,00 tot 1,00): bijna altijd hetzelfde antwoord" in text
    assert "Afrika" in text
    assert "Politie" in text
