"""OM letters of persons whom the police had not reported: on the list, and off it by a report, a finding or an undoing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.permissions import NotAllowedError
from accounts.reporters import Source
from intake import events
from intake.enrichment.envelopes import Standing
from intake.errors import UnknownLetterError
from intake.matching import letters
from intake.matching.letters import Finding
from intake.models.contribution import Contribution
from intake.models.letter import LetterFinding
from intake.notifications import services as notifications
from jobs import services as jobs
from safeguards.models import AuditEntry
from tests import cast, delivered, reported

pytestmark = pytest.mark.django_db


def letter(key: str = "brief 1", **changes):
    delivered.delivered(delivered.record(key, **changes), by=delivered.feed(delivered.OM), source=Source.OM)
    jobs.drain(("vault",))


def police_report(**changes):
    by = cast.actor(cast.OFFICER)
    notifications.submit(notification=reported.report(**changes), organisation=by.organisation, by=by)
    jobs.drain(("vault",))


def listed():
    found = letters.letters(limit=10, by=cast.actor(cast.REVIEWER))
    assert len(found) == letters.waiting()
    return found


def test_letter_about_an_unreported_person_is_on_the_list():
    letter()
    (found,) = listed()
    assert (found.day, found.reports) == (reported.DAY, 0)


def test_letter_about_a_reported_person_is_not():
    police_report()
    letter()
    assert listed() == ()


def test_police_report_of_a_later_day_leaves_it_on_the_list():
    letter()
    police_report(date=reported.DAY + timedelta(days=1))
    (found,) = listed()
    assert found.reports == 1


def test_report_of_another_group_leaves_it_on_the_list():
    by = cast.actor(cast.OWNER)
    notifications.submit(notification=reported.report_with_consent(), organisation=by.organisation, by=by)
    Contribution.objects.update(state=Contribution.State.ACCEPTED, needs_linking=True)
    letter()
    assert [found.reports for found in listed()] == [1]


def test_earlier_police_report_that_comes_in_later_takes_it_off():
    letter()
    police_report(date=reported.DAY - timedelta(days=30))
    assert listed() == ()


def test_letter_that_is_not_linked_yet_waits_for_that():
    delivered.delivered(delivered.record(), by=delivered.feed(delivered.OM), source=Source.OM)
    assert listed() == ()


def test_settled_letter_is_off_the_list_and_in_the_audit_trail():
    letter()
    contribution = Contribution.objects.get().id
    letters.settle(contribution=contribution, finding=Finding.NEVER_REPORTED, by=cast.actor(cast.REVIEWER))
    assert listed() == ()
    assert AuditEntry.objects.get(action=events.LETTER_SETTLED).details == {"finding": "never-reported"}


def test_settled_again_the_newer_finding_stands():
    letter()
    contribution = Contribution.objects.get().id
    for finding in (Finding.NEVER_REPORTED, Finding.POLICE_WILL_REPORT):
        letters.settle(contribution=contribution, finding=finding, by=cast.actor(cast.REVIEWER))
    assert LetterFinding.objects.get().finding == Finding.POLICE_WILL_REPORT


def test_finding_goes_with_a_letter_that_is_taken_back():
    letter()
    letters.settle(contribution=Contribution.objects.get().id, finding=Finding.NEVER_REPORTED, by=cast.actor(cast.REVIEWER))
    letter(standing=Standing.WITHDRAWN)
    assert not LetterFinding.objects.exists()
    assert not Contribution.objects.exists()


def test_what_is_no_letter_cannot_be_settled():
    police_report()
    with pytest.raises(UnknownLetterError):
        letters.settle(contribution=Contribution.objects.get().id, finding=Finding.NEVER_REPORTED, by=cast.actor(cast.REVIEWER))


def test_others_see_no_letters():
    for person in (cast.OFFICER, cast.ANALYST):
        with pytest.raises(NotAllowedError):
            letters.letters(limit=10, by=cast.actor(person))


def test_list_takes_as_many_queries_for_many_letters(django_assert_num_queries):
    by = cast.actor(cast.REVIEWER)
    letter()
    with CaptureQueriesContext(connection) as few:
        letters.letters(limit=10, by=by)
    for number in range(2, 5):
        letter(f"brief {number}")
    with django_assert_num_queries(len(few)):
        assert len(letters.letters(limit=10, by=by)) == 4
