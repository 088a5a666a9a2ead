"""Sectors are imputed beside Figure 2.4b by a run: its strata are those of the figure, and nothing enters a record."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from jobs import services as jobs
from reports.figures import storage
from reports.figures.compute import counters_of
from reports.figures.definitions import VERSION
from reports.figures.services import exact_figures
from reports.models import EstimateRun, PersonYear, Progress
from reports.personyears.derive import Counted, derive
from reports.personyears.merge import merge
from reports.prevalence import selectors, services
from reports.prevalence.errors import EstimateError
from reports.prevalence.parameters import Parameters
from tests import cast, estimated
from tests.reference_register import facts_by_person_year

pytestmark = pytest.mark.django_db


@cache
def counted() -> Sequence[tuple[UUID, int, Counted]]:
    return [(person, year, derive(merge(found))) for (person, year), found in facts_by_person_year().items()]


@pytest.fixture
def register() -> None:
    """The reference register, as it is counted."""
    Progress.objects.get_or_create(pk=1, defaults={"definitions": VERSION})
    storage.insert_person_years((person, year, one.to_text(), False) for person, year, one in counted())
    storage.add_to_counters(counters_of((year, one) for _, year, one in counted()))


def by() -> Any:
    return cast.actor(cast.ANALYST)


def made(first: int = 2017, last: int = 2019, replicates: int = 50) -> UUID:
    run = services.ask_sectors(asked=Parameters(first, last, replicates=replicates, seed=3), by=by())
    jobs.drain(["reports"])
    return run


@pytest.mark.usefixtures("register")
def test_strata_are_those_of_the_figure_and_everybody_is_imputed_by_the_others() -> None:
    figure = exact_figures(by=by()).tables["2.4b"]
    found = services.result(run=made(), by=by())
    covered = figure.covered["2017-2019"]
    rows = {row.row.code: row.counts.year["2017-2019"] for row in figure.rows}
    assert {code: row["stratified"] for code, row in found["rows"].items()} == rows
    assert (found["stratified_covered"], found["of"]) == (covered.covered, covered.of)
    for method in ("weighted", "regressed"):
        assert sum(row[method]["total"] for row in found["rows"].values()) == pytest.approx(found["of"], abs=1)
        assert sum(row[method]["total"] for row in found["sectors"].values()) == pytest.approx(found["of"], abs=1)
        for row in found["rows"].values():
            low, high = row[method]["interval"]
            assert low <= row[method]["total"] <= high
    assert found["quality"]["effective"] <= found["quality"]["known"]
    assert found["quality"]["largest"] > 1


@pytest.mark.usefixtures("register")
def test_nothing_imputed_enters_a_record_or_the_figure() -> None:
    before = list(PersonYear.objects.order_by("id").values()), storage.counters()
    made()
    assert (list(PersonYear.objects.order_by("id").values()), storage.counters()) == before


@pytest.mark.usefixtures("register")
def test_work_that_is_killed_goes_on_and_gives_the_same() -> None:
    whole = EstimateRun.objects.get(id=made()).result
    run = services.ask_sectors(asked=Parameters(2017, 2019, replicates=50, seed=3), by=by())
    jobs.run(jobs.claim(["reports"]))  # type: ignore[arg-type]
    lost, again = services.next_step(run), services.next_step(run)
    again()
    lost()
    jobs.drain(["reports"])
    assert EstimateRun.objects.get(id=run).result == whole


def test_register_without_a_known_sector_is_refused() -> None:
    estimated.a_register()
    run = made(*estimated.YEARS)
    assert services.result(run=run, by=by()) == {"refused": True, "of": 0}
    assert "nothing can be imputed" in page(cast.signed_in(cast.ANALYST), run)


def test_period_that_is_not_in_the_register_is_refused() -> None:
    estimated.a_register()
    with pytest.raises(EstimateError):
        services.ask_sectors(asked=Parameters(1999, 2016), by=by())
    assert not EstimateRun.objects.exists()


def page(client: Client, run: UUID) -> str:
    return client.get(reverse("reports:estimate", kwargs={"run": run}), headers={"accept-language": "en"}).content.decode()


@pytest.mark.usefixtures("register")
def test_pages_show_and_files_carry_what_was_imputed() -> None:
    client = cast.signed_in(cast.ANALYST)
    sent = client.post(
        reverse("reports:sectors-new"), {"first_year": "2017", "last_year": "2019", "replicates": "200", "seed": "1"}
    )
    run = EstimateRun.objects.get().id
    assert sent["Location"] == reverse("reports:estimate", kwargs={"run": run})
    assert selectors.one(run, by=by()).of_sectors
    EstimateRun.objects.filter(id=run).update(parameters=Parameters(2017, 2019, replicates=25).to_json(), total=2)
    jobs.drain(["reports"])
    shown = page(client, run)
    for said in ("By weights", "By regression", "Effective sample", "less visible sectors", "window"):
        assert said in shown
    names = {ending: reverse("reports:estimate-file", kwargs={"run": run, "ending": ending}) for ending in ("csv", "json")}
    assert "window" in json.loads(client.get(names["json"]).content)["result"]["sectors"]
    assert "raam" in client.get(names["csv"]).content.decode()
    assert client.get(reverse("reports:estimate-table", kwargs={"run": run})).status_code == 404


def test_wrong_seed_is_said() -> None:
    estimated.a_register()
    client = cast.signed_in(cast.ANALYST)
    sent = client.post(
        reverse("reports:sectors-new"), {"first_year": "2015", "last_year": "2016", "replicates": "200", "seed": "x"}
    )
    assert sent.status_code == 400
    assert not EstimateRun.objects.exists()
