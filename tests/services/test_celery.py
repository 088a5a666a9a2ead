"""Jobs through a real Celery worker and Redis: a lost, doubled or late message and a killed worker change nothing."""

import sys
from random import Random
from time import sleep

import redis

from tests.installations import Installation, effects, kill
from tests.services.workers import QUEUES, send, sweep, worker

JOBS = [f"{number}" for number in range(60)]
# It kills its process at once, so that nobody is at work on it any more.
POISONED = "state = 'running' AND kind = 'workload.poison'"
NOWHERE = "redis://127.0.0.1:1/0"


def lose_messages(house: Installation) -> int:
    with redis.Redis.from_url(house.environment["REDIS_URL"]) as client:
        keys = list(client.scan_iter(f"{house.environment['BAKEN_QUEUE_PREFIX']}broker:*"))
        return client.delete(*keys) if keys else 0


def sweep_until_done(house: Installation) -> None:
    house.wait_until(lambda: sweep(house) or house.all_done())


def test_recorded_jobs_are_done_by_the_worker_that_is_woken(house: Installation) -> None:
    worker(house)
    house.must("record_workload", "quick", *JOBS)
    house.wait_for("SELECT count(*) FROM workload_effect", len(JOBS))
    assert effects(house) == sorted((job, 1) for job in JOBS)


def test_jobs_whose_messages_were_lost_are_found_by_the_sweep(house: Installation) -> None:
    house.must("record_workload", "quick", *JOBS)
    assert lose_messages(house)
    worker(house)
    send(house, "sweep", "files", "files")
    house.wait_for("SELECT count(*) FROM workload_effect", len(JOBS))


def test_doubled_messages_have_one_effect(house: Installation) -> None:
    house.must("record_workload", "quick", "one")
    ((job,),) = house.rows("SELECT id FROM jobs_job")
    for _ in range(5):
        send(house, "run_job", str(job), "files")
    worker(house)
    house.wait_for("SELECT count(*) FROM jobs_job WHERE state = 'done'", 1)
    send(house, "run_job", str(job), "files")
    house.must("record_workload", "quick", "marker")
    house.wait_for("SELECT count(*) FROM workload_effect WHERE job = 'marker'", 1)
    assert effects(house) == [("marker", 1), ("one", 1)]


def test_change_is_kept_though_the_broker_is_away(house: Installation) -> None:
    house.environment["REDIS_URL"], broker = NOWHERE, house.environment["REDIS_URL"]
    house.must("record_workload", "quick", "one")
    house.environment["REDIS_URL"] = broker
    worker(house)
    send(house, "sweep", "files", "files")
    house.wait_for("SELECT count(*) FROM workload_effect", 1)


def test_every_effect_is_there_once_though_the_worker_is_killed_again_and_again(house: Installation) -> None:
    house.must("record_workload", "chunk", "a-1", "b-1", "c-1")
    house.must("record_workload", "quick", *JOBS)
    moments = Random(20261121)
    for _ in range(4):
        running = worker(house)
        house.wait_for_work(lambda: sweep(house))
        sleep(moments.uniform(0.0, 0.3))
        kill(running)
        house.let_leases_end("jobs_job", "state = 'running'")
    worker(house)
    sweep_until_done(house)
    chains = [(f"{chain}-{number}", 1) for chain in "abc" for number in range(1, 31)]
    assert sorted(effects(house)) == sorted([*((job, 1) for job in JOBS), *chains])


def test_job_that_kills_every_worker_process_is_given_up_and_the_others_are_done(house: Installation) -> None:
    worker(house)
    house.must("record_workload", "poison", "bad")
    house.must("record_workload", "quick", *JOBS[:20])
    house.wait_until(lambda: house.let_leases_end("jobs_job", POISONED) or sweep(house) or house.all_done())
    assert house.rows("SELECT attempts FROM jobs_job WHERE state = 'dead'") == [(5,)]
    assert effects(house) == sorted((job, 1) for job in JOBS[:20])


def test_worker_leaves_the_jobs_of_other_queues_alone(house: Installation) -> None:
    house.environment["BAKEN_QUEUES"] = "files"
    worker(house, "files")
    house.must("record_workload", "chunk", "a-30")
    house.must("record_workload", "quick", "one")
    house.wait_for("SELECT count(*) FROM workload_effect", 1)
    sleep(1)
    assert effects(house) == [("one", 1)]


def test_beat_sends_a_sweep_for_every_queue_and_the_tick(house: Installation) -> None:
    house.start(sys.executable, "-m", "celery", "--app", "config.celery", "beat", "--scheduler", "celery.beat.Scheduler")
    prefix = house.environment["BAKEN_QUEUE_PREFIX"]

    def waiting() -> dict[str, int]:
        with redis.Redis.from_url(house.environment["REDIS_URL"]) as client:
            return {queue: client.llen(f"{prefix}broker:{prefix}{queue}") for queue in QUEUES}

    house.wait_until(lambda: waiting() == {"files": 1, "vault": 1, "reports": 2, "outgoing": 1})
