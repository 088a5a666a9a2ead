"""The nightly proof: a register as linking left it differs in nothing, and what was changed behind its back is told."""

from itertools import count
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.permissions import NotAllowedError
from intake import events
from intake.linkage import records
from intake.matching import by_tokens, features, proof, review, whole
from intake.models.contribution import Contribution
from intake.models.decision import Verdict
from intake.models.matching import Pair, Person, PersonContribution, Token
from intake.models.portion import TokenPortion
from jobs import services as jobs
from jobs.models import Job
from safeguards import audit
from safeguards.actors import system
from safeguards.models import AuditEntry
from tests import cast
from tests.linked import VAGUE, link_all, linked, pair_of, persons, proven

pytestmark = pytest.mark.django_db
PROVER = system(proof.NIGHT)


def begin_night() -> None:
    """As the schedule does."""
    with transaction.atomic():
        jobs.record(proof.NIGHT)


def test_linked_register_differs_in_nothing():
    first, second, other = linked(), linked(family_name="Kabriu"), linked(**VAGUE)
    linked(given_names=("Isatu",))
    review.decide(pair=pair_of(first, other).id, verdict=Verdict.SAME_DETAILS, by=cast.actor(cast.REVIEWER))
    assert not proven()
    assert not Contribution.objects.filter(needs_linking=True).exists()
    assert not AuditEntry.objects.filter(action=events.LINKAGE_DIFFERS).exists()
    told = AuditEntry.objects.filter(action=events.LINKAGE_PROVED).order_by("sequence").values_list("details", flat=True)
    nothing = {"contributions": 0, "differing": 0, "first": False, "last": False}
    assert list(told) == [nothing | {"first": True}, nothing, nothing | {"contributions": 4, "last": True}]
    assert second


def move_to_a_person_of_its_own(first, second):
    PersonContribution.objects.filter(contribution=second).update(person=Person.objects.create())


def lose_the_pair(first, second):
    Pair.objects.all().delete()


def weigh_otherwise(first, second):
    Pair.objects.update(weight=1.0)


def ask_instead_of_linking(first, second):
    Pair.objects.update(band=Pair.Band.QUESTION)


def lose_the_tokens(first, second):
    Token.objects.filter(contribution=second).delete()


@pytest.mark.parametrize(
    "change", [move_to_a_person_of_its_own, lose_the_pair, weigh_otherwise, ask_instead_of_linking, lose_the_tokens]
)
def test_what_was_changed_behind_its_back_is_told_and_linked_anew(change):
    first, second = linked(), linked(family_name="Kabriu")
    linked(given_names=("Elena",), family_name="Popescu")
    change(first, second)
    assert proven() == {first, second}
    told = AuditEntry.objects.filter(action=events.LINKAGE_DIFFERS).values_list("object_id", flat=True)
    assert sorted(told) == sorted(map(str, (first, second)))
    assert Job.objects.filter(kind=proof.LINK).exists()
    link_all()
    assert frozenset({first, second}) in persons()
    assert not proven()


def test_features_of_an_earlier_format_are_made_anew_where_the_identity_is_still_there(monkeypatch):
    with monkeypatch.context() as earlier:
        earlier.setattr(records, "FORMAT", records.FORMAT - 1)
        alone = linked()
    assert not features.load([alone])
    assert proven() == {alone}
    link_all()
    assert features.load([alone])
    assert not proven()


def pair_up(first, second):
    """Two who share no token at all."""
    stray = linked(given_names=("Ion",), family_name="Munteanu")
    one, other = sorted((first, stray))
    Pair.objects.create(first_id=one, second_id=other, weight=1.0, band="question", explanation={"cautions": []})


def test_pair_that_should_not_be_there_is_told_and_goes():
    first, second = linked(), linked(family_name="Kabriu")
    pair_up(first, second)
    assert first in proven()
    link_all()
    assert Pair.objects.count() == 1
    assert not proven()


def test_what_changed_while_a_portion_was_compared_is_not_told():
    first, second = linked(), linked(family_name="Kabriu")
    weigh_otherwise(first, second)
    whole.begin_night(by=PROVER)
    effect = whole.compare(portion=TokenPortion.objects.get().pk, by=PROVER)
    Contribution.objects.update(needs_linking=True)
    link_all()
    effect()
    assert [entry.details["differing"] for entry in entries()] == [0, 0]


