"""A signal cannot be laid beside the act that left it by what a database keeps of its own: the number or order of writing."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from intake.codes import lists
from intake.models.anonymous_signal import AnonymousSignal
from intake.notifications import signals
from intake.web.public_forms import quarters
from jobs import services as jobs
from jobs.models import Job
from tests import cast, reported, visitors

pytestmark = pytest.mark.django_db(transaction=True)

AGES = tuple(age for age in lists.AGE_BANDS.codes if age)[:4]
JOINED = {
    "postgresql": """
        SELECT s.age_band FROM intake_anonymoussignal s JOIN safeguards_auditentry a ON s.xmin = a.xmin
        WHERE a.action IN ('notification.became-signal-at-entry', 'visitor.signal-left') ORDER BY a.sequence
    """,
    "sqlite": "SELECT age_band FROM intake_anonymoussignal ORDER BY rowid",
}
IN_PLACE = {
    "postgresql": "SELECT age_band FROM intake_anonymoussignal ORDER BY ctid",
    "sqlite": "SELECT age_band FROM intake_anonymoussignal ORDER BY rowid",
}


def leave() -> list[str]:
    """Signals of two reporters and a visitor, in this order; gives their age bands."""
    for number, (age, sender) in enumerate(zip(AGES, (cast.OWNER, None, cast.STRANGER, cast.OWNER), strict=True)):
        if sender is None:
            assert (
                visitors.sent(
                    "/without-account/signal", visitors.SIGNAL | {"age_band": age, "quarter": quarters()[1][0]}
                ).status_code
                == 200
            )
        else:
            person = reported.person(v_number="", own_reference=f"zaak {number}", birth=reported.PartialDate())
            reported.sent(reported.report_refused(age_band=age, identity=person), by=sender)
    return list(AGES)


def asked(query: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [str(row[0]) for row in cursor.fetchall()]


def joined() -> list[str]:
    """The signals in the order of the acts, as whoever lays the table beside the audit trail has them from the database."""
    return asked(JOINED[connection.vendor])


def mixed() -> None:
    Job.objects.filter(kind=signals.MIX_JOB).update(due=Job.objects.earliest("created").created)
    jobs.drain(("files",))


def test_it_asks_to_be_mixed_after_the_audit_entry_whose_lock_comes_first() -> None:
    with CaptureQueriesContext(connection) as statements:
        leave()
    told = (one["sql"].split() for one in statements)
    tables = [words[2].strip('"') for words in told if words[0] == "INSERT"]
    for number, table in enumerate(tables):
        if table == "intake_anonymoussignal":
            later = tables[number:]
            assert later.index("safeguards_auditentry") < later.index("jobs_job")
    assert tables.count("intake_anonymoussignal") == len(AGES)


def test_signal_is_soon_joined_to_nothing() -> None:
    left = leave()
    assert joined() == left
    before = list(AnonymousSignal.objects.order_by("id").values())
    mixed()
    assert list(AnonymousSignal.objects.order_by("id").values()) == before
    by_id = [row["age_band"] for row in before]
    assert joined() == ([] if connection.vendor == "postgresql" else by_id)
    assert asked(IN_PLACE[connection.vendor]) == by_id


def test_many_signals_are_mixed_once_and_none_is_lost() -> None:
    leave()
    with transaction.atomic():
        signals.store([signals.Signal(2026, 3, "police", "", "", "", "")] * 2_001)
    assert Job.objects.filter(kind=signals.MIX_JOB).count() == 1
    before = set(AnonymousSignal.objects.values_list("id", flat=True))
    mixed()
    assert set(AnonymousSignal.objects.values_list("id", flat=True)) == before
