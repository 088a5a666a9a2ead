"""What is documented is what there is: settings, targets of make, management commands."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent.parent
OWN = ("config", "safeguards", "jobs", "accounts", "consent", "intake", "reports")
READERS = {"text", "choice", "number", "flag", "secret", "names"}
# Read by gunicorn, Django or our own start, not through config.env.
ELSEWHERE = {"DJANGO_SETTINGS_MODULE"}
OF_TESTS = ROOT / "config" / "settings" / "test.py"


def settings_read() -> set[str]:
    files = [path for folder in OWN for path in (ROOT / folder).rglob("*.py") if path != OF_TESTS]
    return {name for path in files for name in _names(ast.parse(path.read_text()))} | ELSEWHERE


def _names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            first = node.args[0]
            reads = ast.unparse(node.func) in {f"env.{reader}" for reader in READERS} | {"os.environ.get"}
            if reads and isinstance(first, ast.Constant):
                yield str(first.value)


def settings_documented() -> list[str]:
    return re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)


def test_every_setting_is_in_the_example_and_no_other() -> None:
    assert sorted(settings_documented()) == sorted(settings_read())


def test_every_target_of_make_is_listed_by_help() -> None:
    makefile = (ROOT / "Makefile").read_text()
    (declared,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    explained = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)
    assert set(declared.split()) - {"python"} == set(explained)


def test_every_target_of_make_is_in_the_guide_for_contributors() -> None:
    explained = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
    guide = (ROOT / "CONTRIBUTING.md").read_text()
    assert [target for target in explained if f"`make {target}`" not in guide] == []


def test_every_command_of_ours_is_in_the_readme() -> None:
    ours = {name for name, app in get_commands().items() if app.partition(".")[0] in OWN}
    readme = (ROOT / "README.md").read_text()
    assert sorted(name for name in ours if f"`manage.py {name}" not in readme) == []
