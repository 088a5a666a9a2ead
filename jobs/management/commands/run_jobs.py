"""manage.py run_jobs: the runner of the embedded default. With --until-idle it ends when nothing is outstanding."""

import signal
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from jobs.runner import Runner
from jobs.starting import settle, stop_unless_sound


class Command(BaseCommand):
    help = "Do durable background work until stopped. One runner works at a time; a second one waits for its lease."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until-idle", action="store_true", help="End when no work is outstanding.")

    def handle(self, *args: Any, **options: Any) -> None:
        stop_unless_sound()
        settle()
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        attempts = Runner(settings.BAKEN_QUEUES, stop).run(until_idle=options["until_idle"])
        if options["until_idle"]:
            self.stdout.write(f"Nothing is outstanding; {attempts} attempts were made here.")
