"""Every action that can stand in the audit trail is told in a sentence, in both languages."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.utils import translation

from safeguards import actions

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("accounts", "consent", "intake", "jobs", "reports", "safeguards")
NAMED = [
    (package, name)
    for package in ("accounts", "consent", "intake", "reports")
    for name in dir(import_module(f"{package}.events"))
]
EVENTS = [(package, name) for package, name in NAMED if name.isupper()]
WRITERS = {"record", "Event"}


@pytest.mark.parametrize(("package", "name"), EVENTS)
def test_action_is_told_in_dutch_and_english(package: str, name: str) -> None:
    code = getattr(import_module(f"{package}.events"), name)
    with translation.override("en"):
        english = actions.told(code)
    with translation.override("nl"):
        dutch = actions.told(code)
    assert english != code
    assert dutch not in {code, english}


def test_two_actions_of_one_package_are_not_told_alike() -> None:
    told = [actions.told(getattr(import_module(f"{package}.events"), name)) for package, name in EVENTS]
    assert sorted(told) == sorted(set(told))


def test_what_is_unknown_is_shown_as_it_stands() -> None:
    assert actions.told("tests.done") == "tests.done"


def test_no_code_is_written_without_its_sentence() -> None:
    found = [place for package in PACKAGES for path in (ROOT / package).rglob("*.py") for place in bare(path)]
    assert found == []


def bare(path: Path) -> Iterator[str]:
    """Where something is written to the trail by a plain text, or by a name of the module that is one."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    plain = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and writes(node.func) and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) or (isinstance(first, ast.Name) and first.id in plain):
                yield f"{path.relative_to(ROOT)}:{node.lineno}"


def writes(called: ast.expr) -> bool:
    return (
        isinstance(called, ast.Attribute)
        and called.attr in WRITERS
        and isinstance(called.value, ast.Name)
        and called.value.id == "audit"
    )
