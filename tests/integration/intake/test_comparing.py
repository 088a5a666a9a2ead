"""Both identities of a pair open at once, with a motive, for whom the pair waits for; each showing is in the trail first."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from accounts.permissions import NotAllowedError
from consent import services as consent
from consent.models import Statement
from intake import comparing, events, unlock
from intake.errors import NotForReviewError, UnknownUnlockError
from intake.matching import review, sampling, setting_aside
from intake.models.decision import Verdict
from intake.models.identity import SealedIdentity
from intake.models.matching import Pair
from intake.models.unlock import Unlock
from intake.unlock import Motive
from jobs import services as jobs
from safeguards.actors import Actor
from safeguards.errors import AuditError
from safeguards.models import AuditEntry
from tests import cast
from tests.cast import REVIEWER, SECOND_REVIEWER
from tests.linked import MARIAMA, NO_DATE, linked, pair_of
from tests.statements import administrator
from tests.unlocked import held

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> UUID:
    return pair_of(linked(family_name="Zwaluw"), linked(family_name="Zwalluw", birth=NO_DATE)).id


def opened(pair: UUID, person: cast.Person = REVIEWER, motive: Motive = Motive.PAIR_DETAILS) -> None:
    comparing.open_both(pair=pair, motive=motive, by=cast.actor(person))


def shown(pair: UUID, person: cast.Person = REVIEWER) -> set[str] | None:
    both = comparing.identities_of(pair=pair, by=cast.actor(person))
    return both and {one.family_name for one in (both.first, both.second) if one}


def entries(action: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action=action).order_by("sequence"))


def test_nothing_is_shown_before_a_motive_and_both_after_one(pair: UUID) -> None:
    assert shown(pair) is None
    opened(pair)
    assert shown(pair) == {"Zwaluw", "Zwalluw"}


def test_each_of_the_two_is_in_the_trail_with_the_motive_at_each_look(pair: UUID) -> None:
    opened(pair, motive=Motive.PAIR_RELATIVES)
    shown(pair)
    shown(pair)
    ends = set(map(str, Pair.objects.values_list("first", "second").get(id=pair)))
    assert {entry.object_id for entry in entries(events.UNLOCK_OPENED)} == ends
    looks = entries(events.IDENTITY_SHOWN)
    assert (len(looks), {entry.object_id for entry in looks}) == (4, ends)
    assert {entry.details["motive"] for entry in looks} == {"pair-relatives"}


def test_nothing_is_shown_where_the_trail_cannot_be_written(pair: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(pair)

    def refuse(*_: object, **__: object) -> None:
        raise AuditError("The trail is closed.")

    monkeypatch.setattr(unlock.audit, "record", refuse)
    with pytest.raises(AuditError):
        shown(pair)


def test_it_is_opened_once_for_a_pair_and_keeps_its_time(pair: UUID) -> None:
    opened(pair)
    before = set(Unlock.objects.values_list("id", "motive", "expires"))
    opened(pair, motive=Motive.PAIR_CONTRADICTS)
    assert set(Unlock.objects.values_list("id", "motive", "expires")) == before


def test_it_closes_after_its_time(pair: UUID) -> None:
    opened(pair)
    Unlock.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert shown(pair) is None


def test_it_closes_with_the_answer_and_opens_again_where_that_is_taken_back(pair: UUID) -> None:
    opened(pair)
    review.decide(pair=pair, verdict=Verdict.SAME_SPELLING, by=cast.actor(REVIEWER))
    assert shown(pair) is None
    with pytest.raises(NotForReviewError):
        opened(pair)
    review.undo(pair=pair, by=cast.actor(REVIEWER))
    assert shown(pair) == {"Zwaluw", "Zwalluw"}


def test_it_is_open_for_who_opened_it_alone(pair: UUID) -> None:
    opened(pair)
    assert shown(pair, SECOND_REVIEWER) is None


def test_second_reader_opens_it_for_the_second_reading(pair: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "READ_TWICE", 1)
    review.decide(pair=pair, verdict=Verdict.SAME_SPELLING, by=cast.actor(REVIEWER))
    opened(pair, SECOND_REVIEWER)
    assert shown(pair, SECOND_REVIEWER) == {"Zwaluw", "Zwalluw"}


@pytest.mark.parametrize("person", [cast.OFFICER, cast.OWNER, cast.ANALYST, cast.PRIVACY_OFFICER, cast.ADMINISTRATOR])
def test_who_does_not_review_links_opens_nothing(pair: UUID, person: cast.Person) -> None:
    with pytest.raises(NotAllowedError):
        opened(pair, person)
    assert shown(pair, person) is None


def test_who_reviews_consent_opens_no_pair(pair: UUID) -> None:
    with pytest.raises(NotForReviewError):
        opened(pair, cast.CONSENT_ADMINISTRATOR)


def test_nobody_opens_a_report_of_the_own_organisation(pair: UUID) -> None:
    known = cast.actor(REVIEWER)
    own = Actor(known.kind, known.id, cast.organisation(cast.POLICE), known.roles, known.strength)
    with pytest.raises(NotForReviewError):
        comparing.open_both(pair=pair, motive=Motive.PAIR_DETAILS, by=own)


@pytest.mark.parametrize("motive", [Motive.COMPARE_NAME, Motive.RIGHTS_OF_PERSON, Motive.INCIDENT])
def test_motive_of_another_desk_opens_no_pair(pair: UUID, motive: Motive) -> None:
    with pytest.raises(NotForReviewError):
        opened(pair, motive=motive)


def test_look_at_a_pair_is_no_look_of_another_kind(pair: UUID) -> None:
    opened(pair)
    by = cast.actor(REVIEWER)
    for row in Unlock.objects.all():
        assert unlock.open_now(contribution=row.contribution_id, by=by) is None
        with pytest.raises(UnknownUnlockError):
            unlock.identity(unlock=row.id, by=by)


def test_restricted_report_is_opened_for_nobody(pair: UUID) -> None:
    opened(pair)
    setting_aside.set_aside(contributions=[Pair.objects.get(id=pair).first_id], by=cast.actor(cast.PRIVACY_OFFICER))
    assert shown(pair) is None


def test_report_whose_consent_was_withdrawn_is_opened_for_nobody_though_it_still_stands() -> None:
    one = held(identity=replace(MARIAMA, family_name="Zwaluw"))
    other = held(identity=replace(MARIAMA, family_name="Zwalluw", birth=NO_DATE))
    for statement in Statement.objects.filter(state="given"):
        consent.approve(statement=statement.pk, by=administrator())
    jobs.drain(("files", "vault", "reports"))
    found = pair_of(one, other).id
    opened(found)
    assert shown(found) == {"Zwaluw", "Zwalluw"}
    withdrawn = Statement.objects.get(notification=one, purpose="registration")
    consent.withdraw(statement=withdrawn.pk, on=timezone.localdate(), by=administrator())
    assert shown(found) is None
    with pytest.raises(NotForReviewError):
        opened(found)


def test_erased_identity_is_nobody_and_the_other_is_shown(pair: UUID) -> None:
    opened(pair)
    SealedIdentity.objects.filter(contribution=Pair.objects.get(id=pair).first_id).delete()
    both = comparing.identities_of(pair=pair, by=cast.actor(REVIEWER))
    assert both is not None
    assert both.first is None
    assert both.second is not None
