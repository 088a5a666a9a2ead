"""The start page says how much waits for whom, with a way there; and nothing to whom it does not wait for."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.web import waiting
from intake.rights.grounds import Right
from tests import cast, confirmed, consent_acts, handled, linked, reported, reviewed, unlocked, used, visitors
from tests.cast import Person
from tests.statements import given, recorded_earlier

pytestmark = pytest.mark.django_db


def announced(person: Person) -> list[tuple[str, int]]:
    """Where, and how much."""
    client: Client = cast.signed_in(person)
    page = client.get("/").content.decode()
    if 'id="waiting"' not in page:
        return []
    section = page.split('id="waiting"')[1].split("</section>")[0]
    return [(url, int(number)) for url, number in re.findall(r'href="([^"]+)">[^<]+</a>: <strong>(\d+)</strong>', section)]


def test_nothing_is_announced_where_nothing_waits() -> None:
    for person in cast.BY_ROLE.values():
        assert announced(person) == [], person.role


def test_reporter_is_told_of_questions_and_of_who_turned_sixteen() -> None:
    confirmed.turned()
    confirmed.sent()
    reference = reported.sent(reported.report_with_consent(), by=cast.OWNER)
    reviewed.asked(confirmed.statement_of(reference))
    assert announced(cast.OWNER) == [("/notifications", 1), ("/notifications#turning", 1)]
    assert announced(cast.STRANGER) == []


def test_consent_administrator_is_told_of_every_queue() -> None:
    recorded_earlier(given(), days=50)
    confirmed.sent()
    consent_acts.doubted()
    found = announced(cast.CONSENT_ADMINISTRATOR)
    assert found == [("/consent", 1), ("/consent", 1), ("/consent#confirmations", 1), ("/consent#doubted", 1)]


def test_privacy_officer_is_told_of_cases_and_of_what_was_granted() -> None:
    handled.a_search()
    handled.received(day=timezone.localdate() - timedelta(days=40))
    unlocked.granted()
    used.a_duty()
    expected = [("/duties", 1), ("/rights", 1), ("/rights", 1), ("/rights", 2), ("/unlock", 1)]
    assert sorted(announced(cast.PRIVACY_OFFICER)) == expected


def test_removal_that_was_agreed_to_is_announced_to_who_asked_for_it() -> None:
    handled.agreed(handled.about(linked.linked(), right=Right.ERASURE))
    assert announced(cast.PRIVACY_OFFICER) == [("/rights", 1), ("/rights", 1)]
    assert announced(cast.APPROVER) == []


def test_second_person_is_told_of_what_waits_for_leave() -> None:
    unlocked.asked()
    assert announced(cast.APPROVER) == [("/grants", 1)]
    assert announced(cast.PRIVACY_OFFICER) == []


def test_linkage_reviewer_and_care_coordinator_are_told_of_theirs() -> None:
    linked.pair_of(linked.linked(), linked.linked(**linked.VAGUE))
    visitors.a_callback()
    assert announced(cast.REVIEWER) == [("/review", 1)]
    assert announced(cast.CARE_COORDINATOR) == [("/callbacks", 1)]


def test_page_that_this_process_does_not_serve_is_not_announced(settings: Settings) -> None:
    settings.ROOT_URLCONF = "accounts.sign_in_urls"
    confirmed.turned()
    assert waiting.waiting(cast.actor(cast.OWNER)) == ()
