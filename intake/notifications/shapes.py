"""The kinds of value in a JSON document: how each is read and written, and how OpenAPI describes it.

It knows no member. What a value may say beside its kind is for the rules.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from consent import gate
from intake.codes import partial_days
from intake.codes.lists import CodeList
from intake.notifications.texts import TextRule

MOST_SPELLED_OUT = 40
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class WrongValueError(Exception):
    """The value is not of this kind; code says which rule it breaks."""

    def __init__(self, code: str = "wrong-type") -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Shape:
    """schema is an OpenAPI 3.0 schema object; meanings are the labels of its codes, where they are few."""

    read: Callable[[object], Any]
    schema: Mapping[str, Any]
    write: Callable[[Any], object] = lambda value: value
    meanings: Mapping[str, str | Promise] = field(default_factory=dict)


def text(rule: TextRule) -> Shape:
    return Shape(_text, {"type": "string", "maxLength": rule.limit})


def texts(rule: TextRule, most: int) -> Shape:
    return _array(text(rule), most)


def code(codes: CodeList) -> Shape:
    return _closed({row.code: row.label_nl for row in codes.rows.values()})


def code_set(codes: CodeList, most: int) -> Shape:
    return _array(code(codes), most)


def answer(answers: Iterable[StrEnum]) -> Shape:
    return _closed({answer.value: gate.LABELS[answer] for answer in answers})


def choice(values: Iterable[str]) -> Shape:
    return _closed({value: value for value in values})


def whole_number(lowest: int, highest: int) -> Shape:
    return Shape(_number, {"type": "integer", "minimum": lowest, "maximum": highest})


def flag() -> Shape:
    return Shape(_flag, {"type": "boolean"})


def day() -> Shape:
    return Shape(_day, {"type": "string", "format": "date"}, date.isoformat)


def partial_day() -> Shape:
    return Shape(_text, {"type": "string", "pattern": f"^{partial_days.PATTERN}$"})


def day_of_step() -> Shape:
    """Empty where the step was taken on an unknown day."""
    return Shape(_text, {"type": "string", "pattern": f"^({partial_days.PATTERN})?$"})


def _closed(values: Mapping[str, str | Promise]) -> Shape:
    def read(value: object) -> str:
        if (found := _text(value)) not in values:
            raise WrongValueError("unknown-code")
        return found

    few = values if len(values) <= MOST_SPELLED_OUT else {}
    return Shape(read, {"type": "string", "enum": list(values)}, meanings=few)


def _array(item: Shape, most: int) -> Shape:
    def read(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise WrongValueError
        if len(value) > most:
            raise WrongValueError("too-many")
        return tuple(item.read(one) for one in value)

    return Shape(read, {"type": "array", "items": item.schema, "maxItems": most}, list, item.meanings)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise WrongValueError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise WrongValueError
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise WrongValueError
    return value


def _day(value: object) -> date:
    if not _DAY.fullmatch(written := _text(value)):
        raise WrongValueError
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise WrongValueError("impossible-date") from None
