"""The runner's second process: of a file it reads and seals one piece while the runner does another.

It does only what is done in two steps; what is one transaction as a whole would wait for SQLite's one writer. Its claims are
the runner's: when the runner is gone, its successor frees them at once.
"""

import logging
import os
import signal
from collections.abc import Iterable
from threading import Event
from uuid import UUID

from django.db import connections

from jobs import registry, services

IDLE_POLL = 0.5

logger = logging.getLogger(__name__)


class Companion:
    """keep it as long as the runner holds its lease; end it after that."""

    def __init__(self, queues: Iterable[str], holder: UUID, stop: Event) -> None:
        self.queues = tuple(queues)
        self.holder = holder
        self.stop = stop
        self.process = 0

    def keep(self) -> None:
        """Starts it where there is a second core for it, and again where it fell: its job then waits for its lease to end."""
        if (os.cpu_count() or 1) < 2 or (self.process and os.waitpid(self.process, os.WNOHANG) == (0, 0)):
            return
        connections.close_all()
        runner, self.process = os.getpid(), 0
        self.process = os.fork()
        if not self.process:
            self._be(runner)

    def end(self) -> None:
        """When it has finished the job in hand."""
        if self.process:
            os.kill(self.process, signal.SIGTERM)
            os.waitpid(self.process, 0)
            self.process = 0

    def _be(self, runner: int) -> None:
        """Nothing of what the runner was about to do is done here too, however this ends."""
        try:
            while not self.stop.is_set() and os.getppid() == runner:
                if claimed := services.claim(self.queues, kinds=registry.kinds_in_two_steps(), holder=self.holder):
                    services.run(claimed)
                else:
                    self.stop.wait(IDLE_POLL)
        except Exception as error:  # noqa: BLE001 - the runner starts another; the text of an error may identify
            logger.error("The companion of the runner ended (%s).", type(error).__name__)
        finally:
            os._exit(0)
