"""What changes in the register between the reading of an extract and its release: it is made anew, never released as it was."""

import pytest
from django.db import transaction

from intake.errors import GoneMeanwhileError
from intake.matching.changes import touch
from intake.models.contribution import Contribution
from intake.models.matching import PersonContribution
from jobs.services import drain
from reports.extracts import making
from reports.models import Extract, ExtractFile, LedgerEntry
from tests import extracted
from tests.integration.reports import written

pytestmark = pytest.mark.django_db


def test_report_that_went_meanwhile_is_not_in_it() -> None:
    identifier = extracted.approved()
    effect = making.build(identifier)
    gone = Contribution.objects.first()
    assert gone is not None
    written.remove(gone)
    with pytest.raises(GoneMeanwhileError), transaction.atomic():
        effect()
    assert not ExtractFile.objects.exists()
    drain(["reports"])
    assert Extract.objects.get(id=identifier).state == "ready"
    assert LedgerEntry.objects.get(release=identifier).contributions == 59


def test_report_that_was_corrected_meanwhile_is_read_again() -> None:
    identifier = extracted.approved()
    effect = making.build(identifier)
    corrected = PersonContribution.objects.select_related("contribution").first()
    assert corrected is not None
    with transaction.atomic():
        Contribution.objects.filter(id=corrected.contribution_id).update(characteristics={"sex": "male"})
        touch([(corrected.person_id, corrected.year)])
    with pytest.raises(making.ChangedMeanwhileError), transaction.atomic():
        effect()
    assert not LedgerEntry.objects.filter(release=identifier).exists()


def test_report_that_came_after_the_cut_off_changes_nothing() -> None:
    identifier = extracted.approved()
    effect = making.build(identifier)
    written.write(day="2019-06-01", group="police")
    with transaction.atomic():
        effect()
    assert LedgerEntry.objects.get(release=identifier).contributions == 60
