"""Adds coded characteristics to those of a report: fills what is unknown, unites sets, never replaces. It stores nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from intake.codes.characteristics import Characteristics
from intake.notifications.inputs import Problem

REASONS = "missing"
BY_QUESTION = frozenset({"further", "phases"})
# What is added may say a date more exactly: 2019-03 after 2019.
DATES = frozenset({"phases", "exploitation_from", "exploitation_to"})

Pairs = tuple[tuple[str, str], ...]


def added(known: Characteristics, more: Characteristics) -> Characteristics | tuple[Problem, ...]:
    """Both together; or the problems, where a known value says something else: only a correction replaces that."""
    found = {field.name: _both(field.name, getattr(known, field.name), getattr(more, field.name)) for field in fields(known)}
    problems = tuple(problem for value in found.values() if isinstance(value, list) for problem in value)
    return problems or without_needless_reasons(replace(known, **found))


def _both(name: str, known: Any, more: Any) -> Any:
    """The value of the two, or a list of problems."""
    if name in BY_QUESTION or name == REASONS:
        return _pairs(name, known, more)
    if isinstance(known, tuple):
        return tuple(sorted({*known, *more}))
    return _single(name, known, more, exact=name in DATES)


def _pairs(name: str, known: Pairs, more: Pairs) -> Pairs | list[Problem]:
    answers: dict[str, Any] = dict(known)
    for question, answer in more:
        field = f"phase-{question}" if name == "phases" else question
        before = "" if name == REASONS else answers.get(question, "")
        answers[question] = _single(field, before, answer, exact=name in DATES)
    problems = [problem for answer in answers.values() if isinstance(answer, list) for problem in answer]
    return problems or tuple(sorted(answers.items()))


def _single(name: str, known: str, more: str, *, exact: bool) -> str | list[Problem]:
    if not known or (exact and more.startswith(f"{known}-")):
        return more
    if not more or more == known or (exact and known.startswith(f"{more}-")):
        return known
    return [Problem(name, "known-already")]


def without_needless_reasons(merged: Characteristics) -> Characteristics:
    """Why something is not known says nothing any more once it is."""
    reasons: Pairs = getattr(merged, REASONS, ())
    left = tuple((name, reason) for name, reason in reasons if name not in set(_known(merged)))
    changes: Mapping[str, Any] = {REASONS: left} if left != reasons else {}
    return replace(merged, **changes)


def _known(characteristics: Characteristics) -> Iterator[str]:
    yield from (field.name for field in fields(characteristics) if getattr(characteristics, field.name))
    yield from (question for question, answer in characteristics.further if answer)
    yield from (f"phase-{code}" for code, _day in characteristics.phases)
