"""A file from upload to storage: dry run, errors by place, confirmation, chunks, and what is left of the upload: nothing."""

from dataclasses import replace

import pytest

from accounts.permissions import NotAllowedError
from intake import events
from intake.batches import columns, selectors, services, splitting, storing, uploads
from intake.errors import UnknownBatchError, UnreadableFileError, WrongStateError
from intake.models.batch import Batch, BatchChunk, BatchError, UploadPart
from intake.models.contribution import Contribution
from intake.notifications.inputs import Problem
from jobs import services as jobs
from jobs.models import Job
from safeguards.actors import system
from safeguards.models import AuditEntry, DataKey
from tests import cast, reported, uploaded

pytestmark = pytest.mark.django_db


def counts(batch):
    view = uploaded.view(batch)
    return (view.state, view.rows, view.new, view.unchanged, view.changed, view.errors)


def test_dry_run_stores_nothing_and_says_what_would_happen():
    rows = uploaded.reports(4)
    uploaded.stored(rows[:2])
    batch = uploaded.checked([rows[0], uploaded.changed(rows[1], family_name="Anders"), *rows[2:]])
    assert counts(batch) == ("checked", 4, 2, 1, 1, 0)
    assert Contribution.objects.count() == 2


def test_upload_lies_encrypted_until_it_is_stored_and_its_key_goes_then():
    batch = uploaded.checked(uploaded.reports(1))
    content = b"".join(bytes(part) for part in BatchChunk.objects.values_list("content", flat=True))
    assert content
    assert b"eigen_kenmerk" not in content
    assert b"Quirijn" not in content
    assert DataKey.objects.filter(purpose="draft", owner=batch).exists()
    services.confirm(batch=batch, by=cast.actor(cast.OFFICER))
    jobs.drain(("files",))
    assert not UploadPart.objects.exists()
    assert not BatchChunk.objects.exists()
    assert not DataKey.objects.filter(purpose="draft").exists()


def test_same_file_twice_changes_nothing():
    content = columns.write_csv(uploaded.reports(5))
    uploaded.stored(content)
    before = list(Contribution.objects.order_by("id").values())
    keys = set(DataKey.objects.values_list("id", flat=True))
    assert counts(uploaded.stored(content)) == ("stored", 5, 0, 5, 0, 0)
    assert list(Contribution.objects.order_by("id").values()) == before
    assert set(DataKey.objects.values_list("id", flat=True)) == keys


def test_corrected_row_replaces_the_earlier_one():
    rows = uploaded.reports(3)
    uploaded.stored(rows)
    again = [rows[0], uploaded.changed(rows[1], family_name="Anders"), rows[2]]
    assert counts(uploaded.stored(again)) == ("stored", 3, 0, 2, 1, 0)
    assert Contribution.objects.count() == 3


def test_rows_with_errors_stay_out_and_are_named_by_row_and_column():
    rows = uploaded.reports(3)
    batch = uploaded.checked([uploaded.changed(rows[0], bsn="123456789"), replace(rows[1], date=reported.tomorrow()), rows[2]])
    assert selectors.errors(batch=batch, limit=9) == [
        Problem("bsn", "wrong-check-digit", 2),
        Problem("meldingsdatum", "in-future", 3),
    ]
    by = cast.actor(cast.OFFICER)
    with pytest.raises(WrongStateError) as refused:
        services.confirm(batch=batch, by=by)
    assert refused.value.code == "has-errors"
    services.confirm(batch=batch, leave_out_errors=True, by=by)
    jobs.drain(("files",))
    assert counts(batch) == ("stored", 3, 1, 0, 0, 2)


def test_error_names_no_value_of_the_file():
    row = uploaded.changed(uploaded.reports(1)[0], bsn="987654321", family_name="Zwalu\u202ewenburg")
    batch = uploaded.checked([row])
    stored = str(list(BatchError.objects.filter(batch=batch).values())) + str(list(AuditEntry.objects.values()))
    assert "987654321" not in stored
    assert "wenburg" not in stored


def test_file_without_a_right_row_cannot_be_confirmed():
    batch = uploaded.checked([replace(uploaded.reports(1)[0], date=reported.tomorrow())])
    with pytest.raises(WrongStateError):
        services.confirm(batch=batch, by=cast.actor(cast.OFFICER))


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        (b"", "empty", 0),
        (b"\0\0", "not-text", 1),
        (b"naam;geboren\r\nJan;1990\r\n", "headers", 1),
        (b"meldingsdatum\r\n", "empty", 0),
    ],
)
def test_unreadable_file_is_refused_and_destroyed(content, code, row):
    batch = uploaded.checked(content)
    assert counts(batch)[0] == "refused"
    assert selectors.errors(batch=batch, limit=9) == [Problem("", code, row)]
    assert not UploadPart.objects.exists()
    assert not BatchChunk.objects.exists()
    assert not DataKey.objects.filter(purpose="draft").exists()


