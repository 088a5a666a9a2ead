"""What the desk reads: others' statements only, by age and urgency."""

from dataclasses import replace

import pytest

from accounts.permissions import NotAllowedError
from consent import ledger, selectors, services
from consent.errors import UnknownStatementError
from consent.models import Statement
from safeguards.actors import Actor
from tests import cast
from tests.statements import administrator, given, recorded_earlier

pytestmark = pytest.mark.django_db


def of_the_same_organisation() -> Actor:
    return replace(administrator(), organisation=cast.organisation(cast.SHELTER_TEAM))


def test_queue_counts_what_waits_what_is_urgent_and_the_longest_wait() -> None:
    for days in (0, 45, 46, 59):
        recorded_earlier(given(), days)
    found = selectors.queue(by=administrator(), limit=10)
    assert (found.waiting, found.urgent, found.oldest_days) == (4, 2, 59)
    assert [item.days_left for item in found.items] == [1, 14, 15, 60]
    assert [item.urgent for item in found.items] == [True, True, False, False]


def test_queue_shows_no_more_than_asked_and_counts_all() -> None:
    for _ in range(3):
        given()
    found = selectors.queue(by=administrator(), limit=2)
    assert (len(found.items), found.waiting) == (2, 3)


def test_statement_of_the_own_organisation_does_not_exist_for_its_reviewer() -> None:
    own, by = given(), of_the_same_organisation()
    others = given(by=cast.STRANGER)
    assert [item.id for item in selectors.queue(by=by, limit=10).items] == [others]
    assert selectors.next_for(by=by) == others
    with pytest.raises(UnknownStatementError):
        selectors.statement(own, by=by)


def test_somebody_without_an_organisation_sees_nothing() -> None:
    statement, by = given(), replace(administrator(), organisation=None)
    assert selectors.queue(by=by, limit=10).items == ()
    with pytest.raises(UnknownStatementError):
        selectors.statement(statement, by=by)


@pytest.mark.parametrize("person", [cast.OWNER, cast.ANALYST])
def test_desk_reads_nothing_for_others(person: cast.Person) -> None:
    statement, by = given(), cast.actor(person)
    for read in (
        lambda: selectors.queue(by=by, limit=1),
        lambda: selectors.next_for(by=by),
        lambda: selectors.statement(statement, by=by),
    ):
        with pytest.raises(NotAllowedError):
            read()


def test_statement_shows_the_row_of_the_table_it_rests_on() -> None:
    view = selectors.statement(given(), by=administrator())
    assert (view.basis.reporter, view.basis.item) == ("care-coordinators", "registration")
    assert view.basis.citation_nl.startswith("AVG")


def test_statement_that_was_emptied_does_not_exist_any_more() -> None:
    statement, by = given(), administrator()
    services.withdraw(statement=statement, on=selectors.statement(statement, by=by).item.signed_on, by=by)
    selectors.statement(statement, by=by)
    ledger.empty(Statement.objects.filter(pk=statement))
    with pytest.raises(UnknownStatementError):
        selectors.statement(statement, by=by)
