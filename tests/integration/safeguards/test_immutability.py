"""Tables that are written once, on whichever database the tests run: code, SQL and tricks alike are refused."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from safeguards import audit, immutability
from safeguards.actors import system
from safeguards.errors import AppendOnlyError
from safeguards.models import AuditEntry
from tests.append_only import append_only_tables

BY = system("test")


@pytest.fixture
def entry(db: None) -> AuditEntry:
    with transaction.atomic():
        audit.record("test.done", by=BY)
    return AuditEntry.objects.get()


CHANGES = {
    "update": "UPDATE safeguards_auditentry SET actor_id = 'somebody else'",
    "delete one": "DELETE FROM safeguards_auditentry WHERE sequence = 1",
    "delete all": "DELETE FROM safeguards_auditentry",
}
REPLACE = "INSERT OR REPLACE INTO safeguards_auditentry SELECT * FROM safeguards_auditentry"
TRUNCATE = "TRUNCATE safeguards_auditentry CASCADE"


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_database_refuses_to_change_entry(entry: AuditEntry, change: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert AuditEntry.objects.get() == entry


def test_database_refuses_to_replace_or_truncate(entry: AuditEntry) -> None:
    trick = TRUNCATE if connection.vendor == "postgresql" else REPLACE
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(trick)
    assert AuditEntry.objects.get() == entry


def test_code_refuses_to_change_entry(entry: AuditEntry) -> None:
    entry.actor_id = "somebody else"
    for change in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            change()
    with pytest.raises(AppendOnlyError):
        AuditEntry.objects.update(actor_id="somebody else")
    with pytest.raises(AppendOnlyError):
        AuditEntry.objects.bulk_update([entry], ["actor_id"])


@pytest.mark.django_db
def test_missing_triggers_are_named() -> None:
    table, key = "safeguards_auditentry", "sequence"
    immutability.remove(connection, table)
    names = immutability.missing_triggers(connection, table)
    assert len(names) > 1
    immutability.install(connection, table, key)
    assert not immutability.missing_triggers(connection, table)


@pytest.mark.django_db
def test_every_append_only_model_has_its_triggers() -> None:
    assert not [table for table, _ in append_only_tables() if immutability.missing_triggers(connection, table)]


@pytest.mark.django_db(transaction=True)
def test_trail_goes_on_after_tables_were_emptied() -> None:
    with transaction.atomic():
        audit.record("test.done", by=BY)
    assert AuditEntry.objects.get().time <= timezone.now()
