"""manage.py relink: link the whole register anew, through Splink to compare with stored persons, or by the workers."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from intake.matching import relink, whole
from intake.relinking.databases import ENGINES, EngineMissingError
from safeguards.actors import system

WORKERS = "workers"
ENGINE = "duckdb on this machine, spark on a cluster, or our own in portions by the workers"


class Command(BaseCommand):
    help = (
        "Link the whole register anew by another engine, and say where stored persons differ; that changes nothing by itself. "
        "With --engine workers all links are weighed anew by the workers of the vault, and persons follow."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--engine", choices=(*ENGINES, WORKERS), default="duckdb", help=ENGINE)
        parser.add_argument("--master", default="local[*]", help="address of the Spark cluster; this machine if not given")
        parser.add_argument(
            "--spill", type=Path, default=Path(tempfile.gettempdir()), help="where to make the private folder that is erased"
        )
        parser.add_argument("--apply", action="store_true", help="ask for whoever differs to be linked anew")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["engine"] == WORKERS:
            portions = whole.weigh(by=system("relink-command"))
            self.stdout.write(f"{portions} portions of all pairs wait for the workers of the vault.")
            return
        try:
            found = relink.relink(
                engine_name=options["engine"],
                master=options["master"],
                folder=options["spill"],
                apply=options["apply"],
                by=system("relink-command"),
            )
        except EngineMissingError as error:
            raise CommandError(str(error)) from None
        except OSError:
            raise CommandError("The spill folder cannot be used; name one that exists and has room with --spill.") from None
        self.stdout.write(
            f"{found.contributions} contributions, {found.compared} pairs compared; {found.difference.same} persons are the "
            f"same, {len(found.difference.differing)} parts differ, {found.queued} contributions are linked anew."
        )
        for part in found.difference.differing:
            self.stdout.write(" ".join(sorted(map(str, part))))
