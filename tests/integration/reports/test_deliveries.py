"""The yearly delivery: every figure of the edition as it was published, the same bytes each time, for who may take it."""

import io
import json
import stat
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.permissions import NotAllowedError
from config import schedule
from jobs.services import drain
from reports import tasks
from reports.deliveries import services
from reports.deliveries.errors import DeliveryError
from reports.deliveries.selectors import deliveries
from reports.editions import selectors as editions
from reports.editions import services as publishing
from reports.models import FigureDelivery
from safeguards.actors import system
from safeguards.models import AuditEntry
from tests import aggregates, cast
from tests.figure_deliveries import YEAR, an_edition, made, ordered
from tests.integration.reports import edited, written

pytestmark = pytest.mark.django_db


def content(ending: str, delivery: object = None) -> bytes:
    return services.content(delivery=delivery or made(), ending=ending, by=cast.actor(cast.ANALYST))  # type: ignore[arg-type]


def refused(ending: str, delivery: object) -> str:
    with pytest.raises(DeliveryError) as error:
        content(ending, delivery)
    return error.value.code


def test_json_has_every_figure_of_the_edition_with_definitions_caveats_protection_and_dates() -> None:
    found, edition = json.loads(content("json")), editions.latest()
    assert edition
    assert found["figures"] == json.loads(edition.content)["figures"]
    assert {one["figure"]["id"] for one in found["figures"]} == set(edition.tables)
    assert (found["edition"]["name"], found["edition"]["sha256"]) == ("2026-1", edition.digest)
    assert found["edition"]["as_of"] == edition.edition.cutoff.isoformat(timespec="seconds")
    assert found["protection"]["base"] == edition.edition.base
    assert found["caveats"][0]["en"] == "All figures are about presumed victims."
    assert set(found["definitions"]) == {"populations", "units", "forms"}
    assert all(one["figure"]["caveats"] is not None and one["figure"]["source"]["nl"] for one in found["figures"])


def test_workbook_has_a_sheet_for_each_figure_with_the_numbers_of_the_edition() -> None:
    book, edition = openpyxl.load_workbook(io.BytesIO(content("xlsx"))), editions.latest()
    assert edition
    assert book.sheetnames == ["Toelichting", *edition.tables]
    for identifier, table in edition.tables.items():
        rows = list(book[identifier].iter_rows(values_only=True))
        head = next(place for place, row in enumerate(rows) if tuple(row[1 : 1 + len(table.columns)]) == table.columns)
        by_year = {str(row[0]): list(row[1 : 1 + len(table.columns)]) for row in reversed(rows[head:])}
        for one in table.rows:
            assert by_year[one.row.label.nl] == [one.counts.year[column] for column in table.columns], identifier


def test_numbers_of_other_sources_go_along_as_they_counted_when_it_was_ordered_with_their_footnotes() -> None:
    an_edition()
    first = aggregates.accepted(aggregates.FACTSHEET, aggregates.published(aggregates.FACTSHEET))
    delivery = made()
    before = {ending: content(ending, delivery) for ending in services.ENDINGS}
    aggregates.accepted()
    assert before == {ending: content(ending, delivery) for ending in services.ENDINGS}
    (source,) = json.loads(before["json"])["other_sources"]["deliveries"]
    assert (source["levering"], source["bron"]["code"]) == (str(first), aggregates.FACTSHEET)
    assert len(source["voetnoten"]) == 5
    sheet = openpyxl.load_workbook(io.BytesIO(before["xlsx"]))["Andere bronnen"]
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[1] for row in rows].count("Nationaal Rapporteur: Factsheet Dadermonitor Mensenhandel 2013-2017") == len(
        rows
    ) - 3
    assert {row[2] for row in rows[3:]} == {"waarde", "voetnoot", "kanttekening"}


def test_no_exact_count_is_delivered() -> None:
    found = json.loads(content("json"))
    base = found["protection"]["base"]
    counts = [count for one in found["figures"] for row in one["rows"] for count in row["year"].values()]
    assert counts
    assert not [count for count in counts if count % base]


def test_same_edition_gives_the_same_bytes_whoever_takes_it_and_whatever_came_since() -> None:
    delivery = made()
    before = {ending: content(ending, delivery) for ending in services.ENDINGS}
    written.write()
    written.refresh_all()
    approver = cast.actor(cast.APPROVER)
    assert before == {ending: services.content(delivery=delivery, ending=ending, by=approver) for ending in services.ENDINGS}


