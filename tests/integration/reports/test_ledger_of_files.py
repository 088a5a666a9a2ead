"""Every way out of the figures leaves an entry in the ledger: exact files and their uses, protected ones once, refused cuts."""

import hashlib
import io
import json

import pytest
from django.core.management import call_command

from intake.models.use import Use
from reports.deliveries import services as deliveries
from reports.models import LedgerEntry
from reports.releases.errors import few_in_a_cut
from tests import cast, figure_deliveries
from tests.cast import ANALYST, OWNER, signed_in
from tests.figure_deliveries import an_edition
from tests.integration.reports.written import refresh_all, write

pytestmark = pytest.mark.django_db
FILES = "/figures/2.7/files/"


def entries(kind: str = "figure") -> list[LedgerEntry]:
    return list(LedgerEntry.objects.filter(kind=kind).order_by("number"))


def register() -> None:
    for number in range(10):
        write(day=f"201{5 + number % 5}-01-01", exploitation_types=("labour",))
    refresh_all()


def test_each_exact_file_is_an_entry_and_its_uses_are_recorded_once_per_state_of_the_register() -> None:
    register()
    client = signed_in(ANALYST)
    content = client.get(FILES + "figure.csv").content
    client.get(FILES + "figure.json")
    client.get(FILES + "year.svg")
    (csv, document), (chart,) = entries(), entries("chart")
    assert csv.release == document.release == chart.release
    assert (csv.digest, csv.protection) == (hashlib.sha256(content).hexdigest(), "exact")
    assert [row.contributions for row in (csv, document, chart)] == [10, None, None]
    assert Use.objects.filter(release=csv.release).count() == 10
    write(day="2019-01-01", exploitation_types=("labour",))
    refresh_all()
    client.get(FILES + "figure.csv")
    assert entries()[-1].release != csv.release
    assert entries()[-1].contributions == 11


def test_cut_of_an_exact_figure_says_what_was_asked_and_uses_those_years_alone() -> None:
    register()
    signed_in(ANALYST).get(FILES + "figure.csv?from=2017&to=2019")
    (row,) = entries()
    assert row.parameters == {"figure": "2.7", "first": 2017, "last": 2019}
    assert row.contributions == 6


@pytest.mark.parametrize("name", ["figure.csv", "figure.xlsx", "figure.json", "year.svg", "year.png"])
def test_file_of_a_cut_that_leaves_two_persons_is_refused_in_the_ledger(name: str) -> None:
    register()
    answer = signed_in(ANALYST).get(FILES + name + "?from=2019&to=2019", headers={"accept-language": "en"})
    assert answer.status_code == 400
    (row,) = LedgerEntry.objects.all()
    assert (row.outcome, row.reason) == ("refused", str(few_in_a_cut(5)))
    assert row.reason in answer.content.decode()
    assert not row.digest
    assert not Use.objects.exists()


def test_file_of_a_cut_in_which_nobody_is_leaves() -> None:
    register()
    assert signed_in(ANALYST).get("/figures/2.8/files/figure.csv?form=CU").status_code == 200


def test_protected_file_stands_there_once_for_the_same_bytes() -> None:
    edition = an_edition()
    for person in (OWNER, OWNER, cast.APPROVER):
        assert signed_in(person).get(FILES + "figure.csv", headers={"accept-language": "en"}).status_code == 200
    (row,) = entries()
    assert (row.release, row.recipient, row.protection) == (edition.id, "public", "controlled-rounding, base 5")


def test_cut_of_a_protected_figure_is_refused_in_the_ledger() -> None:
    an_edition()
    assert signed_in(OWNER).get(FILES + "figure.csv?from=2019&to=2019").status_code == 400
    (row,) = entries()
    assert row.outcome == "refused"
    assert row.reason
    assert not row.digest


def test_each_taking_of_the_yearly_delivery_is_an_entry() -> None:
    edition, delivery = an_edition(), figure_deliveries.made()
    made = [deliveries.content(delivery=delivery, ending=ending, by=cast.actor(ANALYST)) for ending in ("json", "xlsx")]
    rows = entries("delivery")
    assert [row.digest for row in rows] == [hashlib.sha256(content).hexdigest() for content in made]
    assert {(row.release, row.purpose) for row in rows} == {(edition.id, "national-rapporteur")}


def test_exact_figures_that_the_command_prints_are_an_entry() -> None:
    register()
    out = io.StringIO()
    call_command("figures", "--json", stdout=out)
    (row,) = entries()
    assert row.digest == hashlib.sha256(out.getvalue().encode()).hexdigest()
    assert json.loads(out.getvalue())["2.7"]["n"] == row.contributions == 10


@pytest.mark.parametrize(("person", "told"), [(cast.ADMINISTRATOR, True), (cast.APPROVER, False)])
def test_digest_of_an_exact_file_is_for_who_may_see_exact_counts(person: cast.Person, told: bool) -> None:
    """Whoever may not could try all small counts until one gives it."""
    register()
    signed_in(ANALYST).get(FILES + "figure.csv")
    (row,) = entries()
    for address in ("/figures/ledger", f"/figures/ledger/{row.release}"):
        assert (row.digest[:12] in signed_in(person).get(address).content.decode()) is told
