"""The same report sent at the same moment by several connections: one record, one receipt, the same for all."""

from functools import partial

import pytest

from intake.models.anonymous_signal import AnonymousSignal
from intake.models.contribution import Contribution
from intake.models.stub import Stub
from intake.notifications import services
from tests import cast, reported, uploaded
from tests.parallel import at_once

SENDERS = 4


@pytest.mark.django_db(transaction=True)
def test_form_posted_at_once_gives_one_record():
    by = cast.actor(cast.OFFICER)
    send = partial(services.submit, notification=reported.report(), organisation=by.organisation, by=by, attempt="attempt-1")
    sent = at_once(*[send] * SENDERS)
    assert Contribution.objects.count() == 1
    assert {receipt.reference for receipt in sent} == {Contribution.objects.get().reference}
    assert sorted(receipt.outcome for receipt in sent) == ["new", "unchanged", "unchanged", "unchanged"]


@pytest.mark.django_db(transaction=True)
def test_refused_form_posted_at_once_gives_one_signal():
    by = cast.actor(cast.OWNER)
    refused = reported.report_refused()
    at_once(
        *[partial(services.submit, notification=refused, organisation=by.organisation, by=by, attempt="attempt-1")] * SENDERS
    )
    assert (AnonymousSignal.objects.count(), Stub.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_same_rows_at_once_are_stored_once():
    by, rows = cast.actor(cast.OFFICER), uploaded.reports(20)
    sent = at_once(*[partial(services.submit_many, notifications=rows, organisation=by.organisation, by=by)] * SENDERS)
    assert Contribution.objects.count() == 20
    assert sorted({receipt.outcome for answers in sent for receipt in answers}) == ["new", "unchanged"]
