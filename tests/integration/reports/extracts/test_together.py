"""Extracts and editions are attacked together: what would tell of a small count with what is out does not leave."""

import pytest
from django.db import transaction

from intake.models.matching import PersonContribution
from jobs.services import drain
from reports.disclosure.telling import attack_with
from reports.editions import auditing, services
from reports.editions.errors import EditionError
from reports.extracts import making
from reports.extracts import services as services_of_extracts
from reports.extracts.errors import ExtractError
from reports.extracts.products import PRODUCTS
from reports.models import Edition, EditionAudit, EditionStep, Extract, ExtractFile, ExtractTold, LedgerEntry
from reports.releases import told
from safeguards import fields
from safeguards.fields import Kind
from tests import cast, extracted
from tests.integration.reports import edited, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_figures")]
YEARS = (2018, 2019)
TELLING = {"sex": "sex", "form": "form"}
SAFE = {"sex": "sex"}


def a_register() -> None:
    """Three men who were exploited criminally, and enough of everybody else."""
    for sex, form, number in (
        ("male", "criminal", 3),
        ("male", "labour", 37),
        ("female", "criminal", 20),
        ("female", "labour", 40),
    ):
        for place in range(number):
            written.write(
                day=f"{YEARS[place % 2]}-06-01",
                group="police",
                sex=sex,
                age=30,
                nationalities=("PL",),
                exploitation_types=(form,),
            )
    written.refresh_all()


def an_edition() -> Edition:
    return edited.published(years=YEARS)


def newest() -> tuple[str, str]:
    entry = LedgerEntry.objects.latest("number")
    return entry.outcome, entry.reason


def state_of(columns: dict[str, str]) -> str:
    identifier = extracted.approved(columns=columns)
    drain(["reports"])
    return str(Extract.objects.get(id=identifier).state)


def refused(edition: Edition) -> EditionError:
    with pytest.raises(EditionError) as error:
        services.publish(edition=edition.id, reason="Late reports", by=edited.APPROVER)
    return error.value


def blanks() -> int:
    """How many values of the newest extract are blank, by what it told."""
    tallies = told.opened(ExtractTold.objects.latest("extract__asked")).tallies
    return sum(number * codes.count(None) for tally in tallies for codes, number in tally.rows.items())


def recovered(edition: Edition) -> int:
    found = attack_with([auditing.printed(edition)], told.all_out())
    return len(found.exact) + len(found.near)


def test_extract_that_would_tell_a_small_count_of_an_edition_leaves_with_more_blanks_and_tells_none() -> None:
    a_register()
    edition = an_edition()
    assert state_of(TELLING) == "ready"
    assert blanks() > 0
    assert recovered(edition) == 0


def test_same_extract_has_no_blanks_where_no_edition_shows_small_counts() -> None:
    """So the test above can fail."""
    a_register()
    assert state_of(TELLING) == "ready"
    assert blanks() == 0
    assert recovered(edited.frozen(years=YEARS)) > 0


def test_extract_that_more_blanks_do_not_make_safe_is_refused_in_the_ledger() -> None:
    """What is out tells already: an extract and an edition that was published when extracts were not attacked yet."""
    a_register()
    assert state_of(TELLING) == "ready"
    edition = edited.frozen(years=YEARS)
    EditionStep.objects.create(edition=edition, kind=EditionStep.Kind.PUBLISHED, by="approver")
    identifier = extracted.described(columns=SAFE)
    drain(["reports"])
    outcome, reason = newest()
    assert outcome == "refused"
    assert "2026-1" in reason
    row = Extract.objects.get(id=identifier)
    assert (row.state, row.steps.get().reason) == ("impossible", reason)
    assert not ExtractFile.objects.filter(extract=row).exists()


def test_extract_that_tells_of_no_small_count_leaves() -> None:
    a_register()
    an_edition()
    assert state_of(SAFE) == "ready"
    assert blanks() == 0


def test_extract_of_other_years_is_not_attacked_with_the_edition() -> None:
    a_register()
    edited.published(years=(2015, 2017))
    assert state_of(TELLING) == "ready"
    assert blanks() == 0


