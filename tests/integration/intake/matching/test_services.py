"""Linking what waits: features and tokens, three bands, persons with stable ids, in bounded chunks, once."""

import random
from dataclasses import replace
from datetime import date

import pytest

from accounts.permissions import NotAllowedError
from intake import events
from intake.codes.characteristics import Characteristics
from intake.linkage import engine
from intake.linkage.fellegi_sunter import shipped
from intake.matching import candidates, features, review, services, unlink
from intake.models.change import Change, Register
from intake.models.contribution import Contribution
from intake.models.identity import SealedIdentity
from intake.models.matching import MatchingFeatures, Pair, Person, PersonContribution, Token
from jobs.models import Job
from safeguards import audit, data_keys
from safeguards.models import AuditEntry, DataKey
from tests import cast
from tests.linked import NO_DATE, VAGUE, link_all, linked, pair_of, persons, sent, sent_again

pytestmark = pytest.mark.django_db


def test_two_reports_of_one_person_become_one_person():
    first, second = linked(), linked(family_name="Kabriu")
    assert persons() == {frozenset({first, second})}
    assert Person.objects.count() == 1
    pair = pair_of(first, second)
    assert (pair.band, pair.parameters, pair.decision) == (Pair.Band.AUTOMATIC, shipped().version, "")
    assert ["family-name", "one-letter"] in [part[:2] for part in pair.explanation["evidence"]]


def test_sisters_are_two_persons_and_a_question():
    first, second = linked(), linked(given_names=("Isatu",))
    assert persons() == {frozenset({first}), frozenset({second})}
    assert pair_of(first, second).band == Pair.Band.QUESTION


def test_strangers_share_no_pair():
    linked()
    linked(given_names=("Elena",), family_name="Popescu", birth=NO_DATE, known=Characteristics(nationalities=("RO",)))
    assert not Pair.objects.exists()
    assert Person.objects.count() == 2


def test_characteristics_of_the_report_take_part():
    first = linked(known=Characteristics(sex="female", nationalities=("SL",)))
    second = linked(known=Characteristics(sex="male", nationalities=("SL",)))
    assert "sex-differs" in pair_of(first, second).explanation["cautions"]


def test_held_report_is_not_linked():
    contribution = sent()
    Contribution.objects.filter(id=contribution).update(state=Contribution.State.HELD)
    assert services.link_waiting() == 0
    assert not PersonContribution.objects.exists()
    assert not Token.objects.exists()


def test_linked_report_waits_no_longer_and_is_linked_once():
    contribution = linked()
    assert not Contribution.objects.get(id=contribution).needs_linking
    assert services.link_waiting() == 0
    assert MatchingFeatures.objects.count() == 1


def test_chunk_is_bounded_and_asks_for_the_next():
    for _ in range(3):
        sent()
    Job.objects.all().delete()
    assert services.link_waiting(limit=2) == 2
    assert Job.objects.filter(kind=services.LINK).exists()
    Job.objects.all().delete()
    assert services.link_waiting(limit=2) == 1
    assert not Job.objects.filter(kind=services.LINK).exists()


def test_chunks_of_any_size_give_the_same_persons():
    variations = [{}, {"family_name": "Kabriu"}, {"given_names": ("Isatu",)}, {"birth": NO_DATE}, {"prefix": "van"}]
    ids = [sent(**variation) for variation in variations]
    link_all(limit=1)
    one_by_one = persons()
    for model in (Token, MatchingFeatures, Pair, PersonContribution, Person):
        model.objects.all().delete()
    data_keys.destroy(ids, [DataKey.Purpose.MATCHING])
    Contribution.objects.update(needs_linking=True)
    link_all(limit=50)
    assert persons() == one_by_one


@pytest.mark.parametrize("seed", range(4))
def test_order_of_arrival_makes_no_difference_and_a_full_relink_none(seed):
    variations = [
        {}, {"family_name": "Kabriu"}, {"given_names": ("Isatu",)}, {"given_names": ("M.",)}, {"v_number": "2876543210"},
        {"given_names": ("Mariama", "Isatu")}, {"v_number": "2876543210", "birth": NO_DATE},
    ]  # fmt: skip
    arrived = list(enumerate(variations))
    random.Random(seed).shuffle(arrived)
    number = {linked(**variation): place for place, variation in arrived}
    whole = engine.link(features.load(number)).clusters.groups
    assert persons() == set(whole)
    found = {frozenset(number[member] for member in group) for group in whole}
    assert frozenset({2}) in found
    assert any({0, 1, 3, 4, 6} <= group for group in found)


def test_merged_person_keeps_the_id_of_its_larger_part():
    linked(), linked()
    kept = Person.objects.get().id
    alone = linked(v_number="2876543210", **VAGUE)
    assert Person.objects.count() == 2
    linked(v_number="2876543210")
    assert Person.objects.get().id == kept
    assert PersonContribution.objects.get(contribution=alone).person_id == kept


def test_every_changed_person_year_is_numbered_once():
    first = linked(day=date(2018, 5, 1))
    second = linked(day=date(2019, 5, 1))
    person = PersonContribution.objects.get(contribution=first).person_id
    assert PersonContribution.objects.get(contribution=second).person_id == person
    assert list(Change.objects.order_by("sequence").values_list("sequence", "person", "year")) == [
        (1, person, 2018),
        (2, person, 2019),
    ]
    assert Register.objects.get().sequence == 2
    assert Job.objects.filter(kind="reports.refresh", state="waiting").count() == 1


