"""Deliveries of feeds by systems: kept at once, stored by a job, told by line and rule."""

import pytest
from django.test import Client

from accounts.roles import Role
from intake.batches import services as batches
from intake.models.batch import Batch
from jobs import services as jobs
from safeguards.actors import system
from tests import cast, delivered, interface, reported
from tests.interface import bearer

pytestmark = pytest.mark.django_db


def deliver(content, sender):
    return interface.send("/emm-leveringen", content, sender=sender, kind="application/x-ndjson")


def test_delivery_is_kept_at_once_and_stored_by_its_job():
    sender = bearer(cast.EMM, Role.FEED)
    response = deliver(delivered.lines(delivered.record(), delivered.record("sleutel 2", role="getuige")) + b"{x\n", sender)
    assert (response.status_code, response.json()["status"]) == (202, "ontvangen")
    jobs.drain(("files",))
    found = Client().get(response["Location"], headers=sender).json()
    assert found["status"] == "verwerkt"
    assert found["aantallen"] == {
        "regels": 3,
        "nieuw": 1,
        "ongewijzigd": 0,
        "gewijzigd": 0,
        "geenSlachtoffer": 1,
        "teruggenomen": 0,
        "verwijderd": 0,
        "overgeslagen": 0,
        "fout": 1,
    }
    assert [(error["regel"], error["code"]) for error in found["fouten"]] == [(3, "not-json")]


def test_delivery_that_was_never_stored_is_told_to_be_cancelled():
    sender = bearer(cast.EMM, Role.FEED)
    response = deliver(delivered.lines(delivered.record()), sender)
    Batch.objects.update(received=reported.long_ago())
    batches.expire_unconfirmed(by=system("tests"))
    assert Client().get(response["Location"], headers=sender).json()["status"] == "vervallen"


def test_delivery_of_another_feed_is_not_there():
    found = delivered.delivered(delivered.record())
    other = bearer(delivered.OM, Role.FEED)
    assert Client().get(f"/api/v1/om-leveringen/{found.batch}", headers=other).status_code == 404


def test_reporter_cannot_deliver():
    assert deliver(b"", bearer()).status_code == 403


def test_delivery_as_a_table_is_taken_and_one_that_cannot_be_read_is_told_so():
    sender = bearer(cast.EMM, Role.FEED)
    rows = b"sleutel;rol;datum;voornamen\n1;slachtoffer;14-03-2019;Quirijntje\n"
    for content, status in ((rows, "verwerkt"), (b"naam\nx\n", "geweigerd")):
        response = interface.send("/emm-leveringen", content, sender=sender, kind="text/csv")
        jobs.drain(("files",))
        assert Client().get(response["Location"], headers=sender).json()["status"] == status


def test_empty_delivery_is_refused():
    response = deliver(b"", bearer(cast.EMM, Role.FEED))
    assert interface.errors(response) == {("#", "empty")}