def test_own_reference_twice_in_file_is_found_across_chunks(monkeypatch):
    monkeypatch.setattr(splitting, "ROWS", 2)
    rows = uploaded.reports(5)
    batch = uploaded.checked([*rows, uploaded.changed(rows[4], own_reference=rows[0].identity.own_reference)])
    assert selectors.errors(batch=batch, limit=9) == [Problem("eigen_kenmerk", "twice-in-file", 7)]
    assert counts(batch) == ("checked", 6, 5, 0, 0, 1)


def test_file_of_many_chunks_is_stored_whole_by_jobs_alone(monkeypatch):
    monkeypatch.setattr(splitting, "ROWS", 3)
    batch = uploaded.received(columns.write_csv(uploaded.reports(8)))
    jobs.drain(("files",))
    assert counts(batch) == ("checked", 8, 8, 0, 0, 0)
    services.confirm(batch=batch, by=cast.actor(cast.OFFICER))
    assert jobs.drain(("files",)) == 3
    assert counts(batch) == ("stored", 8, 8, 0, 0, 0)
    assert Contribution.objects.filter(batch=batch).count() == 8


def test_rows_full_of_text_lie_in_chunks_of_few_and_every_row_keeps_its_number():
    full = [uploaded.changed(row, narrative="😀" * 20_000) for row in uploaded.reports(30)]
    rows = [*full[:29], uploaded.changed(full[29], bsn="123456789"), *uploaded.reports(20, prefix="short")]
    batch = uploaded.received(columns.write_csv(rows))
    jobs.drain(("files",))
    chunks = list(BatchChunk.objects.order_by("number").values_list("rows", flat=True))
    assert len(chunks) == 2
    assert sum(chunks) == len(rows)
    assert selectors.errors(batch=batch, limit=9) == [Problem("bsn", "wrong-check-digit", 31)]
    services.confirm(batch=batch, leave_out_errors=True, by=cast.actor(cast.OFFICER))
    jobs.drain(("files",))
    assert counts(batch)[0] == "stored"
    assert Contribution.objects.filter(batch=batch).count() == len(rows) - 1


def test_cancelled_file_is_destroyed_and_cannot_be_confirmed():
    batch = uploaded.checked(uploaded.reports(1))
    by = cast.actor(cast.OFFICER)
    services.cancel(batch=batch, by=by)
    assert not UploadPart.objects.exists()
    assert not BatchChunk.objects.exists()
    assert not DataKey.objects.exists()
    with pytest.raises(WrongStateError):
        services.confirm(batch=batch, by=by)


def test_confirmed_file_cannot_be_cancelled():
    batch = uploaded.checked(uploaded.reports(1))
    by = cast.actor(cast.OFFICER)
    services.confirm(batch=batch, by=by)
    with pytest.raises(WrongStateError):
        services.cancel(batch=batch, by=by)


def test_forgotten_upload_is_cancelled_after_its_days():
    uploaded.checked(uploaded.reports(1))
    background = system("tests")
    assert services.expire_unconfirmed(by=background) == 0
    Batch.objects.update(received=reported.long_ago())
    assert services.expire_unconfirmed(by=background) == 1
    assert Batch.objects.get().state == "cancelled"
    assert not DataKey.objects.exists()


def test_stranger_cannot_see_or_confirm_a_batch():
    batch = uploaded.checked(uploaded.reports(1))
    elsewhere = replace(cast.OFFICER, name="elsewhere", organisation=cast.OTHER_TEAM)
    by = cast.actor(elsewhere)
    with pytest.raises(UnknownBatchError):
        services.confirm(batch=batch, by=by)
    with pytest.raises(UnknownBatchError):
        selectors.batch(batch=batch, organisation=by.organisation, by=by)


def test_reporter_without_the_right_cannot_upload():
    with pytest.raises(NotAllowedError):
        uploaded.received(b"", cast.actor(cast.OWNER))


