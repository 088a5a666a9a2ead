"""manage.py estimate_population: an estimate from a file with an overlap table, as JSON. It stores nothing in the database."""

import json
import os
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reports.estimation.answer import SUBJECTS, VICTIMS, Asked, answer
from reports.estimation.histories import BadTableError, OverlapTable, read_table
from reports.estimation.printing import as_json, sensitivity_as_json
from reports.estimation.selection import EXHAUSTIVE_BIC, SEARCHES
from reports.estimation.sensitivity import vary
from reports.management.json_files import bad_input, parsed
from reports.prevalence.limits import thresholds


class Command(BaseCommand):
    help = "Estimate how many persons are on no list, from the overlap between lists; refuse where the table does not carry it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("table", type=Path, help='JSON: {"lists": [codes], "counts": {"101": 12, ...}}')
        parser.add_argument("--search", choices=SEARCHES, default=EXHAUSTIVE_BIC, help="how the model is chosen")
        parser.add_argument("--order", type=int, choices=(2, 3), default=2, help="terms of up to so many lists")
        parser.add_argument(
            "--replicates", type=_whole, default=0, help="bootstrap the interval, the search repeated in each replicate"
        )
        parser.add_argument("--seed", type=_whole, default=1, help="of the replicates")
        parser.add_argument("--omit", action="append", default=[], metavar="A,B", help="leave lists out")
        parser.add_argument("--merge", action="append", default=[], metavar="A,B=C", help="take lists as one")
        parser.add_argument(
            "--dependence", action="append", default=[], metavar="A,B", help="lists of which one is known to refer to the other"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            given = parsed(options["table"])
            table = _changed(read_table(given), options["omit"], options["merge"])
            asked = _asked(options, about=_about(given))
            printed = as_json(answer(table, asked), asked, table.lists)
        except BadTableError as error:
            raise bad_input(str(error)) from None
        printed["sensitivity"] = sensitivity_as_json(vary(table, asked) if asked.about == VICTIMS else None)
        self.stdout.write(json.dumps(printed, ensure_ascii=False, indent=1))


def _asked(options: dict[str, Any], about: str) -> Asked:
    return Asked(
        options["search"],
        options["order"],
        options["replicates"],
        options["seed"],
        os.cpu_count() or 1,
        tuple(_pair(given) for given in options["dependence"]),
        about=about,
        thresholds=thresholds(),
    )


def _about(given: dict[str, Any]) -> str:
    about = given.get("about", VICTIMS)
    if about not in SUBJECTS:
        raise BadTableError('"about" says whom the lists hold: victims or offenders.')
    return str(about)


def _pair(given: str) -> tuple[str, str]:
    one, _, two = given.partition(",")
    return one, two


def _whole(given: str) -> int:
    if not given.isdecimal() or int(given) >= 2**63:
        raise ArgumentTypeError("must be a whole number from zero up")
    return int(given)


def _changed(table: OverlapTable, omitted: list[str], merged: list[str]) -> OverlapTable:
    for codes in omitted:
        table = table.omit(codes.split(","))
    for change in merged:
        codes, equals, into = change.partition("=")
        if not equals or not into:
            raise BadTableError("--merge wants A,B=C: the lists to take as one, and the code of the merged list.")
        table = table.merge(codes.split(","), into)
    return table
