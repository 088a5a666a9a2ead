"""The embedded runner as a real process, killed at seeded moments: every effect is there exactly once."""

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import sleep

import pytest

from tests.installations import PATIENCE, Installation, effects, installation, kill

KILLS = 8
LONG = "3600"
JOBS = [f"{number}" for number in range(150)]
CHAINS = ("a-1", "b-1", "c-1")
EVERYTHING_ONCE = sorted([(job, 1) for job in JOBS] + [(f"{chain}-{number}", 1) for chain in "abc" for number in range(1, 31)])


@pytest.fixture
def house(tmp_path: Path, template: str) -> Iterator[Installation]:
    with installation(tmp_path, template) as made:
        yield made


def test_every_effect_is_there_once_though_the_runner_is_killed_again_and_again(house: Installation) -> None:
    house.must("record_workload", "quick", *JOBS)
    house.must("record_workload", "chunk", *CHAINS)
    moments = Random(20261121)
    for _ in range(KILLS):
        runner = house.runner()
        house.wait_for_work()
        sleep(moments.uniform(0.0, 0.3))
        kill(runner)
    house.must("run_jobs", "--until-idle")
    assert sorted(effects(house)) == EVERYTHING_ONCE
    assert house.rows("SELECT count(*) FROM jobs_job WHERE state <> 'done'") == [(0,)]
    assert house.rows("SELECT count(*) > 0 FROM jobs_job WHERE attempts > 1") in ([(1,)], [(True,)])


def test_effect_is_there_once_though_the_runner_is_killed_in_the_moment_after_its_commit(house: Installation) -> None:
    house.must("record_workload", "parting", "last")
    assert house.runner().wait(timeout=PATIENCE) == -signal.SIGKILL
    house.must("run_jobs", "--until-idle")
    assert effects(house) == [("last", 1)]


def test_job_that_kills_every_runner_is_given_up_and_the_others_are_done(house: Installation) -> None:
    house.must("record_workload", "poison", "bad")
    house.must("record_workload", "quick", *JOBS[:20])
    while house.rows("SELECT count(*) FROM jobs_job WHERE state = 'dead'") == [(0,)]:
        ended_by_itself(house.runner(), house)
    assert house.rows("SELECT attempts FROM jobs_job WHERE state = 'dead'") == [(5,)]
    assert effects(house) == sorted((job, 1) for job in JOBS[:20])


def ended_by_itself(runner: subprocess.Popen[bytes], house: Installation) -> None:
    house.wait_until(
        lambda: runner.poll() is not None or house.rows("SELECT count(*) FROM jobs_job WHERE state = 'dead'") != [(0,)]
    )
    kill(runner)


def test_second_runner_does_nothing_until_the_first_is_gone(house: Installation) -> None:
    house.environment["BAKEN_RUNNER_LEASE"] = LONG
    first = house.runner()
    house.wait_for("SELECT count(*) FROM jobs_lease", 1)
    second = house.runner()
    sleep(1.5)
    house.must("record_workload", "quick", *JOBS)
    house.wait_for("SELECT count(*) FROM workload_effect", len(JOBS))
    assert house.rows("SELECT DISTINCT process FROM workload_effect") == [(first.pid,)]
    kill(first)
    house.let_leases_end("jobs_lease")
    house.must("record_workload", "quick", "after")
    house.wait_for("SELECT count(*) FROM workload_effect", len(JOBS) + 1)
    assert house.rows("SELECT process FROM workload_effect WHERE job = 'after'") == [(second.pid,)]


def test_runner_that_is_asked_to_end_finishes_the_job_in_hand(house: Installation) -> None:
    house.must("record_workload", "lasting", "one")
    runner = house.runner()
    house.wait_for("SELECT count(*) FROM jobs_job WHERE state = 'running'", 1)
    runner.terminate()
    assert runner.wait(timeout=PATIENCE) == 0
    assert effects(house) == [("one", 1)]
    assert house.rows("SELECT count(*) FROM jobs_lease") == [(0,)]
