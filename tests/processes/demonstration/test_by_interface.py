"""The register that systems send by the interface gives the figures of the one that the loader sends by files and forms."""

from collections.abc import Callable
from random import Random

import pytest
from django.db import transaction

from accounts import demonstration
from accounts.demonstration import REGISTRY
from config.demonstration import channels, loader, register, truth
from config.demonstration.channels import Organisations
from config.demonstration.sendings import Sending, sendings
from intake.models.contribution import Contribution
from reports.figures.printing import as_json
from reports.figures.services import exact_figures
from tests import cast
from tests.register_by_interface import Systems, work

pytestmark = pytest.mark.django_db

TENTH = 10


@pytest.fixture
def some(monkeypatch: pytest.MonkeyPatch) -> tuple[Sending, ...]:
    """All reports about a tenth of the persons: no two of them are split."""
    names = sorted(person.id for person in register.persons())
    chosen = set(Random("a tenth").sample(names, len(names) // TENTH))
    found = tuple(sending for sending in sendings() if sending.report.person in chosen)
    monkeypatch.setattr(channels, "sendings", lambda: found)
    return found


def by_files(organisations: Organisations) -> None:
    for send in (channels.send_batches, channels.send_feeds, channels.send_forms):
        send(organisations, lambda count: None)


def figures(send: Callable[[Organisations], None], number: int) -> object:
    """Of what was sent alone: it is gone again afterwards."""
    with transaction.atomic():
        organisations = demonstration.create_organisations(by=cast.OPERATOR)
        send(organisations)
        channels.approve_statements(organisations, lambda count: None)
        work()
        assert Contribution.objects.count() == number
        truth.decide_questions(channels.contribution_ids(organisations), organisations[REGISTRY])
        work()
        assert truth.wrong_persons(channels.contribution_ids(organisations)) == truth.Wrong(0, 0)
        found = as_json(exact_figures(by=loader.LOADER).tables)
        transaction.set_rollback(True)
    return found


def test_register_sent_by_systems_gives_the_same_figures(some: tuple[Sending, ...]) -> None:
    loaded = figures(by_files, len(some))
    sent = figures(lambda organisations: Systems(organisations).send_all(some), len(some))
    assert sent == loaded
