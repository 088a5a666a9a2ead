"""Counters follow every change by difference, exactly once, and equal a full rebuild; exact figures are for who may."""

import random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.permissions import NotAllowedError
from accounts.roles import ROLE_PERMISSIONS, Permission, Role
from jobs.models import Job
from jobs.services import drain
from reports.figures import services, storage
from reports.figures.cells import Cell
from reports.figures.printing import as_json
from reports.models import ExactCell, PersonYear, Progress
from safeguards.actors import Actor, system
from safeguards.models import AuditEntry
from tests.integration.reports.written import refresh_all, relink, remove, state, write, write_all
from tests.reference_register import facts_by_person_year

pytestmark = pytest.mark.django_db
ANALYST = Actor(kind="user", id="analyst", roles=("analyst",))
NIGHT = system("night")
FORM_2019 = Cell("2.7", "AU", 2019, "")


def figures() -> dict[str, Any]:
    return as_json(services.exact_figures(by=ANALYST).tables)


def rebuilt() -> tuple[object, object]:
    """What counting everything anew gives."""
    Progress.objects.update(definitions="older")
    services.refresh()
    return state()


def test_report_is_counted_by_its_refresh() -> None:
    write(exploitation_types=("labour",))
    assert figures()["2.7"]["rows"]["AU"] == {}
    assert services.refresh() == 1
    assert figures()["2.7"]["rows"]["AU"] == {"2019": 1}
    assert services.refresh() == 0


def test_removed_report_leaves_nothing_behind() -> None:
    kept = write(exploitation_types=("labour",))
    refresh_all()
    before = state()
    gone = write(day="2018-01-01", exploitation_types=("sexual",), age=20)
    refresh_all()
    remove(gone)
    refresh_all()
    assert state() == before
    remove(kept)
    refresh_all()
    assert state() == ({}, {})


def test_split_after_merge_restores_both_persons() -> None:
    first, second = uuid4(), uuid4()
    write(first, exploitation_types=("labour",))
    other = write(second, exploitation_types=("sexual",), nationalities=["NL"])
    refresh_all()
    before = state()
    relink(other, first)
    refresh_all()
    assert figures()["2.3"]["rows"]["sexual+labour"] == {"2019": 1}
    relink(other, second)
    refresh_all()
    assert state() == before


def test_distinct_persons_are_counted_beside_person_years() -> None:
    person = uuid4()
    for day in ("2017-01-01", "2018-01-01", "2019-01-01"):
        write(person, day=day)
    write(person, day="2016-01-01", source="emm")
    write(day="2016-01-01", source="emm")
    refresh_all()
    assert {figure: figures()[figure]["persons"] for figure in ("2.1", "2.7")} == {"2.1": 2, "2.7": 1}
    assert figures()["2.7"]["n"] == 3


def test_reports_of_another_year_do_not_lift_a_year_with_emm_alone() -> None:
    person = uuid4()
    write(person, day="2018-06-01", source="emm")
    write(person, day="2019-06-01", group="police")
    refresh_all()
    rows = figures()["2.1"]["rows"]
    assert rows["registered"] == {"2018": 1, "2019": 1}
    assert rows["registered, excluding EMM-only"] == {"2018": 0, "2019": 1}


def test_counters_equal_a_rebuild_after_any_history() -> None:
    draw = random.Random(20152019)
    people = [uuid4() for _ in range(6)]
    written = []
    for step in range(120):
        happens = draw.random()
        if happens < 0.6 or not written:
            written.append(write_something(draw, people))
        elif happens < 0.8:
            remove(written.pop(draw.randrange(len(written))))
        else:
            relink(draw.choice(written), draw.choice(people))
        if step % 7 == 0:
            services.refresh(limit=3)
    refresh_all()
    kept = state()
    assert any(kept[0].values())  # type: ignore[attr-defined]
    assert rebuilt() == kept


def write_something(draw: random.Random, people: list[UUID]) -> Any:
    return write(
        draw.choice(people),
        day=f"{draw.randint(2015, 2019)}-{draw.randint(1, 12):02}-01",
        source=draw.choice(["report", "report", "report", "emm", "om"]),
        group=draw.choice(["police", "kmar", "fairwork"]),
        age=draw.choice([None, 16, 20, 30]),
        sex=draw.choice(["", "male", "female"]),
        exploitation_types=tuple(sorted(draw.sample(["sexual", "labour", "criminal"], draw.randint(0, 2)))),
        nationalities=draw.choice([(), ("NL",), ("NG",), ("PL",)]),
        prostitution_sectors=draw.choice([(), ("home",), ("window",)]),
    )


def test_refresh_takes_a_bounded_portion_and_asks_for_the_next() -> None:
    for _ in range(5):
        write()
    Job.objects.all().delete()
    assert services.refresh(limit=2) == 2
    assert Job.objects.filter(kind="reports.refresh", state=Job.State.WAITING).count() == 1
    assert services.exact_figures(by=ANALYST).waiting
    drain(["reports"])
    assert figures()["2.1"]["rows"]["registered"] == {"2019": 5}
    assert not services.exact_figures(by=ANALYST).waiting


