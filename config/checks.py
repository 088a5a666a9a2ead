"""Start-up checks of what the settings say together. The keys and the declared fields are checked by safeguards."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error

from jobs import registry

LOCAL_MEMORY = "django.core.cache.backends.locmem.LocMemCache"


def register() -> None:
    for check in (shared_cache, known_periodic_work):
        checks.register(check)


def shared_cache(**_: Any) -> list[CheckMessage]:
    """Log-in limits and used one-time codes live in the cache: in a process's own memory they would count per process."""
    if settings.CACHES["default"]["BACKEND"] != LOCAL_MEMORY or settings.BAKEN_WEB_PROCESSES == 1:
        return []
    message = "The cache is in each process's own memory while several processes answer; set REDIS_URL or remove CACHES."
    return [Error(message, id="baken.E101")]


def known_periodic_work(**_: Any) -> list[CheckMessage]:
    unknown = [task.task for task in registry.periodics() if task.kind not in registry.kinds()]
    return [Error(f"The periodic task '{task}' asks for work that no handler does.", id="baken.E102") for task in unknown]