@pytest.mark.parametrize(("years", "first_missing"), [((2017, 2017), "2017"), ((2018, 2020), "2020")])
def test_extract_of_a_year_without_published_figures_is_refused_in_the_ledger(
    years: tuple[int, int], first_missing: str
) -> None:
    a_register()
    an_edition()
    edited.frozen("2026-2", years=(2015, 2020))
    with pytest.raises(ExtractError) as error:
        extracted.described(columns=SAFE, first_year=years[0], last_year=years[1])
    assert error.value.code == "not-published"
    assert first_missing in str(error.value)
    assert newest() == ("refused", str(error.value))
    assert not Extract.objects.exists()


@pytest.mark.parametrize("name", ["statistics-netherlands", "open"])
def test_what_is_not_attacked_with_figures_does_not_wait_for_them(name: str) -> None:
    product = PRODUCTS[name]
    wanted = extracted.wanted(product=name, columns=product.fixed, purpose=product.purposes[0])
    assert services_of_extracts.describe(wanted=wanted, by=cast.actor(cast.ANALYST))


def test_edition_that_is_withdrawn_is_out_all_the_same() -> None:
    a_register()
    services.withdraw(edition=an_edition().id, reason="A mistake", by=edited.APPROVER)
    assert state_of(TELLING) == "ready"
    assert blanks() > 0


def test_edition_of_which_an_extract_that_is_out_tells_a_small_count_is_refused_in_the_ledger() -> None:
    a_register()
    assert state_of(TELLING) == "ready"
    row = edited.frozen(years=YEARS)
    error = refused(row)
    assert error.code == "reveals"
    assert "2018-2019" in str(error)
    assert newest() == ("refused", str(error))
    assert not row.steps.exists()


def test_extracts_of_other_years_alone_are_not_named() -> None:
    a_register()
    assert state_of(TELLING) == "ready"
    assert told.periods_out(2019, 2021) == ((2018, 2019),)
    assert told.periods_out(2015, 2017) == ()


def test_extract_whose_file_is_gone_is_out_all_the_same() -> None:
    a_register()
    assert state_of(TELLING) == "ready"
    ExtractFile.objects.all().delete()
    Extract.objects.update(state="expired")
    assert refused(edited.frozen(years=YEARS)).code == "reveals"


def test_edition_that_waits_is_attacked_again_with_an_extract_that_is_made_meanwhile() -> None:
    a_register()
    row = edited.frozen(years=YEARS)
    assert list(EditionAudit.objects.values_list("extracts", "found")) == [(0, 0)]
    identifier = extracted.approved(columns=TELLING)
    with transaction.atomic():
        making.build(identifier)()
    assert refused(row).code == "not-audited"
    drain(["reports"])
    assert refused(row).code == "reveals"


def test_extract_is_made_anew_where_an_edition_left_meanwhile() -> None:
    a_register()
    row = edited.frozen(years=YEARS)
    identifier = extracted.approved(columns=TELLING)
    effect = making.build(identifier)
    services.publish(edition=row.id, reason="All figures", by=edited.APPROVER)
    with pytest.raises(making.ChangedMeanwhileError), transaction.atomic():
        effect()
    drain(["reports"])
    assert Extract.objects.get(id=identifier).state == "ready"
    assert recovered(row) == 0


def test_later_edition_and_extracts_that_tell_nothing_together_leave() -> None:
    a_register()
    an_edition()
    assert state_of(SAFE) == "ready"
    for _ in range(30):
        written.write(
            day="2019-06-01", group="police", sex="female", age=30, nationalities=("PL",), exploitation_types=("labour",)
        )
    edited.published("2026-2", reason="Late reports", years=YEARS)
    assert EditionAudit.objects.filter(edition__name="2026-2", extracts=1, found=0).count() == 2


def test_what_an_extract_told_is_kept_sealed_and_without_who_is_in_it() -> None:
    extracted.ready()
    row = ExtractTold.objects.get()
    kept = told.opened(row)
    assert sum(len(found) for found in kept.digests.values()) == 60
    assert {sum(tally.rows.values()) for tally in kept.tallies} == {60}
    opened = fields.open_secret(row.content, Kind.EDITION, row=f"{row.extract_id} told")
    assert not any(str(person) in opened for person in PersonContribution.objects.values_list("person", flat=True))
    assert opened not in row.content
    assert told.all_out() == (kept.tallies,)
