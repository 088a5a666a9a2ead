"""Prints every figure as JSON, live and exact or of an edition and protected. It writes nothing else to standard output."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.editions import repeating, selectors
from reports.editions.printed import from_bytes
from reports.editions.repeating import Outcome, Repeated
from reports.figures import services
from reports.figures.printing import as_json
from reports.releases import downloads
from reports.releases.downloads import File
from safeguards.actors import system

BY = system("figures-command")
REFUSED = {
    Outcome.INPUTS_GONE: "{gone} of the {inputs} contributions that it counted are here no more.",
    Outcome.OTHER_DEFINITIONS: "This version of the programme declares other figures than the edition did.",
    Outcome.DIFFERENT: "Counted again, its bytes are not those that were stored: look into this before anything else.",
}


class Command(BaseCommand):
    help = (
        "Print every figure as JSON, with the row and column names of the publication. Without an edition counts are exact: do"
        " not pass them on. An edition is counted again first, and printed only if that gives the bytes that were stored."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", required=True, help="Print JSON; the only form there is.")
        parser.add_argument("--edition", type=int, help="A published edition, protected; without it the live, exact counts.")

    def handle(self, *args: object, **options: Any) -> None:
        if options["edition"] is not None:
            found = _edition(options["edition"])
        else:
            found = as_json(services.exact_figures(by=BY).tables)
        printed = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
        if options["edition"] is None:
            years = services.years_of_register() or (0,)
            file = File("figures.json", printed.encode(), {"figures": len(found)})
            downloads.record_live(file=file, years=range(years[0], years[-1] + 1), by=BY)
        self.stdout.write(printed)


def _edition(number: int) -> dict[str, Any]:
    if number not in {edition.number for edition in selectors.published()}:
        raise CommandError(_no_edition(selectors.newest_number()))
    printed = selectors.figures_of(number, by=BY)
    repeated = repeating.repeat(number=number, by=BY)
    if repeated.outcome is not Outcome.SAME:
        raise CommandError(_refused(number, repeated))
    heading = dict(from_bytes(printed.content).heading) | {"digest": printed.digest}
    return {"edition": heading} | as_json(printed.tables, exact=False)


def _refused(number: int, found: Repeated) -> str:
    why = REFUSED[found.outcome].format(gone=found.gone, inputs=found.inputs)
    return f"Edition {number} cannot be counted again. {why} Nothing is printed."


def _no_edition(newest: int | None) -> str:
    last = f"the newest is {newest}" if newest else "none has been published yet"
    return f"There is no such edition: {last}. Leave --edition out for the live, exact counts."