def test_too_large_file_is_refused_before_it_is_kept(monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_FILE", 10)
    with pytest.raises(UnreadableFileError):
        uploaded.received(b"x" * 11)
    assert not Batch.objects.exists()


def test_each_step_leaves_its_audit_entry():
    uploaded.stored(uploaded.reports(2))
    actions = list(AuditEntry.objects.filter(object_type="batch").order_by("sequence").values_list("action", flat=True))
    assert actions == [
        events.BATCH_RECEIVED,
        events.BATCH_CHECKED,
        events.BATCH_CONFIRMED,
        events.BATCH_CHUNK_STORED,
        events.BATCH_STORED,
    ]


def test_rows_of_a_reporter_that_needs_consent_go_the_three_ways():
    submitter = replace(cast.OFFICER, name="batch-owner", organisation=cast.SHELTER_TEAM)
    given, refused = reported.report_with_consent(), reported.report_refused()
    batch = uploaded.stored([given, refused, reported.report()], cast.actor(submitter))
    assert list(Contribution.objects.values_list("state", flat=True)) == ["held"]
    problems = BatchError.objects.filter(batch=batch).values_list("row", "column", "code")
    assert list(problems) == [(4, "toestemming", "required")]


def test_paused_file_waits_and_goes_on_where_it_stopped(monkeypatch):
    monkeypatch.setattr(splitting, "ROWS", 3)
    batch, by = uploaded.received(columns.write_csv(uploaded.reports(8))), cast.actor(cast.OFFICER)
    jobs.drain(("files",))
    services.confirm(batch=batch, by=by)
    assert jobs.run(jobs.claim(("files",)))
    services.pause(batch=batch, by=by)
    jobs.drain(("files",))
    assert counts(batch) == ("paused", 8, 3, 0, 0, 0)
    with pytest.raises(WrongStateError):
        services.confirm(batch=batch, by=by)
    services.resume(batch=batch, by=by)
    jobs.drain(("files",))
    assert counts(batch) == ("stored", 8, 8, 0, 0, 0)


def test_trial_cannot_be_confirmed():
    by = cast.actor(cast.OFFICER)
    batch = uploaded.received(columns.write_csv(uploaded.reports(2)), trial=True)
    jobs.drain(("files",))
    assert counts(batch) == ("checked", 2, 2, 0, 0, 0)
    with pytest.raises(WrongStateError) as refused:
        services.confirm(batch=batch, by=by)
    assert refused.value.code == "trial"


def withdrawing(*references):
    return b"eigen_kenmerk;meldingsdatum;intrekken\r\n" + b"".join(f"{one};;ja\r\n".encode() for one in references)


def test_row_withdraws_the_report_sent_earlier_and_an_unknown_reference_is_an_error():
    uploaded.stored(uploaded.reports(3))
    batch = uploaded.checked(withdrawing("zaak 1", "zaak 99"))
    assert selectors.errors(batch=batch, limit=9) == [Problem("eigen_kenmerk", "unknown-reference", 3)]
    services.confirm(batch=batch, leave_out_errors=True, by=cast.actor(cast.OFFICER))
    jobs.drain(("files", "vault"))
    view = uploaded.view(batch)
    assert (view.state, view.withdrawn, view.errors) == ("stored", 1, 1)
    assert Contribution.objects.count() == 2


def test_withdrawal_reaches_no_report_of_another_organisation():
    uploaded.stored(uploaded.reports(2))
    elsewhere = cast.actor(replace(cast.OFFICER, name="elsewhere", organisation=cast.OTHER_TEAM))
    batch = uploaded.checked(withdrawing("zaak 1"), elsewhere)
    assert list(BatchError.objects.filter(batch=batch).values_list("code", flat=True)) == ["unknown-reference"]
    assert not Contribution.objects.filter(leaving=True).exists()


def test_delivery_whose_job_was_given_up_is_closed_and_nothing_of_it_is_left():
    batch = uploaded.checked(uploaded.reports(2))
    services.confirm(batch=batch, by=cast.actor(cast.OFFICER))
    background = system("tests")
    Batch.objects.update(confirmed=reported.long_ago())
    assert services.expire_unconfirmed(by=background) == 0
    Job.objects.update(state=Job.State.DEAD)
    assert services.expire_unconfirmed(by=background) == 1
    assert uploaded.view(batch).state == "stopped"
    assert not BatchChunk.objects.exists()
    assert not DataKey.objects.exists()


def test_trial_is_deleted_after_a_day():
    uploaded.received(columns.write_csv(uploaded.reports(2)), trial=True)
    jobs.drain(("files",))
    Batch.objects.update(received=reported.long_ago())
    assert services.expire_unconfirmed(by=system("tests")) == 1
    assert not Batch.objects.exists()
    assert not DataKey.objects.exists()


def test_two_equal_files_confirmed_together_store_each_row_once():
    by, content = cast.actor(cast.OFFICER), columns.write_csv(uploaded.reports(12))
    first, second = uploaded.checked(content), uploaded.checked(content)
    for batch in (first, second):
        services.confirm(batch=batch, by=by)
    jobs.drain(("files",))
    assert (counts(first)[2:], counts(second)[2:]) == ((12, 0, 0, 0), (0, 12, 0, 0))
    assert Contribution.objects.count() == 12


def test_rows_prepared_before_the_same_rows_came_in_are_judged_again():
    batch, other = uploaded.checked(uploaded.reports(12)), uploaded.checked(uploaded.reports(12))
    by = cast.actor(cast.OFFICER)
    for one in (batch, other):
        services.confirm(batch=one, by=by)
    late, soon = (storing.store(chunk=BatchChunk.objects.get(batch=one).id, by=system("tests")) for one in (other, batch))
    soon()
    late()
    assert (counts(batch)[2:], counts(other)[2:]) == ((12, 0, 0, 0), (0, 12, 0, 0))
    assert DataKey.objects.filter(purpose="identity").count() == 12


def test_many_errors_are_counted_by_kind_and_raise_the_question_of_the_template():
    rows = [uploaded.changed(row, bsn="123456789") for row in uploaded.reports(8)]
    batch = uploaded.checked(rows)
    assert [(count.column, count.code, count.rows) for count in selectors.error_counts(batch=batch)] == [
        ("bsn", "wrong-check-digit", 8)
    ]
    assert uploaded.view(batch).wrong_template
