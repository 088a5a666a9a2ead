"""Typed readers of the environment. A missing or wrong value stops the start with the cure; values are never shown."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SECRET_LENGTH = 50
SECRET_CHARACTERS = 20


def text(name: str, default: str | None = None) -> str:
    """The variable, or the content of the file that NAME_FILE points to (for secrets), or the default."""
    if file := os.environ.get(f"{name}_FILE"):
        return _content(name, Path(file))
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name}, or {name}_FILE to a file that holds it.")
    return value


def _content(name: str, file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError:
        raise ImproperlyConfigured(f"{name}_FILE points to a file that cannot be read; correct it.") from None


def choice(name: str, allowed: tuple[str, ...], default: str) -> str:
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of: {', '.join(allowed)}.")
    return value


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number.")
    return int(value)


def flag(name: str, *, default: bool) -> bool:
    return choice(name, ("yes", "no"), "yes" if default else "no") == "yes"


def names(name: str) -> list[str]:
    """Values separated by commas; none if it is not set."""
    return [part.strip() for part in text(name, "").split(",") if part.strip()]


def secret(name: str, *, file: Path | None = None) -> str:
    """A secret of at least fifty characters, twenty of them different: what can be guessed is refused.

    Without the variable it is read from the file, where one is given and exists.
    """
    given = name in os.environ or f"{name}_FILE" in os.environ
    from_file = file and not given and file.exists()
    value = _content(name, file) if file and from_file else text(name)
    if len(value) < SECRET_LENGTH or len(set(value)) < SECRET_CHARACTERS:
        cure = "make a new one: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
        where, cure = (f"The secret in {file}", "remove it and run make run again") if from_file else (name, cure)
        raise ImproperlyConfigured(f"{where} is too short or too simple; {cure}")
    return value
