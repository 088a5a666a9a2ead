"""Files by systems: kept at once, checked by a job, read by place and rule, stored when confirmed."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.roles import Role
from intake import events
from intake.api.described import XLSX
from intake.batches import columns, uploads
from intake.models.batch import Batch
from intake.models.contribution import Contribution
from jobs import services as jobs
from safeguards.models import AuditEntry
from tests import cast, interface, uploaded

pytestmark = pytest.mark.django_db

CSV = "text/csv"
WRONG = b"onbekend;1;2;3;4\r\n"


@pytest.fixture
def sender():
    return interface.bearer(cast.POLICE, Role.BATCH_SUBMITTER)


def rows(count=3):
    return columns.write_csv(uploaded.reports(count))


def delivered(sender, content=None, *, query="", **more):
    return interface.send(f"/aanleveringen{query}", content or rows(), sender=sender, kind=CSV, **more)


def checked(sender, content=None):
    address = delivered(sender, content)["Location"].removeprefix(interface.ROOT)
    jobs.drain(("files",))
    return address


def step(address, name, sender, document=None):
    return interface.send(f"{address}/{name}", document or {}, sender=sender)


def test_file_is_kept_checked_confirmed_and_stored(sender):
    sent = delivered(sender)
    assert (sent.status_code, sent.json()["status"], sent.json()["proef"]) == (202, "ontvangen", False)
    address = sent["Location"].removeprefix(interface.ROOT)
    jobs.drain(("files",))
    found = interface.ask(address, sender=sender).json()
    assert (found["status"], found["aantallen"]["nieuw"], found["voortgang"]["gecontroleerd"]) == ("gecontroleerd", 3, 3)
    assert step(address, "bevestigingen", sender).json()["status"] == "bevestigd"
    jobs.drain(("files",))
    assert interface.ask(address, sender=sender).json()["status"] == "verwerkt"
    assert Contribution.objects.count() == 3


def test_trial_is_checked_alike_and_never_stored(sender):
    address = delivered(sender, query="?proef=true")["Location"].removeprefix(interface.ROOT)
    jobs.drain(("files",))
    found = interface.ask(address, sender=sender).json()
    assert (found["proef"], found["status"], found["aantallen"]["nieuw"]) == (True, "gecontroleerd", 3)
    refused = step(address, "bevestigingen", sender)
    assert (refused.status_code, refused.json()["code"]) == (409, "trial")
    assert not Contribution.objects.exists()


def test_errors_are_told_by_row_column_and_rule_without_the_value(sender):
    reports = uploaded.reports(3)
    wrong = columns.write_csv([*reports[:2], uploaded.changed(reports[2], family_name="Zwalu\u200bwenburg")])
    address = checked(sender, wrong)
    found = interface.ask(f"{address}/regels", sender=sender, status="fout").json()
    assert found["count"] == 1
    (error,) = found["results"]
    assert (error["regel"], error["kolom"], error["code"]) == (4, "achternaam", "forbidden-character")
    assert "Zwalu" not in str(found)


def test_rows_without_errors_are_stored_only_when_that_is_chosen(sender):
    address = checked(sender, rows(2) + WRONG)
    refused = step(address, "bevestigingen", sender)
    assert (refused.status_code, refused.json()["code"]) == (409, "has-errors")
    assert step(address, "bevestigingen", sender, {"foutenWeglaten": True}).status_code == 200
    jobs.drain(("files",))
    assert Contribution.objects.count() == 2


def test_delivery_can_be_cancelled_until_it_is_confirmed(sender):
    address = checked(sender)
    assert step(address, "annuleringen", sender).json()["status"] == "geannuleerd"
    refused = step(address, "bevestigingen", sender)
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong-state")


def test_storing_can_be_stopped_and_goes_on(sender):
    address = checked(sender)
    step(address, "bevestigingen", sender)
    assert step(address, "pauzes", sender).json()["status"] == "gepauzeerd"
    jobs.drain(("files",))
    assert not Contribution.objects.exists()
    assert step(address, "hervattingen", sender).json()["status"] == "bevestigd"
    jobs.drain(("files",))
    assert Contribution.objects.count() == 3


def test_choice_that_is_no_choice_is_refused(sender):
    address = checked(sender)
    assert interface.errors(step(address, "bevestigingen", sender, {"foutenWeglaten": "ja"})) == {
        ("#/foutenWeglaten", "wrong-type")
    }
    assert interface.errors(step(address, "bevestigingen", sender, {"fouten": True})) == {("#", "unknown-member")}


def test_same_file_under_the_same_key_is_one_delivery(sender):
    key = {"Idempotency-Key": uuid4().hex}
    first, second = delivered(sender, headers=key), delivered(sender, headers=key)
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert Batch.objects.count() == 1


def test_of_files_that_are_not_finished_no_more_are_taken_than_twenty(sender):
    waiting = [uploaded.received(rows(1)) for _ in range(19)]
    key = {"Idempotency-Key": uuid4().hex}
    last = delivered(sender, headers=key)
    refused = delivered(sender)
    assert (last.status_code, refused.status_code, refused.json()["code"]) == (202, 409, "too-many-open")
    assert delivered(sender, headers=key)["Location"] == last["Location"]
    assert Batch.objects.count() == 20
    assert step(f"/aanleveringen/{waiting[0]}", "annuleringen", sender).status_code == 200
    assert delivered(sender).status_code == 202


def test_of_files_on_their_way_in_few_more_are_begun_than_may_be_completed(sender):
    by = cast.actor(cast.OFFICER)
    for _ in range(25):
        uploads.begin(organisation=by.organisation, by=by)
    assert delivered(sender).json()["code"] == "too-many-open"
    assert Batch.objects.count() == 25


def test_other_file_or_other_way_under_the_same_key_is_refused(sender):
    key = {"Idempotency-Key": uuid4().hex}
    delivered(sender, headers=key)
    assert delivered(sender, rows(2), headers=key).json()["code"] == "key-reused"
    assert delivered(sender, query="?proef=true", headers=key).json()["code"] == "key-reused"
    assert Batch.objects.count() == 1


def test_file_without_a_key_is_refused_and_not_kept(sender):
    response = Client().post("/api/v1/aanleveringen", rows(), content_type=CSV, headers=sender)
    assert interface.errors(response) == {("Idempotency-Key", "required")}
    assert not Batch.objects.exists()


def test_too_large_file_is_refused_and_not_kept(sender):
    response = delivered(sender, b"x" * (32 * 1024 * 1024 + 1))
    assert (response.status_code, response["Content-Type"]) == (413, "application/problem+json")
    assert not Batch.objects.exists()


def test_empty_file_is_refused_and_not_kept(sender):
    response = interface.send("/aanleveringen", b"", sender=sender, kind=CSV)
    assert interface.errors(response) == {("#", "empty")}
    assert not Batch.objects.exists()


def test_list_shows_the_own_deliveries_page_by_page(sender):
    for _ in range(3):
        delivered(sender)
    first = interface.ask("/aanleveringen", sender=sender, pageSize="2").json()
    assert (first["count"], len(first["results"]), first["previous"]) == (3, 2, None)
    second = Client().get(first["next"], headers=sender).json()
    assert (len(second["results"]), second["next"]) == (1, None)
    assert {row["aanlevering"] for row in first["results"]}.isdisjoint(row["aanlevering"] for row in second["results"])


def one_wrong_row():
    return columns.write_csv([uploaded.changed(report, family_name="Zwalu\u200bwenburg") for report in uploaded.reports(1)])


def error_report(address, sender):
    """The cells of each sheet by its name."""
    response = interface.ask(f"{address}/foutrapport", sender=sender)
    assert (response.status_code, response["Content-Type"]) == (200, XLSX)
    return {
        sheet.title: [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
        for sheet in load_workbook(BytesIO(response.content)).worksheets
    }


def shown():
    return AuditEntry.objects.filter(action=events.BATCH_ROWS_SHOWN).count()


def test_sender_gets_its_own_rows_with_what_is_wrong_beside_them_and_that_is_on_record(sender):
    found = error_report(checked(sender, one_wrong_row()), sender)
    assert {"achternaam", "forbidden-character"} <= set(found["Fouten"])
    assert "Zwalu" not in str(found["Fouten"])
    assert {"fouten", "zaak 0", "Zwalu\u200bwenburg"} <= set(found["Meldingen"])
    assert shown() == 1


def test_to_a_colleague_or_after_the_file_is_gone_only_the_errors_are_told(sender):
    colleague = interface.bearer(cast.POLICE, Role.BATCH_SUBMITTER)
    address = checked(sender, rows(1) + WRONG)
    assert set(error_report(address, colleague)) == {"Fouten"}
    step(address, "annuleringen", sender)
    assert set(error_report(address, sender)) == {"Fouten"}
    assert not shown()


def test_system_of_another_organisation_finds_no_error_report(sender):
    address = checked(sender, one_wrong_row())
    other = interface.bearer(cast.OTHER_TEAM, Role.BATCH_SUBMITTER)
    assert interface.ask(f"{address}/foutrapport", sender=other).status_code == 404
    assert not shown()


def test_template_is_open_to_everybody_and_may_be_kept():
    response = Client().get("/api/v1/aanleversjabloon", headers={"Accept": XLSX})
    assert response["Cache-Control"].startswith("public, max-age=")
    assert len(load_workbook(BytesIO(response.content)).sheetnames) > 1


def test_refusal_of_a_workbook_is_a_problem(sender):
    response = interface.ask(f"/aanleveringen/{uuid4()}/foutrapport", sender=sender)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["code"] == "unknown-batch"
