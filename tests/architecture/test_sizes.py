"""The limits on files, functions, views and tasks, and no imports inside functions: read from the syntax, not from lines."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
OWN = ("config", "safeguards", "jobs", "accounts", "consent", "intake", "reports")
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
LONGEST_VIEW = 30
LONGEST_TASK = 15
MEDIAN_FUNCTION = 10

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Found:
    place: str
    node: Function
    path: Path

    @property
    def length(self) -> int:
        """Lines of the body, the docstring left out."""
        body = self.node.body[1:] if ast.get_docstring(self.node) else self.node.body
        return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0

    @property
    def is_task(self) -> bool:
        return self.path.name == "tasks.py" or self.path.parent.name == "tasks"

    @property
    def is_view(self) -> bool:
        return {"web", "api"} & set(self.path.parts) != set() and _has_request(self.node)


def _has_request(node: Function) -> bool:
    return any(argument.arg == "request" for argument in node.args.args)


def files(*folders: str) -> list[Path]:
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def functions(*folders: str) -> Iterator[Found]:
    for path in files(*folders):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, Function):
                yield Found(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node, path)


FUNCTIONS = list(functions(*OWN))


def too_long(found: Iterator[Found], limit: int) -> list[str]:
    return [f"{one.place}: {one.length} lines" for one in found if one.length > limit]


@pytest.mark.parametrize("folders", [OWN, ("tests",)], ids=["code", "tests"])
def test_no_file_is_longer_than_a_person_reads(folders: tuple[str, ...]) -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in files(*folders)}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_page() -> None:
    assert too_long(iter(FUNCTIONS), LONGEST_FUNCTION) == []


def test_no_test_is_longer_than_a_page() -> None:
    assert too_long(functions("tests"), LONGEST_FUNCTION) == []


def test_tasks_only_translate() -> None:
    assert too_long((one for one in FUNCTIONS if one.is_task), LONGEST_TASK) == []


def test_views_only_translate() -> None:
    assert too_long((one for one in FUNCTIONS if one.is_view), LONGEST_VIEW) == []


def test_most_functions_are_small() -> None:
    assert median(one.length for one in FUNCTIONS) <= MEDIAN_FUNCTION


def test_nothing_is_imported_inside_a_function() -> None:
    inside = [one.place for one in FUNCTIONS for node in ast.walk(one.node) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert inside == []


def test_every_function_says_what_it_returns() -> None:
    assert [one.place for one in FUNCTIONS if one.node.returns is None] == []


def test_every_module_says_what_it_is_for() -> None:
    without = [
        str(path.relative_to(ROOT))
        for path in files(*OWN)
        if path.read_text().strip() and path.name != "apps.py" and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert without == []
