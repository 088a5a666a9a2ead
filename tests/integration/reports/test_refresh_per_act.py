"""After each kind of act the jobs count what it changed and nothing else, and the figures are those of a full rebuild."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import cycle
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from consent import services as consent
from consent.models import Statement
from intake import facts
from intake.matching import review
from intake.models.contribution import Contribution
from intake.models.matching import Pair, PersonContribution
from intake.notifications import later
from intake.notifications import services as notifications
from intake.rights.grounds import Right
from jobs import services as jobs
from reports.figures import services
from reports.models import PersonYear, Progress
from tests import cast, handled, linked, reported
from tests.delivered import delivered, record
from tests.integration.reports.written import state
from tests.linked import MARIAMA, VAGUE
from tests.statements import administrator

pytestmark = pytest.mark.django_db

LABOUR = replace(linked.KNOWN, exploitation_types=("labour",))
OTHER_YEAR = date(2018, 5, 1)
# A merge and a split are of a family of their own: what many share makes no pair.
FAMILY_NAMES = cycle(linked.FAMILIES)
ANALYST = cast.ANALYST

# What prepares, and gives the act itself.
Prepared = Callable[[], Callable[[], object]]


def work() -> None:
    """Everything that waits, also what that asks for."""
    for _ in range(2):
        jobs.drain(("files", "vault", "reports"))


def a_report() -> Callable[[], object]:
    return linked.linked


def a_report_about_somebody_known() -> Callable[[], object]:
    linked.linked()
    return lambda: linked.linked(known=LABOUR)


def a_report_of_another_year() -> Callable[[], object]:
    linked.linked()
    return lambda: linked.linked(day=OTHER_YEAR)


def a_merge() -> Callable[[], object]:
    name = next(FAMILY_NAMES)
    first, second = linked.linked(family_name=name), linked.linked(family_name=name, **VAGUE, known=LABOUR)
    return lambda: decide(linked.pair_of(first, second), review.Verdict.SAME_DETAILS)


def a_split() -> Callable[[], object]:
    name = next(FAMILY_NAMES)
    first, second = linked.linked(family_name=name), linked.linked(family_name=name, known=LABOUR)
    return lambda: decide(linked.pair_of(first, second), review.Verdict.DIFFERENT_DETAILS)


def an_approval() -> Callable[[], object]:
    statement = consented()
    return lambda: consent.approve(statement=statement, by=administrator())


def a_withdrawal() -> Callable[[], object]:
    linked.linked(known=LABOUR)
    statement = consented()
    consent.approve(statement=statement, by=administrator())
    return lambda: consent.withdraw(statement=statement, on=timezone.localdate(), by=administrator())


def a_correction() -> Callable[[], object]:
    contribution = linked.linked()
    return lambda: corrected(contribution)


def an_enrichment() -> Callable[[], object]:
    return lambda: delivered(record())


def an_erasure() -> Callable[[], object]:
    contribution = linked.linked()
    linked.linked(known=LABOUR)
    return lambda: handled.granted(contribution, right=Right.ERASURE)


ACTS = (
    a_report, a_report_about_somebody_known, a_report_of_another_year, a_merge, a_split, an_approval, a_withdrawal,
    a_correction, an_enrichment, an_erasure,
)  # fmt: skip


def consented() -> UUID:
    """The statement of a report that waits for its approval."""
    by = cast.actor(cast.OWNER)
    report = reported.report_with_consent(identity=MARIAMA, characteristics=linked.KNOWN)
    reference = notifications.submit(notification=report, organisation=by.organisation, by=by).reference
    return Statement.objects.get(notification=Contribution.objects.get(reference=reference).id).id


def corrected(contribution: UUID) -> None:
    by, reference = cast.actor(cast.OFFICER), Contribution.objects.get(id=contribution).reference
    later.correct_codes(reference=reference, characteristics=LABOUR, organisation=by.organisation, by=by)


def decide(pair: Pair, verdict: review.Verdict) -> None:
    review.decide(pair=pair.id, verdict=verdict, by=cast.actor(cast.REVIEWER))


def register() -> Mapping[tuple[UUID, int], Any]:
    """Every person-year with what was contributed to it."""
    return facts.contributions_of(PersonContribution.objects.values_list("person_id", "year"))


def rebuilt() -> tuple[object, object]:
    Progress.objects.update(definitions="older")
    services.refresh()
    return state()


@pytest.mark.parametrize("prepared", ACTS)
def test_act_is_counted_and_nothing_that_it_did_not_change(prepared: Prepared) -> None:
    bystander = PersonContribution.objects.get(
        contribution=linked.linked(given_names=("Quirijntje",), family_name="Zwaluwenburg")
    ).person_id
    act = prepared()
    work()
    before, sequence, as_of = register(), facts.latest_sequence(), Progress.objects.get().refreshed
    # A row that is wrong stays wrong for as long as nobody counts it again.
    PersonYear.objects.filter(person=bystander).update(differs=True)
    act()
    work()
    after = register()
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    counted = {(change.person, change.year) for change in facts.changes_since(sequence, limit=100)}
    assert changed
    assert changed <= counted
    assert {person for person, _ in counted} == {person for person, _ in changed}
    assert PersonYear.objects.get(person=bystander).differs
    PersonYear.objects.filter(person=bystander).update(differs=False)
    found = services.exact_figures(by=cast.actor(ANALYST))
    assert found.as_of > as_of
    assert not found.waiting
    kept = state()
    assert rebuilt() == kept


@pytest.mark.parametrize("seed", [1, 2])
def test_figures_equal_a_rebuild_after_any_sequence_of_acts(seed: int) -> None:
    draw = Random(seed)
    waiting: list[Callable[[], object]] = []
    for _ in range(14):
        if waiting and draw.random() < 0.5:
            waiting.pop(draw.randrange(len(waiting)))()
        else:
            waiting.append(draw.choice(ACTS)())
        if draw.random() < 0.5:
            work()
    work()
    kept = state()
    assert kept[1]
    assert rebuilt() == kept
