"""What somebody who reports sees of figures: the newest edition, protected and marked, and nothing live or cut."""

import json
import re
from html import unescape

import pytest
from django.test import Client

from accounts.roles import Role
from tests.cast import ANALYST, BY_ROLE, OWNER, signed_in
from tests.integration.reports.edited import FEW, published
from tests.integration.reports.written import refresh_all, write

pytestmark = pytest.mark.django_db
ROUNDED = "Every number is rounded to a multiple of 5"


@pytest.fixture
def client() -> Client:
    """Seven victims of which an edition was made, and an eighth since."""
    for _ in range(7):
        write(group="fairwork", exploitation_types=("labour",))
    refresh_all()
    published()
    write(group="fairwork", exploitation_types=("labour",))
    refresh_all()
    return signed_in(OWNER)


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address, headers={"accept-language": "en"})
    assert response.status_code == status
    return unescape(response.content.decode())


def test_reporter_sees_the_newest_edition_rounded_and_marked_as_such(client: Client) -> None:
    found = page(client, "/figures/2.7")
    assert ROUNDED in found
    assert "Edition 2026-1" in found
    assert "Exact" not in found
    numbers = json.loads(client.get("/figures/2.7/files/figure.json").content)
    assert numbers["edition"].startswith("edition-")
    assert numbers["exact"] is False
    assert numbers["table"]["rows"]["AU"]["2019"] in (5, 10)


def test_who_reviews_links_is_led_from_a_figure_to_where_values_come_from_and_a_reporter_is_not(client: Client) -> None:
    assert "/figures/differences" in page(signed_in(BY_ROLE[Role.LINKAGE_REVIEWER]), "/figures/2.7")
    assert "/figures/differences" not in page(client, "/figures/2.7")


def test_figure_that_came_after_the_edition_is_not_in_it(client: Client) -> None:
    assert client.get("/figures/2.9").status_code == 404


def test_reporter_is_led_to_the_figures_of_the_edition_and_to_no_others(client: Client) -> None:
    for address in ("/figures", "/figures/2.7", "/figures/T2.1"):
        found = page(client, address)
        led_to = set(re.findall(r'href="/figures/(T?[\dS]\.[\w]+)"', found))
        assert led_to - {address.removeprefix("/figures/")} <= {figure.id for figure in FEW}
        assert "2.8" in led_to
        assert all(client.get(f"/figures/{identifier}").status_code == 200 for identifier in led_to)
    assert 'href="/figures/2.9"' in page(signed_in(ANALYST), "/figures/2.7")


def test_overview_of_a_reporter_is_of_the_edition(client: Client) -> None:
    found = page(client, "/figures")
    assert ROUNDED in found
    assert "The year 2019" in found


def test_published_figure_is_not_filtered_and_no_number_is_shown(client: Client) -> None:
    for address in ("/figures/2.7?from=2019", "/figures/2.7/files/figure.csv?reporter=fairwork"):
        refused = page(client, address, 400)
        assert "cannot be filtered" in refused
        assert "govuk-table__cell" not in refused


def test_files_of_an_edition_say_which_and_how_it_is_protected(client: Client) -> None:
    for name in ("figure.csv", "year.svg"):
        response = client.get(f"/figures/2.7/files/{name}", headers={"accept-language": "en"})
        text = " ".join(unescape(response.content.decode()).split())
        assert "Edition" in text
        assert "2026-1" in text
        assert "rounded to a multiple of 5" in text


def test_who_sees_exact_figures_sees_the_eighth(client: Client) -> None:
    numbers = json.loads(signed_in(ANALYST).get("/figures/2.7/files/figure.json").content)
    assert numbers["table"]["rows"]["AU"]["2019"] == 8
