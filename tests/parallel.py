"""Works at the same moment: each in a thread with a connection of its own. Tests that use it need real transactions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

Result = TypeVar("Result")


def at_once(*works: Callable[[], Result]) -> list[Result]:
    """All started together; an error in one is an error here. Their results, in the order of the works."""
    start = Barrier(len(works))

    def run(work: Callable[[], Result]) -> Result:
        start.wait(timeout=120)
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result(timeout=300) for future in [pool.submit(run, work) for work in works]]
