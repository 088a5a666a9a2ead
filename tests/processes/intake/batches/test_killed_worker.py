"""The storing of a file by a real process that is killed at seeded moments: every row is there exactly once."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import sleep

import pytest

from tests.installations import MANAGE, Installation, installation, kill

ROWS = 10_000
KILLS = 4
STORED = "SELECT stored_rows FROM intake_batch"


@pytest.fixture
def house(tmp_path: Path, template: str) -> Iterator[Installation]:
    with installation(tmp_path, template, BAKEN_QUEUES="files") as made:
        yield made


def test_every_row_is_there_once_though_the_worker_is_killed_in_the_middle(house: Installation) -> None:
    house.must("confirm_upload", str(ROWS))
    moments = Random(20261121)
    for _ in range(KILLS):
        before = house.rows(STORED)[0][0]
        worker = house.start(*MANAGE, "run_jobs")
        house.wait_until(lambda before=before: house.rows(STORED)[0][0] != before)
        sleep(moments.uniform(0.0, 0.2))
        kill(worker)
    house.must("run_jobs", "--until-idle")
    assert house.rows("SELECT state, rows, stored_rows, new, errors FROM intake_batch") == [("stored", ROWS, ROWS, ROWS, 0)]
    assert house.rows("SELECT count(*), count(DISTINCT own_reference_digest) FROM intake_contribution") == [(ROWS, ROWS)]
    assert house.rows("SELECT count(*) FROM intake_sealedidentity") == [(ROWS,)]
    assert house.rows("SELECT count(*) FROM safeguards_datakey WHERE purpose = 'identity'") == [(ROWS,)]
    accepted = "SELECT count(DISTINCT object_id), count(*) FROM safeguards_auditentry WHERE action = 'notification.accepted'"
    assert house.rows(accepted) == [(ROWS, ROWS)]
    assert house.rows("SELECT count(*) > 0 FROM jobs_job WHERE attempts > 1") in ([(1,)], [(True,)])
