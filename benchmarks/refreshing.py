"""Times a rebuild of all figures, the nightly comparison and the refresh after one report: figures.py, inside Django."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from uuid import UUID, uuid4

from django.db import transaction

from accounts.models import Organisation
from benchmarks.figure_register import COLUMNS, RECORDED
from intake.codes.characteristics import Characteristics
from intake.matching.changes import touch
from intake.models.contribution import Contribution
from intake.models.matching import Person, PersonContribution
from reports.figures import services
from reports.models import PersonYear, Progress
from safeguards import bulk
from safeguards.actors import system

REPORTS = 30


def main() -> None:
    anew = _timed(_under_other_definitions)
    compared = _timed(lambda: services.rebuild_and_compare(by=system("benchmark")))
    peak = _peak()
    number = PersonYear.objects.count()
    known = list(Person.objects.values_list("id", flat=True)[: REPORTS // 2])
    wall, processor = zip(*(_refreshed_after(person) for person in (*known, *(uuid4() for _ in known))), strict=True)
    one = f"{median(wall):.0f}, {max(wall):.0f} / {median(processor):.0f}"
    sys.stdout.write(f"{number:,} | {anew} | {compared} | {peak} | {one}")


def _under_other_definitions() -> None:
    Progress.objects.update_or_create(pk=1, defaults={"definitions": "other"})
    services.refresh()


def _timed(work: Callable[[], object]) -> str:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return f"{time.perf_counter() - wall:.1f} / {time.process_time() - processor:.1f}"


def _refreshed_after(person: UUID) -> tuple[float, float]:
    """Milliseconds of the wall and of the processor."""
    _report(person)
    wall, processor = time.perf_counter(), time.process_time()
    services.refresh()
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - processor)


@transaction.atomic
def _report(person: UUID) -> None:
    number = uuid4()
    said = Characteristics(sex="female", exploitation_types=("labour",), nationalities=("PL",)).to_json()
    day = RECORDED.date().replace(year=2019)
    organisation = Organisation.objects.values_list("id", flat=True)[0]
    row = (
        number, "report", organisation, "police", "", "amsterdam", True, number.hex[:16], day, RECORDED, "accepted",
        30, "30-39", said, 2, False, False, False, None,
    )  # fmt: skip
    Person.objects.get_or_create(id=person)
    bulk.insert(Contribution, COLUMNS, [row])
    PersonContribution.objects.create(contribution_id=number, person_id=person, year=day.year)
    touch([(person, day.year)])


def _peak() -> int:
    """Megabytes, of this process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024
