"""manage.py check_jobs: how much work there is; exit status 1 where it does not get done. For people and for health checks."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jobs import services

LATE = timedelta(minutes=10)


class Command(BaseCommand):
    help = "Count the jobs of this process's queues; fail where one has waited for more than ten minutes."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        queues = settings.BAKEN_QUEUES
        for state, count in services.counts(queues).items():
            self.stdout.write(f"{state}: {count}")
        if late := services.late(queues, by=LATE):
            raise CommandError(
                f"{late} jobs have waited for more than ten minutes; see that a worker of {', '.join(queues)} runs."
            )
