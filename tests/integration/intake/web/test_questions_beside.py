"""A reviewer's question about another purpose than the registration reaches the reporter, and its answer the reviewer."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.reporters import Purpose
from consent import gate, reviews, selectors, services
from consent.models import Statement
from intake import outcomes
from intake.models.contribution import Contribution
from intake.notifications import later
from tests import cast, reported, reviewed
from tests.drafted import PDF
from tests.integration.intake.web.test_sheet_anew import SAID
from tests.statements import administrator

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter() -> Client:
    return cast.signed_in(cast.OWNER)


def help_asked_later() -> str:
    """An approved report to which the reporter added consent to help; a reviewer asks something about that alone."""
    by = cast.actor(cast.OWNER)
    assert by.organisation
    reference = reported.sent(reported.report_with_consent(), by=cast.OWNER)
    services.approve(statement=Statement.objects.get().pk, by=administrator())
    outcomes.carry_out()
    added = reported.report_with_consent(consent=reported.answer(help="given"))
    later.correct(reference=reference, notification=added, organisation=by.organisation, by=by)
    reviews.ask_back(statement=Statement.objects.get(purpose="help").pk, reason="day-unclear", by=administrator())
    return reference


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_question_about_a_lone_other_purpose_is_on_the_reports_pages(reporter: Client) -> None:
    reference = help_asked_later()
    assert (
        f"/notifications/{reference}/report"
        in page(reporter, "/notifications").split("Vragen over toestemming")[1].split("</ul>")[0]
    )
    text = page(reporter, f"/notifications/{reference}/report")
    assert "De dag van ondertekening is niet duidelijk" in text
    assert "Zonder antwoord vervalt deze ene toestemming" in text
    assert "anoniem signaal" not in text


def test_answer_brings_that_purpose_alone_back_to_the_desk(reporter: Client) -> None:
    reference = help_asked_later()
    statement = Statement.objects.get(purpose="help").pk
    reporter.post(f"/notifications/{reference}/reply", {"answer": "as-it-stands"})
    assert Statement.objects.get(pk=statement).state == "given"
    assert Statement.objects.get(purpose="registration").state == "approved"
    assert [item.id for item in selectors.queue(by=administrator(), limit=9).items] == [statement]
    assert gate.questions([Contribution.objects.get().id]) == {}


def test_of_two_lone_purposes_one_is_asked_after_the_other(reporter: Client) -> None:
    reference = help_asked_later()
    notification = Contribution.objects.get().id
    row = Statement.objects.get(purpose="help")
    other = Statement.objects.create(
        notification=notification, organisation=row.organisation, group=row.group, purpose="research-extract",
        notice=row.notice, capacity=row.capacity, signer=row.signer, method=row.method, signed_on=row.signed_on,
        reported_on=row.reported_on, receipt="ANOTHERONE",
    )  # fmt: skip
    reviews.ask_back(statement=other.pk, reason="signer-unclear", by=administrator())
    for purpose in (Purpose.HELP, Purpose.RESEARCH_EXTRACT):
        assert gate.questions([notification])[notification].purpose == purpose
        reporter.post(f"/notifications/{reference}/reply", {"answer": "as-it-stands"})
    assert gate.questions([notification]) == {}


def test_sheet_alone_answers_for_all_that_was_said_on_it(reporter: Client) -> None:
    answer = reported.answer(help="given")
    reference = reported.sent(reported.report_with_consent(consent=answer), by=cast.OWNER)
    reviewed.asked(Statement.objects.get(purpose="registration").pk, "scan-missing")
    assert set(Statement.objects.values_list("state", flat=True)) == {"asked-back"}
    sent = SAID | {"attachment": SimpleUploadedFile("blad.pdf", PDF)}
    assert reporter.post(f"/notifications/{reference}/correct/person", sent).status_code == 302
    standing = Statement.objects.exclude(state="superseded")
    assert dict(standing.values_list("purpose", "state")) == {"registration": "given", "help": "given"}
    services.approve(statement=standing.get(purpose="registration").pk, by=administrator())
    assert set(standing.values_list("state", flat=True)) == {"approved"}
