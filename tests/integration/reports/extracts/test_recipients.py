"""Deliveries with rules of their own: under pseudonyms to Statistics Netherlands, and in the data standard."""

import csv
import io
import zipfile
from collections.abc import Mapping
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from accounts.models import Organisation
from intake.models.contribution import Contribution
from intake.models.matching import PersonContribution
from reports.extracts import links
from reports.extracts.errors import ExtractError
from reports.extracts.products import DATA_STANDARD, PRODUCTS, STATISTICS_NETHERLANDS, Product
from reports.models import Extract, ExtractFile, LedgerEntry
from reports.releases.services import Purpose
from reports.web.extract_forms import ExtractForm
from safeguards.pseudonyms import for_statistics_netherlands
from tests import cast, extracted
from tests.integration.reports import written

pytestmark = pytest.mark.django_db

Row = Mapping[str, str]


def delivered(product: Product, purpose: Purpose) -> list[Row]:
    """The rows of a delivery of this product."""
    identifier = extracted.ready(product=product.name, columns=product.fixed, purpose=purpose)
    with zipfile.ZipFile(io.BytesIO(links.opened(ExtractFile.objects.get(extract=identifier)))) as whole:
        return list(csv.DictReader(whole.read("data.csv").decode().splitlines()))


def to_statistics() -> list[Row]:
    return delivered(STATISTICS_NETHERLANDS, Purpose.STATISTICS_NETHERLANDS)


@pytest.fixture
def police() -> Organisation:
    """A public body; written.organisation() is none."""
    return Organisation.objects.create(name="Kanarie", group="police", unit="amsterdam", public_body=True)


def by(organisation: Organisation, contribution: Contribution) -> Contribution:
    Contribution.objects.filter(id=contribution.id).update(organisation=organisation)
    return contribution


def test_statistics_netherlands_gets_reports_of_public_bodies_alone(police: Organisation) -> None:
    extracted.a_register(persons=5)
    with_a_law = by(police, written.write(group="police", day="2019-03-01", sex="female"))
    rows = to_statistics()
    assert len(rows) == 1
    person = PersonContribution.objects.get(contribution=with_a_law).person_id
    assert rows[0]["person"] == for_statistics_netherlands(person)


def test_value_that_another_gave_is_not_in_it(police: Organisation) -> None:
    person = uuid4()
    by(police, written.write(person, group="police", day="2019-03-01", sex="female"))
    written.write(person, group="fairwork", day="2019-04-01", nationalities=("PL",), exploitation_types=("labour",), age=30)
    (row,) = to_statistics()
    assert row["sex"] == "female"
    unknown = ("country_of_nationality", "region", "form", "age_in_years")
    assert {row[name] for name in unknown} == {"unknown"}
    assert row["reporter"] == "police"


def test_public_body_without_a_law_for_it_is_not_in_it(police: Organisation) -> None:
    by(police, written.write(group="fairwork", day="2019-03-01"))
    by(police, written.write(group="police", day="2018-03-01"))
    assert [row["year"] for row in to_statistics()] == ["2018"]


def test_person_keeps_the_pseudonym_in_the_next_delivery_and_rows_do_not_keep_their_names(police: Organisation) -> None:
    by(police, written.write(group="police", day="2019-03-01"))
    (first,), (second,) = to_statistics(), to_statistics()
    assert first["person"] == second["person"]
    assert first["row"] != second["row"]


def test_no_other_purpose_and_no_other_column_is_delivered() -> None:
    name = STATISTICS_NETHERLANDS.name
    with pytest.raises(ExtractError) as purpose:
        extracted.described(product=name, columns=STATISTICS_NETHERLANDS.fixed, purpose=Purpose.RESEARCH)
    assert purpose.value.code == "purpose"
    for columns in ({**STATISTICS_NETHERLANDS.fixed, "technology_role": "role"}, {"year": "year"}):
        with pytest.raises(ExtractError) as refused:
            extracted.described(product=name, columns=columns, purpose=Purpose.STATISTICS_NETHERLANDS)
        assert refused.value.code in ("outside-allow-list", "columns")


