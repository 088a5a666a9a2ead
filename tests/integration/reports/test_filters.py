"""Filters of a figure in the address: what they show, that whole and parts agree, and what is refused by which name."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client

from reports.figures import services
from reports.figures.definitions import BY_ID
from safeguards.models import AuditEntry
from tests import reference_register
from tests.cast import ANALYST, OWNER, signed_in
from tests.integration.reports.shown import cells_of_page, count_the_reference_register
from tests.integration.reports.written import refresh_all, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return signed_in(ANALYST)


def page(client: Client, address: str, status: int = 200, language: str = "en") -> str:
    response = client.get(address, headers={"accept-language": language})
    assert response.status_code == status, address
    return unescape(response.content.decode())


def shown(client: Client, figure: str, query: str) -> dict[tuple[str, str, str], float]:
    found = cells_of_page(BY_ID[figure], page(client, f"/figures/{figure}?{query}"), "en")
    return {key[1:]: number for key, number in found.items()}


def test_period_and_form_of_the_reference_register_are_those_of_its_files(client: Client) -> None:
    count_the_reference_register()
    found = cells_of_page(BY_ID["2.8"], page(client, "/figures/2.8?from=2016&to=2018&form=GO-SU"), "en")
    base = [row for row in reference_register.persons() if row["population"] == "base" and row["form"] == "GO-SU"]
    for year in ("2016", "2017", "2018"):
        female = sum(row["year"] == year and row["sex"] == "female" for row in base)
        assert found["2.8", "female", "year", year] == female
    every = [row for row in base if "2016" <= row["year"] <= "2018"]
    assert found["2.8", "total", "", "all"] == len(every)


def test_reporter_group_shows_who_was_reported_by_it_among_others() -> None:
    both = uuid4()
    write(both, group="fairwork", exploitation_types=("labour",), day="2019-03-01")
    write(both, group="police", day="2019-04-01")
    write(group="police", exploitation_types=("labour",), day="2018-03-01")
    refresh_all()
    client = signed_in(ANALYST)
    assert shown(client, "2.7", "reporter=fairwork")["AU", "", "all"] == 1
    assert shown(client, "2.7", "reporter=police")["AU", "", "all"] == 2
    assert shown(client, "2.7", "reporter=police&from=2019")["AU", "", "all"] == 1
    assert shown(client, "2.7", "reporter=kmar") == {}


def test_filters_in_use_are_said_and_go_along_to_the_files(client: Client) -> None:
    count_the_reference_register()
    found = page(client, "/figures/2.8?from=2016&form=unknown&reporter=")
    assert "A part of the figure: From: 2016; Form: unknown." in found
    links = re.findall(r'href="(/figures/2\.8/files/[^"]+)"', found)
    assert links
    assert all(link.endswith("?from=2016&form=unknown") for link in links)
    assert "distinct person" not in found


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/figures/2.8?form=XX", "Form: there is no form with this code."),
        ("/figures/2.8?from=1066", "From: this is no year of the figure."),
        ("/figures/2.6?from=2015", "From: this is no year of the figure."),
        ("/figures/2.8?reporter=zz", "Reported by: there is no reporter group with this code."),
        ("/figures/2.8?from=2019&to=2016", "Up to and including: this year comes before the first one."),
        ("/figures/2.7?form=AU", "Form: this figure cannot be filtered by form."),
        ("/figures/2.11?reporter=police", "Reported by: this figure cannot be filtered by reporter group."),
        ("/figures/2.4b?from=2016", "From, up to and including: this figure cannot be filtered by period."),
        ("/figures/2.8?colour=red", "The address asks for a filter that does not exist."),
        ("/figures/2.8?from=2016&from=2017", "The address has a filter twice."),
        ("/figures/2.8/files/figure.csv?form=XX", "Form: there is no form with this code."),
    ],
)
def test_filter_that_does_not_exist_is_refused_by_name_and_no_number_is_shown(client: Client, address: str, said: str) -> None:
    count_the_reference_register()
    refused = page(client, address, 400)
    assert said in refused
    assert "govuk-table__cell" not in refused
    assert not AuditEntry.objects.filter(action="figures.exact-read").exists()


def test_refusal_does_not_repeat_what_was_asked(client: Client) -> None:
    count_the_reference_register()
    assert "Quirijntje" not in page(client, "/figures/2.8?form=Quirijntje", 400).partition("<main")[2]


def test_register_too_long_to_be_counted_by_reporter_asks_for_fewer_years(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for year in (2018, 2019):
        write(day=f"{year}-03-01")
    refresh_all()
    monkeypatch.setattr(services, "MOST_COUNTED_WHEN_ASKED", 1)
    assert "Choose fewer years." in page(client, "/figures/2.7?reporter=fairwork", 400)
    assert page(client, "/figures/2.7?reporter=fairwork&from=2019")


def test_who_may_not_see_exact_figures_gets_no_cut_and_no_file() -> None:
    client = signed_in(OWNER)
    for address in ("/figures/2.8?from=2016", "/figures/2.8/files/figure.csv?from=2016", "/figures/2.8?form=XX"):
        assert client.get(address).status_code == 302
