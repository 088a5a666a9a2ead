"""JSON from outside: nested no deeper than needed, no member twice, no number that is none. It knows nothing of reports."""

import json
import math
import re
from typing import Any, NoReturn

DEEPEST = 8
# A text that does not end is one up to the end: else each quote within it would be tried as a beginning.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")


class MalformedJsonError(Exception):
    """code says which rule the document breaks; nothing of the document is in it."""

    def __init__(self, code: str) -> None:
        super().__init__("The document is not the JSON that was asked for.")
        self.code = code


def loads(content: bytes) -> Any:
    """UTF-8 only. Raises MalformedJsonError: too-deep, not-json, member-twice, not-a-number or not-utf-8."""
    _check_depth(content)
    try:
        return json.loads(content.decode(), object_pairs_hook=_unique, parse_constant=_refuse_constant, parse_float=_finite)
    except UnicodeDecodeError:
        raise MalformedJsonError("not-utf-8") from None
    except (ValueError, RecursionError):
        raise MalformedJsonError("not-json") from None


def _check_depth(content: bytes) -> None:
    """Before parsing: the parser itself would recurse."""
    depth = 0
    for bracket in _BRACKET.finditer(_STRING.sub(b"", content)):
        depth += 1 if bracket.group() in b"[{" else -1
        if depth > DEEPEST:
            raise MalformedJsonError("too-deep")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise MalformedJsonError("member-twice")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise MalformedJsonError("not-a-number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise MalformedJsonError("not-a-number")
    return number
