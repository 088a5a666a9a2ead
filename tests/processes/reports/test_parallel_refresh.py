"""Several refreshers at once, writers beside them, and a refresher that is killed: every change is counted exactly once."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from reports.figures import services, storage
from reports.models import PersonYear, Progress
from safeguards.actors import system
from tests.integration.reports.written import refresh_all, write, write_all
from tests.parallel import at_once
from tests.reference_register import facts_by_person_year

pytestmark = pytest.mark.django_db(transaction=True)

PERSON_YEARS = 60
REFRESHERS = 3
RIGHT = services.Comparison(PERSON_YEARS, 0, 0)
REFRESH_AND_WAIT = """
import django, sys
django.setup()
from django.db import transaction
from reports.figures import services
with transaction.atomic():
    services.refresh()
    print("counted", flush=True)
    sys.stdin.read()
"""


def refresh_in_small_portions() -> None:
    while services.refresh(limit=4):
        pass


def compared() -> services.Comparison:
    return services.rebuild_and_compare(by=system("tests"))


def test_changes_are_counted_once_by_refreshers_at_once() -> None:
    write_all(fact for facts in list(facts_by_person_year().values())[:PERSON_YEARS] for fact in facts)
    at_once(*[refresh_in_small_portions] * REFRESHERS)
    assert compared() == RIGHT
    assert sum(storage.counters().values()) > 0


def test_changes_that_arrive_meanwhile_are_not_overlooked() -> None:
    write()

    def arrive() -> None:
        for _ in range(10):
            write(exploitation_types=("labour",))

    at_once(arrive, arrive, refresh_in_small_portions, refresh_in_small_portions)
    refresh_all()
    assert compared() == services.Comparison(21, 0, 0)


def test_nightly_comparison_beside_refreshers_finds_no_difference() -> None:
    write_all(fact for facts in list(facts_by_person_year().values())[:PERSON_YEARS] for fact in facts)
    found: list[services.Comparison] = []
    at_once(refresh_in_small_portions, lambda: found.append(compared()), refresh_in_small_portions)
    assert [(one.wrong_person_years, one.wrong_cells) for one in found] == [(0, 0)]
    assert compared() == RIGHT


def test_refresher_that_is_killed_before_its_commit_leaves_nothing_and_the_next_counts_once(tmp_path: Path) -> None:
    write_all(fact for facts in list(facts_by_person_year().values())[:PERSON_YEARS] for fact in facts)
    process = subprocess.Popen(
        [sys.executable, "-c", REFRESH_AND_WAIT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"DATABASE_URL": url_of_this_database(), "BAKEN_DATA": str(tmp_path)},
        cwd=settings.BASE_DIR,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"counted\n"
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert (storage.counters(), PersonYear.objects.count()) == ({}, 0)
    assert not Progress.objects.filter(sequence__gt=0).exists()
    refresh_all()
    assert compared() == RIGHT


def url_of_this_database() -> str:
    name = connection.settings_dict["NAME"]
    if connection.vendor == "postgresql":
        return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    return f"sqlite://{name}"
