"""Lapse as background work: recorded every night, done in chunks, and again until nothing is overdue."""

import pytest
from django.db import transaction

from config import schedule
from consent import services
from consent.models import Outcome, Statement
from consent.tasks import LAPSE
from jobs import services as jobs
from jobs.models import Job
from tests.statements import given, recorded_earlier

pytestmark = pytest.mark.django_db


def lapse() -> None:
    with transaction.atomic():
        jobs.record(LAPSE)
    jobs.drain(("files",))


def test_overdue_statements_lapse_chunk_after_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "LAPSE_CHUNK", 2)
    for _ in range(5):
        recorded_earlier(given(), days=61)
    lapse()
    assert Statement.objects.filter(state="lapsed").count() == 5
    assert Outcome.objects.filter(kind="make-signal").count() == 5
    assert not Job.objects.filter(kind=LAPSE).exclude(state="done").exists()


def test_night_without_overdue_statements_changes_nothing() -> None:
    given()
    lapse()
    assert Statement.objects.get().state == "given"
    assert not Outcome.objects.exists()


def test_lapse_stands_in_the_schedule() -> None:
    assert LAPSE in {row.kind for row in schedule.TABLE}
