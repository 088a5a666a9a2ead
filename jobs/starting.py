"""The start of a process that does jobs: what may refuse it, with a sentence, and what is done once it is allowed.

The checks themselves are config's.
"""

import gc
from collections.abc import Callable

_checks: list[Callable[[], None]] = []


def register(check: Callable[[], None]) -> None:
    if check not in _checks:
        _checks.append(check)


def stop_unless_sound() -> None:
    for check in _checks:
        check()


def settle() -> None:
    """What is loaded now stays for good: the garbage collector need not go through it again for every few rows of a file."""
    gc.collect()
    gc.freeze()
