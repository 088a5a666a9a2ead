"""The pages of estimates: what is chosen is asked, what is refused is said in words, and no exact small count is on them."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from jobs.services import drain
from reports.models import EstimateRun, LedgerEntry
from reports.prevalence import services
from reports.web.estimate_forms import EstimateForm
from tests import cast, estimated

pytestmark = pytest.mark.django_db

OTHERS = {"list_iszw-do": "out", "list_fairwork": "out", "list_emm": "out", "list_om": "out"}
CHOSEN = {
    **{f"list_{code}": "own" for code in estimated.LISTS},
    **OTHERS,
    "first_year": "2015",
    "last_year": "2016",
    "search": "exhaustive-bic",
    "order": "2",
    "replicates": "0",
    "seed": "1",
}


@pytest.fixture
def analyst() -> Client:
    estimated.a_register()
    return cast.signed_in(cast.ANALYST)


def page(client: Client, run: Any, language: str = "en") -> str:
    return client.get(reverse("reports:estimate", kwargs={"run": run}), headers={"accept-language": language}).content.decode()


def test_what_is_chosen_is_what_is_asked(analyst: Client) -> None:
    more = {
        "list_kmar": "first",
        "list_police": "first",
        "strata": ["sex"],
        "dependence": ["police>care-coordinators"],
        "seed": "7",
    }
    sent = analyst.post(reverse("reports:estimate-new"), CHOSEN | more | {"seed": "7"})
    row = EstimateRun.objects.get()
    assert sent.status_code == 302
    assert sent["Location"] == reverse("reports:estimate", kwargs={"run": row.id})
    asked = row.parameters
    assert (asked["lists"], asked["merged"]) == (list(estimated.LISTS), [["police", "kmar"]])
    assert (asked["strata"], asked["dependence"], asked["seed"]) == (["sex"], [["police", "care-coordinators"]], 7)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"first_year": "2016", "last_year": "2015"}, "before the first one"),
        ({"first_year": "1815"}, "Choose one from the list"),
        ({"list_kmar": "out", "list_police": "out"}, "At least three lists"),
        ({"list_kmar": "first"}, "at least two groups"),
        ({"dependence": ["police>fairwork"]}, "two different lists"),
        ({"seed": "-3"}, "whole number from zero up"),
        ({"search": "best"}, "Choose one from the list"),
        ({"strata": ["suspects"]}, "Choose one from the list"),
    ],
)
def test_what_cannot_be_asked_is_said_and_kept_nowhere(analyst: Client, more: dict[str, Any], said: str) -> None:
    sent = analyst.post(reverse("reports:estimate-new"), CHOSEN | more, headers={"accept-language": "en"})
    assert sent.status_code == 400
    assert said in sent.content.decode()
    assert not EstimateRun.objects.exists()


def test_feeds_are_left_out_unless_they_are_chosen() -> None:
    form = EstimateForm((2015, 2016))
    assert [form.fields[f"list_{code}"].initial for code in ("police", "emm", "om")] == ["own", "out", "out"]


def test_run_that_is_being_made_shows_how_far_it_is_and_can_be_cancelled(analyst: Client) -> None:
    run = estimated.asked()
    assert "Step 0 of 4 is done" in page(analyst, run)
    assert analyst.post(reverse("reports:estimate-cancel", kwargs={"run": run})).status_code == 302
    assert "cancelled" in page(analyst, run)


def test_page_shows_the_answer_as_an_interval_with_its_models_and_a_text(analyst: Client) -> None:
    shown = page(analyst, estimated.made(strata=("sex",)))
    for said in (
        "The answer",
        "multiple systems estimation",
        "Models that the data cannot tell apart",
        "Without one of the lists",
    ):
        assert said in shown
    assert shown.count("<svg xmlns") == 2
    assert "female" in shown


def test_refusal_is_told_in_words_in_both_languages(analyst: Client) -> None:
    EstimateRun.objects.all().delete()
    run = estimated.made(thresholds=services.parameters.Thresholds(fewest_seen_twice=5_000))
    assert "Fewer than 5000 are on exactly two lists" in page(analyst, run)
    dutch = page(analyst, run, "nl")
    assert "Minder dan 5000 staan op precies twee lijsten" in dutch
    assert "draagt geen schatting" in dutch


@pytest.mark.parametrize("ending", ["json", "csv"])
def test_download_and_page_hold_no_exact_count(analyst: Client, ending: str) -> None:
    run = estimated.made()
    exact = estimated.exact(run)["counts"]
    told = [str(sum(exact.values())), *(str(count) for count in exact.values() if count % 5)]
    content = analyst.get(reverse("reports:estimate-file", kwargs={"run": run, "ending": ending})).content.decode("utf-8-sig")
    if ending == "json":
        found = json.loads(content)
        assert found["result"]["parts"][0]["status"] == "estimate"
        assert not {"observed", "seen_twice", "known", "counts"} & set(keys_of(found))
    else:
        assert ["Schatting"] in list(csv.reader(io.StringIO(content)))
    shown = set(found["result"]["overlap"]["histories"].values()) if ending == "json" else words_of(content)
    assert not {one for one in shown if str(one) in told}


def test_file_gives_totals_of_models_as_coarse_as_the_page_does(analyst: Client) -> None:
    """A few of them with a decimal, beside the rounded counts, were seen to leave one table that fits."""
    run = estimated.made(strata=("sex",))
    content = analyst.get(reverse("reports:estimate-file", kwargs={"run": run, "ending": "json"})).content
    found = json.loads(content)["result"]
    told = list(numbers_of(found, ()))
    assert {path[-1] for path, _one in told if isinstance(_one, float)} <= {"failed"}
    totals = [one for path, one in told if {"total", "interval", "range"} & set(path)]
    assert len(totals) > 20
    assert {one % 100 for one in totals} == {0}
    assert not {"chao", "bic", "aic", "lowest_aic", "alone", "between"} & set(keys_of(found))


def numbers_of(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], float]]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from numbers_of(one, (*path, name))
    elif isinstance(value, list):
        for one in value:
            yield from numbers_of(one, path)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield path, value


def keys_of(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(name for one in value.values() for name in keys_of(one))]
    return [name for one in value for name in keys_of(one)] if isinstance(value, list) else []


def words_of(content: str) -> set[str]:
    return {cell.replace(".", "") for row in csv.reader(io.StringIO(content)) for cell in row}


def test_exact_table_is_read_by_the_command(analyst: Client) -> None:
    run = estimated.made()
    content = json.loads(analyst.get(reverse("reports:estimate-table", kwargs={"run": run})).content)
    assert set(content) == {"about", "lists", "counts"}


def test_what_is_not_there_is_not_found(analyst: Client) -> None:
    run = estimated.asked()
    for name, arguments in (
        ("estimate", {"run": uuid4()}),
        ("estimate-file", {"run": run, "ending": "csv"}),
        ("estimate-table", {"run": run}),
        ("estimate-file", {"run": run, "ending": "exe"}),
    ):
        assert analyst.get(reverse(f"reports:{name}", kwargs=arguments)).status_code == 404
    drain(["reports"])


def test_what_is_taken_along_stands_in_the_ledger(analyst: Client) -> None:
    run = estimated.made()
    for name, arguments in (("estimate-file", {"run": run, "ending": "csv"}), ("estimate-table", {"run": run})):
        content = analyst.get(reverse(f"reports:{name}", kwargs=arguments)).content
        entry = LedgerEntry.objects.order_by("-number")[0]
        assert (entry.release, entry.purpose, entry.digest) == (run, "own-analysis", hashlib.sha256(content).hexdigest())
    assert LedgerEntry.objects.count() == 2
