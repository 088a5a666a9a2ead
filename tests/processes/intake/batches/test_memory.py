"""What the process that stores a file holds at most does not grow with the file. How fast it is, is not looked at."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installations import MANAGE, Installation, installation

SMALL, LARGE = 1_000, 9_000
# Eight thousand rows with what was sealed of them, held until the end, take more than this.
GROWTH_MB = 12


@pytest.fixture
def house(tmp_path: Path, template: str) -> Iterator[Installation]:
    with installation(tmp_path, template, BAKEN_QUEUES="files") as made:
        yield made


# A process begins with its parent's peak in the kernel's account, so the one that is measured gets a small parent.
MEASURE = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[2:])
_, status, usage = os.wait4(child.pid, 0)
open(sys.argv[1], "w").write(str(usage.ru_maxrss // 1024))
sys.exit(os.waitstatus_to_exitcode(status))
"""


def peak_of_storing(house: Installation) -> int:
    """In MB, of the kernel's account of the process."""
    peak = house.folder / "peak"
    running = house.start(sys.executable, "-S", "-c", MEASURE, str(peak), *MANAGE, "run_jobs", "--until-idle")
    assert running.wait(timeout=300) == 0, house.log()
    return int(peak.read_text())


def test_storing_a_file_nine_times_as_large_takes_no_more_memory(house: Installation) -> None:
    house.must("confirm_upload", str(SMALL))
    small = peak_of_storing(house)
    house.must("confirm_upload", str(LARGE))
    large = peak_of_storing(house)
    assert house.rows("SELECT sum(stored_rows) FROM intake_batch") == [(SMALL + LARGE,)]
    assert large < small + GROWTH_MB, (small, large)
    assert large < 300
