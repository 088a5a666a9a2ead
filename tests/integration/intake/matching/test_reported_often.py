"""One person reported five hundred times in files, through the linking job: one person, and five that hold tokens."""

from dataclasses import replace

import pytest

from intake.matching.copies import FEW
from intake.models.contribution import Contribution
from intake.models.matching import Copy, Pair, PersonContribution, Token
from intake.notifications import services as notifications
from jobs import services as jobs
from tests import cast, linked, reported

pytestmark = pytest.mark.django_db

REPORTS = 500


def test_five_hundred_equal_reports_are_one_person():
    by = cast.actor(cast.OFFICER)
    people = [replace(linked.MARIAMA, own_reference=f"A-{number}") for number in range(REPORTS)]
    sent = [reported.report(identity=identity) for identity in people]
    notifications.submit_many(notifications=sent, organisation=by.organisation, by=by)
    other = linked.sent(given_names=("Ion",), family_name="Munteanu")
    jobs.drain(("vault",))
    assert not Contribution.objects.filter(needs_linking=True).exists()
    alone = PersonContribution.objects.get(contribution=other).person
    assert PersonContribution.objects.exclude(person=alone).values_list("person").distinct().count() == 1
    assert PersonContribution.objects.count() == REPORTS + 1
    assert (Pair.objects.count(), Copy.objects.count()) == (FEW * (FEW - 1) // 2, REPORTS - FEW)
    assert Token.objects.values("contribution").distinct().count() == FEW + 1
