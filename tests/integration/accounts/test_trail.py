"""The privacy officer reads the audit trail: by object, actor, action and period, and leaves an entry each time."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from accounts import trail
from accounts.permissions import NotAllowedError
from accounts.trail import Question
from safeguards import audit
from safeguards.actors import system
from safeguards.models import AuditEntry
from tests import cast

pytestmark = pytest.mark.django_db


def written(action: str = "tests.done", *, person: cast.Person = cast.REVIEWER, **given: Any) -> None:
    with transaction.atomic():
        audit.record(action, by=cast.actor(person), **given)


def found(**asked: Any) -> list[str]:
    answer = trail.read(question=Question(**asked), by=cast.actor(cast.PRIVACY_OFFICER))
    return [line.action for line in answer.lines]


def address(asked: Mapping[str, str]) -> str:
    return cast.signed_in(cast.PRIVACY_OFFICER).post("/audit", asked)["Location"]


def test_entries_are_found_by_object() -> None:
    one = uuid4()
    written("tests.of-this-one", object_type="contribution", object_id=one)
    written("tests.of-another", object_type="contribution", object_id=uuid4())
    assert found(object_id=str(one)) == ["tests.of-this-one"]


def test_entries_are_found_by_actor_and_action_the_newest_first() -> None:
    for action in ("tests.first", "tests.second"):
        written(action)
    written("tests.first", person=cast.ANALYST)
    reviewer = cast.actor(cast.REVIEWER).id
    assert found(actor_id=reviewer) == ["tests.second", "tests.first"]
    assert found(actor_id=reviewer, action="tests.first") == ["tests.first"]


def test_entries_are_found_by_period_with_its_last_day() -> None:
    written()
    today = timezone.localdate()
    assert found(action="tests.done", since=today, until=today) == ["tests.done"]
    assert found(action="tests.done", until=today - timedelta(days=1)) == []
    assert found(action="tests.done", since=today + timedelta(days=1)) == []


def test_pages_hold_every_entry_once() -> None:
    for number in range(trail.SHOWN + 3):
        written(f"tests.number-{number}", object_id="7")
    by = cast.actor(cast.PRIVACY_OFFICER)
    first = trail.read(question=Question(actor_id=cast.actor(cast.REVIEWER).id), by=by)
    second = trail.read(question=Question(actor_id=cast.actor(cast.REVIEWER).id, before=first.older), by=by)
    assert second.older is None
    expected = [f"tests.number-{number}" for number in reversed(range(trail.SHOWN + 3))]
    assert [line.action for line in (*first.lines, *second.lines)] == expected


def test_reading_says_what_was_looked_for() -> None:
    cast.actor(cast.PRIVACY_OFFICER)
    written("tests.done", object_id="7")
    found(object_id="7", action="tests.done")
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.action, entry.object_type, entry.object_id) == ("audit.read", "audit-trail", "7")
    assert entry.details == {"action": "tests.done", "entries": 1, "first": entry.sequence - 1, "last": entry.sequence - 1}


def test_nobody_else_reads_it() -> None:
    by = cast.actor(cast.ADMINISTRATOR)
    for reads in (trail.people, trail.known_actions, partial(trail.read, question=Question())):
        with pytest.raises(NotAllowedError):
            reads(by=by)


def test_page_tells_actions_in_sentences_and_offers_them_by_these() -> None:
    written("unlock.identity-shown")
    page = cast.signed_in(cast.PRIVACY_OFFICER).get("/audit").content.decode()
    assert page.count("Identiteit getoond") == 2
    assert '<option value="unlock.identity-shown">Identiteit getoond</option>' in page


def test_period_is_typed_as_dates_are_everywhere() -> None:
    assert address({"since": "01-02-2026", "until": "2026-02-03"}) == "/audit?since=01-02-2026&until=03-02-2026"


def test_every_action_that_happened_is_offered() -> None:
    written("tests.b")
    written("tests.a")
    offered = trail.known_actions(by=cast.actor(cast.PRIVACY_OFFICER))
    assert offered == tuple(sorted(set(AuditEntry.objects.values_list("action", flat=True))))
    assert {"tests.a", "tests.b"} <= set(offered)


def test_question_stands_in_the_address_after_it_was_posted() -> None:
    one = uuid4()
    written("tests.done", object_id=one)
    assert address({"object_id": str(one), "action": "tests.done"}) == f"/audit?object_id={one}&action=tests.done"
    page = cast.signed_in(cast.PRIVACY_OFFICER).get(f"/audit?object_id={one}&action=tests.done")
    assert [line.action for line in page.context["answer"].lines] == ["tests.done"]
    assert "no-store" in page["Cache-Control"]


def test_page_names_who_it_was() -> None:
    written()
    page = cast.signed_in(cast.PRIVACY_OFFICER).get("/audit?action=tests.done")
    assert [(line.who, line.organisation) for line in page.context["answer"].lines] == [("reviewer", cast.REGISTRY.name)]


NAMES = ["Fatoumata", "Sesay-Kamara", "van der Velde", "O'Neill", "jan.jansen", "anna-maria", "Jansen1994"]
NUMBERS = ["19940517", "123456782", "BCDFGHJKMNPQ"]


@pytest.mark.parametrize("name", [*NAMES, *NUMBERS])
def test_name_of_a_person_never_reaches_the_address_or_the_trail(name: str) -> None:
    officer = cast.signed_in(cast.PRIVACY_OFFICER)
    response = officer.post("/audit", {"object_id": name})
    assert response.status_code == 422
    assert "Location" not in response
    assert not AuditEntry.objects.filter(action="audit.read").exists()


def test_period_that_is_no_date_is_told_at_its_field() -> None:
    response = cast.signed_in(cast.PRIVACY_OFFICER).post("/audit", {"since": "gisteren"})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["since"]


def test_user_reference_and_process_that_the_trail_knows_are_looked_for() -> None:
    written("tests.done", object_id="BCDFGHJKMNPQ")
    with transaction.atomic():
        audit.record("tests.done", by=system("tests.process"))
    for asked in (cast.actor(cast.REVIEWER).id, "BCDFGHJKMNPQ", "tests.process"):
        assert address({"object_id": asked}) == f"/audit?object_id={asked}"


def test_what_somebody_looked_for_is_not_known_by_that() -> None:
    found(object_id="jan.jansen")
    assert not trail.knows("jan.jansen")


@pytest.mark.parametrize("asked", [{"until": "9999-12-31"}, {"since": "0001-01-01"}])
def test_day_beyond_the_calendar_is_told_at_its_field(asked: dict[str, str]) -> None:
    response = cast.signed_in(cast.PRIVACY_OFFICER).get("/audit", asked)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == list(asked)
