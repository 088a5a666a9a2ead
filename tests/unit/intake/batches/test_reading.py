"""The child that reads: nothing of this process is in it, and whatever becomes of it, this process goes on."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from intake.batches import parsing, reading
from intake.batches.child import frames, program
from intake.errors import UnreadableFileError

HEADER = b"eigen_kenmerk;meldingsdatum;achternaam\n"
MANY = HEADER + b"1;1-2-2019;Jansen\n" * 20_000


def children():
    """The children of this process that still are, or were and were not waited for."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


@pytest.fixture
def child():
    found = reading._started(parsing.TEMPLATE)
    yield found
    reading._end(found)


def until(condition):
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def waiting_for_input(found):
    return Path(f"/proc/{found.pid}/limits").read_text().split("Max open files")[1].split()[0] == str(program.DESCRIPTORS)


def test_child_has_three_pipes_and_no_environment(child, monkeypatch, tmp_path):
    until(lambda: waiting_for_input(child))
    assert Path(f"/proc/{child.pid}/environ").read_bytes() == b""
    descriptors = {entry.name: os.readlink(entry) for entry in Path(f"/proc/{child.pid}/fd").iterdir()}
    assert set(descriptors) == {"0", "1", "2"}
    assert descriptors["0"].startswith("pipe:")
    assert descriptors["1"].startswith("pipe:")
    assert descriptors["2"] == "/dev/null"


def test_child_inherits_no_descriptor_even_if_it_is_inheritable(tmp_path):
    with (tmp_path / "open").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        found = reading._started(parsing.TEMPLATE)
        until(lambda: waiting_for_input(found))
        assert len(list(Path(f"/proc/{found.pid}/fd").iterdir())) == program.DESCRIPTORS
        reading._end(found)


def test_child_has_every_limit(child):
    until(lambda: waiting_for_input(child))
    limits = Path(f"/proc/{child.pid}/limits").read_text()
    found = {line[:26].strip(): line[26:].split()[:2] for line in limits.splitlines()}
    for name, limit in (
        ("Max address space", program.MEMORY),
        ("Max cpu time", program.PROCESSOR_SECONDS),
        ("Max file size", 0),
        ("Max processes", 0),
        ("Max core file size", 0),
    ):
        assert found[name] == [str(limit)] * 2


def test_child_knows_neither_django_nor_a_library_nor_what_holds_keys():
    start = reading.START.replace("main()", "print(*sys.modules, *sys.path, sep='\\n')")
    command = [sys.executable, "-I", "-S", "-c", start, str(reading.ROOT)]
    found = subprocess.run(command, env={}, capture_output=True, check=True, text=True).stdout
    assert "intake.batches.child.csv_rows" in found
    assert not [word for word in ("django", "site-packages", "safeguards", "socket", "config", "ctypes") if word in found]


@pytest.mark.parametrize("death", [signal.SIGKILL, signal.SIGSEGV])
def test_killed_child_is_an_unreadable_file(death):
    rows = parsing.rows_of([MANY])
    next(rows)
    (pid,) = children()
    os.kill(int(pid), death)
    with pytest.raises(UnreadableFileError) as refused:
        list(rows)
    assert refused.value.code == "unreadable"
    assert children() == set()


def test_child_killed_while_it_is_fed_is_an_unreadable_file():
    def parts():
        yield HEADER
        (pid,) = children()
        os.kill(int(pid), signal.SIGKILL)
        while True:
            yield b"1;1-2-2019;Jansen\n" * 1000

    with pytest.raises(UnreadableFileError) as refused:
        list(parsing.rows_of(parts()))
    assert refused.value.code == "unreadable"


def test_child_at_the_end_of_its_processor_time_is_an_unreadable_file(monkeypatch):
    monkeypatch.setattr(reading, "START", f"import os; os.kill(os.getpid(), {signal.SIGXCPU})")
    with pytest.raises(UnreadableFileError) as refused:
        list(parsing.rows_of([MANY]))
    assert refused.value.code == "too-slow"


def test_silent_child_is_ended(monkeypatch):
    monkeypatch.setattr(reading, "SILENCE_SECONDS", 0.2)
    monkeypatch.setattr(reading, "START", "import time; time.sleep(60)")
    with pytest.raises(UnreadableFileError) as refused:
        list(parsing.rows_of([HEADER]))
    assert refused.value.code == "too-slow"
    assert children() == set()


