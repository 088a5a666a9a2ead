"""What reports can know of the register: coded rows of the asked person-years and the numbered changes, nothing else."""

from dataclasses import fields
from datetime import date
from uuid import uuid4

import pytest

from accounts.reporters import Source
from intake import facts
from intake.codes.characteristics import Characteristics
from tests.integration.reports.written import remove, write

pytestmark = pytest.mark.django_db
IDENTIFYING = ("name", "birth", "bsn", "number", "contact", "narrative", "reference", "organisation", "blob", "digest")


def test_fact_says_what_was_contributed_in_codes() -> None:
    person = uuid4()
    row = write(person, day="2018-03-01", group="police", age=20, sex="male", nationalities=("NG",))
    (fact,) = facts.contributions_of([(person, 2018)])[person, 2018]
    assert fact == facts.ContributionFact(
        contribution=row.pk,
        person=person,
        source=Source.REPORT,
        group="police",
        other_kind="",
        unit="amsterdam",
        legal_basis=True,
        date=date(2018, 3, 1),
        recorded=row.recorded,
        age=20,
        age_band="18-22",
        characteristics=Characteristics(sex="male", nationalities=("NG",)),
    )


def test_fact_has_no_field_that_could_identify() -> None:
    names = [field.name for field in fields(facts.ContributionFact)]
    assert not [name for name in names for word in IDENTIFYING if word in name]


def test_only_the_asked_years_of_the_asked_persons_are_given_in_order_of_date() -> None:
    person, other = uuid4(), uuid4()
    late, early = write(person, day="2018-12-01"), write(person, day="2018-01-01")
    write(person, day="2019-01-01")
    write(other, day="2018-01-01")
    write(other, day="2019-01-01")
    found = facts.contributions_of([(person, 2018), (other, 2019), (uuid4(), 2018)])
    assert set(found) == {(person, 2018), (other, 2019)}
    assert [fact.contribution for fact in found[person, 2018]] == [early.pk, late.pk]


def test_changes_are_numbered_and_given_in_portions() -> None:
    person = uuid4()
    row = write(person, day="2018-01-01")
    write(person, day="2019-01-01")
    remove(row)
    first, second, third = facts.changes_since(0, limit=10)
    assert [first.year, second.year, third.year] == [2018, 2019, 2018]
    assert facts.changes_since(first.sequence, limit=1) == (second,)
    assert facts.latest_sequence() == third.sequence
    assert facts.changes_since(third.sequence, limit=10) == ()


def test_every_person_year_is_listed_once() -> None:
    person = uuid4()
    for day in ("2018-01-01", "2018-02-01", "2019-01-01"):
        write(person, day=day)
    assert list(facts.all_person_years()) == [(person, 2018), (person, 2019)]
