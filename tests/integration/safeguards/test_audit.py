"""Writing the audit trail: in the transaction of the act, in one order, with codes only, and no act without it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from safeguards import audit, chain
from safeguards.actors import Actor, system
from safeguards.errors import AuditError
from safeguards.models import AuditEntry, AuditHead, DataKey, Tombstone
from safeguards.verification import verify

BY = Actor("user", str(UUID(int=1)), UUID(int=2), ("reporter", "analyst"), "password+totp", "r-1")


@pytest.mark.django_db
def test_entry_says_who_what_and_when() -> None:
    before = datetime.now(UTC)
    audit.record("notification.submitted", by=BY, object_type="contribution", object_id=UUID(int=3), details={"count": 2})
    entry = AuditEntry.objects.get()
    assert (entry.actor_kind, entry.actor_id, entry.organisation) == ("user", str(UUID(int=1)), UUID(int=2))
    assert (entry.roles, entry.strength, entry.request) == ("reporter,analyst", "password+totp", "r-1")
    assert (entry.action, entry.object_type, entry.object_id) == ("notification.submitted", "contribution", str(UUID(int=3)))
    assert entry.details == {"count": 2}
    assert before <= entry.time <= datetime.now(UTC)


@pytest.mark.django_db
def test_entries_hang_together() -> None:
    audit.record("one", by=BY)
    audit.record_many([audit.Event("two"), audit.Event("three", details={"a": None, "b": True, "c": "Zoë"})], by=system("x"))
    entries = AuditEntry.objects.order_by("sequence")
    previous = chain.START
    for number, entry in enumerate(entries, start=1):
        assert (entry.sequence, bytes(entry.previous)) == (number, previous)
        previous = chain.link(previous, entry)
        assert bytes(entry.digest) == previous
    head = AuditHead.objects.get()
    assert (head.sequence, bytes(head.digest)) == (3, previous)


@pytest.mark.django_db
def test_empty_block_writes_nothing() -> None:
    audit.record_many([], by=BY)
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 50])
def test_block_costs_three_statements(count: int) -> None:
    audit.record("before", by=BY)
    with CaptureQueriesContext(connection) as queries:
        audit.record_many([audit.Event("done", object_id=uuid4()) for _ in range(count)], by=BY)
    assert len(queries) == 3


@pytest.mark.django_db(transaction=True)
def test_entry_outside_a_transaction_is_refused() -> None:
    with pytest.raises(AuditError):
        audit.record("done", by=BY)
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("value", [1.5, b"bytes", date(2026, 1, 1), ["list"], {"a": 1}, "x" * 201], ids=str)
def test_detail_that_may_be_a_value_is_refused(value: object) -> None:
    with pytest.raises(AuditError) as error:
        audit.record("done", by=BY, details={"what": value})
    assert str(value)[:20] not in str(error.value)
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_undone_act_leaves_no_entry_and_no_gap() -> None:
    audit.record("one", by=BY)
    with transaction.atomic():
        audit.record("undone", by=BY)
        transaction.set_rollback(True)
    audit.record("two", by=BY)
    assert [entry.action for entry in AuditEntry.objects.order_by("sequence")] == ["one", "two"]
    assert not verify().breaks


def _act() -> None:
    """A service as every package writes it: change, then audit, in one transaction."""
    with transaction.atomic():
        Tombstone.objects.create(key=uuid4(), destroyed=datetime.now(UTC))
        audit.record("key.destroyed", by=BY)


@pytest.mark.django_db(transaction=True)
def test_act_fails_where_its_entry_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "COLUMNS", audit.COLUMNS[1:])
    with pytest.raises(DatabaseError):
        _act()
    assert not Tombstone.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_act_fails_where_the_database_refuses_its_entry() -> None:
    """A row in the way, as after a head that was turned back."""
    _act()
    AuditHead.objects.update(sequence=0)
    with pytest.raises(DatabaseError):
        _act()
    assert (Tombstone.objects.count(), AuditEntry.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_act_fails_where_the_head_is_gone() -> None:
    _act()
    AuditHead.objects.all().delete()
    with pytest.raises(AuditError):
        _act()
    assert (Tombstone.objects.count(), AuditEntry.objects.count()) == (1, 1)


def _many_acts(start: threading.Barrier) -> None:
    try:
        start.wait()
        for _ in range(15):
            _act()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_make_one_chain() -> None:
    """Four at once, from an empty trail without even its head."""
    AuditHead.objects.all().delete()
    start = threading.Barrier(4)
    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(_many_acts, start) for _ in range(4)]:
            future.result()
    result = verify()
    assert (result.entries, result.breaks) == (60, ())
    assert not DataKey.objects.exists()
