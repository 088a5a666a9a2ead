"""A file is stored by real Celery workers that are killed in the middle: every row is there exactly once.

KILL_ROWS=100000 python -m tests.services tests/services/test_batches.py does it with a whole file.
"""

import os
from random import Random
from time import sleep

from tests.installations import Installation, kill
from tests.services.workers import sweep, worker

ROWS = int(os.environ.get("KILL_ROWS", "15000"))
KILLS = 4
STORED = "SELECT stored_rows FROM intake_batch"
STATE = "SELECT state FROM intake_batch"
ACCEPTED = "SELECT count(DISTINCT object_id), count(*) FROM safeguards_auditentry WHERE action = 'notification.accepted'"


def more_is_stored(house: Installation, before: int) -> bool:
    sweep(house)
    return house.rows(STORED)[0][0] > before


def is_stored(house: Installation) -> bool:
    sweep(house)
    return house.rows(STATE) == [("stored",)]


def test_every_row_is_there_once_though_the_workers_are_killed_again_and_again(house: Installation) -> None:
    house.environment["BAKEN_QUEUES"] = "files"
    house.must("confirm_upload", str(ROWS))
    moments = Random(20261121)
    for _ in range(KILLS):
        before = house.rows(STORED)[0][0]
        running = worker(house, "files")
        house.wait_until(lambda before=before: more_is_stored(house, before))
        sleep(moments.uniform(0.0, 0.1))
        kill(running)
        house.let_leases_end("jobs_job", "state = 'running'")
    assert house.rows(STATE) == [("confirmed",)]
    worker(house, "files")
    house.wait_until(lambda: is_stored(house), seconds=600)
    assert house.rows("SELECT rows, stored_rows, new, errors FROM intake_batch") == [(ROWS, ROWS, ROWS, 0)]
    assert house.rows("SELECT count(*), count(DISTINCT own_reference_digest) FROM intake_contribution") == [(ROWS, ROWS)]
    assert house.rows("SELECT count(*) FROM intake_sealedidentity") == [(ROWS,)]
    assert house.rows("SELECT count(*) FROM safeguards_datakey WHERE purpose = 'identity'") == [(ROWS,)]
    assert house.rows(ACCEPTED) == [(ROWS, ROWS)]
    assert house.rows("SELECT count(*) FROM intake_batchchunk") == [(0,)]
    assert house.rows("SELECT count(*) > 0 FROM jobs_job WHERE attempts > 1") == [(True,)]
