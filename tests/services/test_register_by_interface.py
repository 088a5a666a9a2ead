"""The whole reference register, sent by systems with PostgreSQL and Redis under it, gives every number of the publication."""

import pytest

from accounts import demonstration
from accounts.demonstration import REGISTRY
from config.demonstration import channels, comparison, loader, truth
from config.demonstration.sendings import sendings
from intake.models.contribution import Contribution
from reports.figures.printing import as_json
from reports.figures.services import exact_figures
from tests import cast
from tests.register_by_interface import Systems, work

pytestmark = pytest.mark.django_db


def test_every_number_is_the_registers() -> None:
    organisations = demonstration.create_organisations(by=cast.OPERATOR)
    Systems(organisations).send_all(sendings())
    channels.approve_statements(organisations, lambda count: None)
    work()
    assert Contribution.objects.count() == len(sendings())
    truth.decide_questions(channels.contribution_ids(organisations), organisations[REGISTRY])
    work()
    found = list(comparison.cells(as_json(exact_figures(by=loader.LOADER).tables)))
    assert len(found) > 800
    assert [cell for cell in found if cell.computed != cell.expected] == []
