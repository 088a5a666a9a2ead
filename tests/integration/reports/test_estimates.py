"""Estimates as they are asked for, made by jobs, cancelled and read: killed anywhere, the work goes on and gives the same."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from accounts.permissions import NotAllowedError
from intake.models.contribution import Contribution
from intake.models.use import Use
from jobs import services as jobs
from jobs.models import Job
from reports.estimation.answer import Asked, answer
from reports.estimation.histories import read_table
from reports.estimation.printing import as_json
from reports.models import EstimateRun
from reports.prevalence import selectors, services, steps
from reports.prevalence.errors import EstimateError, UnknownRunError
from safeguards.models import AuditEntry
from tests import cast, estimated
from tests.integration.reports import written

pytestmark = pytest.mark.django_db


def by(person: cast.Person = cast.ANALYST) -> Any:
    return cast.actor(person)


def stored(run: UUID) -> EstimateRun:
    return EstimateRun.objects.get(id=run)


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that few replicates are drawn in several steps."""
    monkeypatch.setattr(steps, "AT_ONCE", 10)


def test_known_size_of_a_register_comes_back_for_the_period_and_each_year() -> None:
    found = services.result(run=estimated.made(), by=by())
    whole, *years = found["parts"]
    assert whole["status"] == "estimate"
    assert whole["total"] == pytest.approx(4 * estimated.SIZE, rel=0.1)
    assert [one["year"] for one in years] == list(estimated.YEARS)
    assert all(one["total"] == pytest.approx(2 * estimated.SIZE, rel=0.15) for one in years)
    assert len(found["sensitivity"]["left_out"]) == 4


def test_run_gives_what_the_command_gives_for_its_exact_table(few_at_once: None) -> None:
    run = estimated.made(replicates=12, seed=5, dependence=(("police", "care-coordinators"),))
    table = read_table(estimated.exact(run))
    wanted = Asked(replicates=12, seed=5, dependence=(("police", "care-coordinators"),))
    alone = json.loads(json.dumps(as_json(answer(table, wanted), wanted, table.lists)))
    whole = services.result(run=run, by=by())["parts"][0]
    assert {name: whole[name] for name in alone} == alone
    assert whole["replicates"]["asked"] == 12


def test_strata_share_strength_and_their_total_is_of_all() -> None:
    found = services.result(run=estimated.made(strata=("sex",)), by=by())["strata"]
    assert [one["codes"] for one in found["strata"]] == [["female"], ["male"]]
    assert found["total"] == pytest.approx(sum(one["total"] for one in found["strata"]), abs=0.2)


def test_stratum_without_an_overlap_is_refused_and_there_is_no_total() -> None:
    estimated.a_register()
    written.write(day="2015-06-01", group="fairwork", exploitation_types=("criminal",))
    written.refresh_all()
    found = services.result(run=estimated.made(strata=("form",)), by=by())["strata"]
    assert [one["status"] for one in found["strata"]] == ["pooled", "refused"]
    assert (found["total"], found["interval"]) == (None, None)


def test_merged_groups_are_one_list() -> None:
    found = services.result(run=estimated.made(merged=(("police", "kmar"),)), by=by())
    assert set(found["overlap"]["lists"]) == {"police+kmar", "care-coordinators", "other-reporters"}


def test_shown_overlap_is_rounded_and_the_result_holds_no_history_exact() -> None:
    found = services.result(run=estimated.made(), by=by())
    shown = found["overlap"]
    numbers = [*shown["histories"].values(), *shown["lists"].values(), *shown["registered"].values(), shown["on_a_list"]]
    assert all(number % 5 == 0 for number in numbers)
    assert sum(shown["histories"].values()) == shown["on_a_list"]
    assert "counts" not in json.dumps(found)


def test_equal_counts_are_rounded_the_same_way_in_every_run() -> None:
    one, other = (services.result(run=estimated.made(seed=seed), by=by())["overlap"] for seed in (1, 2))
    assert one == other


def test_work_that_is_killed_goes_on_and_gives_the_same(few_at_once: None) -> None:
    whole = stored(estimated.made(replicates=20)).result
    for killed in range(0, 9, 2):
        run = estimated.asked(replicates=20)
        for _ in range(killed):
            jobs.run(jobs.claim(["reports"]))  # type: ignore[arg-type]
        lost = services.next_step(run)
        again = services.next_step(run)
        again()
        lost()
        jobs.drain(["reports"])
        assert stored(run).state == "done", killed
        assert stored(run).result == whole, killed


def test_progress_is_told_and_partial_results_go(few_at_once: None) -> None:
    run = estimated.asked(replicates=20)
    assert selectors.one(run, by=by()).running
    jobs.run(jobs.claim(["reports"]))  # type: ignore[arg-type]
    assert (selectors.one(run, by=by()).done, len(stored(run).partial)) == (1, 1)
    jobs.drain(["reports"])
    view = selectors.one(run, by=by())
    assert (view.done, view.ready, stored(run).partial) == (view.total, True, [])


