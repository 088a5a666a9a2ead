"""The pages with figures: exact for who may, the published edition for everybody else, the same numbers in both languages."""

import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from accounts.roles import Role
from reports.figures.definitions import FIGURES
from safeguards.models import AuditEntry
from tests import cast
from tests.cast import ANALYST, BY_ROLE, OWNER, REGISTRY, Person, signed_in
from tests.integration.reports.written import refresh_all, write, write_all
from tests.reference_register import facts_by_person_year

pytestmark = pytest.mark.django_db
EXACT = (Role.CONSENT_ADMINISTRATOR, Role.ANALYST, Role.PRIVACY_OFFICER, Role.SYSTEM_ADMINISTRATOR)
DASHBOARD = reverse("reports:dashboard")
EDITIONS = reverse("reports:editions")
PAGES = (DASHBOARD, *(reverse("reports:figure", kwargs={"identifier": figure.id}) for figure in FIGURES))


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


def test_figures_of_the_reference_register_stand_on_the_page_in_the_readers_language() -> None:
    register(10_000)
    client = signed_in(ANALYST)
    dutch, english = body(client, DASHBOARD), body(client, DASHBOARD, "en")
    for page, total in ((dutch, "5.060"), (english, "5,060")):
        assert f'govuk-!-font-weight-bold">{total}</td>' in page
    assert cells(dutch, "GO-SU") == ["290", "297", "287", "351", "668", "1.893"]
    assert cells(dutch, "alleen EMM") == ["5", "16", "65", "38", "289", "413"]
    assert cells(english, "EMM only") == ["5", "16", "65", "38", "289", "413"]
    assert cells(dutch, "alleen arbeidsuitbuiting") == ["257", "207", "215", "102", "210", "991"]
    assert "Alleen voor intern gebruik." in dutch
    assert "zonder alleen EMM en zonder seksuele uitbuiting die alleen de KMar meldde" in dutch
    assert cells(body(client, "/figures/2.10"), "gemiddelde leeftijd")[:2] == ["24,7", "25,1"]
    assert cells(body(client, "/figures/T2.1"), "Nigeria")[:2] == ["44 (4)", "46 (4)"]
    assert "staan in de figuur" in body(client, "/figures/2.4b")


def cells(page: str, label: str) -> list[str]:
    """The numbers beside a row's label."""
    found = re.search(rf">{re.escape(label)}</th>(.*?)</tr>", page, re.DOTALL)
    return re.findall(r">([^<>]+)</td>", found[1]) if found else []


def test_charts_are_well_formed_named_and_without_styles() -> None:
    register(60)
    client = signed_in(ANALYST)
    for address in PAGES:
        page = body(client, address)
        drawn = re.findall(r"<svg [^>]*role=\"img\".*?</svg>", page, re.DOTALL)
        assert drawn
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
