"""JSON files of commands: read with a sentence for what is wrong, written whole and for the owner alone."""

import json
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

# Status of a command that was given bad input, as argparse's own errors have it.
BAD_INPUT = 2


def parsed(path: Path) -> Any:
    """What a JSON file holds. Raises CommandError with status 2."""
    try:
        return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_each_once)
    except OSError:
        raise bad_input("The file cannot be read there; name a JSON file that exists.") from None
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise bad_input("The file is not JSON in UTF-8.") from None


def write(path: Path, held: Any) -> None:
    """Whole or not at all. Raises CommandError where nothing can be written."""
    try:
        write_whole(path, json.dumps(held, ensure_ascii=False, indent=1).encode())
    except OSError:
        raise CommandError("The result cannot be written there; name a file in a folder that exists.") from None


def write_whole(path: Path, content: bytes) -> None:
    """Whole or not at all, and nothing beside it. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    written = Path(name)
    try:
        with open(handle, "wb") as file:
            file.write(content)
        written.replace(path)
    finally:
        written.unlink(missing_ok=True)


def bad_input(sentence: str) -> CommandError:
    return CommandError(sentence, returncode=BAD_INPUT)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise bad_input("A key stands twice in one object of the file; give each once.")
    return dict(pairs)
