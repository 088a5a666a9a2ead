"""Every file of the hostile corpus is refused with its code, within five seconds and 300 MiB; this process notices nothing."""

import json
import resource
import subprocess
import sys
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from intake.batches import parsing, reading
from intake.batches.child import program
from intake.batches.child.archives import Archive
from intake.batches.child.frames import RefusedError
from intake.errors import UnreadableFileError
from tests import hostile

FILES = {**hostile.WORKBOOKS, **hostile.TEXTS}
SECONDS = 5.0
# A small program between this one and the child: what the system counts for a child begins with the size of its parent.
MEASURE = """
import json, os, subprocess, sys
child = subprocess.Popen(json.loads(sys.argv[1]), stdin=0, stdout=subprocess.PIPE, env={})
last = b""
for line in child.stdout:
    last = line
_, status, used = os.wait4(child.pid, 0)
print(json.dumps([last.decode(), os.waitstatus_to_exitcode(status), used.ru_maxrss, used.ru_utime + used.ru_stime]))
"""


def refusal(content):
    try:
        list(parsing.rows_of([content]))
    except UnreadableFileError as refused:
        return refused.code
    return ""


def measured(content):
    command = [sys.executable, "-I", "-S", "-c", reading.START, str(reading.ROOT), parsing.TEMPLATE.text()]
    found = subprocess.run(
        [sys.executable, "-I", "-S", "-c", MEASURE, json.dumps(command)], input=content, capture_output=True, check=True
    )
    return json.loads(found.stdout)


@pytest.mark.parametrize("name", FILES)
def test_hostile_file_is_refused_within_its_limits(name):
    code, make = FILES[name]
    last, status, kibibytes, seconds = measured(make())
    assert (json.loads(last)[:2], status) == (["refused", code], 0)
    assert kibibytes * 1024 <= program.MEMORY
    assert seconds < SECONDS


@pytest.mark.parametrize("name", ["ten million lines of delimiters", "forty million empty rows", "arrays within arrays"])
def test_worker_goes_on_and_does_not_grow(name):
    code, make = FILES[name]
    content = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = process_time()
    with pytest.raises(UnreadableFileError) as refused:
        list(parsing.rows_of(content[at : at + 65_536] for at in range(0, len(content), 65_536)))
    assert refused.value.code == code
    assert process_time() - begun < 2 * SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 16 * 1024


def test_cells_without_end_in_a_row_are_a_problem_of_that_row():
    last, status, kibibytes, seconds = measured(hostile.CSV.encode() + b'"\n";' * (6 * hostile.MIB))
    assert (json.loads(last), status) == (["end"], 0)
    assert kibibytes * 1024 <= program.MEMORY
    assert seconds < SECONDS


def test_directory_of_too_many_parts_is_refused_before_it_is_read(monkeypatch):
    content = hostile.zipped({f"x{number}": "" for number in range(2_000)})
    monkeypatch.delattr("intake.batches.child.archives.zipfile.ZipFile")
    with pytest.raises(RefusedError) as refused:
        Archive(content)
    assert refused.value.code == "too-many-parts"


def test_honest_file_of_the_largest_size_is_read_in_little_memory():
    row = b"1;1-2-2019;" + b"x" * 300 + b"\n"
    last, status, kibibytes, _ = measured(hostile.CSV.encode() + row * 100_000)
    assert (json.loads(last), status) == (["end"], 0)
    assert kibibytes < 100 * 1024


@settings(max_examples=30, deadline=None)
@given(
    some.binary(max_size=2000)
    | some.binary(max_size=500).map(lambda noise: b"PK\x03\x04" + noise)
    | some.text(max_size=500).map(lambda text: (hostile.CSV + text).encode())
    | some.text(max_size=500).map(lambda text: ("[" + text).encode())
    | some.text(max_size=500).map(lambda text: ("{" + text).encode())
)
def test_noise_gives_rows_or_a_refusal_with_a_reason(noise):
    assert refusal(noise) != "unreadable"


WORKBOOK = hostile.of_sheet(hostile.cells(hostile.HEADER, '<row r="2"><c r="A2"><v>1</v></c></row>' * 3))


@settings(max_examples=30, deadline=None)
@given(some.integers(0, len(WORKBOOK) - 1), some.binary(min_size=1, max_size=8))
def test_damaged_workbook_gives_rows_or_a_refusal_with_a_reason(at, noise):
    assert refusal(WORKBOOK[:at] + noise + WORKBOOK[at + len(noise) :]) != "unreadable"