def test_nobody_else_gets_what_is_for_statistics_netherlands() -> None:
    asked = {
        "product": STATISTICS_NETHERLANDS.name,
        "columns": STATISTICS_NETHERLANDS.fixed,
        "purpose": Purpose.STATISTICS_NETHERLANDS,
    }
    for other in (
        "University of Tests",
        "centraal bureau voor de statistiek",
        "Centraal Bureau voor de Statistiek en een ander",
    ):
        with pytest.raises(ExtractError) as refused:
            extracted.described(**asked, recipient=other)
        assert refused.value.code == "recipient"
        assert LedgerEntry.objects.latest("number").outcome == "refused"
    assert not Extract.objects.exists()


def test_form_names_no_recipient_where_there_is_one_alone() -> None:
    filled = {
        "why": "The yearly delivery",
        "purpose": Purpose.STATISTICS_NETHERLANDS.value,
        "recipient": "University of Tests",
        "until": extracted.wanted().until.isoformat(),
        "first_year": 2018,
        "last_year": 2019,
    }
    form = ExtractForm(STATISTICS_NETHERLANDS, filled)
    assert "recipient" not in form.fields
    assert form.is_valid()
    assert form.described().recipient == STATISTICS_NETHERLANDS.to


def test_earlier_recipients_of_this_kind_of_data_are_offered_to_who_named_them() -> None:
    for recipient in ("Universiteit & Test", "University of Tests", "University of Tests"):
        extracted.described(recipient=recipient)
    extracted.described(product="wider", recipient="Municipality of Tests")
    Extract.objects.filter(recipient="Municipality of Tests").update(product="contracted", asked_by="somebody else")
    extracted.described(product="wider", recipient="Ministry of Tests")
    page = cast.signed_in(cast.ANALYST).get(reverse("reports:extract-new", kwargs={"product": "contracted"})).content.decode()
    offered = page.partition('<datalist id="recipients">')[2].partition("</datalist>")[0]
    options = ("Universiteit &amp; Test", "University of Tests")
    assert offered == "".join(f'<option value="{option}"></option>' for option in options)
    assert 'list="recipients"' in page


def test_data_standard_has_its_fields_and_our_extensions() -> None:
    extracted.a_register()
    rows = delivered(DATA_STANDARD, Purpose.DATA_STANDARD)
    assert len(rows) == 60
    assert {name.partition("_")[0] for name in rows[0]} == {"row", "nlx", "prs", "vic"}
    assert {row["vic_TraffickingStatus"] for row in rows} == {"PossibleVictimOfTrafficking"}
    assert all(row["prs_Gender"] or "prs_Gender=" in row["nlx_MissingReason"] for row in rows)


def texts_of(identifier: UUID) -> str:
    """All files together, workbooks and tables unpacked as far as bytes can be read."""
    with zipfile.ZipFile(io.BytesIO(links.opened(ExtractFile.objects.get(extract=identifier)))) as whole:
        files = {name: whole.read(name) for name in whole.namelist()}
    with zipfile.ZipFile(io.BytesIO(files.pop("data.xlsx"))) as book:
        files |= {name: book.read(name) for name in book.namelist()}
    return b"\n".join(files.values()).decode("utf-8", "replace")


@pytest.mark.parametrize("name", PRODUCTS)
def test_no_key_date_reference_or_text_of_the_register_is_in_any_file(police: Organisation, name: str) -> None:
    """What stands beside the codes in the register is in none of the files, whatever the recipient."""
    extracted.a_register(persons=120)
    Contribution.objects.update(organisation=police)
    product = PRODUCTS[name]
    columns = product.fixed or extracted.COLUMNS
    text = texts_of(extracted.ready(product=name, columns=columns, purpose=product.purposes[0]))
    stored = Contribution.objects.values_list("id", "reference", "date", "organisation", "organisation__name")
    secret = {str(value) for row in stored for value in row}
    secret |= {str(person) for person in PersonContribution.objects.values_list("person", flat=True)}
    assert not [value for value in secret if value in text]
    assert not [value for value in secret if value.replace("-", "") in text]
