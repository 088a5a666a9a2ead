"""Browser tests press through the visit, which waits for the page that comes: a bare press returns before it."""

import ast
from collections.abc import Iterator
from pathlib import Path

FUNCTIONAL = Path(__file__).resolve().parent.parent / "functional"
THE_VISIT = "accessibility.py"
BARE = {"click", "dblclick", "tap", "submit", "reload", "go_back", "go_forward"}
BY_LUCK = {"wait_for_timeout", "expect_navigation"}
WAITING = {"leaving", "expect_event", "expect_download"}


def called(node: ast.AST) -> str:
    return node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""


def pressed_bare(node: ast.AST, *, waits: bool = False) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.With):
        waits = waits or any(called(item.context_expr) in WAITING for item in node.items)
    name = called(node)
    if name in BY_LUCK or (name in BARE and not waits):
        yield node.lineno, name  # type: ignore[attr-defined]
    for child in ast.iter_child_nodes(node):
        yield from pressed_bare(child, waits=waits)


def test_every_press_waits_for_the_page_that_comes() -> None:
    found = [
        f"{file.name}:{line} {name}: use visitor.leave, visitor.leaving or visitor.stay"
        for file in sorted(FUNCTIONAL.glob("*.py"))
        if file.name != THE_VISIT
        for line, name in pressed_bare(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_watcher_sees() -> None:
    text = "page.go_back()\nwith visitor.leaving():\n    page.go_back()\nwith visit() as visitor:\n    link.click()\n"
    assert list(pressed_bare(ast.parse(text))) == [(1, "go_back"), (5, "click")]