def test_child_that_takes_nothing_is_ended(monkeypatch):
    monkeypatch.setattr(reading, "SILENCE_SECONDS", 0.2)
    monkeypatch.setattr(reading, "START", "import time; time.sleep(60)")
    with pytest.raises(UnreadableFileError) as refused:
        list(parsing.rows_of([MANY]))
    assert refused.value.code == "too-slow"


@pytest.mark.parametrize(
    "said",
    [
        "''",
        "'[]'",
        "'no json'",
        "'{}'",
        "'[\"row\"]'",
        '\'["row",2,["x"],[]]\'',
        '\'["row",2,[0],["x"],[]]\'',
        "'[\"row\",2,[],[7],[]]'",
        '\'["row","2",[],[],[]]\'',
        "'[\"row\",2,[],[],[[1,2]]]'",
        "'[\"row\",2,[],[],{}]'",
        '\'["end"]["end"]\'',
        '\'["understood",{"format":"csv","headers":["geheim"]}]\'',
        "'[\"understood\",7]'",
        "'[\"refused\",1,1,1]'",
        '\'["refused","x"]\'',
        "'[\"other\"]'",
        "'[' * 100_000",
        "'[\"document\",1,' + '9' * 5000 + ',[]]'",
        "'x' * 20_000_000",
    ],
)
def test_whatever_the_child_says_is_at_most_an_unreadable_file(said, monkeypatch):
    monkeypatch.setattr(reading, "START", f"import sys; sys.stdin.read(); print({said})")
    with pytest.raises(UnreadableFileError) as refused:
        list(parsing.rows_of([HEADER]))
    assert refused.value.code == "unreadable"


@pytest.mark.parametrize("said", ['["row",2,[-1],["x"],[]]', '["row",2,[1],["x"],[]]', '["row",2,[0],["x","y"],[]]'])
def test_cell_stands_under_a_header_of_the_file(said, monkeypatch):
    understood = '["understood",{"format":"csv","headers":["achternaam"]}]'
    monkeypatch.setattr(reading, "START", f"import sys; sys.stdin.read(); print('{understood}'); print('{said}')")
    with pytest.raises(UnreadableFileError) as refused:
        list(parsing.rows_of([HEADER]))
    assert refused.value.code == "unreadable"


def test_child_that_talks_before_it_was_fed_does_not_hang_this_process(monkeypatch):
    monkeypatch.setattr(reading, "START", "print('x' * 1_000_000)")
    with pytest.raises(UnreadableFileError):
        list(parsing.rows_of([MANY]))


def test_reader_who_stops_early_leaves_no_child():
    with closing(parsing.rows_of([MANY])) as rows:
        next(rows)
        assert len(children()) == 1
    assert children() == set()


def test_upload_that_fails_halfway_leaves_no_child():
    def parts():
        yield HEADER
        raise ConnectionError

    with pytest.raises(ConnectionError):
        list(parsing.rows_of(parts()))
    assert children() == set()


def test_parts_are_taken_in_the_thread_that_asks():
    threads = set()

    def parts():
        threads.add(os.readlink("/proc/thread-self"))
        yield MANY

    assert sum(1 for _ in parsing.rows_of(parts())) == 20_000
    assert threads == {os.readlink("/proc/thread-self")}


def test_upload_over_the_limit_is_refused_before_all_of_it_was_taken():
    taken = []

    def parts():
        while True:
            taken.append(1)
            yield b"x" * 1024 * 1024

    with pytest.raises(UnreadableFileError) as refused:
        list(parsing.rows_of(parts()))
    assert refused.value.code == "too-large"
    assert len(taken) <= frames.LARGEST_FILE // (1024 * 1024) + 1


def test_child_without_memory_says_that_the_file_is_too_large(monkeypatch):
    monkeypatch.setattr(
        reading,
        "START",
        reading.START.replace("main()", "import intake.batches.child.program as p; p.MEMORY = 24 << 20; p.main()"),
    )
    with pytest.raises(UnreadableFileError) as refused:
        list(parsing.rows_of([MANY * 25]))
    assert refused.value.code == "too-large"


def test_many_files_leave_no_descriptor_behind():
    before = len(os.listdir("/proc/self/fd"))
    for content in (HEADER, b"", b"x;y\n", MANY):
        with suppress(UnreadableFileError):
            list(parsing.rows_of([content]))
    assert len(os.listdir("/proc/self/fd")) == before


def test_limits_of_the_template_reach_the_child(monkeypatch):
    monkeypatch.setattr(parsing, "TEMPLATE", replace(parsing.TEMPLATE, most_rows=1))
    with pytest.raises(UnreadableFileError):
        list(parsing.rows_of([MANY]))
