"""manage.py audit_release: the attack on everything that is out, as JSON. It stores nothing in the database."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.disclosure.attack import Fits, Recovered
from reports.disclosure.protecting import Findings, examine
from reports.disclosure.reading import read
from reports.disclosure.release import BadReleaseError, Release
from reports.management.json_files import bad_input, parsed

RECOVERED = 1


class Command(BaseCommand):
    help = "Attack protected tables: prints which counts an outsider can work out; ends with status 1 where there is any."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("releases", type=Path, nargs="+", help="all that is out, oldest first")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            releases = [_read(path) for path in options["releases"]]
            findings = examine(releases)
        except BadReleaseError as error:
            raise bad_input(str(error)) from None
        names = [path.name for path in options["releases"]]
        self.stdout.write(json.dumps(_as_json(findings, releases, names), ensure_ascii=False, indent=1))
        if not findings.nothing:
            raise CommandError(
                "An outsider can work counts out; these tables should not be out together.", returncode=RECOVERED
            )


def _read(path: Path) -> Release:
    try:
        return read(parsed(path))
    except BadReleaseError as error:
        raise BadReleaseError(f"{path.name}: {error}") from None


def _as_json(findings: Findings, releases: Sequence[Release], names: Sequence[str]) -> dict[str, Any]:
    return {
        "tables": sum(len(release.tables) for release in releases),
        "attacked": sum(one.attacked for one in findings.together),
        "exact": [_fits(fits) for one in findings.together for fits in one.exact],
        "near": [_fits(fits) for one in findings.together for fits in one.near],
        "differences": [_difference(names[before], names[after], found) for before, after, found in findings.differences],
    }


def _difference(before: str, after: str, found: Recovered) -> dict[str, Any]:
    return {
        "from": before,
        "to": after,
        "attacked": found.attacked,
        "exact": [_fits(fits) for fits in found.exact],
        "near": [_fits(fits) for fits in found.near],
    }


def _fits(fits: Fits) -> dict[str, Any]:
    return {
        "population": fits.key.population,
        "codes": dict(sorted(fits.key.codes)),
        "least": fits.least,
        "largest": fits.largest,
    }
