"""Who may look at an identity, why and how long; what every look leaves behind; and what closes one again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from accounts.permissions import NotAllowedError
from consent import services as consent
from consent.models import Statement
from intake import events, outcomes, unlock
from intake.errors import NotForReviewError, OwnUnlockError, UnknownUnlockError
from intake.models.unlock import Unlock
from intake.unlock import Motive
from safeguards import data_keys
from safeguards.actors import Actor
from safeguards.models import AuditEntry, DataKey
from tests import cast, reported, statements
from tests.unlocked import FILE, WORK, accepted, asked, ended, for_review, granted, held

pytestmark = pytest.mark.django_db


def administrator() -> Actor:
    return cast.actor(cast.CONSENT_ADMINISTRATOR)


def officer() -> Actor:
    return cast.actor(cast.PRIVACY_OFFICER)


def look(made: UUID, by: Actor) -> str:
    return unlock.identity(unlock=made, by=by).family_name


def test_reviewer_sees_the_identity_of_a_report_that_waits() -> None:
    found = unlock.identity(unlock=for_review(), by=administrator())
    assert found == reported.person(v_number="")


def test_every_look_is_in_the_trail_with_its_motive_and_without_a_value() -> None:
    contribution = held()
    made = for_review(contribution)
    look(made, administrator())
    entries = list(AuditEntry.objects.filter(object_id=str(contribution), action__startswith="unlock.").order_by("sequence"))
    assert [entry.action for entry in entries] == [events.UNLOCK_OPENED, events.IDENTITY_SHOWN]
    assert all(entry.details == {"motive": "compare-name", "unlock": str(made)} for entry in entries)
    assert {entry.actor_id for entry in entries} == {administrator().id}


def test_look_that_cannot_be_recorded_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    made, by = for_review(), administrator()

    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("safeguards.audit.record", refuse)
    with pytest.raises(RuntimeError):
        look(made, by)


@pytest.mark.parametrize("person", [cast.SECOND_CONSENT_ADMINISTRATOR, cast.PRIVACY_OFFICER, cast.OWNER])
def test_nobody_else_can_use_it(person: cast.Person) -> None:
    made = for_review()
    with pytest.raises(UnknownUnlockError):
        look(made, cast.actor(person))


def test_it_closes_after_its_time() -> None:
    made = for_review()
    ended(made)
    with pytest.raises(UnknownUnlockError):
        look(made, administrator())


def test_review_lasts_a_quarter_of_an_hour() -> None:
    row = Unlock.objects.get(pk=for_review())
    assert row.granted is not None
    assert row.expires - row.granted == timedelta(minutes=15)


def decide(contribution: UUID, decision: Callable[..., None], **arguments: str) -> None:
    statement = Statement.objects.get(notification=contribution).pk
    decision(statement=statement, by=statements.administrator(), **arguments)
    outcomes.carry_out()


def test_decided_review_closes_what_it_opened() -> None:
    contribution = held()
    made = for_review(contribution)
    decide(contribution, consent.approve)
    with pytest.raises(UnknownUnlockError):
        look(made, administrator())


def test_rejection_takes_the_unlock_with_the_report() -> None:
    contribution = held()
    for_review(contribution)
    decide(contribution, consent.reject, reason="not-signed")
    assert not Unlock.objects.exists()


def test_erased_identity_is_as_closed_as_an_unknown_one() -> None:
    contribution = held()
    made = for_review(contribution)
    data_keys.destroy([contribution], [DataKey.Purpose.IDENTITY])
    with pytest.raises(UnknownUnlockError):
        look(made, administrator())


@pytest.mark.parametrize("made", [accepted, uuid4])
def test_reviewer_of_consent_opens_nothing_but_what_waits(made: Callable[[], UUID]) -> None:
    with pytest.raises(NotForReviewError):
        for_review(made())


def test_reviewer_opens_nothing_of_the_own_organisation() -> None:
    contribution = held()
    own = Actor("user", "7", cast.organisation(cast.SHELTER_TEAM), ("consent-administrator",))
    with pytest.raises(NotForReviewError):
        unlock.open_for_review(contribution=contribution, motive=Motive.COMPARE_NAME, by=own)


def test_reviewers_have_the_motives_of_the_desk_of_consent_alone() -> None:
    waiting = held()
    with pytest.raises(NotAllowedError):
        unlock.open_for_review(contribution=waiting, motive=Motive.COMPARE_NAME, by=cast.actor(cast.REVIEWER))
    with pytest.raises(NotForReviewError):
        unlock.open_for_review(contribution=waiting, motive=Motive.INCIDENT, by=administrator())


@pytest.mark.parametrize("person", [cast.OWNER, cast.OFFICER, cast.ANALYST, cast.PRIVACY_OFFICER, cast.ADMINISTRATOR])
def test_reviews_are_opened_by_reviewers_alone(person: cast.Person) -> None:
    contribution = held()
    with pytest.raises(NotAllowedError):
        for_review(contribution, by=person)


def test_privacy_officer_sees_nothing_until_a_second_person_grants_it() -> None:
    made = asked()
    with pytest.raises(UnknownUnlockError):
        look(made, officer())
    unlock.grant(unlock=made, by=cast.actor(cast.SECOND_PRIVACY_OFFICER))
    assert look(made, officer()) == "Zwaluwenburg"


def test_nobody_grants_their_own() -> None:
    made = asked()
    with pytest.raises(OwnUnlockError):
        unlock.grant(unlock=made, by=officer())


@pytest.mark.parametrize("person", [cast.CONSENT_ADMINISTRATOR, cast.REVIEWER, cast.ADMINISTRATOR, cast.OWNER])
def test_asking_and_granting_are_for_privacy_officers(person: cast.Person) -> None:
    contribution, made = accepted(), asked()
    with pytest.raises(NotAllowedError):
        asked(contribution, by=person)
    with pytest.raises(NotAllowedError):
        unlock.grant(unlock=made, by=cast.actor(person))


def test_granting_twice_or_too_late_is_refused() -> None:
    second = cast.actor(cast.SECOND_PRIVACY_OFFICER)
    late = asked()
    ended(late)
    for made in (granted(), late, uuid4()):
        with pytest.raises(UnknownUnlockError):
            unlock.grant(unlock=made, by=second)


def test_who_granted_it_cannot_use_it() -> None:
    made = granted()
    with pytest.raises(UnknownUnlockError):
        look(made, cast.actor(cast.SECOND_PRIVACY_OFFICER))


def test_motives_of_a_review_are_not_asked_for() -> None:
    with pytest.raises(NotForReviewError):
        unlock.ask(contribution=accepted(), motive=Motive.COMPARE_NAME, by=officer())


def test_list_to_grant_holds_what_others_asked() -> None:
    made, second = asked(), cast.actor(cast.SECOND_PRIVACY_OFFICER)
    assert [found.id for found in unlock.waiting(by=second)] == [made]
    assert unlock.waiting(by=officer()) == ()
    assert [found.id for found in unlock.own(by=officer())] == [made]


def test_open_one_is_found_again_so_that_the_reason_is_given_once() -> None:
    contribution = held()
    assert unlock.open_now(contribution=contribution, by=administrator()) is None
    made = for_review(contribution)
    found = unlock.open_now(contribution=contribution, by=administrator())
    assert found is not None
    assert (found.id, found.review) == (made, True)
    assert unlock.open_now(contribution=contribution, by=cast.actor(cast.SECOND_CONSENT_ADMINISTRATOR)) is None


def test_role_that_was_taken_away_closes_it() -> None:
    made, by = for_review(), administrator()
    with pytest.raises(UnknownUnlockError):
        look(made, replace(by, roles=("analyst",)))


def test_who_acts_for_the_reporting_organisation_now_sees_nothing() -> None:
    made, by = for_review(), administrator()
    with pytest.raises(UnknownUnlockError):
        look(made, replace(by, organisation=cast.organisation(cast.SHELTER_TEAM)))


def test_files_are_opened_one_by_one_and_recorded() -> None:
    made = for_review(held(attachments=(FILE,)))
    (found,) = unlock.attachments(unlock=made, by=administrator())
    assert found.file == FILE
    assert unlock.attachment(unlock=made, attachment=found.id, by=administrator()) == FILE
    assert AuditEntry.objects.filter(action=events.ATTACHMENTS_SHOWN).count() == 2


def test_file_of_another_report_is_not_opened() -> None:
    other = for_review(held(attachments=(FILE,)))
    (found,) = unlock.attachments(unlock=other, by=administrator())
    with pytest.raises(UnknownUnlockError):
        unlock.attachment(unlock=for_review(), attachment=found.id, by=administrator())


def test_what_ended_is_deleted_after_a_day_and_the_trail_stays() -> None:
    fresh, old = for_review(), for_review()
    ended(old, timedelta(days=1, minutes=1))
    assert unlock.expire(by=WORK) == 1
    assert list(Unlock.objects.values_list("pk", flat=True)) == [fresh]
    assert AuditEntry.objects.filter(action=events.UNLOCK_OPENED).count() == 2
