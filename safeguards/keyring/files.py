"""Key files on disk: written whole and once, overwritten before they are removed. It knows nothing of what is in them."""

import os
from pathlib import Path


def write_once(path: Path, text: str, mode: int) -> bool:
    """Whole or not at all, on disk before it is used, and never over an existing file."""
    draft = _draft(path, text, mode)
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    _sync(path.parent)
    return True


def replace(path: Path, text: str, mode: int = 0o600) -> None:
    os.replace(_draft(path, text, mode), path)
    _sync(path.parent)


def destroy(path: Path) -> None:
    """Overwritten first: where the disk writes in place, the bytes are gone as well as the name."""
    path.chmod(0o600)
    length = path.stat().st_size
    with open(path, "r+b") as file:
        file.write(b"\0" * length)
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    _sync(path.parent)


def _draft(path: Path, text: str, mode: int) -> Path:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
