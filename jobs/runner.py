"""The runner of the embedded default: it does all jobs and keeps the schedule, guarded by a database lease.

While it holds the lease and is not to end when idle, a companion helps it with what is done in two steps.
"""

import logging
from collections.abc import Callable, Iterable
from threading import Event
from time import monotonic
from uuid import uuid4

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection

from jobs import leases, schedule, services
from jobs.companion import Companion

NAME = "runner"
IDLE_POLL = 0.2
RENEWALS = 3
TICK_EVERY = 5.0
DATABASE_PAUSE = 1.0

logger = logging.getLogger(__name__)


class Runner:
    """Call run; set stop (from a signal handler) to end after the job in hand."""

    def __init__(self, queues: Iterable[str], stop: Event) -> None:
        self.queues = tuple(queues)
        self.stop = stop
        self.token = uuid4()
        self.companion = Companion(self.queues, self.token, stop)
        self.holds = self.accompanied = False
        self.renewed = self.ticked = float("-inf")

    def run(self, *, until_idle: bool = False, after_turn: Callable[[], None] | None = None) -> int:
        """Work until told to stop, or until nothing is outstanding. Returns how many attempts were made here."""
        attempts, self.accompanied = 0, not until_idle
        try:
            while not self.stop.is_set():
                worked = self._turn()
                attempts += worked
                if after_turn is not None:
                    after_turn()
                if not worked and until_idle and self._idle():
                    break
                if not worked:
                    self.stop.wait(IDLE_POLL)
        finally:
            self._release()
        return attempts

    def _turn(self) -> int:
        try:
            self._keep_lease()
            if not self.holds:
                return 0
            self._tick()
            if claimed := services.claim(self.queues, holder=self.token):
                services.run(claimed)
            return int(claimed is not None)
        except (OperationalError, InterfaceError) as error:
            self._database_lost(error)
            return 0

    def _keep_lease(self) -> None:
        if self.holds and monotonic() - self.renewed < settings.BAKEN_RUNNER_LEASE / RENEWALS:
            return
        held = leases.acquire(NAME, self.token)
        if held != self.holds:
            logger.info("This runner holds the lease." if held else "Another runner holds the lease; waiting for it.")
        self.holds, self.renewed = held, monotonic()
        if not held:
            self.companion.end()
        elif self.accompanied:
            self.companion.keep()

    def _tick(self) -> None:
        if monotonic() - self.ticked >= TICK_EVERY:
            schedule.tick()
            services.sweep()
            self.ticked = monotonic()

    def _idle(self) -> bool:
        return not services.outstanding(self.queues)

    def _database_lost(self, error: Exception) -> None:
        logger.error("The database does not answer (%s); trying again.", type(error).__name__)
        self.holds = False
        connection.close()
        self.stop.wait(DATABASE_PAUSE)

    def _release(self) -> None:
        self.companion.end()
        if self.holds:
            leases.release(NAME, self.token)
            self.holds = False
