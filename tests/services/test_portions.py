"""All links weighed anew by workers that share the tokens out, one of them killed: what one process linked, pair by pair."""

from tests.installations import Installation, kill
from tests.services.workers import sweep, worker

PAIRS = "SELECT first_id, second_id, weight, band, held_back, parameters FROM intake_pair ORDER BY 1, 2"
PERSONS = (
    "SELECT array_agg(contribution_id ORDER BY contribution_id) FROM intake_personcontribution GROUP BY person_id ORDER BY 1"
)
PORTIONS = "SELECT count(*) FROM intake_tokenportion WHERE purpose = 'weigh'"
PROVED = "SELECT details FROM safeguards_auditentry WHERE action = 'linkage.proved' AND details ->> 'last' = 'true'"
DIFFER = "SELECT count(*) FROM safeguards_auditentry WHERE action = 'linkage.differs'"
AT_ONCE = "SELECT count(*) > 1 FROM jobs_job WHERE kind = 'intake.compare-tokens' AND state = 'running'"


def is_proved(house: Installation) -> bool:
    sweep(house)
    return len(house.rows(PROVED)) == 1


def test_workers_that_share_the_tokens_out_come_to_what_one_process_linked(house: Installation) -> None:
    house.must("weigh_register")
    pairs, persons = house.rows(PAIRS), house.rows(PERSONS)
    assert len({row[3] for row in pairs}) > 1
    house.must("weigh_register", "--anew")
    assert house.rows(PAIRS) != pairs
    assert house.rows(PERSONS) != persons
    ((many,),) = house.rows(PORTIONS)
    assert many == 32
    running = [worker(house, "vault") for _ in range(2)]
    house.wait_until(lambda: house.rows(AT_ONCE) == [(True,)])
    kill(running[0])
    house.let_leases_end("jobs_job", "state = 'running'")
    worker(house, "vault")
    house.wait_until(lambda: is_proved(house))
    assert house.rows(PAIRS) == pairs
    assert house.rows(PERSONS) == persons
    assert house.rows(DIFFER) == [(0,)]
