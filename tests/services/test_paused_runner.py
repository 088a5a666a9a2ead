"""A runner that is paused while another takes its job over: only the holder of the newest lease commits.

On SQLite a paused runner holds the one write lock, so that nobody can overtake it; this is for PostgreSQL.
"""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installations import Installation, effects, installation


@pytest.fixture
def house(tmp_path: Path, template: str) -> Iterator[Installation]:
    with installation(tmp_path, template) as made:
        yield made


def test_work_of_a_runner_that_was_overtaken_is_rolled_back(house: Installation) -> None:
    house.must("record_workload", "lasting", "one")
    paused = house.runner()
    house.wait_for("SELECT count(*) FROM jobs_job WHERE state = 'running'", 1)
    os.kill(paused.pid, signal.SIGSTOP)
    successor = house.runner()
    house.wait_for("SELECT count(*) FROM jobs_job WHERE state = 'done'", 1)
    os.kill(paused.pid, signal.SIGCONT)
    house.wait_until(lambda: "was taken over by another process" in house.log())
    assert effects(house) == [("one", 1)]
    assert house.rows("SELECT process FROM workload_effect") == [(successor.pid,)]
    assert house.rows("SELECT attempts FROM jobs_job") == [(2,)]
