"""Two people press the same button at one moment, on two connections: one file is stored, once."""

from collections.abc import Callable
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connection

from intake.batches import services
from intake.errors import WrongStateError
from intake.models.contribution import Contribution
from jobs import services as jobs
from jobs.models import Job
from tests import cast, uploaded

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What became of each, in no order: "done", or the error."""
    together, ended = Barrier(len(acts)), []

    def act(one: Callable[[], object]) -> None:
        try:
            together.wait()
            one()
            ended.append("done")
        except WrongStateError as error:
            ended.append(type(error).__name__)
        finally:
            connection.close()

    threads = [Thread(target=act, args=(one,)) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ended)


def confirming(batch: UUID) -> Callable[[], None]:
    by = cast.actor(cast.OFFICER)
    return lambda: services.confirm(batch=batch, by=by)


def test_of_two_confirmations_at_once_one_is_refused() -> None:
    batch = uploaded.checked(uploaded.reports(5))
    assert at_once(confirming(batch), confirming(batch)) == ["WrongStateError", "done"]
    assert Job.objects.filter(kind=services.STORE_JOB).count() == 1
    jobs.drain(("files",))
    assert Contribution.objects.count() == 5


def test_two_equal_files_stored_at_once_give_each_row_once() -> None:
    rows = uploaded.reports(30)
    batches = [uploaded.checked(rows), uploaded.checked(rows)]
    for batch in batches:
        confirming(batch)()
    at_once(*[lambda: jobs.drain(("files",))] * 2)
    jobs.drain(("files",))
    assert Contribution.objects.count() == 30
    views = [uploaded.view(batch) for batch in batches]
    assert [view.state for view in views] == ["stored", "stored"]
    assert sorted((view.new, view.unchanged) for view in views) == [(0, 30), (30, 0)]
