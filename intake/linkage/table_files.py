"""Reads the reference tables: text files in tables/, one entry a line, comments after #. It gives them no meaning."""

from pathlib import Path

TABLES = Path(__file__).parent / "tables"


def entries(name: str) -> list[str]:
    """The entries of a table without its comments. Errors: OSError where there is no such table."""
    text = (TABLES / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
