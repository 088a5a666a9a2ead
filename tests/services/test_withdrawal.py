"""Withdrawals whose worker is killed in the middle: each is done whole or not at all, and in the end all are done once."""

import psycopg

from tests.installations import Installation, kill
from tests.services.workers import sweep, worker

PERSONS = 24
# What a withdrawal takes on its way: who holds one of these stops the worker just there.
ON_ITS_WAY = (
    "SELECT 1 FROM safeguards_datakey WHERE purpose = 'identity' FOR UPDATE",
    "SELECT 1 FROM intake_personcontribution FOR UPDATE",
    "SELECT 1 FROM safeguards_audithead FOR UPDATE",
)
STOPPED = "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
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


def is_stopped(house: Installation) -> bool:
    sweep(house)
    return house.rows(BEGUN) == [(1,)] and house.rows(STOPPED) == [(True,)]


def is_done(house: Installation) -> bool:
    sweep(house)
    return house.rows(LEFT) == [(0,)] and house.rows(WAITING) == [(0,)]


def test_figures_are_those_without_the_withdrawn_though_the_workers_are_killed(house: Installation) -> None:
    house.must("withdraw_all", str(PERSONS), "--police")
    never_had_them = house.rows(CELLS)
    assert never_had_them
    house.must("withdraw_all", str(PERSONS))
    assert house.rows(CELLS) != never_had_them
    for taken in ON_ITS_WAY:
        with psycopg.connect(house.database) as holder:
            holder.execute(taken)
            running = worker(house, "vault")
            house.wait_until(lambda: is_stopped(house))
            kill(running)
        house.wait_until(lambda: house.rows(STOPPED) == [(False,)])
        house.let_leases_end("jobs_job", "state = 'running'")
        assert house.rows(LEFT) == house.rows(WITH_CONSENT) == house.rows(WITH_CONSENT_LINKED) == [(PERSONS,)]
        assert house.rows(ORPHANS) == [(0,)]
    worker(house, "vault", "reports")
    house.wait_until(lambda: is_done(house))
    assert house.rows(CELLS) == never_had_them
    assert house.rows(WITH_CONSENT) == [(0,)]
    assert house.rows(REMOVED) == [(PERSONS, PERSONS)]
    police = house.rows("SELECT count(*) FROM intake_contribution")[0][0]
    assert house.rows(KEYS) == [(2 * police,)]
