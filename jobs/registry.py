"""Which function does which kind of work, on which queue, and what recurs. Holds names and functions; runs nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from jobs.errors import JobsError, UnknownKindError

Effect = Callable[[], None]
Run = Callable[[str], None]
Prepare = Callable[[str], Effect]


@dataclass(frozen=True)
class Handler:
    """prepare reads and computes, outside any transaction; the effect that it gives is committed with the job."""

    kind: str
    queue: str
    function: Run | Prepare
    prepare: Prepare

    @property
    def two_steps(self) -> bool:
        return self.function is self.prepare


@dataclass(frozen=True)
class Periodic:
    """A kind of work recorded once in every slot of this length, counted from midnight UTC on 1 January 1970 plus offset."""

    task: str
    every: timedelta
    kind: str
    offset: timedelta = timedelta()


_handlers: dict[str, Handler] = {}
_periodics: dict[str, Periodic] = {}


def handler(kind: str, *, queue: str) -> Callable[[Run], Run]:
    """Register a function as the one that does this kind of work: one bounded chunk, in the transaction it is called in."""

    def register(run: Run) -> Run:
        _register(Handler(kind, queue, run, partial(partial, run)))
        return run

    return register


def in_two_steps(kind: str, *, queue: str) -> Callable[[Prepare], Prepare]:
    """As handler, for work of which the most is reading and computing: of SQLite's one writer nobody waits for that.

    The function changes nothing. It returns the effect, which must look again at what may have changed in the meantime.
    """

    def register(prepare: Prepare) -> Prepare:
        _register(Handler(kind, queue, prepare, prepare))
        return prepare

    return register


def _register(new: Handler) -> None:
    known = _handlers.get(new.kind)
    if known is not None and known.function is not new.function:
        raise JobsError(f"Two handlers are registered for the kind of work '{new.kind}'.")
    _handlers[new.kind] = new


def handler_of(kind: str) -> Handler:
    try:
        return _handlers[kind]
    except KeyError:
        raise UnknownKindError(kind) from None


def periodic(task: str, *, every: timedelta, kind: str, offset: timedelta = timedelta()) -> None:
    _periodics[task] = Periodic(task, every, kind, offset)


def kinds() -> tuple[str, ...]:
    return tuple(sorted(_handlers))


def kinds_in_two_steps() -> tuple[str, ...]:
    return tuple(kind for kind in kinds() if _handlers[kind].two_steps)


def periodics() -> tuple[Periodic, ...]:
    return tuple(_periodics.values())
