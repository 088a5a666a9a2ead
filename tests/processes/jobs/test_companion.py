"""The second process of the embedded runner: what is done in two steps is done by both, and it never outlives the runner."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.installations import Installation, effects, installation


@pytest.fixture
def house(tmp_path: Path, template: str) -> Iterator[Installation]:
    """A busy machine outlasts none of these leases."""
    with installation(tmp_path, template, BAKEN_RUNNER_LEASE="30", BAKEN_JOB_LEASE="300") as made:
        yield made


def companions(runner: subprocess.Popen[bytes]) -> list[int]:
    return [
        int(pid) for pid in Path(f"/proc/{runner.pid}/task/{runner.pid}/children").read_text().split() if not _ended(int(pid))
    ]


def _ended(process: int) -> bool:
    """Gone, or only kept for its parent to ask after."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    return True


def accompanied(house: Installation) -> tuple[subprocess.Popen[bytes], int]:
    runner = house.runner()
    house.wait_until(lambda: bool(companions(runner)))
    (companion,) = companions(runner)
    return runner, companion


def test_runner_and_companion_each_do_one_of_two_jobs_at_once(house: Installation) -> None:
    runner, companion = accompanied(house)
    house.must("record_workload", "together", "one", "two")
    house.wait_until(house.all_done)
    assert effects(house) == [("one", 1), ("two", 1)]
    assert {pid for (pid,) in house.rows("SELECT process FROM workload_effect")} == {runner.pid, companion}


def test_work_that_is_one_transaction_stays_with_the_runner(house: Installation) -> None:
    runner, _ = accompanied(house)
    house.must("record_workload", "quick", *(str(number) for number in range(100)))
    house.wait_until(house.all_done)
    assert house.rows("SELECT DISTINCT process FROM workload_effect") == [(runner.pid,)]


def test_companion_that_is_killed_is_replaced(house: Installation) -> None:
    house.environment["BAKEN_RUNNER_LEASE"] = "1"
    _, companion = accompanied(house)
    os.kill(companion, signal.SIGKILL)
    house.must("record_workload", "together", "one", "two")
    house.wait_until(house.all_done)
    assert effects(house) == [("one", 1), ("two", 1)]
    assert (companion,) not in house.rows("SELECT process FROM workload_effect")


def test_companion_ends_when_its_runner_is_killed(house: Installation) -> None:
    runner, companion = accompanied(house)
    runner.kill()
    runner.wait()
    house.wait_until(lambda: _ended(companion))


def test_runner_that_is_asked_to_end_ends_its_companion_first(house: Installation) -> None:
    runner, companion = accompanied(house)
    runner.terminate()
    assert runner.wait() == 0
    assert _ended(companion)
