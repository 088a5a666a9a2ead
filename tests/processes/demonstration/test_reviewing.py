"""What waits on the review desk of the demonstration: made-up reports, of each kind of review, sent once."""

import pytest

from accounts import demonstration
from accounts.demonstration import REGISTRY
from accounts.roles import Role
from config.demonstration import channels, reviewing
from config.demonstration.channels import Organisations
from consent import gate, selectors
from intake.models.contribution import Contribution
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisations() -> Organisations:
    made = demonstration.create_organisations(by=cast.OPERATOR)
    for _ in range(2):
        reviewing.send(made)
    return made


def queue(organisations: Organisations) -> selectors.Queue:
    registry = organisations[REGISTRY]
    return selectors.queue(by=channels.member(registry, Role.CONSENT_ADMINISTRATOR), limit=50)


def test_desk_has_each_kind_of_review(organisations: Organisations) -> None:
    other = demonstration.DEMONSTRATION_ACCOUNTS[0].key
    by = channels.member(organisations[REGISTRY], Role.CONSENT_ADMINISTRATOR)
    found = selectors.queue(by=type(by)(kind="user", id=other, organisation=by.organisation, roles=by.roles), limit=50)
    assert [item.approvals for item in found.items].count(1) == 1
    assert {gate.Capacity.SIXTEEN_OR_OLDER, gate.Capacity.ADULT_REPRESENTED} == {item.capacity for item in found.items}
    assert (len(found.items), len(found.asked)) == (4, 1)


def test_each_is_sent_once_and_held(organisations: Organisations) -> None:
    assert Contribution.objects.filter(state="held").count() == len(reviewing.reports()) == Contribution.objects.count()


def test_loading_that_goes_on_leaves_them_waiting(organisations: Organisations) -> None:
    before = queue(organisations)
    channels.approve_statements(organisations, lambda count: None)
    assert queue(organisations).items == before.items


def test_whoever_they_are_about_is_called_made_up() -> None:
    assert all(one.notification.identity.family_name.startswith("Verzonnen-") for one in reviewing.reports())
