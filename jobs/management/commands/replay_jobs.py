"""manage.py replay_jobs: ask again for work that was given up, once its cause is gone."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jobs import services
from jobs.models import Job
from safeguards.actors import system


class Command(BaseCommand):
    help = "Record anew the jobs that were given up after five attempts, all or those of one kind."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", help="only jobs of this kind")

    def handle(self, *args: Any, **options: Any) -> None:
        given_up = Job.objects.filter(state=Job.State.DEAD)
        if options["kind"]:
            given_up = given_up.filter(kind=options["kind"])
        identifiers = list(given_up.values_list("id", flat=True))
        for identifier in identifiers:
            services.replay(job=identifier, by=system("operator"))
        self.stdout.write(f"{len(identifiers)} jobs are recorded anew.")
