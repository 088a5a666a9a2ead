"""Prints every figure as JSON, exact and live, for the operator of the machine. It writes nothing else to standard output."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from reports.editions import selectors
from reports.figures import services
from reports.figures.printing import as_json
from safeguards.actors import system


class Command(BaseCommand):
    help = (
        "Print every figure as JSON, with the row and column names of the publication. Counts are exact: do not pass them on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", required=True, help="Print JSON; the only form there is.")
        parser.add_argument("--edition", type=int, help="A published edition, protected; without it the live, exact counts.")

    def handle(self, *args: object, **options: object) -> None:
        if options["edition"] is not None:
            raise CommandError(_no_edition(selectors.newest_number()))
        found = services.exact_figures(by=system("figures-command"))
        self.stdout.write(json.dumps(as_json(found.tables), ensure_ascii=False, indent=1))


def _no_edition(newest: int | None) -> str:
    last = f"the newest is {newest}" if newest else "none has been published yet"
    return f"There is no such edition: {last}. Leave --edition out for the live, exact counts."
