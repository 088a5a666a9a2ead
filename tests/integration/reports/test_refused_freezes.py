"""A freeze whose figures cannot be protected together ends refused: the page says so, and the ledger of releases."""

from functools import partial
from unittest.mock import patch

import pytest
from django.urls import reverse

from jobs.models import Job
from jobs.services import drain
from reports.editions import errors, selectors, storing
from reports.editions.protecting import Rounding
from reports.figures.definitions import BY_ID
from reports.models import Edition, Freeze, FrozenInput, LedgerEntry
from tests import cast
from tests.integration.reports import edited
from tests.integration.reports.written import write

pytestmark = pytest.mark.django_db


def refused() -> Freeze:
    """Rounded to multiples of two: whatever is drawn, no more than three counts fit a small one."""
    write(exploitation_types=("labour",), nationalities=("PL",))
    identifier = edited.asked()
    with edited.few_figures((BY_ID["2.7"],)), patch.object(storing, "Rounding", partial(Rounding, base=2)):
        drain(["reports"])
    return Freeze.objects.get(id=identifier)


def test_it_is_not_tried_again_and_its_reason_stands_in_the_ledger() -> None:
    row = refused()
    assert row.state == "refused"
    entry = LedgerEntry.objects.get()
    assert (entry.release, entry.kind, entry.what) == (row.id, "edition", "2026-1")
    assert (entry.outcome, entry.reason, entry.digest) == ("refused", str(errors.not_protected()), "")
    assert not Job.objects.exclude(state=Job.State.DONE).filter(object_id=str(row.id)).exists()
    assert selectors.freezing() is None


def test_nothing_of_what_it_had_read_stays() -> None:
    row = refused()
    assert (row.counters, row.signals, row.last) == ({}, [], None)
    assert not FrozenInput.objects.exists()
    assert not Edition.objects.exists()


def test_its_name_is_free_for_the_next_one() -> None:
    refused()
    assert edited.published().name == "2026-1"
    assert sorted(Freeze.objects.values_list("name", "state")) == [("2026-1", "frozen"), ("2026-1", "refused")]
    assert list(LedgerEntry.objects.order_by("number").values_list("outcome", flat=True)) == ["refused", "released"]


@pytest.mark.parametrize(
    ("person", "sees"),
    [(cast.ADMINISTRATOR, True), (cast.APPROVER, True), (cast.OWNER, False)],
    ids=["administrator", "approver", "reporter"],
)
def test_page_of_editions_says_why_to_who_makes_or_checks_them(person: cast.Person, sees: bool) -> None:
    refused()
    page = cast.signed_in(person).get(reverse("reports:editions"), headers={"accept-language": "en"})
    assert ("Its figures cannot be protected together." in page.content.decode()) is sees
    assert page.status_code == 200
