"""The pages with figures: exact for who may, the published edition for everybody else, the same numbers in both languages."""

import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Membership
from accounts.roles import Role
from reports.figures.definitions import FIGURES
from safeguards.models import AuditEntry
from tests import cast
from tests.cast import ANALYST, BY_ROLE, OWNER, REGISTRY, Person, signed_in
from tests.integration.reports.shown import count_the_reference_register
from tests.integration.reports.written import refresh_all, write, write_all
from tests.reference_register import facts_by_person_year

pytestmark = pytest.mark.django_db
EXACT = (Role.CONSENT_ADMINISTRATOR, Role.ANALYST, Role.PRIVACY_OFFICER, Role.SYSTEM_ADMINISTRATOR)
DASHBOARD = reverse("reports:dashboard")
EDITIONS = reverse("reports:editions")
PAGES = (DASHBOARD, *(reverse("reports:figure", kwargs={"identifier": figure.id}) for figure in FIGURES))

NOTHING = "Alle getallen van deze figuur zijn 0: er valt niets te tekenen."
MADE_UP = "this figure was never published. What it shows here is made up."
WITHOUT_BARS = '<figcaption class="govuk-body-s">Where the unknown are far more than any other row'


def body(client: Client, address: str, language: str = "nl") -> str:
    response = client.get(address, headers={"accept-language": language})
    assert response.status_code == 200
    return response.content.decode()


def looks() -> int:
    return AuditEntry.objects.filter(action="figures.exact-read").count()


@pytest.mark.parametrize("person", BY_ROLE.values(), ids=lambda person: person.role.value)
def test_exact_figures_open_for_roles_that_may_and_lead_the_others_to_the_editions(person: Person) -> None:
    client = signed_in(person)
    before = looks()
    for address in PAGES:
        response = client.get(address)
        if person.role in EXACT:
            assert response.status_code == 200
        else:
            assert (response.status_code, response["Location"]) == (302, EDITIONS)
    assert looks() - before == (len(PAGES) if person.role in EXACT else 0)


def test_every_figure_says_that_victims_are_presumed() -> None:
    client = signed_in(ANALYST)
    write()
    refresh_all()
    for address in PAGES[1:]:
        assert "All figures are about presumed victims." in body(client, address, "en")


def test_page_shows_nobody_who_is_not_signed_in_a_figure() -> None:
    for address in (*PAGES, EDITIONS):
        response = Client().get(address)
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("account_login"))


def test_somebody_with_a_reporting_role_too_sees_no_live_count() -> None:
    client = signed_in(ANALYST)
    Membership.objects.create(user=cast.user(ANALYST), organisation_id=cast.organisation(REGISTRY), role=Role.REPORTER)
    assert client.get(DASHBOARD).status_code == 302
    assert looks() == 0


def test_who_may_not_see_exact_figures_reads_that_no_edition_is_published() -> None:
    assert "Er is nog geen editie gepubliceerd." in body(signed_in(OWNER), EDITIONS)
    assert "No edition has been published yet." in body(signed_in(OWNER), EDITIONS, "en")


def test_figure_that_does_not_exist_is_not_found() -> None:
    assert signed_in(ANALYST).get("/figures/9.9").status_code == 404
    assert signed_in(OWNER).get("/figures/9.9").status_code == 404


def test_empty_register_says_so() -> None:
    for address in PAGES:
        assert "Er is nog niets geregistreerd." in body(signed_in(ANALYST), address)


def test_page_says_when_changes_are_not_counted_yet() -> None:
    write()
    refresh_all()
    assert "nog niet zijn meegeteld" not in body(signed_in(ANALYST), DASHBOARD)
    write()
    assert "nog niet zijn meegeteld" in body(signed_in(ANALYST), DASHBOARD)


def register(person_years: int) -> None:
    chosen = list(facts_by_person_year().values())[:person_years]
    write_all(fact for facts in chosen for fact in facts)
    refresh_all()


def test_overview_has_the_headline_numbers_of_the_last_year_with_their_change() -> None:
    count_the_reference_register()
    client = signed_in(ANALYST)
    dutch, english = body(client, DASHBOARD), body(client, DASHBOARD, "en")
    assert headline(dutch, "Slachtoffers in de basispopulatie") == (
        "1.334",
        "+666 (+99,7%) sinds 2018; toen waren het er 668",
    )
    assert headline(english, "Victims in the base population") == ("1,334", "+666 (+99.7%) since 2018, when there were 668")
    assert headline(english, "Criminal exploitation (CU)") == (
        "196",
        "+160 since 2018, when there were 36: too few for a percentage",
    )
    assert cells(dutch, "GO-SU") == ["290", "297", "287", "351", "668", "1.893"]
    assert "Alleen voor intern gebruik." in dutch


