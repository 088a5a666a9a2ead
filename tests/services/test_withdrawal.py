"""Withdrawals whose worker is killed in the middle: each is done whole or not at all, and in the end all are done once."""

from random import Random
from time import sleep

from tests.installations import Installation, kill
from tests.services.workers import sweep, worker

PERSONS = 24
KILLS = 3
LEFT = "SELECT count(*) FROM consent_outcome WHERE kind = 'withdraw' AND carried_out IS NULL"
BEGUN = "SELECT count(*) FROM jobs_job WHERE kind = 'intake.outcomes' AND state = 'running'"
WITH_CONSENT = "SELECT count(*) FROM intake_contribution WHERE NOT legal_basis"
WITH_CONSENT_LINKED = (
    "SELECT count(*) FROM intake_personcontribution linked "
    "JOIN intake_contribution sent ON sent.id = linked.contribution_id WHERE NOT sent.legal_basis"
)
KEYS = "SELECT count(*) FROM safeguards_datakey WHERE purpose IN ('identity', 'matching')"
ORPHANS = "SELECT count(*) FROM safeguards_datakey WHERE owner NOT IN (SELECT id FROM intake_contribution)"
REMOVED = "SELECT count(DISTINCT object_id), count(*) FROM safeguards_auditentry WHERE action = 'outcome.withdrawn'"
CELLS = 'SELECT figure, "row", year, form, count FROM reports_exactcell WHERE count <> 0 ORDER BY 1, 2, 3, 4'
WAITING = "SELECT (SELECT sequence FROM intake_register) - (SELECT sequence FROM reports_progress)"


def is_running(house: Installation) -> bool:
    sweep(house)
    return house.rows(BEGUN) == [(1,)]


def is_done(house: Installation) -> bool:
    sweep(house)
    return house.rows(LEFT) == [(0,)] and house.rows(WAITING) == [(0,)]


def test_figures_are_those_without_the_withdrawn_though_the_workers_are_killed(house: Installation) -> None:
    house.environment["BAKEN_JOB_LEASE"] = "15"  # All are one chunk, longer than the lease that these tests have otherwise.
    house.must("withdraw_all", str(PERSONS), "--police")
    never_had_them = house.rows(CELLS)
    assert never_had_them
    house.must("withdraw_all", str(PERSONS))
    assert house.rows(CELLS) != never_had_them
    moments = Random(20261128)
    for _ in range(KILLS):
        running = worker(house, "vault")
        house.wait_until(lambda: is_running(house), seconds=300)
        sleep(moments.uniform(0.0, 0.5))
        kill(running)
        (left,) = house.rows(LEFT)
        assert house.rows(WITH_CONSENT) == house.rows(WITH_CONSENT_LINKED) == [left]
        assert house.rows(ORPHANS) == [(0,)]
    worker(house, "vault", "reports")
    house.wait_until(lambda: is_done(house), seconds=600)
    assert house.rows(CELLS) == never_had_them
    assert house.rows(WITH_CONSENT) == [(0,)]
    assert house.rows(REMOVED) == [(PERSONS, PERSONS)]
    police = house.rows("SELECT count(*) FROM intake_contribution")[0][0]
    assert house.rows(KEYS) == [(2 * police,)]