def test_delivery_that_would_come_out_differently_is_refused() -> None:
    delivery = made()
    FigureDelivery.objects.update(workbook_digest="0" * 64)
    assert refused("xlsx", delivery) == "differs"
    assert content("json", delivery)


def test_year_without_a_published_edition_and_what_is_not_there_yet_are_refused() -> None:
    with pytest.raises(DeliveryError, match="2018"):
        services.order(year=2018, by=cast.actor(cast.ANALYST))
    assert refused("json", ordered()) == "not-made"


def test_who_reports_neither_orders_nor_takes() -> None:
    delivery, reporter = made(), cast.actor(cast.OWNER)
    with pytest.raises(NotAllowedError):
        services.order(year=YEAR, by=reporter)
    with pytest.raises(NotAllowedError):
        services.content(delivery=delivery, ending="json", by=reporter)


def test_each_time_it_is_taken_is_in_the_audit_trail() -> None:
    delivery = made()
    content("json", delivery)
    content("xlsx", delivery)
    assert AuditEntry.objects.filter(action="figures.delivery-read", object_id=str(delivery)).count() == 2


def test_schedule_orders_one_delivery_of_each_new_edition() -> None:
    assert tasks.DELIVER_DUE in {row.kind for row in schedule.TABLE}
    assert services.order_due(by=system("tests")) is False
    an_edition()
    assert [services.order_due(by=system("tests")) for _ in range(2)] == [True, False]
    drain(["reports"])
    (one,) = deliveries(by=cast.actor(cast.ANALYST))
    assert one.made
    assert services.order(year=YEAR, by=cast.actor(cast.ANALYST)) == one.id


def test_job_that_runs_twice_makes_it_once() -> None:
    delivery = made()
    first = FigureDelivery.objects.get(pk=delivery)
    services.make(delivery=delivery, by=system("tests"))
    assert FigureDelivery.objects.get(pk=delivery).made == first.made
    assert AuditEntry.objects.filter(action="figures.delivery-made").count() == 1


def test_delivery_of_a_withdrawn_edition_is_had_by_nobody() -> None:
    delivery = made()
    publishing.withdraw(edition=an_edition().id, reason="A mistake", by=edited.APPROVER)
    assert refused("json", delivery) == "withdrawn"
    client = cast.signed_in(cast.ANALYST)
    assert "edition withdrawn" in client.get(reverse("reports:deliveries"), headers={"accept-language": "en"}).content.decode()


def test_page_orders_a_delivery_and_hands_out_its_files() -> None:
    an_edition()
    client = cast.signed_in(cast.ANALYST)
    page = reverse("reports:deliveries")
    client.post(reverse("reports:delivery-order"), {"year": YEAR})
    assert "wordt gemaakt" in client.get(page).content.decode()
    drain(["reports"])
    (one,) = deliveries(by=cast.actor(cast.ANALYST))
    address = reverse("reports:delivery-file", kwargs={"delivery": one.id, "ending": "json"})
    assert address in client.get(page).content.decode()
    assert client.get(address).content == content("json", one.id)
    client.post(reverse("reports:delivery-order"), {"year": "٢٠١٩"})
    assert "Er is geen editie gepubliceerd" in client.get(page).content.decode()


def test_command_writes_two_files_for_their_owner_alone_and_overwrites_none(tmp_path: Path) -> None:
    delivery = made()
    call_command("deliver_figures", YEAR, tmp_path)
    files = {path.suffix[1:]: path for path in tmp_path.iterdir()}
    assert {ending: path.read_bytes() for ending, path in files.items()} == {
        ending: content(ending, delivery) for ending in services.ENDINGS
    }
    assert {stat.S_IMODE(path.stat().st_mode) for path in files.values()} == {0o600}
    with pytest.raises(CommandError, match="is not overwritten"):
        call_command("deliver_figures", YEAR, tmp_path)
    with pytest.raises(CommandError, match="is no folder"):
        call_command("deliver_figures", YEAR, tmp_path / "not-there")
    with pytest.raises(CommandError, match="2018"):
        call_command("deliver_figures", 2018, tmp_path)
