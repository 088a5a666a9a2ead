"""A record of EMM that was sent as a victim's and turns out to be another person's: what it left is undone by a vault job."""

import pytest

from accounts.reporters import Source
from consent.models import Outcome
from intake import events, facts, outcomes
from intake.enrichment import services
from intake.enrichment.envelopes import Standing
from intake.models.batch import BatchError
from intake.models.contribution import Contribution
from intake.models.identity import SealedIdentity
from intake.models.matching import MatchingFeatures, Pair, PersonContribution, Token
from intake.notifications import services as notifications
from jobs import services as jobs
from jobs.models import Job
from safeguards.models import AuditEntry, DataKey
from tests import cast, delivered, reported

pytestmark = pytest.mark.django_db
OTHER_ROLES = ("betrokkene", "getuige")


def work() -> None:
    jobs.drain(("files", "vault", "reports"))


def delivered_and_linked(*records):
    delivered.delivered(*(records or (delivered.record(),)))
    work()


@pytest.mark.parametrize("role", OTHER_ROLES)
def test_victim_that_turns_out_to_have_another_role_is_removed(role):
    delivered_and_linked()
    assert PersonContribution.objects.exists()
    found = delivered.delivered(delivered.record(role=role))
    assert (found.rows, found.not_victims, found.removed, found.errors) == (1, 1, 1, 0)
    work()
    for model in (Contribution, SealedIdentity, DataKey, MatchingFeatures, Token, Pair, PersonContribution):
        assert not model.objects.exists(), model


@pytest.mark.parametrize("standing", [Standing.WITHDRAWN, Standing.UNFOUNDED])
def test_record_that_the_feed_takes_back_is_undone(standing):
    delivered_and_linked(delivered.record(), delivered.record("sleutel 2"))
    found = delivered.delivered(delivered.record(standing=standing))
    assert (found.rows, found.not_victims, found.taken_back, found.removed) == (1, 0, 1, 1)
    work()
    assert Contribution.objects.count() == SealedIdentity.objects.count() == PersonContribution.objects.count() == 1


def test_record_that_was_taken_back_and_comes_again_is_new():
    delivered_and_linked()
    delivered.delivered(delivered.record(standing=Standing.UNFOUNDED))
    assert delivered.delivered(delivered.record()).new == 1


def test_links_through_a_removed_record_are_undone_and_the_report_stays():
    by = cast.actor(cast.OFFICER)
    notifications.submit(notification=reported.report(), organisation=by.organisation, by=by)
    delivered_and_linked()
    person = PersonContribution.objects.values_list("person_id", flat=True).distinct().get()
    before = facts.latest_sequence()
    delivered.delivered(delivered.record(role="getuige"))
    work()
    assert (person, 2019) in {(change.person, change.year) for change in facts.changes_since(before, limit=100)}
    assert Contribution.objects.get().source == Source.REPORT
    assert not Pair.objects.exists()


def test_other_role_sent_twice_removes_once():
    delivered_and_linked()
    first = delivered.delivered(delivered.record(role="getuige"))
    again = delivered.delivered(delivered.record(role="betrokkene"))
    assert (first.removed, again.removed) == (1, 0)
    work()
    assert delivered.delivered(delivered.record(role="getuige")).removed == 0
    assert AuditEntry.objects.filter(action=events.FEED_RECORD_UNDONE).count() == 1
    assert AuditEntry.objects.filter(action=events.FEED_RECORD_REMOVED).count() == 1


def test_removal_is_audited_by_contribution_and_in_the_counts_of_the_delivery():
    delivered_and_linked()
    contribution = str(Contribution.objects.get().id)
    delivered.delivered(delivered.record(role="getuige"))
    work()
    removed = (events.FEED_RECORD_UNDONE, events.FEED_RECORD_REMOVED, events.LINKAGE_REMOVED)
    for action in removed:
        assert AuditEntry.objects.filter(action=action, object_id=contribution).count() == 1
    assert AuditEntry.objects.filter(action=events.FEED_DELIVERED).order_by("sequence").last().details["removed"] == 1


def test_victim_again_before_the_removal_is_a_new_record():
    delivered_and_linked()
    old = Contribution.objects.get().id
    delivered.delivered(delivered.record(role="getuige"))
    assert delivered.delivered(delivered.record()).new == 1
    work()
    assert Contribution.objects.get().id != old
    assert PersonContribution.objects.count() == 1


def test_record_that_was_not_linked_yet_is_never_linked():
    delivered.delivered(delivered.record())
    delivered.delivered(delivered.record(role="getuige"))
    assert not Contribution.objects.filter(needs_linking=True).exists()
    work()
    assert not Contribution.objects.exists()


def test_other_records_and_other_feeds_stay():
    om = delivered.feed(delivered.OM)
    delivered.delivered(delivered.record(), by=om, source=Source.OM)
    delivered_and_linked(delivered.record(), delivered.record("sleutel 2"))
    assert delivered.delivered(delivered.record(role="getuige")).removed == 1
    work()
    assert sorted(Contribution.objects.values_list("source", flat=True)) == ["emm", "om"]


@pytest.mark.parametrize("roles", [("slachtoffer", "getuige"), ("getuige", "slachtoffer")])
def test_key_with_two_roles_in_one_delivery_counts_as_it_came_first(roles):
    found = delivered.delivered(*(delivered.record(role=role) for role in roles))
    assert (found.new, found.not_victims, found.errors) == (int(roles[0] == "slachtoffer"), int(roles[0] == "getuige"), 1)
    assert list(BatchError.objects.values_list("row", "code")) == [(2, "twice-in-file")]


def test_chunk_of_removals_asks_for_the_rest(monkeypatch):
    monkeypatch.setattr(outcomes, "CHUNK", 1)
    monkeypatch.setattr(outcomes.remove_leaving, "__defaults__", (1,))
    keys = ("sleutel 1", "sleutel 2", "sleutel 3")
    delivered_and_linked(*(delivered.record(key) for key in keys))
    delivered.delivered(*(delivered.record(key, role="getuige") for key in keys))
    work()
    assert not Contribution.objects.exists()
    assert not Job.objects.filter(state="dead").exists()
    assert not Outcome.objects.exists()


def test_received_delivery_removes_through_its_job():
    delivered_and_linked()
    by = delivered.feed()
    lines = delivered.lines(delivered.record(role="getuige"))
    services.receive(lines=lines, organisation=delivered.organisation(by), by=by)
    work()
    assert not Contribution.objects.exists()
