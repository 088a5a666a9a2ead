"""A system learns nothing of who is known: every answer about a known and an unknown person is the same, then and later."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.inputs import OrganisationInput
from accounts.reporters import ReporterGroup
from accounts.roles import Role
from intake.batches import columns
from intake.models.matching import MatchingFeatures, Pair, Person, PersonContribution, Token
from intake.notifications.inputs import PartialDate
from jobs import services as jobs
from tests import cast, interface, uploaded
from tests.interface import REPORT, bearer

pytestmark = pytest.mark.django_db

KMAR = OrganisationInput("KMar Test", group=ReporterGroup.KMAR, public_body=True)


def about(given, family, year, number):
    birth = {"jaar": year, "maand": 7, "dag": 23}
    return REPORT | {"persoon": {"voornamen": [given], "achternaam": family, "geboorte": birth, "vNummer": number}}


KNOWN = about("Quirijntje", "Zwaluwenburg", 1991, "2876543210")
UNKNOWN = about("Isatu", "Bangoura", 1984, "2812345670")
RANDOM = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[2-9A-Z]{12}|[0-9a-f]{32}|\d{4}-\d\d-\d\dT[0-9:]{8}Z")


@pytest.fixture(autouse=True)
def known():
    """Somebody whom another organisation reported before."""
    interface.send("/meldingen", KNOWN, sender=bearer(KMAR))
    jobs.drain(("files", "vault", "reports"))
    assert Person.objects.count() == 1


def seen(response):
    """All that a client gets, without what is random for everybody."""
    headers = {name: RANDOM.sub("*", value) for name, value in response.headers.items()}
    return response.status_code, headers, RANDOM.sub("*", response.content.decode())


def journey(document, sender):
    """Everything that can be asked about one report, before linking and after it."""
    sent = interface.send("/meldingen", document, sender=sender)
    address = sent["Location"].removeprefix(interface.ROOT)
    answers = [sent, interface.ask(address, sender=sender)]
    jobs.drain(("files", "vault", "reports"))
    more = {"kenmerken": {"geslacht": "female"}}
    answers += [
        interface.ask(address, sender=sender),
        interface.send(f"{address}/aanvullingen", more, sender=sender),
        interface.send(address, document | {"meldingsdatum": "2019-03-20"}, sender=sender, method="put"),
        interface.send(f"{address}/intrekkingen", {}, sender=sender),
        interface.ask(address, sender=sender),
    ]
    jobs.drain(("files", "vault", "reports"))
    return [seen(answer) for answer in answers]


def test_every_answer_about_a_report_is_the_same():
    assert journey(UNKNOWN, bearer()) == journey(KNOWN, bearer())


# Literals, and names of savepoints.
VALUE = re.compile(r"""'(?:[^']|'')*'|"s[0-9]+_x[0-9]+"|\b(?:[0-9]+|NULL|True|False)\b""")
STRANGER = about("Elena", "Popescu", 1975, "2833333333")


def asked_of_the_database(document, sender):
    """Every statement of one request, in order, without its values."""
    with CaptureQueriesContext(connection) as captured:
        interface.send("/meldingen", document, sender=sender)
    return [VALUE.sub("?", query["sql"]) for query in captured]


def test_sending_asks_the_database_the_same_whether_the_person_is_known():
    """No statement of the request looks for anybody: that is left to the job."""
    sender = bearer()
    asked_of_the_database(STRANGER, sender)
    known, unknown = asked_of_the_database(KNOWN, sender), asked_of_the_database(UNKNOWN, sender)
    assert len(known) > 5
    assert known == unknown
    tables = (Token, MatchingFeatures, Pair, PersonContribution, Person)
    assert [sql for sql in known if any(table._meta.db_table in sql for table in tables)] == []


def test_known_person_was_linked_all_the_same():
    interface.send("/meldingen", KNOWN)
    interface.send("/meldingen", UNKNOWN)
    jobs.drain(("files", "vault", "reports"))
    assert PersonContribution.objects.count() == 3
    assert Person.objects.count() == 2


def test_every_answer_about_a_file_is_the_same():
    sender = bearer(cast.POLICE, Role.BATCH_SUBMITTER)
    assert _file("Quirijntje", "Zwaluwenburg", sender) == _file("Isatu", "Bangoura", sender)


def _file(given, family, sender):
    birth = PartialDate(1991, 7, 23)
    named = uploaded.changed(
        uploaded.reports(1)[0], given_names=(given,), family_name=family, birth=birth, own_reference=family
    )
    sent = interface.send("/aanleveringen", columns.write_csv([named]), sender=sender, kind="text/csv")
    jobs.drain(("files",))
    checked = Client().get(sent["Location"], headers=sender)
    confirmed = interface.send(f"{sent['Location'].removeprefix(interface.ROOT)}/bevestigingen", {}, sender=sender)
    jobs.drain(("files", "vault", "reports"))
    return [seen(answer) for answer in (sent, checked, confirmed, Client().get(sent["Location"], headers=sender))]
