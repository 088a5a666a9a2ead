"""The directions of import, as .importlinter states them, hold."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LINT = (str(Path(sys.executable).with_name("lint-imports")), "--no-cache")


def test_every_import_contract_is_kept() -> None:
    linted = subprocess.run(LINT, cwd=ROOT, capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout


def test_no_contract_names_a_module_that_is_there_in_a_comment_only() -> None:
    """A module that exists must be in its contract, not in a line that was left commented out."""
    lines = (ROOT / ".importlinter").read_text().splitlines()
    commented = [line.lstrip("# ").strip() for line in lines if line.startswith("#   ")]
    assert [name for name in commented if _exists(name)] == []


def _exists(module: str) -> bool:
    path = ROOT.joinpath(*module.split("."))
    return path.with_suffix(".py").exists() or path.is_dir()
