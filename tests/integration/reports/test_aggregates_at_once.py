"""Two people decide about one delivery of aggregates at the same moment: one of them does, and one value counts once."""

from collections.abc import Callable

import pytest

from reports.aggregates import services
from reports.aggregates.errors import AggregatesError
from reports.models import AggregateDecision
from safeguards.actors import Actor
from safeguards.models import AuditEntry
from tests import cast
from tests.aggregates import GOOD, file, waiting
from tests.parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)
OTHER = Actor(kind="user", id="another-approver", roles=("release-approver",))


def tried(work: Callable[[], object]) -> Callable[[], str]:
    def trying() -> str:
        try:
            work()
        except AggregatesError as error:
            return type(error).__name__
        return "done"

    return trying


def test_delivery_is_accepted_once_by_approvers_at_once() -> None:
    delivery = waiting()
    approvers = [cast.actor(cast.APPROVER), OTHER] * 3
    found = at_once(*(tried(lambda by=by: services.accept(delivery=delivery, by=by)) for by in approvers))
    assert sorted(found) == ["DecidedError"] * 5 + ["done"]
    assert AggregateDecision.objects.get().outcome == AggregateDecision.Outcome.ACCEPTED
    assert AuditEntry.objects.filter(action="aggregates.accepted").count() == 1


def test_of_acceptance_and_rejection_at_once_one_counts() -> None:
    delivery, by = waiting(), cast.actor(cast.APPROVER)
    acts = (services.accept, services.reject)
    found = at_once(*(tried(lambda act=act: act(delivery=delivery, by=by)) for act in acts))
    assert sorted(found) == ["DecidedError", "done"]
    assert AggregateDecision.objects.count() == 1


def test_of_two_deliveries_with_one_value_one_is_accepted() -> None:
    """Both were taken while neither counted."""
    other = file(GOOD, GOOD | {"van": "2017"})
    deliveries, by = [waiting(), waiting(content=other)], cast.actor(cast.APPROVER)
    found = at_once(*(tried(lambda one=one: services.accept(delivery=one, by=by)) for one in deliveries))
    assert found.count("done") == 1
    assert AggregateDecision.objects.filter(outcome=AggregateDecision.Outcome.ACCEPTED).count() == 1
