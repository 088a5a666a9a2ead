"""A person is looked for only with a motive and a second person's leave, by the vault, and seen by who asked for a while."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.permissions import NotAllowedError
from intake import unlock
from intake.errors import CaseStepError, OwnGrantError, UnknownSearchError, UnknownUnlockError
from intake.linkage.fellegi_sunter import shipped
from intake.matching import candidates, lookup
from intake.models.rights import CaseReport, PersonSearch, SearchHit
from intake.notifications.inputs import Identity, PartialDate
from intake.rights import searches
from intake.rights.grounds import Ground, Right
from intake.rights.workflow import EVENT_OF_STEP, Step
from jobs.models import Job
from safeguards.models import AuditEntry, DataKey
from tests import cast, handled, linked, unlocked
from tests.handled import asked, found, identified, officer, received, searched

pytestmark = pytest.mark.django_db

NOBODY = Identity(given_names=("Ottilie",), family_name="Wessum", birth=PartialDate(1979, 2, 3))


def ended(search: Any) -> None:
    PersonSearch.objects.filter(id=search).update(expires=timezone.now())


def test_search_finds_every_report_about_the_person_and_no_other() -> None:
    one, other = linked.linked(), linked.linked(family_name="Kabriu")
    linked.linked(given_names=("Ottilie",), family_name="Wessum")
    assert found(searched()).keys() == {one, other}


def test_report_that_is_linked_is_found_under_another_name() -> None:
    one = linked.linked(v_number="2876543210")
    renamed = linked.linked(v_number="2876543210", family_name="Wessum")
    assert linked.persons() == {frozenset({one, renamed})}
    likeness = found(searched())
    assert likeness[one] == "sure"
    assert likeness[renamed] in {"linked", "likely"}


def test_report_that_waits_for_review_is_found_too() -> None:
    held = unlocked.held(identity=replace(linked.MARIAMA))
    assert found(searched()).keys() == {held}


def test_report_that_is_restricted_is_found_too() -> None:
    contribution = linked.linked()
    handled.granted(contribution, right=Right.RESTRICTION, ground=Ground.ACCURACY)
    assert found(searched()).keys() == {contribution}


def bounded(search: Any) -> bool:
    return PersonSearch.objects.get(id=search).bounded


def test_person_of_whom_too_many_reports_share_every_combination_is_found_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = {linked.linked() for _ in range(3)}
    monkeypatch.setattr(candidates, "shipped", lambda: replace(shipped(), cap=2))
    search = searched()
    assert (found(search).keys(), bounded(search)) == (reports, False)


@pytest.mark.parametrize(("most", "send"), [("MOST_OF_WORN", linked.linked), ("MOST_OPENED", linked.sent)])
def test_search_stops_at_a_bound_and_says_so_to_who_asked_and_in_the_trail(
    most: str, send: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "shipped", lambda: replace(shipped(), cap=1))
    send(), send()
    monkeypatch.setattr(lookup, most, 1)
    search = searched()
    assert (len(found(search)), bounded(search)) == (1, True)
    told = AuditEntry.objects.get(action=EVENT_OF_STEP[Step.SEARCH_DONE]).details
    assert (told["count"], told["bounded"]) == (1, True)
    row = PersonSearch.objects.get(id=search)
    address = f"/rights/{row.case_id}"
    for page in (address, f"{address}/search/{search}"):
        assert "Niet alles is vergeleken" in cast.signed_in(cast.PRIVACY_OFFICER).get(page).content.decode(), page


def test_nothing_is_found_of_somebody_who_is_not_here() -> None:
    linked.linked()
    search = searched(identity=NOBODY)
    assert found(search) == {}
    assert PersonSearch.objects.get(id=search).found == 0


def test_nothing_runs_before_a_second_person_granted_it() -> None:
    linked.linked()
    search = asked()
    assert not Job.objects.filter(kind=searches.JOB).exists()
    searches.run(search=search, by=handled.WORK)
    assert not SearchHit.objects.exists()
    with pytest.raises(UnknownSearchError):
        searches.hits(search=search, by=officer())


def test_nobody_grants_their_own_search() -> None:
    search = asked()
    with pytest.raises(OwnGrantError):
        searches.grant(search=search, by=officer())
    assert PersonSearch.objects.get().state == "asked"


@pytest.mark.parametrize("person", [cast.APPROVER, cast.SECOND_PRIVACY_OFFICER], ids=lambda person: person.name)
def test_second_person_grants_and_the_vault_is_asked(person: cast.Person) -> None:
    search = asked()
    searches.grant(search=search, by=cast.actor(person))
    job = Job.objects.get(kind=searches.JOB)
    assert (job.queue, job.object_id) == ("vault", str(search))


@pytest.mark.parametrize("person", [cast.REVIEWER, cast.CONSENT_ADMINISTRATOR, cast.ADMINISTRATOR, cast.OFFICER, cast.OWNER])
def test_nobody_else_asks_or_grants(person: cast.Person) -> None:
    search, by = asked(), cast.actor(person)
    with pytest.raises(NotAllowedError):
        searches.grant(search=search, by=by)
    with pytest.raises(NotAllowedError):
        handled.searches.ask(case=identified(), identity=NOBODY, motive=handled.Motive.REQUEST, by=by)


def test_search_is_granted_once() -> None:
    search = searched()
    with pytest.raises(UnknownSearchError):
        searches.grant(search=search, by=cast.actor(cast.APPROVER))


def test_approver_sees_nothing_of_what_was_found() -> None:
    linked.linked()
    search = searched()
    with pytest.raises(NotAllowedError):
        searches.hits(search=search, by=cast.actor(cast.APPROVER))
    with pytest.raises(UnknownSearchError):
        searches.hits(search=search, by=cast.actor(cast.SECOND_PRIVACY_OFFICER))


def test_name_lies_sealed_and_is_destroyed_when_the_vault_has_looked() -> None:
    search = asked()
    row = PersonSearch.objects.get(id=search)
    assert b"Kabiru" not in bytes(row.query or b"")
    assert DataKey.objects.filter(owner=search).exists()
    searches.grant(search=search, by=cast.actor(cast.APPROVER))
    searches.run(search=search, by=handled.WORK)
    assert PersonSearch.objects.get(id=search).query is None
    assert not DataKey.objects.filter(owner=search).exists()


def test_refusal_destroys_the_question() -> None:
    search = asked()
    searches.refuse(search=search, by=cast.actor(cast.APPROVER))
    row = PersonSearch.objects.get(id=search)
    assert (row.state, row.query) == ("refused", None)
    assert not DataKey.objects.filter(owner=search).exists()


def test_what_it_found_is_seen_no_more_when_its_time_is_over() -> None:
    contribution = linked.linked()
    search = searched()
    look = unlock.open_found(search=search, contribution=contribution, by=officer())
    assert unlock.identity(unlock=look, by=officer()) == linked.MARIAMA
    ended(search)
    with pytest.raises(UnknownSearchError):
        searches.hits(search=search, by=officer())
    with pytest.raises(UnknownUnlockError):
        unlock.open_found(search=search, contribution=contribution, by=officer())
    assert searches.expire(by=handled.WORK) == 1
    assert not SearchHit.objects.exists()


def test_unanswered_question_ends_by_itself() -> None:
    search = asked()
    ended(search)
    assert searches.waiting(by=cast.actor(cast.APPROVER)) == ()
    assert searches.expire(by=handled.WORK) == 1
    assert PersonSearch.objects.get(id=search).query is None
    assert searches.expire(by=handled.WORK) == 0


def test_look_at_what_was_found_carries_both_persons() -> None:
    contribution = linked.linked()
    search = searched()
    made = unlock.open_found(search=search, contribution=contribution, by=officer())
    view = unlock.opened(unlock=made, by=officer())
    assert (view.asked_by, view.granted_by) == (officer().id, cast.actor(cast.APPROVER).id)
    assert view.expires == PersonSearch.objects.get(id=search).expires


def test_search_opens_nothing_that_it_did_not_find() -> None:
    linked.linked()
    other = linked.linked(given_names=("Ottilie",), family_name="Wessum", birth=PartialDate(1979, 2, 3))
    search = searched()
    with pytest.raises(UnknownUnlockError):
        unlock.open_found(search=search, contribution=other, by=officer())


def test_hits_that_are_kept_are_what_the_case_is_about() -> None:
    one, other = linked.linked(), linked.linked(family_name="Kabriu")
    case = identified()
    search = searched(case)
    searches.keep(search=search, contributions=[one], by=officer())
    searches.keep(search=search, contributions=[one], by=officer())
    assert list(CaseReport.objects.filter(case=case).values_list("contribution", flat=True)) == [one]
    with pytest.raises(CaseStepError):
        searches.keep(search=search, contributions=[linked.sent()], by=officer())
    assert other in found(search)


@pytest.mark.parametrize(
    "little", [Identity(), Identity(family_name="Kabiru"), Identity(birth=PartialDate(1994, 5, 17)), Identity(contact="06")]
)
def test_too_little_to_look_for_is_refused(little: Identity) -> None:
    with pytest.raises(CaseStepError) as refused:
        asked(identity=little)
    assert refused.value.code == "too-little"


def test_nobody_is_looked_for_before_it_is_known_who_asks() -> None:
    with pytest.raises(CaseStepError) as refused:
        asked(received())
    assert refused.value.code == "not-identified"


def test_one_search_of_a_case_waits_at_a_time() -> None:
    case = identified()
    asked(case)
    with pytest.raises(CaseStepError) as refused:
        asked(case)
    assert refused.value.code == "search-waits"


def test_more_than_can_be_one_person_is_counted_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searches, "MOST_HITS", 1)
    linked.linked(), linked.linked()
    search = searched()
    assert found(search) == {}
    (view,) = searches.of_case(case=PersonSearch.objects.get().case_id, by=officer())
    assert (view.found, view.too_many) == (2, True)


def test_looking_at_hits_stands_in_the_trail() -> None:
    linked.linked()
    search = searched()
    found(search)
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.action, entry.object_id, entry.details) == ("search.hits-seen", str(search), {"count": 1})


def test_no_table_and_no_entry_holds_who_was_looked_for() -> None:
    searched(identity=NOBODY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT details FROM safeguards_auditentry")
        entries = str(cursor.fetchall())
    assert "Wessum" not in entries
    assert "Ottilie" not in entries


def test_search_that_runs_again_changes_nothing() -> None:
    linked.linked()
    search = searched()
    searches.run(search=search, by=handled.WORK)
    assert SearchHit.objects.count() == 1


def test_waiting_search_is_shown_to_others_than_who_asked() -> None:
    search = asked()
    assert [view.id for view in searches.waiting(by=cast.actor(cast.APPROVER))] == [search]
    assert searches.waiting(by=officer()) == ()
    assert timedelta() < searches.waiting(by=cast.actor(cast.APPROVER))[0].expires - timezone.now() <= searches.WAITS
