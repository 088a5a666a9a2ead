"""Every rule that a reader, a rule or a service can name has a sentence; which codes those are is read from the code itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

import intake
from consent import gate
from intake.notifications import endings
from intake.notifications.inputs import Problem
from intake.notifications.sentences import LABELS, sentence

A_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SOURCES = [path for path in Path(intake.__file__).parent.rglob("*.py") if "migrations" not in path.parts]
# What ends in a problem: the second argument of a problem, the first of an error that carries a code.
PLACES = {"Problem": 1, "WrongValueError": 0, "UnreadableFileError": 0, "RefusedError": 0, "MalformedJsonError": 0}
# Told by the command that takes in what was dropped, in words of its own.
OF_THE_COMMAND = {"no-such-feed"}


def codes() -> set[str]:
    found = {code for path in SOURCES for code in _of(ast.parse(path.read_text(encoding="utf-8")))}
    return found - OF_THE_COMMAND | set(gate.PROBLEM_SENTENCES)


def _of(tree: ast.AST) -> Iterator[str]:
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        place = PLACES.get(getattr(call.func, "id", getattr(call.func, "attr", "")))
        if place is None or len(call.args) <= place:
            continue
        constants = (part.value for part in ast.walk(call.args[place]) if isinstance(part, ast.Constant))
        yield from (value for value in constants if isinstance(value, str) and A_CODE.fullmatch(value))


@pytest.mark.parametrize("code", sorted(codes()))
def test_each_code_has_a_sentence(code: str) -> None:
    assert any(_said(field, code) for field in ("", *LABELS))


def test_the_codes_are_found() -> None:
    assert {"in-future", "unknown-code", "too-large", "forbidden-character", "before-birth", "already-used"} <= codes()
    assert len(codes()) > 60


@pytest.mark.parametrize(("language", "word"), [("nl", "ingetrokken"), ("en", "withdrawn")])
def test_consent_that_ended_is_not_called_withdrawn(language: str, word: str) -> None:
    """It may have lapsed, or been found never to have been good."""
    with translation.override(language):
        assert word not in sentence(endings.CONSENT_WITHDRAWN).lower()


def _said(field: str, code: str) -> str:
    try:
        return sentence(Problem(field, code))
    except KeyError:
        return ""
