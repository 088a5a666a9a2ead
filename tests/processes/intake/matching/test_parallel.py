"""Real workers at once, and workers that are killed: one person stays one person, every report is linked exactly once."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from threading import Barrier, BrokenBarrierError
from time import sleep
from uuid import UUID

import pytest
from django.db import connection

from intake import comparing
from intake.matching import review, services, unlink
from intake.models.change import Change
from intake.models.contribution import Contribution
from intake.models.matching import MatchingFeatures, PersonContribution, Token
from intake.models.unlock import Unlock
from intake.unlock import Motive
from safeguards.models import DataKey
from tests import cast
from tests.installations import MANAGE, Installation, kill
from tests.linked import VAGUE, link_all, linked, pair_of, persons, sent
from tests.parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 4
REPORTS = 50
# So many that linking them, in one chunk, outlasts the moments at which a worker is killed.
KILLED_IN = 200
NAMES = ("Blessing", "Dragana", "Elif", "Fatoumata", "Hoa", "Ileana", "Jadwiga", "Kofi", "Lwam", "Zsuzsanna")
KILLS = 3
ATTEMPTS = "SELECT max(attempts) FROM jobs_job WHERE kind = 'intake.link'"


def linked_once(contributions: set[UUID]) -> None:
    """Every report has one membership, one set of features and one key for them."""
    for rows in (PersonContribution.objects.all(), MatchingFeatures.objects.all()):
        assert sorted(rows.values_list("contribution", flat=True)) == sorted(contributions)
    keys = DataKey.objects.filter(purpose=DataKey.Purpose.MATCHING)
    assert sorted(keys.values_list("owner", flat=True)) == sorted(contributions)
    numbers = list(Change.objects.order_by("sequence").values_list("sequence", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_parallel_workers_make_one_person_of_one():
    contributions = {sent() for _ in range(REPORTS)}
    at_once(*[lambda: link_all(limit=5)] * WORKERS)
    assert persons() == {frozenset(contributions)}
    linked_once(contributions)


def test_reports_that_arrive_while_others_are_linked_are_not_overlooked():
    cast.actor(cast.OFFICER)
    arrived: list[UUID] = []

    def arrive() -> None:
        arrived.extend(sent() for _ in range(10))

    at_once(arrive, arrive, lambda: link_all(limit=2), lambda: link_all(limit=2))
    link_all()
    assert persons() == {frozenset(arrived)}


def test_decisions_withdrawals_and_linking_at_once_wait_for_each_other():
    first, second, doomed = linked(), linked(**VAGUE), linked(family_name="Kabriu")
    waiting = {sent() for _ in range(6)}
    question, by = pair_of(first, second).id, cast.actor(cast.REVIEWER)
    at_once(
        lambda: link_all(limit=2),
        lambda: review.decide(pair=question, verdict=review.Verdict.SAME_DETAILS, by=by),
        lambda: unlink.remove(contributions=[doomed], by=services.LINKER),
        lambda: link_all(limit=2),
    )
    assert persons() == {frozenset({first, second, *waiting})}
    assert not Token.objects.filter(contribution=doomed).exists()


def test_two_posts_at_once_open_one_look_at_a_pair(monkeypatch):
    """Neither goes on from the question whether a look is open before the other has asked it too, unless a lock keeps it out:
    then the wait ends by itself. On SQLite every transaction that writes keeps the others out."""
    pair, by = pair_of(linked(), linked(**VAGUE)).id, cast.actor(cast.REVIEWER)
    both_asked, asks = Barrier(2), comparing._lasting

    def ask(row, by):
        found = asks(row, by)
        with suppress(BrokenBarrierError):
            both_asked.wait(timeout=3 if connection.vendor == "postgresql" else 0.01)
        return found

    monkeypatch.setattr(comparing, "_lasting", ask)
    at_once(*[lambda: comparing.open_both(pair=pair, motive=Motive.PAIR_DETAILS, by=by)] * 2)
    assert Unlock.objects.filter(pair=pair).count() == 2


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Installation]:
    """Processes on the very database of this test."""
    settings = connection.settings_dict
    url = f"sqlite://{settings['NAME']}"
    if connection.vendor == "postgresql":
        url = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{settings['NAME']}"
    environment = os.environ | {
        "DATABASE_URL": url,
        "BAKEN_DATA": str(tmp_path),
        "BAKEN_RUNNER_LEASE": "1",
        "BAKEN_JOB_LEASE": "1",
    }
    made = Installation(tmp_path, url, {name: value for name, value in environment.items() if name != "REDIS_URL"})
    yield made
    made.end()


def test_killed_worker_leaves_every_report_linked_once(house):
    contributions = {sent(given_names=(NAMES[number % len(NAMES)],)) for number in range(KILLED_IN)}
    moments = Random(20261121)
    killed = 0
    while killed < KILLS and not PersonContribution.objects.exists():
        runner = house.start(*MANAGE, "run_jobs")
        house.wait_for(ATTEMPTS, killed + 1)
        sleep(moments.uniform(0.0, 0.05))
        kill(runner)
        # A machine that paused may have let the worker end what it does: then all of it is there.
        assert PersonContribution.objects.count() in (0, KILLED_IN)
        killed += 1
    assert killed > 1 or not PersonContribution.objects.exists()
    house.must("run_jobs", "--until-idle")
    assert house.rows(ATTEMPTS)[0][0] >= killed
    assert not Contribution.objects.filter(needs_linking=True).exists()
    linked_once(contributions)
    assert len(persons()) == len(NAMES)
