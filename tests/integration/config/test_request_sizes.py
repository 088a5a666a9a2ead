"""How large a request may be: the fields of a form little, a file and a system's document as much as their own limits say."""

from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.roles import Role
from intake.api.parsers import LARGEST_REPORT
from intake.batches import columns
from intake.models.batch import Batch
from intake.notifications.texts import NARRATIVE
from jobs import services as jobs
from tests import cast, delivered, drafted, interface, uploaded

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
MORE_THAN_A_FORM = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 500_000
CSV = columns.write_csv(uploaded.reports(2))
LONG = CSV + b"\r\n" * ((MORE_THAN_A_FORM - len(CSV)) // 2)


def test_form_of_mebibytes_is_refused_before_its_fields_are_taken_apart():
    body = b"a=" + b"%41" * 700_000
    response = Client().post("/without-account/signal", body, content_type=FORM)
    assert response.status_code == 400
    assert response.wsgi_request.POST == {}


def test_fields_beside_a_file_are_no_larger():
    sent = {"attachment": SimpleUploadedFile("a.pdf", drafted.PDF), "more": "x" * MORE_THAN_A_FORM}
    assert Client().post("/without-account/signal", sent).status_code == 400


def test_longest_explanation_in_the_largest_signs_fits():
    writer = drafted.Writer()
    writer.complete()
    narrative = "\U0001f600" * NARRATIVE.limit
    sent = urlencode({"narrative": narrative})
    assert writer.client.post(writer.page("narrative", 1), sent, content_type=FORM).status_code == 302
    assert narrative in writer.look("narrative", 1).content.decode()


@pytest.mark.parametrize("send", ["page", "interface"])
def test_file_of_reports_may_be_larger_than_a_form(send):
    if send == "page":
        sent = {"file": SimpleUploadedFile("meldingen.csv", LONG)}
        assert cast.signed_in(cast.OFFICER).post("/batches/new", sent).status_code == 302
    else:
        sender = interface.bearer(cast.POLICE, Role.BATCH_SUBMITTER)
        assert interface.send("/aanleveringen", LONG, sender=sender, kind="text/csv").status_code == 202
    jobs.drain(("files",))
    assert (Batch.objects.get().state, Batch.objects.get().new) == ("checked", 2)


def test_attachment_may_be_larger_than_a_form():
    writer = drafted.Writer()
    writer.complete()
    assert writer.attach("a.pdf", drafted.PDF + b"x" * MORE_THAN_A_FORM).status_code == 302


def test_delivery_of_a_feed_may_be_larger_than_a_form():
    sender = interface.bearer(cast.EMM, Role.FEED)
    content = delivered.lines(delivered.record()) + b"\n" * MORE_THAN_A_FORM
    response = interface.send("/emm-leveringen", content, sender=sender, kind="application/x-ndjson")
    assert response.status_code == 202


def test_report_of_a_system_is_bounded_by_its_own_limit():
    assert interface.send("/meldingen", b" " * (LARGEST_REPORT + 1)).status_code == 413
    assert interface.send("/meldingen", b"[" + b" " * (LARGEST_REPORT - 1)).status_code == 400
    assert interface.send("/meldingen", b" " * MORE_THAN_A_FORM).status_code == 413
