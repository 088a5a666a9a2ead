"""What reports can know of the register: coded rows of the asked person-years and the numbered changes, nothing else."""

from dataclasses import fields
from datetime import date
from uuid import UUID, uuid4

import pytest

from accounts.reporters import Source
from intake import facts
from intake.codes.characteristics import Characteristics
from intake.models.contribution import Contribution
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


@pytest.mark.parametrize("at_once", [1, 2, 3, 100])
def test_portions_are_the_whole_register_with_all_years_of_a_person_together(at_once: int) -> None:
    first, second = sorted((uuid4(), uuid4()))
    for day in ("2019-01-01", "2018-02-01", "2018-01-01"):
        write(second, day=day, age=20)
    write(first, day="2017-01-01", group="police", sex="male")
    found = list(facts.portions(at_once))
    assert [key for one in found for key in zip(map(UUID, one.persons), one.years, strict=True)] == [
        (first, 2017),
        (second, 2018),
        (second, 2018),
        (second, 2019),
    ]
    assert sum(second in map(UUID, one.persons) for one in found) == 1
    assert [str(day) for one in found for day in one.dates] == ["2017-01-01", "2018-01-01", "2018-02-01", "2019-01-01"]
    whole = [(one.senders[0], one.legal_bases[0], one.ages[0], dict(one.characteristics[one.said[0]])) for one in found]
    assert whole[0] == (("police", "amsterdam"), True, (None, ""), {"sex": "male"})


def test_characteristic_that_nobody_knows_is_not_passed_over_in_a_portion() -> None:
    Contribution.objects.filter(pk=write().pk).update(characteristics={"shoe_size": "40"})
    with pytest.raises(ValueError, match="shoe_size"):
        list(facts.portions(10))
