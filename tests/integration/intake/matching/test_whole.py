"""All links weighed anew when the register has grown or shrunk: as if it had always been so large, in any order of arrival."""

from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import transaction

from intake import events
from intake.linkage import engine, fellegi_sunter
from intake.linkage.fellegi_sunter import doubled, shipped
from intake.matching import by_tokens, in_force, proof, review, unlink, whole
from intake.matching.copies import FEW
from intake.matching.services import LINKER
from intake.models.change import Register
from intake.models.contribution import Contribution
from intake.models.decision import Verdict
from intake.models.matching import Copy, Pair
from intake.models.person_event import PersonEvent
from intake.models.portion import TokenPortion
from intake.notifications.inputs import PartialDate
from jobs import services as jobs
from jobs.models import Job
from safeguards.models import AuditEntry
from tests import cast
from tests.linked import NO_DATE, VAGUE, link_all, linked, pair_of, persons, proven, sent

pytestmark = pytest.mark.django_db
# So many reports are the size that the weights were fitted at, and the prior is that of the real size all the same.
FITTED_AT = 4
NOBODY = (
    "Zwaluwenburg",
    "Okafor",
    "Haddad",
    "Munteanu",
    "Popescu",
    "Nguyen",
    "Osagie",
    "Horvath",
    "Kowalska",
    "Demir",
    "Silva",
)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A register that doubles within a test."""
    real = shipped()
    one = replace(real, register_size=FITTED_AT, shift=real.prior - fellegi_sunter.prior(FITTED_AT))
    for module in (fellegi_sunter, in_force):
        monkeypatch.setattr(module, "shipped", lambda: one)
    doubled.cache_clear()
    yield
    doubled.cache_clear()


def night() -> None:
    with transaction.atomic():
        jobs.record(proof.NIGHT)
    jobs.drain(("vault",))


def others(number: int) -> list[UUID]:
    return [linked(given_names=("Ion",), family_name=name) for name in NOBODY[:number]]


def kept() -> dict[tuple[UUID, UUID], tuple[float, str, bool]]:
    rows = Pair.objects.values_list("first", "second", "weight", "band", "held_back")
    return {(first, second): (weight, band, held_back) for first, second, weight, band, held_back in rows}


def near_the_bound() -> tuple[UUID, UUID]:
    """Two that link by themselves, and would not in a register four times as large."""
    first, second = linked(), linked(given_names=("M.",), birth=PartialDate(1994, 5, 18))
    assert shipped().upper <= pair_of(first, second).weight < shipped().upper + 2
    return first, second


def test_in_a_register_that_has_doubled_a_link_has_to_say_more():
    first, second = near_the_bound()
    before = pair_of(first, second)
    others(10)
    night()
    after = pair_of(first, second)
    assert Register.objects.get().doublings == 2
    assert (before.band, after.band) == ("automatic", "question")
    assert (after.id, after.weight) == (before.id, pytest.approx(before.weight - 2))
    assert after.parameters == f"{shipped().version}+2"
    assert {frozenset({first}), frozenset({second})} < persons()
    assert PersonEvent.objects.latest("id").reason == PersonEvent.Reason.WEIGHED_ANEW
    assert not proven()


def test_it_is_audited_by_counts_alone_and_the_proof_follows():
    near_the_bound()
    others(10)
    night()
    told = AuditEntry.objects.get(action=events.LINKAGE_WEIGHED_ANEW)
    assert told.details == {"parameters": f"{shipped().version}+2", "contributions": 12, "portions": 1}
    assert told.object_id == ""
    assert proof.last_finished().contributions == 12
    assert not AuditEntry.objects.filter(action=events.LINKAGE_DIFFERS).exists()


def test_nothing_is_weighed_anew_where_the_size_is_nearly_the_same():
    near_the_bound()
    others(3)
    night()
    assert Register.objects.get().doublings == 0
    assert not AuditEntry.objects.filter(action=events.LINKAGE_WEIGHED_ANEW).exists()


def test_register_that_shrinks_links_and_asks_what_it_would_have():
    first, second = near_the_bound()
    question = linked(birth=NO_DATE, given_names=("M.",))
    stored = kept()
    more = others(10)
    night()
    assert kept() != stored
    unlink.remove(contributions=more, by=LINKER)
    Contribution.objects.filter(id__in=more).delete()
    night()
    assert kept() == stored
    assert {first, second, question} == set().union(*persons())
    assert not proven()


def arrive_with_a_night_after(number: int, names: list[dict[str, object]]) -> set[frozenset[str]]:
    said: dict[UUID, str] = {}
    for place, one in enumerate(names):
        said[linked(**one)] = repr(sorted(one.items()))
        if place == number:
            night()
    night()
    groups = {frozenset(said[one] for one in group) for group in persons()}
    assert not proven()
    return groups


def test_neither_order_of_arrival_nor_the_nights_between_leave_a_trace():
    reports = [{}, {"given_names": ("M.",)}, {"family_name": "Kabriu"}, *({"family_name": name} for name in NOBODY[:7])]
    found = []
    for place, order in enumerate([reports, reports[::-1], [*reports[4:], *reports[:4]]]):
        found.append(arrive_with_a_night_after(3 * place, order))
        unlink.remove(contributions=list(Contribution.objects.values_list("id", flat=True)), by=LINKER)
        Contribution.objects.all().delete()
        night()
    assert found[0] == found[1] == found[2]


def test_decided_pair_is_weighed_anew_and_holds():
    first, second = near_the_bound()
    third = linked(**VAGUE)
    review.decide(pair=pair_of(first, third).id, verdict=Verdict.SAME_DETAILS, by=cast.actor(cast.REVIEWER))
    before = pair_of(first, third)
    others(10)
    night()
    after = pair_of(first, third)
    assert (after.decision, after.weight) == ("same", pytest.approx(before.weight - 2))
    assert frozenset({first, third}) in persons()
    assert second


def test_equal_reports_that_do_not_link_by_themselves_any_more_follow_nobody():
    for _ in range(FEW + 2):
        linked(given_names=("Blessing",), family_name="Conteh", birth=NO_DATE)
    assert Copy.objects.count() == 2
    more = others(11)
    night()
    assert Register.objects.get().doublings == 2
    assert not Copy.objects.exists()
    assert not proven()
    unlink.remove(contributions=more, by=LINKER)
    night()
    assert Register.objects.get().doublings == 1
    assert Copy.objects.count() == 2
    assert not proven()


@pytest.mark.parametrize("many", [1, 2, 8, 256])
def test_pairs_of_all_portions_are_those_of_the_register_each_once(many: int):
    for family_name in NOBODY[:4]:
        for _ in range(3):
            sent(family_name=family_name)
        sent(family_name=family_name, **VAGUE)
    link_all()
    stored = set(kept())
    Pair.objects.all().delete()
    found = [by_tokens.differing(by_tokens.Portion(number, many)) for number in range(many)]
    assert set().union(*found) == stored
    assert sum(map(len, found)) == len(stored)


def test_number_of_portions_follows_the_register():
    assert [by_tokens.portions_for(size) for size in (0, 1, 1_000, 1_001, 5_000, 10**6)] == [1, 1, 1, 2, 8, 256]


def test_night_that_finds_portions_left_asks_for_them_again_and_begins_no_other():
    linked()
    whole.begin_night(by=LINKER)
    Job.objects.all().delete()
    whole.begin_night(by=LINKER)
    assert Job.objects.filter(kind=whole.JOB).count() == TokenPortion.objects.count() == 1
    assert AuditEntry.objects.filter(action=events.LINKAGE_PROVED).count() == 1


def test_portion_that_was_done_is_done_no_more():
    linked()
    whole.begin_night(by=LINKER)
    portion = TokenPortion.objects.get().pk
    first, second = whole.compare(portion=portion, by=LINKER), whole.compare(portion=portion, by=LINKER)
    first()
    second()
    whole.compare(portion=portion, by=LINKER)()
    assert AuditEntry.objects.filter(action=events.LINKAGE_PROVED).count() == 2


def test_register_weighed_anew_is_what_the_engine_gives_the_whole(monkeypatch: pytest.MonkeyPatch):
    """By many portions: bands and weights are those of the engine over all records at once, under the parameters in force."""
    near_the_bound()
    linked(**VAGUE)
    others(10)
    monkeypatch.setattr(by_tokens, "CONTRIBUTIONS", 1)
    night()
    records = whole.features.load(Contribution.objects.values_list("id", flat=True))
    one = engine.link(records, parameters=in_force.parameters())
    weights = {one.pair(place): float(weight) for place, weight in enumerate(one.scored.weights)}
    assert weights == {two: weight for two, (weight, band, _) in kept().items() if band != "below"}
    assert set(one.clusters.groups) == persons()


def test_proof_is_given_up_where_all_is_weighed_anew_in_the_meantime():
    """Its portions would tell of every pair that the weighing has not come to yet."""
    near_the_bound()
    whole.begin_night(by=LINKER)
    portion = TokenPortion.objects.get().pk
    late = whole.compare(portion=portion, by=LINKER)
    others(10)
    whole.begin_night(by=LINKER)
    late()
    assert proof.prove(by=LINKER).contributions == 0
    jobs.drain(("vault",))
    assert not AuditEntry.objects.filter(action=events.LINKAGE_DIFFERS).exists()
    assert proof.last_finished().contributions == 12


@pytest.mark.parametrize("lost", [whole.JOB, whole.REGROUP])
def test_weighing_of_which_a_job_was_given_up_is_gone_on_with_by_night(lost: str):
    first, second = near_the_bound()
    others(10)
    whole.begin_night(by=LINKER)
    if lost == whole.REGROUP:
        whole.compare(portion=TokenPortion.objects.get().pk, by=LINKER)()
    assert Job.objects.filter(kind=lost, state=Job.State.WAITING).delete()[0] == 1
    jobs.drain(("vault",))
    assert Register.objects.get().weighing
    night()
    assert not Register.objects.get().weighing
    assert {frozenset({first}), frozenset({second})} < persons()
    assert AuditEntry.objects.filter(action=events.LINKAGE_WEIGHED_ANEW).count() == 1


def test_persons_wait_where_all_is_weighed_anew_once_more():
    first, second = near_the_bound()
    others(10)
    whole.begin_night(by=LINKER)
    before = persons()
    assert whole.regroup(by=LINKER) is None
    assert persons() == before
    assert Register.objects.get().weighing
    assert pair_of(first, second).band == "automatic"


def test_operator_has_all_links_weighed_anew_by_the_workers():
    first, second = near_the_bound()
    Pair.objects.update(weight=1.0, band="question")
    call_command("relink", "--engine", "workers", stdout=StringIO())
    jobs.drain(("vault",))
    assert pair_of(first, second).band == "automatic"
    assert frozenset({first, second}) in persons()
    assert proof.last_finished().differing == 0
