"""Tells whoever listens that a job waits. A lost wake-up changes nothing but the moment: the sweep finds the job."""

import logging
from collections.abc import Callable
from uuid import UUID

Hook = Callable[[UUID, str], None]

logger = logging.getLogger(__name__)
_hooks: list[Hook] = []


def register(hook: Hook) -> None:
    if hook not in _hooks:
        _hooks.append(hook)


def notify(job: UUID, queue: str) -> None:
    for hook in _hooks:
        try:
            hook(job, queue)
        except Exception as error:  # noqa: BLE001 - the change is committed; no fault of a broker may reach its author
            logger.warning("Nobody could be woken for job %s (%s); the sweep will find it.", job, type(error).__name__)
