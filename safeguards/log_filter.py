"""Takes what may identify somebody out of log records: only values of known kinds pass, and in doubt the text is withheld.

It cannot see a name that code itself wrote into the text of a message: own code passes values as arguments.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from http import HTTPMethod, HTTPStatus
from traceback import extract_tb
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.urls import Resolver404, resolve

from safeguards.classification import OWN_PACKAGES

WITHHELD = "[withheld]"
LARGEST_COUNT = 99_999

UUID_TEXT = r"[0-9a-fA-F]{8}(?:-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}"
# Kinds of job, actions, tasks and loggers: a package of this project, then words.
OWN_NAME = re.compile(rf"(?:{'|'.join((*OWN_PACKAGES, 'config'))})(?:[.-][a-z0-9_-]+)*")
ERROR_AND_PLACE = re.compile(r"(?P<name>[A-Za-z_]\w*)(?: (?:at|in) (?:[\w-]+/)*\w+\.py:\d+(?: in \w+)?)?")
KNOWN_WORDS = frozenset(
    {*(status.phrase for status in HTTPStatus), *(method.value for method in HTTPMethod), "files", "vault", "outgoing"}
)
# In a text that is complete already: what is kept as it is, then what never is.
SUSPECT = re.compile(
    rf"(?P<keep>{UUID_TEXT})"
    r"|[^\s<>\"'(),;:]+@[^\s<>\"'(),;]+"  # an e-mail address
    r"|\?\S+"  # a query string
    r"|\d(?:[\s./-]?\d){5,}"  # a number of six digits or more, a date, a telephone number
)
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`|=\([^)]*\)")


class Plain(str):
    """A text that the caller knows to be no value of anybody's, such as a file name of this project."""

    __slots__ = ()


class IdentityFilter(logging.Filter):
    """Goes on every handler. A message whose values do not fit once they are withheld is withheld as a whole."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            record.msg = _text(record)
        except Exception:  # noqa: BLE001 - whatever goes wrong here, the text must not pass
            record.msg = WITHHELD
        record.args = None
        record.exc_text = "\n".join(places(record.exc_info[1])) if record.exc_info else None
        record.__dict__.pop("request", None)
        return True


def places(error: BaseException | None) -> list[str]:
    """The classes of an error and its causes, and the lines they passed, outermost first; no texts, no values."""
    lines: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = (f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in extract_tb(error.__traceback__))
        lines += [type(error).__name__, *(f"  {place}" for place in frames)]
        error = error.__cause__ or error.__context__
    return lines


def _text(record: logging.LogRecord) -> str:
    if not isinstance(record.msg, str):
        return str(_safe(record.msg))
    if not record.args:
        return _without_suspects(record.msg, own=_is_own(record.name))
    template = _without_suspects(record.msg, own=True)
    if isinstance(record.args, Mapping):
        return template % {name: _safe(value) for name, value in record.args.items()}
    return template % tuple(map(_safe, record.args))


def _is_own(logger: str) -> bool:
    return logger.partition(".")[0] in (*OWN_PACKAGES, "config")


def _without_suspects(text: str, *, own: bool) -> str:
    found = SUSPECT.sub(lambda match: match["keep"] or WITHHELD, text)
    return found if own else QUOTED.sub(WITHHELD, found)


def _safe(value: object) -> object:
    """The value, where its kind cannot identify anybody; else a mark."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | float | UUID | Plain):
        return value
    if isinstance(value, int):
        return value if abs(value) <= LARGEST_COUNT else WITHHELD
    if isinstance(value, BaseException | type):
        return value.__name__ if isinstance(value, type) else type(value).__name__
    return _safe_text(value) if isinstance(value, str) else WITHHELD


def _safe_text(text: str) -> str:
    if text in KNOWN_WORDS or re.fullmatch(UUID_TEXT, text) or OWN_NAME.fullmatch(text):
        return text
    if text.startswith("/"):
        return _route(text)
    named = ERROR_AND_PLACE.fullmatch(text)
    return text if named and named["name"] in _error_names() else WITHHELD


def _route(path: str) -> str:
    """The pattern of the address, not what somebody typed into it."""
    try:
        return f"/{resolve(path.partition('?')[0]).route}"
    except (Resolver404, ImproperlyConfigured, ImportError):
        return WITHHELD


def _error_names() -> frozenset[str]:
    return frozenset(cls.__name__ for cls in _subclasses(BaseException))


def _subclasses(cls: type[BaseException]) -> Iterator[type[BaseException]]:
    yield cls
    for subclass in cls.__subclasses__():
        yield from _subclasses(subclass)
