"""Secrets of a deployment in containers, as files: made once, one folder for each process that may read them."""

import secrets
from pathlib import Path

WEB = ("intake", "backoffice", "monitor")
WORKERS = ("files", "vault", "reports", "outgoing")
OTHER_USERS = ("postgres", "redis")
REDIS = """requirepass {password}
appendonly yes
maxmemory-policy noeviction
protected-mode yes
"""


def make(folder: Path) -> None:
    """Everything that is missing under the folder; what is there stays."""
    database = _once(folder / "postgres" / "password", secrets.token_urlsafe(32))
    redis = _once(folder / "redis" / "password", secrets.token_urlsafe(32))
    _once(folder / "redis" / "redis.conf", REDIS.format(password=redis))
    _once(folder / "services" / "database-url", f"postgres://baken:{database}@postgres:5432/baken")
    _once(folder / "services" / "redis-url", f"redis://:{redis}@redis:6379/0")
    for process in (*WEB, *WORKERS, "all"):
        _once(folder / process / "secret-key", secrets.token_urlsafe(64))


def _once(file: Path, text: str) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(".new")
        draft.write_text(text)
        # The containers of PostgreSQL and Redis run as users of their own, and get nothing but their own folder.
        draft.chmod(0o444 if file.parent.name in OTHER_USERS else 0o400)
        draft.replace(file)
    return file.read_text()
