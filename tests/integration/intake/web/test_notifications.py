"""The receipt and the organisation's own reports: its own and no others'."""

import pytest

from intake.models.contribution import Contribution
from tests import cast
from tests.drafted import Writer

pytestmark = pytest.mark.django_db


def send(**answers: str) -> None:
    writer = Writer(cast.OFFICER)
    writer.complete(**answers)
    assert writer.send().status_code == 302


def test_receipt_of_another_organisation_is_not_there():
    send()
    reference = Contribution.objects.get().reference
    assert cast.signed_in(cast.OWNER).get(f"/notifications/{reference}").status_code == 404


def test_receipt_of_several_with_one_of_another_organisation_is_not_there():
    send()
    reference = Contribution.objects.get().reference
    assert cast.signed_in(cast.OWNER).get(f"/notifications/signal,{reference}").status_code == 404


def test_own_reports_are_listed_and_those_of_others_are_not():
    send()
    reference = Contribution.objects.get().reference
    assert reference in cast.signed_in(cast.OFFICER).get("/notifications").content.decode()
    assert reference not in cast.signed_in(cast.OWNER).get("/notifications").content.decode()
