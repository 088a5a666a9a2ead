"""What the loader says at its end is what the measurement of loading reads."""

from benchmarks.loading import TIMES
from config.demonstration.loader import Report, table
from config.demonstration.truth import Decided, Wrong


def test_times_are_read_from_what_the_loader_says() -> None:
    seconds = {"sending": 32.2, "linking": 7.6, "counting": 0.1, "freezing": 9.0}
    found = TIMES.search(table(Report((), Decided(0, 0), Wrong(0, 0), seconds, 169)))
    assert found
    assert found.groups() == ("32.2", "7.6", "0.1", "169")
