"""A correction does not wait for linking, which takes longer for who is known, and is not overlooked by it; on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from intake.matching import services
from intake.models.contribution import Contribution
from intake.notifications import later
from intake.notifications.inputs import NotificationInput
from tests import cast, linked

pytestmark = pytest.mark.django_db(transaction=True)
ISATU: dict[str, Any] = {"given_names": ("Isatu",), "family_name": "Turay"}


def corrected(contribution: UUID, report: NotificationInput) -> None:
    by, reference = cast.actor(cast.OFFICER), Contribution.objects.get(id=contribution).reference
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '10s'")
        later.correct(reference=reference, notification=report, organisation=by.organisation, by=by)
    finally:
        connection.close()


@pytest.mark.parametrize("who", ["waits", "known"])
def test_correction_goes_on_while_its_report_is_linked_and_is_linked_after_it(
    who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Features and pairs are stored by then, of the report that is linked and of the one it is linked with."""
    known, other, waits = linked.linked(), linked.linked(**ISATU), linked.sent()
    about = {"waits": waits, "known": known}[who]
    enter, done = services._enter, list[None]()

    def corrected_meanwhile(*given: Any) -> Any:
        found = enter(*given)
        if not done:
            with ThreadPoolExecutor(1) as pool:
                work = pool.submit(corrected, about, linked.report(**ISATU))
                done.append(work.result())
        return found

    monkeypatch.setattr(services, "_enter", corrected_meanwhile)
    services.link_waiting()
    assert done == [None]
    assert linked.persons() == {frozenset({known, waits}), frozenset({other})}
    assert Contribution.objects.get(needs_linking=True).id == about
    linked.link_all()
    assert linked.persons() == {frozenset({known, waits} - {about}), frozenset({other, about})}
