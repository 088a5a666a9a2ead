"""Pages of a file of reports: what was wrong is told by place and rule, and a stranger sees nothing."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from intake import events
from intake.batches import columns, uploads
from intake.models.batch import Batch
from intake.models.contribution import Contribution
from jobs import services as jobs
from safeguards.models import AuditEntry, DataKey
from tests import cast, reported, uploaded

pytestmark = pytest.mark.django_db
STRANGER = replace(cast.OFFICER, name="elsewhere", organisation=cast.OTHER_TEAM)


def upload(content, person=cast.OFFICER):
    return cast.signed_in(person).post("/batches/new", {"file": SimpleUploadedFile("meldingen.csv", content)})


def test_file_goes_from_upload_to_receipt():
    response = upload(columns.write_csv(uploaded.reports(3)))
    page, client = response["Location"], cast.signed_in(cast.OFFICER)
    jobs.drain(("files",))
    assert 'action="' + page + '/confirm"' in client.get(page).content.decode()
    assert client.post(f"{page}/confirm").status_code == 302
    jobs.drain(("files",))
    assert Contribution.objects.count() == 3
    assert "3" in client.get(page).content.decode()


def test_file_beyond_twenty_that_are_not_finished_is_refused_with_what_to_do():
    for _ in range(20):
        uploaded.received(b"x")
    page = upload(columns.write_csv(uploaded.reports(1)))
    assert page.status_code == 422
    assert "Bevestig of annuleer er een" in page.content.decode()
    assert Batch.objects.count() == 20


def test_file_that_changes_nothing_is_not_offered_to_be_stored():
    reports = uploaded.reports(3)
    uploaded.stored(reports[:2])
    for rows, offered, said in (
        (reports[:2], False, "Er verandert niets: alle regels"),
        ([*reports[:2], uploaded.changed(reports[2], bsn="987654321")], False, "Er verandert niets: de regels zonder fouten"),
        (reports, True, ""),
    ):
        page = f"/batches/{uploaded.checked(rows)}"
        text = cast.signed_in(cast.OFFICER).get(page).content.decode()
        assert (f'action="{page}/confirm"' in text) is offered
        assert said in text
        assert ("verandert niets" in text) is not offered


def test_file_of_which_every_row_is_wrong_waits_for_nobody():
    page = f"/batches/{uploaded.checked([uploaded.changed(row, bsn='987654321') for row in uploaded.reports(2)])}"
    client = cast.signed_in(cast.OFFICER)
    for shown in (client.get(page).content.decode(), client.get("/batches").content.decode()):
        assert "er kan niets worden opgeslagen" in shown
        assert "wacht op uw bevestiging" not in shown
    assert "er valt dus niets te bevestigen" in client.get(page).content.decode()


def test_page_names_row_and_column_and_no_value():
    row = uploaded.changed(uploaded.reports(1)[0], bsn="987654321", family_name="Zwalu\u200bwenburg")
    batch = uploaded.checked([row])
    client = cast.signed_in(cast.OFFICER)
    for page in (f"/batches/{batch}", f"/batches/{batch}/errors"):
        text = client.get(page).content.decode()
        assert "achternaam" in text
        assert "987654321" not in text
        assert "wenburg" not in text


def test_progress_asks_for_the_whole_page_when_it_is_done():
    batch = uploaded.received(columns.write_csv(uploaded.reports(1)))
    client = cast.signed_in(cast.OFFICER)
    assert "HX-Refresh" not in client.get(f"/batches/{batch}/progress")
    jobs.drain(("files",))
    assert client.get(f"/batches/{batch}/progress")["HX-Refresh"] == "true"


@pytest.mark.parametrize("page", ["", "/progress", "/errors"])
def test_stranger_cannot_open_a_batch(page):
    batch = uploaded.checked(uploaded.reports(1))
    assert cast.signed_in(STRANGER).get(f"/batches/{batch}{page}").status_code == 404


@pytest.mark.parametrize("step", ["confirm", "cancel"])
def test_stranger_cannot_confirm_or_cancel_a_batch(step):
    batch = uploaded.checked(uploaded.reports(1))
    assert cast.signed_in(STRANGER).post(f"/batches/{batch}/{step}").status_code == 404
    assert Batch.objects.get().state == "checked"


def test_step_in_the_wrong_state_is_told_and_changes_nothing():
    batch = uploaded.checked([replace(uploaded.reports(1)[0], date=reported.tomorrow())])
    client = cast.signed_in(cast.OFFICER)
    page = client.post(f"/batches/{batch}/confirm", follow=True)
    assert page.status_code == 200
    assert Batch.objects.get().state == "checked"


def test_form_without_a_file_is_refused():
    assert cast.signed_in(cast.OFFICER).post("/batches/new", {}).status_code == 422


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain"])
def test_form_that_cannot_carry_a_file_is_refused_as_one_without(kind):
    response = cast.signed_in(cast.OFFICER).post("/batches/new", b"file=meldingen.csv", content_type=kind)
    assert response.status_code == 422
    assert response.context["form"].errors.as_data()["file"][0].code == "required"
    assert not Batch.objects.exists()


def test_template_has_every_column_and_reads_back():
    response = cast.signed_in(cast.OFFICER).get("/batches/template")
    assert response["Content-Disposition"] == 'attachment; filename="baken-sjabloon.csv"'
    assert response.content.decode("utf-8-sig").strip().split(";") == [column.header for column in columns.COLUMNS]


def test_page_of_columns_says_what_every_code_means():
    text = cast.signed_in(cast.OFFICER).get("/batches/columns").content.decode()
    assert all(f">{column.header}</th>" in text for column in columns.COLUMNS)
    for meant in ("female (vrouw)", "RO (Roemenië)", "GM0363 (Amsterdam)", "given (Ja, de persoon geeft toestemming)"):
        assert meant in text


def test_too_large_file_is_refused_and_nothing_of_it_is_kept(monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_FILE", 1_000)
    assert upload(b"x" * 2_000).status_code == 422
    assert not Batch.objects.exists()
    assert not DataKey.objects.exists()


def test_upload_whose_form_is_stale_leaves_nothing():
    client = cast.signed_in(cast.OFFICER, Client(enforce_csrf_checks=True))
    assert client.post("/batches/new", {"file": SimpleUploadedFile("meldingen.csv", b"x")}).status_code == 403
    assert not Batch.objects.exists()
    assert not DataKey.objects.exists()


def test_rows_with_errors_are_left_out_by_choice_alone():
    rows = uploaded.reports(2)
    batch = uploaded.checked([uploaded.changed(rows[0], bsn="987654321"), rows[1]])
    client = cast.signed_in(cast.OFFICER)
    client.post(f"/batches/{batch}/confirm")
    assert Batch.objects.get().state == "checked"
    client.post(f"/batches/{batch}/confirm", {"leave-out-errors": "yes"})
    assert Batch.objects.get().state == "confirmed"


def test_own_rows_come_back_with_what_is_wrong_on_record_and_are_kept_nowhere():
    batch = uploaded.checked([uploaded.changed(uploaded.reports(1)[0], bsn="987654321")])
    answer = cast.signed_in(cast.OFFICER).get(f"/batches/{batch}/report")
    assert answer.content.startswith(b"PK")
    assert AuditEntry.objects.filter(action=events.BATCH_ROWS_SHOWN, object_id=str(batch)).count() == 1


@pytest.mark.parametrize("step", ["pause", "resume"])
def test_stranger_cannot_pause_or_continue_a_batch(step):
    batch = uploaded.checked(uploaded.reports(1))
    assert cast.signed_in(STRANGER).post(f"/batches/{batch}/{step}").status_code == 404


def test_rows_are_shown_to_who_sent_them_and_to_no_colleague():
    batch = uploaded.checked([uploaded.changed(uploaded.reports(1)[0], bsn="987654321")])
    page, rows = f"/batches/{batch}", f"/batches/{batch}/report"
    sender, colleague = cast.signed_in(cast.OFFICER), cast.signed_in(replace(cast.OFFICER, name="second-officer"))
    assert rows in sender.get(page).content.decode()
    assert sender.get(rows).status_code == 200
    assert rows not in colleague.get(page).content.decode()
    assert colleague.get(rows).status_code == 404
    assert AuditEntry.objects.filter(action=events.BATCH_ROWS_SHOWN).count() == 1