def test_refresh_that_dies_before_its_commit_counts_once_when_done_again() -> None:
    write(exploitation_types=("labour",))
    with pytest.raises(RuntimeError):
        refresh_and_die()
    assert storage.counters() == {}
    assert not PersonYear.objects.exists()
    refresh_all()
    assert storage.counters()[FORM_2019] == 1


@transaction.atomic
def refresh_and_die() -> None:
    services.refresh()
    raise RuntimeError


def test_number_of_queries_of_a_refresh_does_not_grow_with_the_register() -> None:
    write_all(fact for facts in list(facts_by_person_year().values())[:50] for fact in facts)
    refresh_all()
    assert queries_of_one_refresh() == queries_of_one_refresh()
    write_all(fact for facts in list(facts_by_person_year().values())[50:400] for fact in facts)
    refresh_all()
    small = queries_of_one_refresh()
    write_all(fact for facts in list(facts_by_person_year().values())[400:800] for fact in facts)
    refresh_all()
    assert queries_of_one_refresh() == small


def queries_of_one_refresh() -> int:
    write()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert services.refresh() == 1
    return len(queries)


def test_new_definitions_count_everything_anew_once() -> None:
    write(exploitation_types=("labour",))
    refresh_all()
    ExactCell.objects.create(figure="2.7", row="AU", year=2018, form="", count=9)
    assert rebuilt()[0] == {**storage.counters(), FORM_2019: 1}
    assert Cell("2.7", "AU", 2018, "") not in storage.counters()
    assert Progress.objects.get().definitions == services.VERSION


def test_rebuild_finds_no_difference_where_there_is_none() -> None:
    write()
    write(day="2018-01-01")
    refresh_all()
    assert services.rebuild_and_compare(by=NIGHT) == services.Comparison(person_years=2, wrong_person_years=0, wrong_cells=0)


def test_rebuild_does_not_call_a_waiting_change_a_difference() -> None:
    write()
    refresh_all()
    write(exploitation_types=("labour",))
    found = services.rebuild_and_compare(by=NIGHT)
    assert (found.wrong_person_years, found.wrong_cells) == (0, 0)
    assert services.refresh() == 1


def test_rebuild_repairs_wrong_counters() -> None:
    write(exploitation_types=("labour",))
    refresh_all()
    before = state()
    ExactCell.objects.filter(figure="2.7").update(count=7)
    ExactCell.objects.create(figure="2.8", row="male", year=2001, form="", count=3)
    assert services.rebuild_and_compare(by=NIGHT).wrong_cells == 2
    assert state() == before


def test_rebuild_repairs_wrong_missing_and_stale_person_years() -> None:
    for _ in range(3):
        write(exploitation_types=("labour",))
    refresh_all()
    before = state()
    wrong, missing, _ = PersonYear.objects.order_by("pk")
    PersonYear.objects.filter(pk=wrong.pk).update(counted='{"population":"base","sex":"male"}')
    missing.delete()
    PersonYear.objects.create(person=uuid4(), year=2011, counted='{"population":"base"}')
    found = services.rebuild_and_compare(by=NIGHT)
    assert found.wrong_person_years == 3
    assert state() == before
    assert services.rebuild_and_compare(by=NIGHT) == services.Comparison(3, 0, 0)


def test_rebuild_is_in_the_audit_trail_with_what_it_found() -> None:
    write()
    refresh_all()
    ExactCell.objects.filter(figure="2.7").update(count=7)
    services.rebuild_and_compare(by=NIGHT)
    entry = AuditEntry.objects.get(action="figures.rebuilt")
    assert (entry.actor_id, entry.details) == ("night", {"person_years": 1, "wrong_person_years": 0, "wrong_cells": 1})


def test_nightly_work_is_known_by_its_kind() -> None:
    with transaction.atomic():
        services.jobs.record("reports.rebuild")
    drain(["reports"])
    assert AuditEntry.objects.filter(action="figures.rebuilt").count() == 1


def test_only_who_runs_background_work_may_rebuild() -> None:
    with pytest.raises(NotAllowedError):
        services.rebuild_and_compare(by=ANALYST)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("role", Role)
def test_exact_figures_are_for_roles_with_the_permission(role: Role) -> None:
    actor = Actor(kind="user", id="somebody", roles=(role.value,))
    if Permission.READ_EXACT_FIGURES in ROLE_PERMISSIONS[role]:
        services.exact_figures(by=actor)
        assert AuditEntry.objects.get(action="figures.exact-read").actor_id == "somebody"
    else:
        with pytest.raises(NotAllowedError):
            services.exact_figures(by=actor)
        assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("reporting", [Role.REPORTER, Role.BATCH_SUBMITTER, Role.FEED])
def test_somebody_who_reports_never_sees_a_live_count_whatever_else_they_may(reporting: Role) -> None:
    actor = Actor(kind="user", id="somebody", roles=("analyst", reporting.value))
    with pytest.raises(NotAllowedError):
        services.exact_figures(by=actor)


def test_unknown_role_sees_nothing() -> None:
    with pytest.raises(NotAllowedError):
        services.exact_figures(by=Actor(kind="user", id="somebody", roles=("director",)))
