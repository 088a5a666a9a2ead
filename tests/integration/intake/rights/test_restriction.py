"""A restricted report is kept, links nobody and counts nowhere; when the restriction ends all is as it was."""

from typing import Any
from uuid import UUID

import pytest

from intake import unlock
from intake.errors import CaseStepError, NotForReviewError, UnknownUnlockError
from intake.matching import review, services, unlink
from intake.matching.services import LINKER
from intake.models.change import Change
from intake.models.contribution import Contribution
from intake.models.matching import MatchingFeatures, Pair, PersonContribution, Token
from intake.models.restriction import Restriction
from intake.rights import services as cases
from intake.rights.grounds import Ground, Right
from intake.tasks import bring_back
from jobs.models import Job
from safeguards import data_keys
from safeguards.models import DataKey
from tests import cast, handled, unlocked
from tests.handled import officer
from tests.linked import VAGUE, link_all, linked, pair_of, persons, sent_again

pytestmark = pytest.mark.django_db


def restricted(*contributions: UUID) -> UUID:
    return handled.granted(*contributions, right=Right.RESTRICTION, ground=Ground.ACCURACY)


def lift(case: UUID) -> None:
    """With the work that it asks for."""
    cases.lift(case=case, by=officer())
    for job in Job.objects.filter(kind=services.BRING_BACK, state="waiting").order_by("object_id"):
        bring_back(job.object_id)
        Job.objects.filter(id=job.id).update(state="done")
    link_all()


def register() -> dict[str, list[Any]]:
    """What links are made of, without ids of rows and persons."""
    return {
        "persons": sorted(sorted(map(str, group)) for group in persons()),
        "tokens": sorted((str(one), bytes(digest)) for one, digest in Token.objects.values_list("contribution", "digest")),
        "pairs": sorted(map(str, Pair.objects.values_list("first", "second", "weight", "band", "decision", "set_aside"))),
        "years": sorted(map(str, PersonContribution.objects.values_list("contribution", "year"))),
    }


def test_bridge_that_is_restricted_lets_two_reports_come_apart_and_joins_them_again() -> None:
    first = linked(v_number="2876543210", **VAGUE)
    second = linked()
    bridge = linked(v_number="2876543210")
    before = register()
    case = restricted(bridge)
    assert persons() == {frozenset({first}), frozenset({second})}
    lift(case)
    assert register() == before


def test_nothing_counts_what_is_restricted_and_the_figures_hear_of_it() -> None:
    contribution = linked()
    person = PersonContribution.objects.get().person_id
    case = restricted(contribution)
    assert not PersonContribution.objects.exists()
    assert not Token.objects.exists()
    assert Change.objects.latest("sequence").person == person
    lift(case)
    assert Change.objects.latest("sequence").person == PersonContribution.objects.get().person_id


def test_identity_and_features_stay_sealed_and_kept() -> None:
    contribution = linked()
    restricted(contribution)
    assert MatchingFeatures.objects.filter(contribution=contribution).exists()
    assert DataKey.objects.filter(owner=contribution).count() == 2


def test_what_somebody_decided_comes_back_with_the_report() -> None:
    one, other = linked(), linked(**VAGUE)
    review.decide(pair=pair_of(one, other).id, verdict=review.Verdict.SAME_DETAILS, by=cast.actor(cast.REVIEWER))
    assert persons() == {frozenset({one, other})}
    case = restricted(other)
    assert persons() == {frozenset({one})}
    assert pair_of(one, other).set_aside
    lift(case)
    assert persons() == {frozenset({one, other})}
    assert pair_of(one, other).decision == "same"


def test_withdrawal_of_another_does_not_let_a_restricted_report_in() -> None:
    one, other = linked(), linked(**VAGUE)
    review.decide(pair=pair_of(one, other).id, verdict=review.Verdict.SAME_DETAILS, by=cast.actor(cast.REVIEWER))
    restricted(other)
    unlink.remove(contributions=[one], by=LINKER)
    assert persons() == set()


def test_new_report_about_the_person_is_not_joined_with_a_restricted_one() -> None:
    one = linked()
    restricted(one)
    other = linked()
    assert persons() == {frozenset({other})}


def test_report_that_came_in_meanwhile_is_joined_when_the_restriction_ends() -> None:
    one = linked()
    case = restricted(one)
    other = linked()
    lift(case)
    assert persons() == {frozenset({one, other})}


def test_report_is_corrected_when_the_restriction_ended() -> None:
    one = linked(own_reference="zaak 1")
    case = restricted(one)
    sent_again(own_reference="zaak 1", family_name="Wessum")
    link_all()
    assert persons() == set()
    lift(case)
    sent_again(own_reference="zaak 1", family_name="Wessum")
    link_all()
    assert persons() == {frozenset({one})}
    assert not Contribution.objects.get().needs_linking


def test_report_whose_identity_was_erased_comes_back_by_its_features() -> None:
    one, other = linked(), linked()
    case = restricted(one)
    data_keys.destroy([one], [DataKey.Purpose.IDENTITY])
    lift(case)
    assert persons() == {frozenset({one, other})}


def test_report_that_another_case_restricts_stays_restricted() -> None:
    one, other = linked(), linked()
    first = restricted(one)
    second = restricted(one, other)
    with pytest.raises(CaseStepError):
        lift(handled.about(one, right=Right.RESTRICTION))
    lift(second)
    assert persons() == {frozenset({other})}
    lift(first)
    assert persons() == {frozenset({one, other})}


@pytest.mark.parametrize("first_ends_first", [True, False])
def test_report_rests_while_any_case_restricts_it(first_ends_first: bool) -> None:
    contribution = linked()
    cases_of_it = [restricted(contribution), restricted(contribution)]
    assert Restriction.objects.count() == 2
    one, other = cases_of_it if first_ends_first else reversed(cases_of_it)
    lift(one)
    assert persons() == set()
    assert Restriction.objects.get().case_id == other
    lift(other)
    assert persons() == {frozenset({contribution})}


def test_bringing_back_twice_is_bringing_back_once() -> None:
    case = restricted(linked())
    lift(case)
    before = register()
    services.bring_back(contribution=Contribution.objects.get().id)
    assert register() == before


def test_report_that_goes_takes_its_restriction_along() -> None:
    contribution = linked()
    restricted(contribution)
    handled.granted(contribution, right=Right.ERASURE)
    from_intake = Job.objects.filter(kind="intake.outcomes").count()
    assert from_intake == 1
    assert Contribution.objects.get().leaving
    Contribution.objects.all().delete()
    assert not Restriction.objects.exists()


def test_nobody_reviews_what_is_restricted() -> None:
    contribution = unlocked.held()
    look = unlocked.for_review(contribution)
    restricted(contribution)
    reviewer = cast.actor(cast.CONSENT_ADMINISTRATOR)
    with pytest.raises(UnknownUnlockError):
        unlock.identity(unlock=look, by=reviewer)
    with pytest.raises(NotForReviewError):
        unlocked.for_review(contribution)
