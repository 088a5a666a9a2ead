"""The folder of a relink is its owner's alone and goes in every end; what a killed one left goes at the next."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from intake.relinking.spill import PREFIX, spill_folder

# Holds a folder with a file in it, says where, and waits.
HOLDING = """
import sys, time
from pathlib import Path
from intake.relinking.spill import spill_folder
with spill_folder(Path(sys.argv[1])) as folder:
    (folder / "reports.parquet").write_bytes(b"1")
    print(folder, flush=True)
    time.sleep(600)
"""


def holding(parent: Path) -> tuple["subprocess.Popen[str]", Path]:
    process = subprocess.Popen([sys.executable, "-c", HOLDING, str(parent)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def ended(process: "subprocess.Popen[str]", number: int) -> None:
    process.send_signal(number)
    process.communicate()


def test_is_for_its_owner_alone_and_goes(tmp_path):
    with spill_folder(tmp_path) as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
    assert not folder.exists()


def test_goes_when_the_work_fails(tmp_path):
    with pytest.raises(ValueError, match="failed"), spill_folder(tmp_path):
        raise ValueError("failed")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_goes_when_the_process_is_told_to_end(tmp_path, number):
    process, folder = holding(tmp_path)
    assert (folder / "reports.parquet").exists()
    ended(process, number)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_goes_at_the_next(tmp_path):
    process, folder = holding(tmp_path)
    ended(process, signal.SIGKILL)
    assert folder.exists()
    with spill_folder(tmp_path) as fresh:
        assert list(tmp_path.iterdir()) == [fresh]


def test_that_of_another_relink_at_work_stays(tmp_path):
    process, folder = holding(tmp_path)
    try:
        with spill_folder(tmp_path):
            assert (folder / "reports.parquet").exists()
    finally:
        ended(process, signal.SIGTERM)


def test_other_folders_there_are_nobodys_business(tmp_path):
    (tmp_path / "else").mkdir()
    with spill_folder(tmp_path) as folder:
        assert folder.name.startswith(PREFIX)
    assert [path.name for path in tmp_path.iterdir()] == ["else"]
