"""After a withdrawal the figures are those of a register that never had the report, cell by cell; a bridge too."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from django.utils import timezone

from consent import services as consent
from consent.models import Statement
from intake.matching import review
from intake.models.contribution import Contribution
from intake.models.matching import Pair
from intake.notifications import services as notifications
from intake.notifications.inputs import Identity
from jobs import services as jobs
from reports.figures.storage import counters
from reports.models import ExactCell, PersonYear
from tests import cast, linked, reported
from tests.linked import MARIAMA, VAGUE, pair_of, persons
from tests.statements import administrator

pytestmark = pytest.mark.django_db

LABOUR = replace(linked.KNOWN, exploitation_types=("labour",), prostitution_sectors=())
NUMBER = {"v_number": "2876543210"}


def work() -> None:
    jobs.drain(("files", "vault", "reports"))


def approved(identity: Identity, **changes: object) -> UUID:
    """A report that rests on consent, counted like any other."""
    by = cast.actor(cast.OWNER)
    report = reported.report_with_consent(identity=identity, characteristics=linked.KNOWN, **changes)
    reference = notifications.submit(notification=report, organisation=by.organisation, by=by).reference
    contribution = Contribution.objects.get(reference=reference).id
    consent.approve(statement=Statement.objects.get(notification=contribution).id, by=administrator())
    work()
    return contribution


def withdraw(contribution: UUID) -> None:
    statement = Statement.objects.get(notification=contribution).id
    consent.withdraw(statement=statement, on=timezone.localdate(), by=administrator())
    work()


def figures() -> tuple[object, object, object]:
    """Every cell, and the person-years without their random ids."""
    rows = PersonYear.objects.values_list("year", "counted", "differs")
    whole = sorted(repr(row) for row in rows)
    return {cell: count for cell, count in counters().items() if count}, whole, len(persons())


def police_reports() -> tuple[UUID, UUID]:
    """Of one person, told apart by what each leaves out: only a third that has both can join them."""
    first = linked.linked(**NUMBER, **VAGUE, family_name="Kabirou")
    second = linked.linked(known=LABOUR)
    work()
    return first, second


def bridge() -> UUID:
    """A reporter without a legal basis has no V-number to give: a reviewer joins by the file."""
    between = approved(MARIAMA)
    for one in Contribution.objects.exclude(id=between).values_list("id", flat=True):
        first, second = sorted((one, between))
        pair = Pair.objects.filter(first=first, second=second).first()
        if pair is None:
            pair = Pair.objects.create(
                first_id=first, second_id=second, weight=1.0, parameters="2026-1", band="question", explanation={"cautions": []}
            )
        review.decide(pair=pair.id, verdict=review.Verdict.SAME_DETAILS, by=cast.actor(cast.REVIEWER))
    work()
    return between


def a_bridge() -> UUID:
    police_reports()
    return bridge()


def a_second_report_of_the_year() -> UUID:
    police_reports()
    return approved(replace(MARIAMA, family_name="Kabiru"))


def the_only_report_of_a_person() -> UUID:
    police_reports()
    return approved(Identity(given_names=("Quirijntje",), family_name="Zwaluwenburg"))


def the_report_of_another_year() -> UUID:
    police_reports()
    return approved(MARIAMA, date=reported.DAY.replace(year=2020))


@pytest.mark.parametrize(
    "made", [a_bridge, a_second_report_of_the_year, the_only_report_of_a_person, the_report_of_another_year]
)
def test_figures_equal_those_of_a_register_that_never_had_it(made: Callable[[], UUID]) -> None:
    contribution = made()
    with_it = figures()
    withdraw(contribution)
    after = figures()
    assert after != with_it
    _empty_the_register()
    police_reports()
    assert after == figures()


def test_two_police_reports_that_it_joined_come_apart() -> None:
    first, second = police_reports()
    between = bridge()
    assert frozenset({first, second, between}) in persons()
    withdraw(between)
    assert persons() == {frozenset({first}), frozenset({second})}
    assert not Pair.objects.exclude(decision="").exists()


def test_decision_about_two_others_stays() -> None:
    first, second = police_reports()
    third = linked.linked(**VAGUE)
    review.decide(pair=pair_of(second, third).id, verdict=review.Verdict.SAME_DETAILS, by=cast.actor(cast.REVIEWER))
    withdraw(approved(MARIAMA))
    assert pair_of(second, third).decision == Pair.Decision.SAME
    assert {frozenset({second, third}), frozenset({first})} == persons()


def _empty_the_register() -> None:
    for contribution in Contribution.objects.all():
        linked.services.unlink.remove(contributions=[contribution.id], by=linked.services.LINKER)
        contribution.delete()
    work()
    PersonYear.objects.all().delete()
    ExactCell.objects.all().delete()
