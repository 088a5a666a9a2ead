"""Own reports by systems after they were sent: read, found by own reference, corrected, added to, taken back."""

import pytest
from django.utils import timezone

from intake.models.contribution import Contribution
from intake.models.history import EarlierVersion
from jobs import services as jobs
from tests import cast, interface
from tests.interface import KEY, REPORT, bearer, errors

pytestmark = pytest.mark.django_db

NAMED = REPORT | {"eigenKenmerk": "zaak 1"}


@pytest.fixture
def sender():
    return bearer()


def stored(sender, document=NAMED):
    return f"/meldingen/{interface.send('/meldingen', document, sender=sender).json()['kenmerk']}"


def found(sender, own_reference="zaak 1"):
    return interface.send("/meldingen/zoekopdrachten", {"eigenKenmerk": own_reference}, sender=sender)


def test_own_report_is_shown_without_anybody_in_it(sender):
    address = stored(sender)
    shown = interface.ask(address, sender=sender).json()
    assert shown == {
        "kenmerk": address.rpartition("/")[2],
        "status": "aanvaard",
        "meldingsdatum": "2019-03-14",
        "ontvangstdatum": timezone.localdate(Contribution.objects.get().recorded).isoformat(),
    }


def test_report_is_found_by_own_reference(sender):
    address = stored(sender)
    assert found(sender).json() == interface.ask(address, sender=sender).json()
    assert found(sender, "zaak 2").status_code == 404


@pytest.mark.parametrize(
    ("document", "error"),
    [
        ({}, ("#/eigenKenmerk", "required")),
        ({"eigenKenmerk": 1}, ("#/eigenKenmerk", "wrong-type")),
        ({"eigenKenmerk": "\ud800"}, ("#/eigenKenmerk", "forbidden-character")),
        ({"eigenKenmerk": "x", "achternaam": "y"}, ("#", "unknown-member")),
        ([], ("#", "unknown-member")),
    ],
)
def test_search_by_anything_else_is_refused(sender, document, error):
    assert errors(interface.send("/meldingen/zoekopdrachten", document, sender=sender)) == {error}


def test_correction_replaces_the_report(sender):
    address = stored(sender)
    answer = interface.send(address, NAMED | {"meldingsdatum": "2019-04-01"}, sender=sender, method="put")
    assert (answer.status_code, answer.json()["status"]) == (200, "aanvaard")
    assert Contribution.objects.get().date.isoformat() == "2019-04-01"


def test_same_correction_under_its_key_is_made_once(sender):
    address, corrected = stored(sender), REPORT | {"meldingsdatum": "2019-04-01"}
    for _ in range(2):
        assert interface.send(address, corrected, sender=sender, headers=KEY, method="put").status_code == 200
    assert EarlierVersion.objects.count() == 1


def test_supplement_adds_what_was_not_known(sender):
    address = stored(sender)
    added = {"kenmerken": {"uitbuitingsvormen": ["labour"], "geslacht": "female"}}
    assert interface.send(f"{address}/aanvullingen", added, sender=sender).status_code == 200
    known = Contribution.objects.get().characteristics
    assert (known["sex"], known["exploitation_types"]) == ("female", ["labour", "sexual"])


@pytest.mark.parametrize("member", ["persoon", "meldingsdatum", "toestemming", "eigenKenmerk", "vreemd"])
def test_supplement_takes_nothing_but_characteristics(sender, member):
    address = stored(sender)
    assert errors(interface.send(f"{address}/aanvullingen", {member: {}}, sender=sender)) == {("#", "unknown-member")}


def test_withdrawal_takes_the_report_back_and_may_be_repeated(sender):
    address = stored(sender)
    for _ in range(2):
        answer = interface.send(f"{address}/intrekkingen", {}, sender=sender)
        assert (answer.status_code, answer.json()["status"]) == (200, "ingetrokken")
    jobs.drain(("vault",))
    assert not Contribution.objects.exists()
    assert interface.ask(address, sender=sender).json()["status"] == "ingetrokken"
    corrected = interface.send(address, REPORT, sender=sender, method="put")
    assert (corrected.status_code, corrected.json()["code"]) == (409, "withdrawn")


def test_list_is_filtered_and_paged(sender):
    for day in ("2019-03-14", "2019-03-15", "2019-04-01"):
        interface.send("/meldingen", REPORT | {"meldingsdatum": day}, sender=sender)
    march = interface.ask("/meldingen", sender=sender, meldingsdatumVanaf="2019-03-15", meldingsdatumTotEnMet="2019-03-31")
    assert [row["meldingsdatum"] for row in march.json()["results"]] == ["2019-03-15"]
    page = interface.ask("/meldingen", sender=sender, pageSize="2", page="2", status="aanvaard").json()
    assert (page["count"], len(page["results"]), page["next"]) == (3, 1, None)
    assert page["previous"] == "/api/v1/meldingen?pageSize=2&page=1&status=aanvaard"
    assert interface.ask("/meldingen", sender=sender, status="wacht-op-toestemming").json()["count"] == 0


def test_list_goes_on_with_what_was_withdrawn(sender):
    addresses = [stored(sender, REPORT) for _ in range(3)]
    interface.send(f"{addresses[0]}/intrekkingen", {}, sender=sender)
    found = [interface.ask("/meldingen", sender=sender, pageSize="1", page=str(page)).json() for page in (1, 2, 3, 4)]
    assert [row["status"] for page in found for row in page["results"]] == ["aanvaard", "aanvaard", "ingetrokken"]
    assert {page["count"] for page in found} == {3}
    assert interface.ask("/meldingen", sender=sender, status="ingetrokken").json()["count"] == 1


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"page": "0"}, ("page", "wrong-format")),
        ({"pageSize": "101"}, ("pageSize", "wrong-format")),
        ({"pageSize": "1e2"}, ("pageSize", "wrong-format")),
        ({"status": "bekend"}, ("status", "unknown-code")),
        ({"meldingsdatumVanaf": "20190314"}, ("meldingsdatumVanaf", "wrong-format")),
        ({"meldingsdatumVanaf": "2019-02-30"}, ("meldingsdatumVanaf", "wrong-format")),
        ({"achternaam": "Zwaluwenburg"}, ("", "unknown-parameter")),
        ({"format": "xml"}, ("", "unknown-parameter")),
    ],
)
def test_wrong_parameter_is_named_with_its_rule(sender, query, error):
    response = interface.ask("/meldingen", sender=sender, **query)
    assert response.status_code == 400
    assert {(one["parameter"], one["code"]) for one in response.json()["errors"]} == {error}
    assert "Zwalu" not in response.content.decode()


def test_other_organisation_finds_nothing_of_it(sender):
    address, stranger = stored(sender), bearer(cast.SHELTER_TEAM)
    assert interface.ask(address, sender=stranger).status_code == 404
    assert found(stranger).status_code == 404
    assert interface.ask("/meldingen", sender=stranger).json()["count"] == 0
