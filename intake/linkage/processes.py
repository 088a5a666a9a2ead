"""Work on portions in several processes, which see all of memory as it is when they begin. The results are those of one."""

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

Portion = TypeVar("Portion")
Result = TypeVar("Result")

_work: list[Callable[[Any], Any]] = []


def available() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0))


@contextmanager
def uncollected() -> Iterator[None]:
    """Without Python's collector of cycles, here and in the processes that start meanwhile: it would look through a million
    reports again and again, and copy them to every process that does.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def each(work: Callable[[Portion], Result], portions: Sequence[Portion], processes: int) -> Iterator[Result]:
    """work of every portion, in their order. Portions and results are copied between processes; what work holds is not.

    Errors: those of work; BrokenProcessPool where a process was ended from outside.
    """
    many = min(processes, len(portions))
    if many < 2:
        yield from map(work, portions)
        return
    with ProcessPoolExecutor(many, get_context("fork"), _begin, (work,)) as pool:
        yield from pool.map(_of, portions)


def _begin(work: Callable[[Any], Any]) -> None:
    _work[:] = [work]


def _of(portion: Any) -> Any:
    return _work[0](portion)