def test_cancelled_run_stops_and_is_not_resumed_by_a_step_under_way() -> None:
    run = estimated.asked()
    under_way = services.next_step(run)
    services.cancel(run=run, by=by())
    under_way()
    jobs.drain(["reports"])
    assert (stored(run).state, stored(run).result, stored(run).partial) == ("cancelled", None, [])
    with pytest.raises(EstimateError) as raised:
        services.cancel(run=run, by=by())
    assert raised.value.code == "over"


def test_run_whose_job_was_given_up_says_so() -> None:
    run = estimated.asked()
    Job.objects.filter(object_id=str(run)).update(state=Job.State.DEAD)
    assert selectors.one(run, by=by()).given_up


def test_run_says_when_the_register_changed_since() -> None:
    run = estimated.made()
    assert not selectors.one(run, by=by()).outdated
    written.write()
    written.refresh_all()
    assert selectors.one(run, by=by()).outdated


def test_everything_is_in_the_trail_and_names_no_number() -> None:
    run = estimated.made()
    services.result(run=run, by=by())
    estimated.exact(run)
    other = estimated.asked()
    services.cancel(run=other, by=by())
    entries = AuditEntry.objects.filter(action__startswith="estimates.").order_by("sequence")
    assert [entry.action for entry in entries] == [
        "estimates.asked", "estimates.made", "estimates.read", "estimates.table-read", "estimates.asked", "estimates.cancelled",
    ]  # fmt: skip


@pytest.mark.parametrize("person", [cast.OWNER, cast.PRIVACY_OFFICER, cast.REVIEWER])
def test_others_may_not_estimate_nor_read(person: cast.Person) -> None:
    run = estimated.made()
    for act in (
        lambda: services.ask(asked=estimated.wanted(), by=by(person)),
        lambda: services.cancel(run=run, by=by(person)),
        lambda: services.result(run=run, by=by(person)),
        lambda: services.exact_table(run=run, make=estimated.as_bytes, by=by(person)),
        lambda: services.taken(run=run, make=estimated.as_bytes, by=by(person)),
        lambda: selectors.runs(by=by(person)),
        lambda: selectors.one(run, by=by(person)),
    ):
        with pytest.raises(NotAllowedError):
            act()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"first_year": 2016, "last_year": 2015}, "period"),
        ({"first_year": 1999}, "period"),
        ({"lists": ("police", "kmar")}, "lists"),
        ({"merged": (("police", "kmar"), ("care-coordinators", "other-reporters"))}, "lists"),
        ({"merged": (("police",),)}, "lists"),
        ({"dependence": (("police", "fairwork"),)}, "dependence"),
        ({"dependence": (("police", "kmar"),), "merged": (("police", "kmar"),)}, "dependence"),
        ({"replicates": 5000}, "replicates"),
        ({"lists": (*estimated.LISTS, "suspects")}, "table"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_nothing_is_kept(more: dict[str, Any], code: str) -> None:
    estimated.a_register()
    with pytest.raises(EstimateError) as raised:
        services.ask(asked=replace(estimated.wanted(), **more), by=by())
    assert raised.value.code == code
    assert not EstimateRun.objects.exists()
    assert not Job.objects.filter(kind=services.JOB).exists()


def test_unknown_run_is_unknown() -> None:
    with pytest.raises(UnknownRunError):
        services.result(run=uuid4(), by=by())


def test_period_with_2018_gets_at_best_a_range() -> None:
    estimated.a_register((2017, 2018))
    found = services.result(run=estimated.made(first_year=2017, last_year=2018), by=by())
    statuses = {(one["part"], one["year"]): (one["status"], one["reason_codes"]) for one in found["parts"]}
    assert statuses["whole", None] == ("range", ["CONSENT_BREAK"])
    assert statuses["year", 2018] == ("range", ["CONSENT_BREAK"])
    assert statuses["year", 2017][0] == "estimate"


def test_withdrawal_finds_what_was_counted_once_something_of_it_was_taken_along() -> None:
    estimated.a_register()
    for day in ("2015-06-01", "2016-06-01", "2017-06-01"):
        written.write(day=day, group="fairwork", exploitation_types=("labour",))
    written.refresh_all()
    run = estimated.made()
    counted = Use.objects.filter(release=run)
    assert list(counted.values_list("left", flat=True)) == [False, False]
    services.taken(run=run, make=lambda found: b"taken", by=by())
    assert list(counted.values_list("left", flat=True)) == [True, True]


def test_run_is_not_made_while_a_report_is_leaving() -> None:
    estimated.a_register()
    written.write(day="2015-06-01", group="fairwork", exploitation_types=("labour",))
    written.refresh_all()
    Contribution.objects.update(state=Contribution.State.HELD)
    with pytest.raises(EstimateError) as refused:
        estimated.asked()
    assert refused.value.code == "register"
    assert not EstimateRun.objects.exists()
