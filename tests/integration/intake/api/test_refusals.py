"""Who may do what at every address of the interface, and what every refusal looks like, whatever went wrong."""

import gzip
import json
import time
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from accounts import services as accounts
from accounts.models import ApiToken
from accounts.roles import Role
from config import caches
from intake.api import notifications, throttle
from intake.api.document import document
from tests import cast, interface, uploaded
from tests.delivered import OM
from tests.interface import REPORT, ROOT, bearer

pytestmark = pytest.mark.django_db

OPERATIONS = [
    (method, path)
    for path, methods in sorted(document("nl")["paths"].items())
    for method, what in sorted(methods.items())
    if what["security"]
]
OF_ONE_OBJECT = [(method, path) for method, path in OPERATIONS if "{" in path]
CSV = "text/csv"


@dataclass(frozen=True)
class Objects:
    """One of each kind, of the police and of EMM."""

    kenmerk: str
    aanlevering: UUID
    levering: str


@pytest.fixture
def objects():
    report = interface.send("/meldingen", REPORT)
    feed = interface.send("/emm-leveringen", b"{}", sender=bearer(cast.EMM, Role.FEED), kind="application/x-ndjson")
    return Objects(report.json()["kenmerk"], uploaded.checked(uploaded.reports(1)), feed.json()["levering"])


def address(path, objects):
    return path.format(**vars(objects)) if objects else path.format(kenmerk="X", aanlevering=UUID(int=1), levering=UUID(int=1))


def asked(method, path, headers, objects=None):
    kind = "application/x-ndjson" if path.endswith("-leveringen") else CSV if path == "/aanleveringen" else "application/json"
    headers = {"Idempotency-Key": "0123456789abcdef"} | headers
    if method == "get":
        return Client().get(ROOT + address(path, objects), headers=headers)
    return getattr(Client(), method)(ROOT + address(path, objects), b"{}", content_type=kind, headers=headers)


def is_feed(path):
    return path.startswith(("/emm-", "/om-"))


def is_problem(response, status):
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["API-Version"]
    assert response["Cache-Control"] == "no-store"
    assert {"type", "title", "status", "detail", "code"} <= set(response.json())
    assert response.json()["status"] == status
    return True


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_without_a_token_nobody_gets_in(method, path):
    response = asked(method, path, {})
    assert is_problem(response, 401)
    assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("scheme", ["Bearer {}", "bearer  {}x", "Basic {}", "Bearer", "Bearer a b", "{}"])
def test_token_that_is_not_whole_is_refused_alike(scheme):
    headers = {"Authorization": scheme.format("baken_" + "x" * 43)}
    assert is_problem(asked("get", "/meldingen", headers), 401)


def test_token_that_expired_or_was_taken_back_is_refused_alike():
    for change in ({"expires": timezone.now() - timedelta(seconds=1)}, {"revoked": timezone.now()}):
        sender = bearer()
        ApiToken.objects.update(**change)
        assert is_problem(asked("get", "/meldingen", sender), 401)


def test_token_of_an_organisation_that_was_ended_is_refused_alike():
    sender = bearer()
    accounts.deactivate_organisation(organisation=cast.organisation(cast.POLICE), by=cast.OPERATOR)
    assert is_problem(asked("get", "/meldingen", sender), 401)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_token_of_the_other_kind_is_refused(method, path):
    other = bearer(cast.POLICE, Role.BATCH_SUBMITTER) if is_feed(path) else bearer(cast.EMM, Role.FEED)
    assert is_problem(asked(method, path, other), 403)


@pytest.mark.parametrize(("method", "path"), [one for one in OPERATIONS if one[1].startswith("/aanleveringen")])
def test_token_for_single_reports_sends_no_files(method, path):
    assert is_problem(asked(method, path, bearer(cast.POLICE, Role.REPORTER)), 403)


