"""An extract that was made and may leave no more is not fetched, and its file goes."""

from collections.abc import Callable
from uuid import UUID

import pytest

from intake import uses
from intake.models.contribution import Contribution
from intake.models.restriction import Restriction
from intake.models.use import Use
from intake.rights.grounds import Ground, Right
from reports.extracts import errors, links
from reports.extracts.errors import ExtractError
from reports.models import Extract, ExtractFile, ExtractLink, ExtractStep, LedgerEntry
from safeguards.actors import system
from tests import cast, extracted, handled
from tests.integration.reports import written

pytestmark = pytest.mark.django_db
Change = Callable[[UUID], object]


def restricted(contribution: UUID) -> None:
    handled.granted(contribution, right=Right.RESTRICTION, ground=Ground.CLAIMS_OF_PERSON)
    assert Restriction.objects.filter(contribution=contribution).exists()


def just_erased(contribution: UUID) -> None:
    """A job removes it: nobody has to be told yet."""
    Contribution.objects.filter(id=contribution).update(leaving=True)


def no_longer_covered(contribution: UUID) -> None:
    Contribution.objects.filter(id=contribution).update(group="fairwork")


def gone(contribution: UUID) -> None:
    written.remove(Contribution.objects.get(id=contribution))


def withdrawn(contribution: UUID) -> None:
    uses.must_be_told(contributions=[contribution], by=system("tests"))


CHANGES = pytest.mark.parametrize("change", [restricted, just_erased, no_longer_covered, gone, withdrawn])


def used() -> UUID:
    contribution: UUID = Use.objects.values_list("contribution", flat=True).order_by("id")[0]
    return contribution


def refused_fetch(token: str) -> str:
    with pytest.raises(ExtractError) as error:
        links.fetch(token=token, by=cast.actor(cast.ANALYST))
    return error.value.code


@CHANGES
def test_it_is_not_fetched_and_its_file_goes_at_once(change: Change) -> None:
    token = extracted.linked()
    change(used())
    assert refused_fetch(token) == errors.RECALLED
    assert LedgerEntry.objects.latest("number").outcome == "refused"
    assert not ExtractStep.objects.filter(kind="fetched").exists()
    assert not ExtractFile.objects.exists()
    assert ExtractLink.objects.get().used is None
    row = Extract.objects.get()
    assert (row.state, row.steps.get(kind="expired").reason) == ("expired", str(errors.recalled()))
    assert refused_fetch(token) == errors.RECALLED


@CHANGES
def test_file_goes_with_the_job_that_removes_files(change: Change) -> None:
    extracted.ready()
    change(used())
    assert links.expire(by=system("tests")) == 1
    assert not ExtractFile.objects.exists()
    assert links.expire(by=system("tests")) == 0


def test_file_of_which_everything_may_leave_stays() -> None:
    token = extracted.linked()
    written.write(day="2019-06-01", group="fairwork")
    assert links.expire(by=system("tests")) == 0
    assert links.fetch(token=token, by=cast.actor(cast.ANALYST)).content
