"""What a second person granted is for one request: it ends with the case and the rectification, and a review is no grant."""

from dataclasses import replace
from uuid import UUID

import pytest

from accounts.roles import Role
from intake import events, unlock
from intake.errors import CaseStepError, UnknownSearchError, UnknownUnlockError
from intake.models.rights import PersonSearch, SearchHit
from intake.models.unlock import Unlock
from intake.notifications.inputs import PartialDate
from intake.rights import copies, rectifications, searches, services
from intake.rights.grounds import Outcome, Right
from safeguards.models import AuditEntry, DataKey
from tests import cast, handled, linked, unlocked
from tests.handled import WORK, about, officer, opened

pytestmark = pytest.mark.django_db


def take_back(case: UUID) -> None:
    services.decide(case=case, outcome=Outcome.TAKEN_BACK, by=officer())


def test_look_of_a_review_is_no_look_for_a_copy_or_a_rectification() -> None:
    contribution, by = unlocked.held(), officer()
    by = replace(by, roles=(*by.roles, Role.CONSENT_ADMINISTRATOR.value))
    unlock.open_for_review(contribution=contribution, motive=unlock.Motive.COMPARE_NAME, by=by)
    with pytest.raises(CaseStepError):
        copies.make(case=about(contribution), by=by)
    case = about(contribution, right=Right.RECTIFICATION)
    with pytest.raises(CaseStepError):
        rectifications.rectify_person(case=case, contribution=contribution, identity=linked.MARIAMA, by=by)


def test_search_of_a_decided_case_is_granted_and_run_by_nobody() -> None:
    case = handled.identified()
    search = handled.asked(case)
    take_back(case)
    with pytest.raises(UnknownSearchError):
        searches.grant(search=search, by=cast.actor(cast.APPROVER))
    assert PersonSearch.objects.get().query is None
    assert not DataKey.objects.filter(owner=search).exists()


def test_search_that_was_granted_does_not_run_when_its_case_is_decided() -> None:
    linked.linked()
    case = handled.identified()
    search = handled.asked(case)
    searches.grant(search=search, by=cast.actor(cast.APPROVER))
    take_back(case)
    searches.run(search=search, by=WORK)
    assert not SearchHit.objects.exists()


def test_what_a_search_found_goes_with_its_case() -> None:
    contribution, case = linked.linked(), handled.identified()
    search = handled.searched(case)
    look = unlock.open_found(search=search, contribution=contribution, by=officer())
    take_back(case)
    with pytest.raises(UnknownSearchError):
        searches.hits(search=search, by=officer())
    with pytest.raises(UnknownUnlockError):
        unlock.open_found(search=search, contribution=contribution, by=officer())
    with pytest.raises(UnknownUnlockError):
        unlock.identity(unlock=look, by=officer())
    assert not SearchHit.objects.exists()


def test_decision_ends_the_looks_of_its_reports() -> None:
    contribution = linked.linked()
    case, look = about(contribution), opened(contribution)
    take_back(case)
    with pytest.raises(UnknownUnlockError):
        unlock.identity(unlock=look, by=officer())
    assert AuditEntry.objects.filter(action=events.UNLOCK_ENDED, object_id=str(contribution)).count() == 1


def test_one_grant_is_for_one_rectification_of_the_person() -> None:
    contribution = linked.linked()
    opened(contribution)
    case, by = about(contribution, right=Right.RECTIFICATION), officer()
    other = replace(linked.MARIAMA, family_name="Wessum")
    rectifications.rectify_person(case=case, contribution=contribution, identity=other, by=by)
    with pytest.raises(CaseStepError):
        rectifications.rectify_person(case=case, contribution=contribution, identity=linked.MARIAMA, by=by)
    opened(contribution)
    rectifications.rectify_person(case=case, contribution=contribution, identity=linked.MARIAMA, by=by)


def test_trail_does_not_tell_whether_the_person_of_one_report_was_known() -> None:
    for _ in range(2):
        linked.linked()
    details = AuditEntry.objects.filter(action=events.LINKAGE_LINKED).latest("sequence").details
    assert details == {"contributions": 1, "worn_tokens": 0}


def test_look_is_asked_for_at_a_report_of_the_open_case_alone() -> None:
    contribution, other = linked.linked(), linked.linked()
    case, client = about(contribution), cast.signed_in(cast.PRIVACY_OFFICER)
    client.post(f"/rights/{case}/reports/{other}/ask")
    assert not Unlock.objects.exists()
    client.post(f"/rights/{case}/reports/{contribution}/ask")
    assert Unlock.objects.get().contribution_id == contribution
    Unlock.objects.all().delete()
    take_back(case)
    client.post(f"/rights/{case}/reports/{contribution}/ask")
    assert not Unlock.objects.exists()


def test_copy_says_linked_only_of_a_person_of_more_reports() -> None:
    alone = linked.linked(family_name="Wessum", given_names=("Ottilie",), birth=PartialDate(1979, 2, 3))
    opened(alone)
    assert not copies.make(case=about(alone), by=officer()).reports[0].linked
    one, _ = linked.linked(), linked.linked()
    opened(one)
    assert copies.make(case=about(one), by=officer()).reports[0].linked