def test_it_repairs_nothing_itself():
    first, second = linked(), linked(family_name="Kabriu")
    move_to_a_person_of_its_own(first, second)
    before = persons()
    proven()
    assert persons() == before


def test_portions_follow_each_other_until_all_were_seen():
    for _ in range(5):
        linked()
    Job.objects.all().delete()
    assert proof.prove(limit=2, by=PROVER).contributions == 2
    waiting = Job.objects.get(kind=proof.JOB)
    assert waiting.object_id == str(sorted(PersonContribution.objects.values_list("contribution", flat=True))[1])
    jobs.drain(("vault",))
    entries = AuditEntry.objects.filter(action=events.LINKAGE_PROVED).order_by("sequence")
    assert [(entry.details["contributions"], entry.details["last"]) for entry in entries] == [(2, False), (3, True)]


def entries() -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action=events.LINKAGE_PROVED).order_by("sequence"))


@pytest.mark.parametrize("place", range(1, 9))
def test_proof_that_breaks_off_in_a_portion_goes_on_there_and_ends_as_if_it_had_not(place, monkeypatch):
    """Ended by what no handler expects after all of the portion was written, and before it was committed: at the beginning, in
    one of four portions of pairs, and in one of three of persons.
    """
    first, second = linked(), linked(family_name="Kabriu")
    others = [linked(family_name=name) for name in ("Zwaluwenburg", "Okafor", "Haddad")]
    move_to_a_person_of_its_own(first, second)
    Job.objects.all().delete()
    monkeypatch.setattr(by_tokens, "CONTRIBUTIONS", 1)
    monkeypatch.setattr(by_tokens, "MOST", 4)
    monkeypatch.setattr(proof.prove, "__kwdefaults__", {"after": proof.FIRST, "limit": 2})
    portions = count(1)

    def break_off(found, *, by):
        audit.record_many(found, by=by)
        if next(portions) == place:
            raise MemoryError

    begin_night()
    with monkeypatch.context() as broken:
        broken.setattr(proof, "audit", SimpleNamespace(record_many=break_off, Event=audit.Event))
        jobs.drain(("vault",))
    assert proof.last_finished() is None
    Job.objects.filter(state=Job.State.WAITING).update(due=timezone.now())
    jobs.drain(("vault",))
    assert [entry.details["contributions"] for entry in entries()] == [0, 0, 0, 0, 0, 2, 2, 1]
    assert proof.last_finished().contributions == 5
    differs = AuditEntry.objects.filter(action=events.LINKAGE_DIFFERS).values_list("object_id", flat=True)
    assert set(differs) == {str(first), str(second)}
    assert frozenset({first, second}) in persons()
    assert not proven()
    assert not {frozenset({other}) for other in others} - persons()


def test_what_is_told_of_the_last_proof_is_of_all_its_portions():
    assert proof.last_finished() is None
    first, second = linked(), linked(family_name="Kabriu")
    linked(given_names=("Elena",), family_name="Popescu")
    proven()
    move_to_a_person_of_its_own(first, second)
    whole.begin_night(by=PROVER)
    assert proof.last_finished().differing == 0
    following: UUID | None = proof.FIRST
    while following:
        following = proof.prove(after=following, limit=2, by=PROVER).following
    told = proof.last_finished()
    assert (told.contributions, told.differing) == (3, 2)


def test_one_that_was_given_up_half_way_is_no_part_of_the_next():
    first, second = linked(), linked(family_name="Kabriu")
    linked(given_names=("Elena",), family_name="Popescu")
    move_to_a_person_of_its_own(first, second)
    whole.begin_night(by=PROVER)
    proof.prove(limit=2, by=PROVER)
    TokenPortion.objects.all().delete()
    link_all()
    proven()
    told = proof.last_finished()
    assert (told.contributions, told.differing) == (3, 0)
    given_up, *_, ended = entries()
    assert given_up.time < told.begun < told.when == ended.time


def test_who_may_not_run_background_work_proves_nothing():
    with pytest.raises(NotAllowedError):
        proof.prove(by=cast.actor(cast.OWNER))
