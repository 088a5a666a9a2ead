"""An installation on PostgreSQL and Redis for each test of this folder, with a prefix of its own in Redis."""

import os
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import pytest

from tests.installations import Installation, installation


@pytest.fixture
def house(tmp_path: Path, template: str) -> Iterator[Installation]:
    changes = {
        "REDIS_URL": os.environ["REDIS_URL"],
        "BAKEN_QUEUE_PREFIX": f"{os.environ['BAKEN_QUEUE_PREFIX']}{token_hex(4)}:",
        "BAKEN_JOB_LEASE": "3600",
    }
    with installation(tmp_path, template, **changes) as made:
        yield made
