"""The durable job table: recorded with the change, done once, fenced, given up after five attempts."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from jobs import registry, services, wake
from jobs.errors import LeaseLostError, OutsideTransactionError, UnknownKindError
from jobs.models import Job
from safeguards.actors import system
from safeguards.models import AuditEntry

pytestmark = pytest.mark.django_db
FILES = ("files",)


@pytest.fixture
def done() -> Iterator[list[str]]:
    """A kind of work, "test.note", that notes the identifiers it was given."""
    noted: list[str] = []
    registry.handler("test.note", queue="files")(noted.append)
    yield noted
    registry._handlers.pop("test.note")


@pytest.fixture
def poison() -> Iterator[list[str]]:
    """A kind of work, "test.poison", that always fails with a text that must not be kept."""
    tried: list[str] = []

    def fail(object_id: str) -> None:
        tried.append(object_id)
        raise ValueError("Fatima Yılmaz")

    registry.handler("test.poison", queue="files")(fail)
    yield tried
    registry._handlers.pop("test.poison")


def due_again() -> None:
    Job.objects.filter(state=Job.State.WAITING).update(due=timezone.now() - timedelta(seconds=1))


def test_recorded_job_is_done_once(done: list[str]) -> None:
    services.record("test.note", "7")
    assert services.drain(FILES) == 1
    assert services.drain(FILES) == 0
    assert done == ["7"]


def test_waiting_job_of_same_kind_and_key_is_not_doubled(done: list[str]) -> None:
    for _ in range(3):
        services.record("test.note", key="all")
    services.record("test.note", key="other")
    assert services.drain(FILES) == 2


def test_job_recorded_while_its_twin_runs_is_done_afterwards(done: list[str]) -> None:
    services.record("test.note", "7")
    claimed = services.claim(FILES)
    services.record("test.note", "7")
    assert claimed
    assert services.run(claimed)
    assert services.drain(FILES) == 1
    assert done == ["7", "7"]


def test_earlier_moment_wins_when_a_job_is_recorded_again(done: list[str]) -> None:
    services.record("test.note", "7", due=timezone.now() + timedelta(days=1))
    assert services.drain(FILES) == 0
    services.record("test.note", "7")
    assert services.drain(FILES) == 1


def test_recording_again_does_not_shorten_the_pause_after_a_failure(poison: list[str]) -> None:
    services.record("test.poison", "7")
    services.drain(FILES)
    Job.objects.update(due=timezone.now() + timedelta(hours=1))
    services.record("test.poison", "7")
    assert services.drain(FILES) == 0
    assert len(poison) == 1


def test_job_of_another_queue_is_left_alone(done: list[str]) -> None:
    services.record("test.note", "7")
    assert services.claim(("vault", "reports")) is None


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused(done: list[str]) -> None:
    with pytest.raises(OutsideTransactionError):
        services.record("test.note", "7")


@pytest.mark.django_db(transaction=True)
def test_job_of_a_change_that_was_rolled_back_does_not_exist(done: list[str]) -> None:
    with transaction.atomic():
        services.record("test.note", "7")
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownKindError):
        services.record("test.nothing", "7")


def test_attempt_is_counted_before_the_work(done: list[str]) -> None:
    services.record("test.note", "7")
    services.claim(FILES)
    assert Job.objects.get().attempts == 1


def test_failure_of_a_job_that_was_taken_over_stops_nobody(poison: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    services.record("test.poison", "7")
    claimed = services.claim(FILES)
    assert claimed
    services.record("test.poison", "7")
    hand_over = services._hand_over

    def late(*arguments: Any) -> None:
        Job.objects.filter(pk=claimed.job).update(lease_token=uuid4())
        hand_over(*arguments)

    monkeypatch.setattr(services, "_hand_over", late)
    assert not services.run(claimed)
    assert Job.objects.get(pk=claimed.job).state == Job.State.RUNNING


def test_poison_job_is_given_up_after_five_attempts(poison: list[str]) -> None:
    services.record("test.poison", "7")
    for _ in range(8):
        services.drain(FILES)
        due_again()
    assert len(poison) == 5
    assert Job.objects.get().state == Job.State.DEAD


def test_failed_job_waits_before_its_next_attempt(poison: list[str]) -> None:
    services.record("test.poison", "7")
    before = timezone.now()
    services.drain(FILES)
    job = Job.objects.get()
    assert job.state == Job.State.WAITING
    # The wait is drawn from zero up.
    assert job.due > before


def test_only_class_and_place_of_an_error_are_kept(poison: list[str], caplog: pytest.LogCaptureFixture) -> None:
    services.record("test.poison", "7")
    services.drain(FILES)
    assert Job.objects.get().last_error.startswith("ValueError at test_services.py:")
    assert "Fatima" not in caplog.text


def test_job_that_kills_its_runner_every_time_is_given_up(done: list[str]) -> None:
    services.record("test.note", "7")
    for _ in range(5):
        assert services.claim(FILES)
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert services.claim(FILES) is None
    assert Job.objects.get().state == Job.State.DEAD
    assert done == []


def test_failing_job_with_a_waiting_twin_hands_its_attempts_over(poison: list[str]) -> None:
    services.record("test.poison", "7")
    claimed = services.claim(FILES)
    services.record("test.poison", "7")
    assert claimed
    services.run(claimed)
    twin = Job.objects.get(state=Job.State.WAITING)
    assert twin.attempts == 1
    assert twin.due > timezone.now()


def test_who_lost_the_lease_cannot_finish(done: list[str]) -> None:
    services.record("test.note", "7")
    late = services.claim(FILES)
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    successor = services.claim(FILES)
    assert late
    assert successor
    with pytest.raises(LeaseLostError):
        services.finish(late)
    services.finish(successor)


def test_effect_of_who_lost_the_lease_is_rolled_back() -> None:
    def effect_then_lose(object_id: str) -> None:
        services.record("test.after", object_id)
        Job.objects.filter(kind="test.late").update(lease_token=uuid4())

    registry.handler("test.late", queue="files")(effect_then_lose)
    registry.handler("test.after", queue="files")(lambda object_id: None)
    services.record("test.late", "7")
    claimed = services.claim(FILES)
    assert claimed
    assert not services.run(claimed)
    assert not Job.objects.filter(kind="test.after").exists()


def test_failure_of_who_lost_the_lease_changes_nothing(poison: list[str]) -> None:
    services.record("test.poison", "7")
    late = services.claim(FILES)
    assert late
    Job.objects.update(lease_token=uuid4())
    services.run(late)
    assert Job.objects.get().state == Job.State.RUNNING


def test_outstanding_counts_due_running_and_failed_jobs_only(poison: list[str], done: list[str]) -> None:
    services.record("test.note", "later", due=timezone.now() + timedelta(days=1))
    assert services.outstanding(FILES) == 0
    services.record("test.note", "now")
    services.record("test.poison", "failed")
    assert services.outstanding(FILES) == 2
    services.drain(FILES)
    assert services.outstanding(FILES) == 1


def test_sweep_forgets_jobs_done_long_ago(done: list[str]) -> None:
    services.record("test.note", "7")
    services.drain(FILES)
    assert services.sweep() == 0
    Job.objects.update(finished=timezone.now() - timedelta(days=8))
    assert services.sweep() == 1


@pytest.mark.django_db(transaction=True)
def test_listeners_are_told_after_the_commit(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(wake, "_hooks", [lambda job, queue: told.append(queue)])
    with transaction.atomic():
        services.record("test.note", "7")
        assert told == []
    assert told == ["files"]


@pytest.mark.django_db(transaction=True)
def test_failing_wake_up_does_not_fail_the_change(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def broker_is_down(job: object, queue: str) -> None:
        raise ConnectionError

    monkeypatch.setattr(wake, "_hooks", [broker_is_down])
    with transaction.atomic():
        services.record("test.note", "7")
    assert services.drain(FILES) == 1


def test_given_up_job_can_be_asked_for_again(poison: list[str]) -> None:
    services.record("test.poison", "7")
    for _ in range(6):
        services.drain(FILES)
        due_again()
    services.replay(job=Job.objects.get().id, by=system("operator"))
    assert services.drain(FILES) == 0
    assert len(poison) == 6
    assert AuditEntry.objects.get().action == "jobs.replayed"


def test_job_that_was_not_given_up_cannot_be_replayed(done: list[str]) -> None:
    services.record("test.note", "7")
    with pytest.raises(Job.DoesNotExist):
        services.replay(job=Job.objects.get().id, by=system("operator"))
    assert not AuditEntry.objects.exists()


def test_late_and_given_up_jobs_are_counted(done: list[str]) -> None:
    services.record("test.note", "early", due=timezone.now() - timedelta(minutes=11))
    services.record("test.note", "now")
    assert services.late(FILES, by=timedelta(minutes=10)) == 1
    assert services.counts(FILES) == {"waiting": 2, "running": 0, "dead": 0}
