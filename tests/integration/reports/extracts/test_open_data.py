"""Open data: it spends the budget in the ledger, is refused when that is used up, and says how well it matches."""

import csv
import io
import zipfile
from decimal import Decimal
from uuid import UUID

import pytest
from django.urls import reverse

from reports.extracts import links
from reports.extracts.products import OPEN
from reports.models import Extract, ExtractFile, LedgerEntry
from reports.releases import budget
from reports.releases.errors import ReleaseError
from reports.releases.services import Purpose
from tests import cast, extracted, released

pytestmark = pytest.mark.django_db

WANTED = {"product": OPEN.name, "columns": OPEN.fixed, "purpose": Purpose.PUBLICATION}


@pytest.fixture(autouse=True)
def register() -> None:
    extracted.a_register(persons=120)


def spend(epsilon: str) -> None:
    released.recorded(budget=budget.Budget(Decimal(epsilon), 1e-6))


def unpacked(identifier: UUID) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(links.opened(ExtractFile.objects.get(extract=identifier)))) as whole:
        tables = [name for name in whole.namelist() if name.endswith(".csv")]
        return {name: list(csv.DictReader(whole.read(name).decode().splitlines())) for name in tables}


def test_budget_is_spent_once_when_it_is_made_and_stands_in_the_ledger() -> None:
    identifier = extracted.asked(**WANTED)
    assert budget.left() == Decimal(12)
    from_ledger = LedgerEntry.objects.filter(release=identifier)
    assert not from_ledger.exists()
    extracted.approved_of(identifier)
    entry = from_ledger.get()
    assert (entry.kind, entry.epsilon, entry.delta) == ("synthetic", Decimal(4), 1e-6)
    assert budget.left() == Decimal(8)


def test_no_row_has_an_empty_value_and_counts_stand_beside() -> None:
    tables = unpacked(extracted.ready(**WANTED))
    assert tables["data.csv"]
    assert all(all(row.values()) for row in tables["data.csv"])
    assert len(tables["counts/year-by-form.csv"]) == 2 * 5
    assert {row["column_1"] for row in tables["counts/synthetic.csv"]} <= set(OPEN.fixed)


def test_budget_that_is_used_up_is_refused_with_the_reason() -> None:
    spend("9")
    with pytest.raises(ReleaseError) as error:
        extracted.described(**WANTED)
    assert error.value.code == "budget"
    assert LedgerEntry.objects.latest("number").reason == str(error.value)


def test_budget_that_is_spent_by_another_meanwhile_makes_it_impossible() -> None:
    identifier = extracted.asked(**WANTED)
    spend("9")
    extracted.approved_of(identifier)
    row = Extract.objects.get(id=identifier)
    assert row.state == "impossible"
    assert LedgerEntry.objects.latest("number").outcome == "refused"
    assert not ExtractFile.objects.exists()


def test_page_shows_the_error_of_every_table() -> None:
    identifier = extracted.ready(**WANTED)
    body = cast.signed_in(cast.ANALYST).get(reverse("reports:extract", kwargs={"extract": identifier})).content.decode()
    assert body.count("<tr") >= 7 + 21 + 35
