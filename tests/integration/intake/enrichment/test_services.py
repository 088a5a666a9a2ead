"""Deliveries of feeds: victims are stored as enrichment, never as reports; other roles are counted and not kept."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.permissions import NotAllowedError
from accounts.reporters import Source
from intake import events
from intake.batches import services as batches
from intake.enrichment import selectors, services, tables
from intake.enrichment.envelopes import Origin
from intake.errors import NotAFeedError, UnknownBatchError, UnreadableFileError
from intake.models.batch import Batch, BatchError
from intake.models.contribution import Contribution
from intake.models.identity import SealedIdentity
from intake.models.matching import PersonContribution
from intake.models.provenance import Provenance
from intake.notifications import services as notifications
from jobs import services as jobs
from safeguards.actors import system
from safeguards.models import AuditEntry, DataKey
from tests import cast, delivered, reported

pytestmark = pytest.mark.django_db


def test_victim_of_emm_is_stored_sealed_and_is_no_report():
    found = delivered.delivered(delivered.record())
    row = Contribution.objects.get()
    assert (row.source, row.group, row.state, row.needs_linking, row.age) == ("emm", "", "accepted", True, 27)
    assert (found.rows, found.new, found.errors) == (1, 1, 0)
    assert b"Zwaluwenburg" not in bytes(SealedIdentity.objects.get().blob)


def test_feed_record_is_linked_with_the_report_about_the_same_person():
    by = cast.actor(cast.OFFICER)
    notifications.submit(notification=reported.report(), organisation=by.organisation, by=by)
    delivered.delivered(delivered.record())
    jobs.drain(("vault",))
    assert PersonContribution.objects.values("person").distinct().count() == 1
    assert PersonContribution.objects.count() == 2


@pytest.mark.parametrize("role", ["betrokkene", "getuige"])
def test_other_role_than_victim_is_counted_and_not_kept(role):
    found = delivered.delivered(delivered.record(role=role), delivered.record("sleutel 2"))
    assert (found.rows, found.new, found.not_victims) == (2, 1, 1)
    assert Contribution.objects.count() == SealedIdentity.objects.count() == 1


def test_same_delivery_twice_changes_nothing():
    delivered.delivered(delivered.record(), delivered.record("sleutel 2"))
    before = list(Contribution.objects.order_by("id").values())
    found = delivered.delivered(delivered.record(), delivered.record("sleutel 2"))
    assert (found.new, found.unchanged, found.changed) == (0, 2, 0)
    assert list(Contribution.objects.order_by("id").values()) == before


def test_changed_record_replaces_the_earlier_one():
    delivered.delivered(delivered.record())
    key = DataKey.objects.get().id
    Contribution.objects.update(needs_linking=False)
    found = delivered.delivered(delivered.record(characteristics=replace(reported.KNOWN, sex="male")))
    row = Contribution.objects.get()
    assert (found.changed, row.characteristics["sex"], row.needs_linking) == (1, "male", True)
    assert DataKey.objects.get().id != key


def test_origin_of_a_record_is_kept_beside_it():
    origin = Origin("kmar", date(2019, 1, 1), date(2019, 12, 31))
    found = delivered.delivered(delivered.record(origin=origin))
    row = Provenance.objects.get()
    assert (row.register, row.valid_from, row.valid_to) == ("kmar", origin.valid_from, origin.valid_to)
    assert row.delivery_id == found.batch


def test_other_origin_of_an_equal_record_is_kept_and_audited():
    delivered.delivered(delivered.record(), delivered.record("sleutel 2"))
    found = delivered.delivered(delivered.record(origin=Origin("police-enforcement")), delivered.record("sleutel 2"))
    assert (found.unchanged, set(Provenance.objects.values_list("register", flat=True))) == (2, {"", "police-enforcement"})
    assert AuditEntry.objects.filter(action=events.FEED_RECORD_MOVED).count() == 1


def test_broken_line_leaves_the_others_as_they_are():
    by = delivered.feed()
    content = delivered.lines(delivered.record()) + b"{broken\n" + delivered.lines(delivered.record("sleutel 3"))
    found = services.deliver(lines=content, organisation=by.organisation, by=by)
    assert (found.rows, found.new, found.errors) == (3, 2, 1)
    assert list(BatchError.objects.values_list("row", "column", "code")) == [(2, "", "not-json")]


def test_record_is_checked_by_the_rules_of_reports():
    found = delivered.delivered(delivered.record(day=reported.tomorrow()))
    assert (found.new, found.errors) == (0, 1)
    assert BatchError.objects.get().code == "in-future"


def test_om_letter_is_kept_as_letter():
    by = delivered.feed(delivered.OM)
    known = replace(reported.KNOWN, further=(("dismissal-reason", "no-leads"),))
    delivered.delivered(delivered.record(characteristics=known), by=by, source=Source.OM)
    row = Contribution.objects.get()
    assert (row.source, row.group, row.characteristics["further"]) == ("om", "", [["dismissal-reason", "no-leads"]])


def test_received_delivery_is_stored_by_its_job_and_the_upload_goes():
    by = delivered.feed()
    batch = services.receive(lines=delivered.lines(delivered.record()), organisation=by.organisation, by=by)
    assert b"sleutel" not in bytes(Batch.objects.get().content)
    assert selectors.delivery(batch=batch, organisation=by.organisation, by=by).status == "ontvangen"
    jobs.drain(("files",))
    found = selectors.delivery(batch=batch, organisation=by.organisation, by=by)
    assert (found.status, found.new) == ("verwerkt", 1)
    assert Batch.objects.get().content is None
    assert not DataKey.objects.filter(purpose="draft").exists()


def test_job_of_a_stored_delivery_changes_nothing():
    by = delivered.feed()
    batch = services.receive(lines=delivered.lines(delivered.record()), organisation=by.organisation, by=by)
    for _ in range(2):
        services.store_received(batch=batch, by=system("tests"))
    assert Contribution.objects.count() == 1


@pytest.mark.parametrize(("described", "source"), [(cast.EMM, Source.EMM), (delivered.OM, Source.OM)])
def test_delivery_that_was_never_stored_is_cancelled_after_its_days_and_nothing_of_it_is_left(described, source):
    by = delivered.feed(described)
    content = delivered.lines(delivered.record(), source=source)
    batch = services.receive(lines=content, organisation=by.organisation, by=by)
    assert batches.expire_unconfirmed(by=system("tests")) == 0
    Batch.objects.update(received=reported.long_ago())
    assert batches.expire_unconfirmed(by=system("tests")) == 1
    row = Batch.objects.get()
    assert (row.state, row.content, row.finished is not None) == ("cancelled", None, True)
    assert not DataKey.objects.exists()
    assert AuditEntry.objects.filter(action=events.BATCH_CANCELLED, object_id=str(batch)).count() == 1
    assert selectors.delivery(batch=batch, organisation=by.organisation, by=by).status == "vervallen"


def test_late_job_of_a_cancelled_delivery_stores_nothing():
    by = delivered.feed()
    batch = services.receive(lines=delivered.lines(delivered.record()), organisation=by.organisation, by=by)
    Batch.objects.update(received=reported.long_ago())
    batches.expire_unconfirmed(by=system("tests"))
    services.store_received(batch=batch, by=system("tests"))
    assert not Contribution.objects.exists()
    assert Batch.objects.get().state == "cancelled"


def test_stored_delivery_stays_as_it_is_when_its_days_are_over():
    delivered.delivered(delivered.record())
    Batch.objects.update(received=reported.long_ago())
    assert batches.expire_unconfirmed(by=system("tests")) == 0
    assert Batch.objects.get().state == "stored"


def test_reporter_cannot_deliver_and_feed_cannot_report():
    officer, by = cast.actor(cast.OFFICER), delivered.feed()
    with pytest.raises(NotAllowedError):
        services.deliver(lines=b"", organisation=officer.organisation, by=officer)
    with pytest.raises(NotAllowedError):
        notifications.submit(notification=reported.report(), organisation=by.organisation, by=by)


def test_organisation_that_is_no_feed_cannot_deliver():
    by = replace(delivered.feed(), organisation=cast.organisation(cast.POLICE))
    with pytest.raises(NotAFeedError):
        services.deliver(lines=b"", organisation=by.organisation, by=by)


def test_feed_cannot_see_the_delivery_of_another():
    found = delivered.delivered(delivered.record())
    om = delivered.feed(delivered.OM)
    with pytest.raises(UnknownBatchError):
        selectors.delivery(batch=found.batch, organisation=om.organisation, by=om)


def test_too_many_lines_are_refused_as_a_whole(monkeypatch):
    monkeypatch.setattr(services, "MOST_LINES", 1)
    with pytest.raises(UnreadableFileError):
        delivered.delivered(delivered.record(), delivered.record("sleutel 2"))
    assert not Contribution.objects.exists()


def test_delivery_of_too_many_lines_is_refused_before_it_is_kept(monkeypatch):
    monkeypatch.setattr(services, "MOST_LINES", 1)
    by = delivered.feed()
    content = delivered.lines(delivered.record(), delivered.record("sleutel 2"))
    with pytest.raises(UnreadableFileError):
        services.receive(lines=content, organisation=by.organisation, by=by)
    assert not Batch.objects.exists()


def test_every_stored_record_leaves_an_audit_entry():
    delivered.delivered(delivered.record(), delivered.record("sleutel 2"))
    assert AuditEntry.objects.filter(action=events.FEED_RECORD_STORED).count() == 2
    assert AuditEntry.objects.get(action=events.FEED_DELIVERED).details["new"] == 2


def test_delivery_as_a_table_is_stored_like_lines_of_json():
    by = delivered.feed()
    rows = "sleutel;rol;datum;voornamen;achternaam\n1;slachtoffer;14-03-2019;Quirijntje;Zwaluwenburg\n2;dader;14-03-2019;Q;Z\n"
    batch = services.receive(lines=rows.encode(), organisation=by.organisation, by=by)
    jobs.drain(("files",))
    found = selectors.delivery(batch=batch, organisation=by.organisation, by=by)
    assert (found.new, found.errors, [(p.row, p.field, p.code) for p in found.problems]) == (1, 1, [(3, "rol", "unknown-code")])


def test_table_with_too_much_text_ends_refused_and_names_the_row(monkeypatch):
    monkeypatch.setattr(tables, "TEMPLATE", replace(tables.TEMPLATE, most_text=40))
    by = delivered.feed()
    rows = "sleutel;rol;datum;voornamen\n1;slachtoffer;14-03-2019;Q\n2;slachtoffer;14-03-2019;Q\n"
    batch = services.receive(lines=rows.encode(), organisation=by.organisation, by=by)
    jobs.drain(("files",))
    found = selectors.delivery(batch=batch, organisation=by.organisation, by=by)
    assert (found.status, [(p.row, p.code) for p in found.problems]) == ("geweigerd", [(3, "too-much-text")])


@pytest.mark.parametrize("content", [b"", b"naam;adres\nx;y\n", b"PK\x03\x04" + bytes(100)])
def test_delivery_that_cannot_be_read_ends_refused_and_says_why(content):
    by = delivered.feed()
    batch = services.receive(lines=content, organisation=by.organisation, by=by)
    jobs.drain(("files",))
    found = selectors.delivery(batch=batch, organisation=by.organisation, by=by)
    assert (found.status, len(found.problems)) == ("geweigerd", 1)
    assert not DataKey.objects.exists()
