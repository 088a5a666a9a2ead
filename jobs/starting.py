"""What may refuse the start of a runner's process, by ending it with a sentence. The checks themselves are config's."""

from collections.abc import Callable

_checks: list[Callable[[], None]] = []


def register(check: Callable[[], None]) -> None:
    if check not in _checks:
        _checks.append(check)


def stop_unless_sound() -> None:
    for check in _checks:
        check()
