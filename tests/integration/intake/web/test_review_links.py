"""The page by which a supervisor comes to links that nobody is asked about, and to those that an answer cut."""

import re

import pytest
from django.test import Client

from intake.matching import quality_sample, review
from intake.models.decision import Verdict
from intake.web import review_links
from tests import cast
from tests.found import found_in
from tests.linked import linked, pair_of

pytestmark = pytest.mark.django_db

NAMES = ("Mariama", "Kabiru", "1994")


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def supervisor() -> Client:
    return cast.signed_in(cast.SUPERVISOR)


def test_supervisor_finds_a_link_that_was_not_drawn_by_the_reference_of_either_report(supervisor, monkeypatch):
    pair = pair_of(linked(), linked())
    found = f'href="/review/{pair.id}"'
    assert found not in page(supervisor, f"/review/links?reference={pair.first.reference}")
    monkeypatch.setattr(quality_sample, "WANTED", 0)
    for reference in (pair.first.reference, pair.second.reference, f" {pair.first.reference} "):
        assert found in page(supervisor, f"/review/links?reference={reference}")
    assert "vanzelf gekoppeld" in page(supervisor, f"/review/links?reference={pair.first.reference}")
    assert found not in page(supervisor, "/review/links?reference=")
    assert not found_in(page(supervisor, f"/review/links?reference={pair.first.reference}"), NAMES)
    assert "different:relatives" in page(supervisor, f"/review/{pair.id}")


@pytest.mark.parametrize("reference", ["nobody", "%27", "%00"])
def test_reference_that_is_none_shows_no_link(supervisor, reference):
    assert "Onder dit kenmerk staat geen koppeling" in page(supervisor, f"/review/links?reference={reference}")


def test_more_links_of_a_report_than_are_shown_are_told_of(supervisor, monkeypatch):
    monkeypatch.setattr(quality_sample, "WANTED", 0)
    monkeypatch.setattr(review_links, "MOST_OF_A_REPORT", 1)
    first = pair_of(linked(), linked()).first.reference
    assert "Er zijn er meer" not in page(supervisor, f"/review/links?reference={first}")
    linked()
    assert "Er zijn er meer" in page(supervisor, f"/review/links?reference={first}")


def test_cut_links_are_listed_the_latest_first_page_by_page(supervisor, monkeypatch):
    monkeypatch.setattr(review_links, "SHOWN", 1)
    assert "Er is geen automatische koppeling verbroken." in page(supervisor, "/review/links")
    pairs = [pair_of(linked(family_name=name), linked(family_name=name)).id for name in ("Zwaluw", "Okafor")]
    for pair in pairs:
        review.decide(pair=pair, verdict=Verdict.DIFFERENT_DETAILS, by=cast.actor(cast.SUPERVISOR))
    first = page(supervisor, "/review/links")
    assert f'href="/review/{pairs[1]}"' in first
    assert "een tweede beoordelaar moet kijken" in first
    (older,) = re.findall(r'href="(\?after=[^"]+)"', first)
    second = page(supervisor, f"/review/links{older}")
    assert f'href="/review/{pairs[0]}"' in second
    assert ">Oudere</a>" not in second
    assert "Geen oudere." in page(supervisor, f"/review/links?after={pairs[0]}")
    assert page(supervisor, "/review/links?after=x")


def test_list_of_cut_links_tells_a_second_reader_nothing(supervisor):
    pair = pair_of(linked(), linked()).id
    review.decide(pair=pair, verdict=Verdict.DIFFERENT_DETAILS, by=cast.actor(cast.REVIEWER))
    assert f'href="/review/{pair}"' not in page(supervisor, "/review/links")
    review.decide(pair=pair, verdict=Verdict.SAME_DETAILS, by=cast.actor(cast.SECOND_REVIEWER))
    assert "twee beoordelaars zijn het oneens" in page(supervisor, "/review/links")