def headline(page: str, name: str) -> tuple[str, str]:
    card = page[page.index(f">{name}</h3>") :]
    number, change = re.findall(r"<p[^>]*>(.*?)</p>", card, re.DOTALL)[:2]
    return number, change


def test_year_that_is_not_over_is_not_compared() -> None:
    this_year = timezone.localdate().year
    for year in (this_year - 2, this_year - 1, this_year):
        write(day=f"{year}-01-01")
    refresh_all()
    page = body(signed_in(ANALYST), DASHBOARD, "en")
    assert f"The year {this_year - 1}" in page
    assert f"The year {this_year} is not over (1 in the base population so far) and is not compared." in page


def test_first_year_of_the_register_has_nothing_to_be_compared_with() -> None:
    write(day="2019-06-01")
    refresh_all()
    assert "The first year of the register" in body(signed_in(ANALYST), DASHBOARD, "en")


def test_figure_page_leads_to_the_figures_beside_it() -> None:
    write()
    refresh_all()
    page = body(signed_in(ANALYST), "/figures/2.8", "en")
    assert re.search(r'href="/figures/2.7" rel="prev"', page)
    assert re.search(r'href="/figures/T2.1" rel="next"', page)
    assert 'rel="prev"' not in body(signed_in(ANALYST), "/figures/2.1")
    assert 'rel="next"' not in body(signed_in(ANALYST), f"/figures/{FIGURES[-1].id}")


def cells(page: str, label: str) -> list[str]:
    """The numbers beside a row's label."""
    found = re.search(rf">{re.escape(label)}</th>(.*?)</tr>", page, re.DOTALL)
    return re.findall(r">([^<>]+)</td>", found[1]) if found else []


@pytest.mark.parametrize("demonstration", [True, False])
def test_demonstration_says_that_figures_which_were_never_published_are_made_up(
    settings: Settings, demonstration: bool
) -> None:
    settings.BAKEN_DEMONSTRATION = demonstration
    write()
    refresh_all()
    client = signed_in(ANALYST)
    assert (MADE_UP in body(client, "/figures/S.13", "en")) is demonstration
    assert MADE_UP not in body(client, "/figures/2.7", "en")


def test_panels_say_that_the_unknown_are_without_bars_only_where_they_are() -> None:
    client = signed_in(ANALYST)
    write(platforms=("offline",))
    refresh_all()
    assert WITHOUT_BARS not in body(client, "/figures/S.2", "en")
    write_all(fact for facts in list(facts_by_person_year().values())[:10] for fact in facts)
    refresh_all()
    assert WITHOUT_BARS in body(client, "/figures/S.2", "en")


def test_figure_without_a_number_says_so_in_the_place_of_its_chart() -> None:
    write()
    refresh_all()
    client = signed_in(ANALYST)
    for address, empty in (("/figures/S.18", True), ("/figures/S.16", False)):
        page = body(client, address)
        assert (NOTHING in page) is empty
        assert ('role="img"' not in page) is empty
        assert cells(page, "geen rechtsmacht" if empty else "totaal")


def test_lines_go_over_years_and_not_over_forms() -> None:
    write(day="2018-01-01")
    write(day="2019-01-01")
    refresh_all()
    page = body(signed_in(ANALYST), "/figures/S.11")
    over_years, over_forms = re.findall(r'<svg [^>]*role="img".*?</svg>', page, re.DOTALL)
    assert "<polyline" in over_years
    assert "<polyline" not in over_forms


def test_charts_are_well_formed_named_and_without_styles() -> None:
    register(60)
    client = signed_in(ANALYST)
    for address in PAGES:
        page = body(client, address)
        drawn = re.findall(r"<svg [^>]*role=\"img\".*?</svg>", page, re.DOTALL)
        assert bool(drawn) is (NOTHING not in page), address
        assert " style=" not in page
        assert "<style" not in page
        for drawing in drawn:
            root = ElementTree.fromstring(drawing)  # noqa: S314 - our own page
            title, description = list(root)[:2]
            assert title.text
            assert description.text
            assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {description.attrib['id']}"
        fills = re.findall(r'<pattern id="([^"]+)"', page)
        assert len(fills) == len(set(fills))
        assert set(re.findall(r'fill="url\(#([^)]+)\)"', page)) == set(fills)