def test_what_is_kept_for_linking_holds_no_identity():
    linked(v_number="2876543210")
    rows = [*MatchingFeatures.objects.values(), *Token.objects.values(), *AuditEntry.objects.values(), *Job.objects.values()]
    stored = b"\n".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for row in rows for value in row.values()
    ).lower()
    # Whole dates: four digits alone stand in a random id or the microseconds of a moment soon enough.
    for canary in (b"mariama", b"kabiru", b"2876543210", b"1994-05-17", b"17-05-1994", b"19940517"):
        assert canary not in stored


def test_features_outlive_the_erased_identity_and_still_link():
    first = linked()
    data_keys.destroy([first], [DataKey.Purpose.IDENTITY])
    SealedIdentity.objects.filter(contribution=first).delete()
    second = linked()
    assert persons() == {frozenset({first, second})}


def test_contribution_whose_identity_is_closed_stands_alone_and_is_named_in_the_trail():
    lost, found = sent(), sent()
    data_keys.destroy([lost], [DataKey.Purpose.IDENTITY])
    link_all()
    assert persons() == {frozenset({lost}), frozenset({found})}
    assert not Token.objects.filter(contribution=lost).exists()
    assert AuditEntry.objects.get(action=events.LINKAGE_UNREADABLE).object_id == str(lost)


def test_altered_features_are_left_out_and_nothing_stops():
    first = linked()
    blob = bytearray(MatchingFeatures.objects.get().blob)
    blob[-1] ^= 1
    MatchingFeatures.objects.update(blob=bytes(blob))
    second = linked()
    assert persons() == {frozenset({first}), frozenset({second})}


def test_correction_that_moves_nobody_is_numbered_as_a_change():
    contribution = linked(own_reference="zaak 1", known=Characteristics(exploitation_types=("sexual",)))
    person = PersonContribution.objects.get(contribution=contribution).person_id
    sent_again(own_reference="zaak 1", known=Characteristics(exploitation_types=("labour",)))
    link_all()
    assert list(Change.objects.values_list("person", "year")) == [(person, 2019), (person, 2019)]


def test_corrected_identity_is_linked_anew():
    first, second = linked(), linked(own_reference="zaak 1")
    assert persons() == {frozenset({first, second})}
    sent_again(given_names=("Elena",), family_name="Popescu", own_reference="zaak 1")
    link_all()
    assert persons() == {frozenset({first}), frozenset({second})}
    assert not Pair.objects.exists()
    assert MatchingFeatures.objects.filter(contribution=second).count() == 1
    assert DataKey.objects.filter(owner=second, purpose=DataKey.Purpose.MATCHING).count() == 1


def test_decision_outlives_a_correction_and_its_score_follows():
    first, second = linked(), linked(given_names=("Isatu",), own_reference="zaak 1")
    review.decide(pair=pair_of(first, second).id, verdict=review.Verdict.DIFFERENT_DETAILS, by=cast.actor(cast.REVIEWER))
    before = pair_of(first, second)
    sent_again(own_reference="zaak 1")
    link_all()
    after = pair_of(first, second)
    assert (after.id, after.decision, after.band) == (before.id, Pair.Decision.DIFFERENT, Pair.Band.AUTOMATIC)
    assert after.weight > before.weight
    assert persons() == {frozenset({first}), frozenset({second})}


def test_token_that_too_many_share_makes_no_pairs_and_comes_back(monkeypatch):
    small = replace(shipped(), cap=2)
    monkeypatch.setattr(candidates, "shipped", lambda: small)
    first, second = linked(), linked()
    assert persons() == {frozenset({first, second})}
    third = linked()
    assert persons() == {frozenset({first}), frozenset({second}), frozenset({third})}
    told = AuditEntry.objects.filter(action=events.LINKAGE_LINKED).last().details
    assert (told["worn_by"], told["worn_by_it"]) == (str(cast.actor(cast.OFFICER).organisation), told["worn_tokens"])
    unlink.remove(contributions=[third], by=services.LINKER)
    assert persons() == {frozenset({first, second})}


def test_who_may_not_run_background_work_links_nothing():
    sent()
    with pytest.raises(NotAllowedError):
        services.link_waiting(by=cast.actor(cast.REVIEWER))
    assert not Person.objects.exists()


def test_linking_leaves_one_audit_entry_a_chunk_with_counts_only():
    sent(), sent()
    link_all()
    entry = AuditEntry.objects.get(action=events.LINKAGE_LINKED)
    counts = {"automatic": 1, "questions": 0, "held_back": 0, "merges": 1, "splits": 0}
    assert entry.details == counts | {"contributions": 2, "worn_tokens": 0, "copies": 0}


def test_failure_on_the_way_leaves_nothing(monkeypatch):
    contribution = sent()
    before = AuditEntry.objects.count()

    def fail(*_args, **_more):
        raise RuntimeError

    monkeypatch.setattr(audit, "record_many", fail)
    with pytest.raises(RuntimeError):
        services.link_waiting()
    assert AuditEntry.objects.count() == before
    assert Contribution.objects.get(id=contribution).needs_linking
    for model in (Token, Person, Change):
        assert not model.objects.exists()
