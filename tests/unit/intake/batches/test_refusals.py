"""Whatever code a reading can end in or a row can carry, there is a sentence for it in both languages."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

from intake.batches import child, parsing, reading
from intake.notifications.inputs import Problem
from intake.notifications.sentences import sentence
from tests import hostile

SOURCES = [*Path(child.__file__).parent.glob("*.py"), Path(reading.__file__), Path(parsing.__file__)]
RAISED = {"RefusedError", "UnreadableFileError", "_problem", "_broken"}
OTHERS = {"too-many-cells", "row-too-long", "cut-off", "not-text", "is-xls", "is-xlsm", "is-ods", "is-docx"}


def codes():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in RAISED:
                constants = [part for argument in node.args for part in ast.walk(argument) if isinstance(part, ast.Constant)]
                yield from (found.value for found in constants if isinstance(found.value, str) and found.value)


CODES = sorted({*codes(), *OTHERS, *(code for code, _ in {**hostile.WORKBOOKS, **hostile.TEXTS}.values())})


@pytest.mark.parametrize("code", CODES)
def test_each_refusal_has_a_sentence_in_dutch_and_english(code):
    found = set()
    for language in ("nl", "en"):
        with translation.override(language):
            found.add(sentence(Problem("", code)))
    assert len(found) == 2
    assert len(CODES) > 30
