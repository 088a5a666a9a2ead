"""An extract that few persons differ in from one that was made before is refused: the two together tell of those few."""

from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone

from intake import uses
from intake.models.contribution import Contribution
from intake.models.matching import PersonContribution
from intake.models.use import Use
from jobs.services import drain
from reports.extracts import errors, making
from reports.extracts.products import STATISTICS_NETHERLANDS
from reports.models import Extract, ExtractFile, LedgerEntry
from reports.releases.services import Purpose
from safeguards.actors import system
from tests import extracted
from tests.integration.reports import written

pytestmark = pytest.mark.django_db


def made(**changes: object) -> str:
    """The state of another extract after its job."""
    identifier = extracted.approved(**changes)
    drain(["reports"])
    return str(Extract.objects.get(id=identifier).state)


def late(number: int, person: UUID | None = None, years: tuple[int, ...] = (2018,)) -> None:
    for place in range(number):
        written.write(person, day=f"{years[place % len(years)]}-06-01", group="police", sex="female", age=30)


def take_out(number: int) -> None:
    """As a withdrawal does: whoever was given it must be told, and it goes."""
    for row in list(Contribution.objects.order_by("id")[:number]):
        uses.must_be_told(contributions=[row.id], by=system("tests"))
        written.remove(row)


@pytest.mark.parametrize("number", [1, 4])
def test_few_late_reports_are_refused_in_words_in_the_ledger(number: int) -> None:
    extracted.ready()
    late(number)
    assert made() == "impossible"
    newest = LedgerEntry.objects.latest("number")
    assert newest.outcome == "refused"
    assert newest.reason == str(errors.few_differ(timezone.localdate(), 5))
    assert ExtractFile.objects.count() == 1


def test_as_many_as_must_be_alike_may_differ() -> None:
    extracted.ready()
    late(5)
    assert made() == "ready"


def test_late_reports_of_one_person_are_of_one_person() -> None:
    extracted.ready()
    late(6, Contribution.objects.earliest("recorded").id, (2018, 2019))
    assert made() == "impossible"


def test_few_who_differ_in_one_year_are_refused_where_enough_do_in_all() -> None:
    extracted.ready()
    late(8, years=(2018, 2019))
    assert made() == "impossible"


def test_few_who_differ_are_no_few_where_nothing_tells_them_from_others() -> None:
    """Neither shows the year: all eight are alike in what both show."""
    extracted.ready(columns={"sex": "sex", "form": "form"})
    late(8, years=(2018, 2019))
    assert made() == "ready"


def test_report_that_was_corrected_is_of_one_person() -> None:
    """The same reports, one of which says something else now."""
    extracted.ready()
    row = Contribution.objects.earliest("recorded")
    row.characteristics = {"sex": "male", "exploitation_types": ["criminal"]}
    row.save(update_fields=["characteristics"])
    assert made() == "impossible"


def test_persons_who_were_joined_are_few() -> None:
    """The same reports, of one person fewer."""
    extracted.ready()
    one, other = PersonContribution.objects.filter(year=2018).select_related("contribution")[:2]
    written.relink(one.contribution, other.person_id)
    assert made() == "impossible"


def test_correction_of_what_no_extract_shows_is_no_difference() -> None:
    extracted.ready()
    row = Contribution.objects.earliest("recorded")
    row.characteristics |= {"municipality_of_exploitation": "GM0363"}
    row.save(update_fields=["characteristics"])
    assert made() == "ready"


@pytest.mark.parametrize("number", [1, 7])
def test_withdrawn_reports_are_of_one_person_at_least(number: int) -> None:
    extracted.ready()
    take_out(number)
    assert made() == "impossible"


def test_report_that_rests_is_of_one_person_at_least() -> None:
    """It is here, with its use, and of no person."""
    extracted.ready()
    row = Contribution.objects.earliest("recorded")
    PersonContribution.objects.filter(contribution=row).delete()
    assert Use.objects.filter(contribution=row).exists()
    assert made() == "impossible"


def test_report_that_stays_and_may_not_leave_any_more_is_one() -> None:
    extracted.ready()
    row = Contribution.objects.earliest("recorded")
    uses.must_be_told(contributions=[row.id], by=system("tests"))
    Contribution.objects.filter(id=row.id).update(group="fairwork")
    assert made() == "impossible"


def test_withdrawn_reports_and_enough_others_may_leave() -> None:
    extracted.ready()
    take_out(2)
    late(5)
    assert made() == "ready"


def test_other_columns_of_the_same_persons_are_no_difference() -> None:
    extracted.ready()
    assert made(columns={"sex": "sex", "age": "majority", "form": "form"}) == "ready"


def test_one_more_year_with_few_persons_is_refused() -> None:
    extracted.a_register()
    written.write(day="2017-06-01", group="police", sex="female", age=30)
    extracted.ready()
    assert made(first_year=2017) == "impossible"


def test_years_that_have_nothing_in_common_are_not_compared() -> None:
    extracted.a_register()
    extracted.ready(first_year=2018, last_year=2018)
    assert made(first_year=2019, last_year=2019) == "ready"


def test_extract_that_expired_is_out_all_the_same() -> None:
    identifier = extracted.ready()
    ExtractFile.objects.all().delete()
    Extract.objects.filter(id=identifier).update(state="expired")
    late(1)
    assert made() == "impossible"


def test_stricter_of_two_kinds_of_data_counts() -> None:
    extracted.a_register(200)
    extracted.ready(product="wider", until=extracted.wanted().until)
    late(7)
    assert made() == "impossible"


def test_statistics_netherlands_is_not_compared() -> None:
    extracted.ready()
    changes = {
        "product": STATISTICS_NETHERLANDS.name,
        "columns": STATISTICS_NETHERLANDS.fixed,
        "purpose": Purpose.STATISTICS_NETHERLANDS,
    }
    organisation = written.organisation()
    organisation.public_body = True
    organisation.save(update_fields=["public_body"])
    assert made(**changes) == "ready"
    late(1)
    assert made(**changes) == "ready"


def test_extract_that_another_overtook_is_compared_with_it() -> None:
    extracted.a_register()
    first = extracted.approved()
    effect = making.build(first)
    drain(["reports"])
    Extract.objects.filter(id=first).update(state="approved")
    ExtractFile.objects.all().delete()
    late(1)
    assert made() == "ready"
    with pytest.raises(making.ChangedMeanwhileError), transaction.atomic():
        effect()
