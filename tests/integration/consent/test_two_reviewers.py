"""Two reviewers decide on one statement at the same moment: one decision is made, and one outcome waits."""

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from consent import services
from consent.errors import AlreadyDecidedError
from consent.models import Outcome, Statement, StatementEvent
from safeguards.actors import Actor
from tests.statements import administrator, given

ROUNDS = 5


def decide(statement: UUID, by: Actor, start: Barrier, *, good: bool) -> str:
    start.wait(timeout=120)
    try:
        if good:
            services.approve(statement=statement, by=by)
        else:
            services.reject(statement=statement, reason="unreadable", by=by)
    except AlreadyDecidedError:
        return "late"
    finally:
        connection.close()
    return "approved" if good else "rejected"


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_one_counts() -> None:
    by = administrator()
    for _ in range(ROUNDS):
        statement, start = given(), Barrier(2)
        with ThreadPoolExecutor(2) as reviewers:
            both: list[Future[str]] = [reviewers.submit(decide, statement, by, start, good=good) for good in (True, False)]
            results = {future.result(timeout=120) for future in both}
        state = Statement.objects.get(pk=statement).state
        assert results == {"late", state}
        assert StatementEvent.objects.filter(statement=statement).count() == 2
        assert Outcome.objects.filter(statement=statement).count() == 1