@pytest.mark.parametrize(("method", "path"), OF_ONE_OBJECT)
def test_what_belongs_to_another_organisation_is_not_there(method, path, objects):
    stranger = bearer(OM, Role.FEED) if is_feed(path) else bearer(cast.SHELTER_TEAM, Role.BATCH_SUBMITTER)
    there, nowhere = asked(method, path, stranger, objects), asked(method, path, stranger)
    if (method, path) == ("put", "/meldingen/{kenmerk}"):  # What is wrong with the document goes first, for both.
        assert there.status_code == nowhere.status_code == 400
    else:
        assert is_problem(there, 404)
    assert there.content == nowhere.content


@pytest.mark.parametrize(
    "path", ["/api/v1/", "/api/v1/personen", "/api/v1/meldingen/", "/api/v2/meldingen", "/api/x%00y", "/api/%ff"]
)
def test_address_that_does_not_exist_is_answered_as_a_problem(path):
    assert is_problem(Client().get(path), 404)


def test_page_that_does_not_exist_stays_a_page():
    assert Client().get("/no-such-page")["Content-Type"].startswith("text/html")


def test_other_form_of_answer_is_refused():
    assert is_problem(Client().get("/api/v1/meldingen", headers=bearer() | {"Accept": "text/html"}), 406)


def test_mistake_of_ours_is_a_problem_without_a_text(monkeypatch):
    monkeypatch.setattr(notifications, "notification", lambda _: 1 / 0)
    client = Client(raise_request_exception=False)
    headers = bearer() | {"Idempotency-Key": "0123456789abcdef"}
    assert is_problem(client.post("/api/v1/meldingen", "{}", content_type="application/json", headers=headers), 500)


def test_database_that_is_away_is_a_reason_to_come_back(monkeypatch):
    def away(_):
        raise OperationalError("host=db password=geheim")

    monkeypatch.setattr(notifications, "notification", away)
    headers = bearer() | {"Idempotency-Key": "0123456789abcdef"}
    response = Client(raise_request_exception=False).post(
        "/api/v1/meldingen", "{}", content_type="application/json", headers=headers
    )
    assert is_problem(response, 503)
    assert response["Retry-After"]
    assert "geheim" not in response.content.decode()


def test_packed_document_is_not_unpacked():
    packed = gzip.compress(json.dumps(REPORT).encode())
    assert is_problem(interface.send("/meldingen", packed, headers={"Content-Encoding": "gzip"}), 415)


def test_document_in_chunks_is_refused_and_not_taken_for_an_empty_one():
    assert is_problem(interface.send("/meldingen", REPORT, headers={"Transfer-Encoding": "chunked"}), 411)


@pytest.mark.parametrize(
    "content", [b'{"a":' * 40_000, b"[1e400]", b'{"a":"\\u0000"}', b"\x1f\x8b\x08", b'"\\ud800"', b"{}" * 9]
)
def test_hostile_document_is_refused_at_once(content):
    started = time.process_time()
    assert is_problem(interface.send("/meldingen", content), 400)
    assert time.process_time() - started < 5


def test_system_that_asks_too_often_has_to_wait(settings):
    settings.BAKEN_API_RATE = 2
    sender, other = bearer(), bearer()
    assert [interface.ask("/meldingen", sender=sender).status_code for _ in range(2)] == [200, 200]
    response = interface.ask("/meldingen", sender=sender)
    assert is_problem(response, 429)
    assert 0 < int(response["Retry-After"]) <= throttle.WINDOW + 1
    assert interface.ask("/meldingen", sender=other).status_code == 200


def test_system_is_not_counted_while_the_cache_is_away(settings):
    settings.BAKEN_API_RATE = 0
    settings.CACHES = {"default": caches.shared("redis://127.0.0.1:1/0", "nowhere:")}
    assert interface.ask("/meldingen").status_code == 200


def test_head_is_as_get_without_a_document():
    response = Client().head("/api/v1/meldingen", headers=bearer())
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("path", ["/meldingen", "/openapi.json", "/personen"])
def test_answer_carries_the_security_headers(path):
    response = interface.ask(path)
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "Set-Cookie" not in response.headers
