"""Names that nobody has go in by every channel; then everything that was written is searched for them in every encoding."""

import base64
import json
import logging
import tempfile
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from accounts.inputs import PRIVATE_PERSONS
from accounts.roles import Role
from consent import selectors as statements
from consent import services as consent
from intake.batches import columns
from intake.models.batch import Batch
from intake.models.contribution import Contribution
from intake.models.draft import Draft
from intake.models.matching import Pair, PersonContribution, Token
from intake.models.visitors import CallbackRequest
from jobs import services as jobs
from tests import cast, interface, reported, visitors
from tests.delivered import OM
from tests.drafted import REFUSED, Writer
from tests.visitors import Holder

pytestmark = pytest.mark.django_db(transaction=True)

CANARIES = ("Quirijntje", "Zwaluwenburg", "Qwertella", "2876543210", "0612349876", "Zonneschijn", "23-07-1991", "1991-07-23")
PLANTED = "A place to find: Zwaluwenburg"
FILLED = {
    "own_reference": "Zwaluwenburg 1",
    "given_names": "Quirijntje, Anna",
    "name_prefix": "van der",
    "family_name": "Zwaluwenburg",
    "aliases": "Qwertella",
    "birth": "23-07-1991",
    "contact": "0612349876",
}
PERSON = {
    "voornamen": ["Quirijntje"],
    "tussenvoegsel": "van der",
    "achternaam": "Zwaluwenburg",
    "geboorte": {"jaar": 1991, "maand": 7, "dag": 23},
    "vNummer": "2876543210",
    "toelichting": "Woont boven bakkerij Zonneschijn.",
}


def encodings(text: str) -> Iterator[bytes]:
    """As it may lie in a file: plain, wide, escaped, or inside base64 at any of the three offsets."""
    for charset in ("utf-8", "utf-16-le", "utf-16-be", "cp1252"):
        raw = text.encode(charset)
        yield raw
        yield raw.hex().encode()
        for shift in range(3):
            coded = base64.b64encode(b"\0" * shift + raw)
            yield coded[4 * bool(shift) : -4]
    yield urllib.parse.quote(text).encode()
    yield json.dumps(text)[1:-1].encode()
    yield text.lower().encode()
    yield text.upper().encode()
    yield text[::-1].encode()


def found_in(content: bytes) -> set[str]:
    return {canary for canary in CANARIES if any(len(coded) > 5 and coded in content for coded in encodings(canary))}


def database() -> bytes:
    """SQLite: the file and its log, free pages too. PostgreSQL: every row of every table."""
    if connection.vendor == "sqlite":
        name = Path(str(connection.settings_dict["NAME"]))
        return b"".join(file.read_bytes() for file in name.parent.glob(name.name + "*"))
    parts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            with cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
                parts.append(b"".join(bytes(row) for row in rows))
    return b"".join(parts)


def in_sessions() -> bytes:
    """Their content, which the database holds compressed."""
    assert Session.objects.exists()
    return repr([session.get_decoded() for session in Session.objects.all()]).encode()


def in_redis() -> bytes:
    if not settings.REDIS_URL:
        return b""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        keys = list(client.scan_iter(f"{settings.BAKEN_QUEUE_PREFIX}*"))
        return b"".join(key + (client.dump(key) or b"") for key in keys)


def filled_in(person: cast.Person, number: int, **wrong: str) -> Writer:
    writer = Writer(person)
    writer.complete()
    writer.fill("person", FILLED | {"own_reference": f"Zwaluwenburg {number}"} | wrong, 1)
    writer.fill("narrative", {"narrative": "Woont boven bakkerij Zonneschijn."}, 1)
    assert writer.attach("Zwaluwenburg.pdf", b"%PDF-1.7 Quirijntje 0612349876").status_code == 302
    return writer


def by_forms() -> None:
    """Sent, taken back to a signal, refused by a rule, and left lying as a draft."""
    for person, number in ((cast.OFFICER, 1), (cast.OWNER, 2), (cast.OWNER, 3)):
        assert filled_in(person, number).send().status_code == 302
    turned = filled_in(cast.OWNER, 4)
    assert turned.fill("consent", REFUSED, 1).status_code == 302
    turned.fill("signal", {}, 1)
    assert turned.send().status_code == 302
    wrong = filled_in(cast.OFFICER, 5, birth="23-07-2091", family_name="Zwaluwenburg\0")
    assert wrong.send().status_code == 422
    assert filled_in(cast.OWNER, 6).autosave("person", FILLED, 1).status_code == 200


def by_interface() -> None:
    report = {"meldingsdatum": "2019-03-14", "persoon": PERSON, "kenmerken": {"uitbuitingsvormen": ["sexual"]}}
    sender = interface.bearer(cast.POLICE, Role.REPORTER)
    for document, status in ((report, 201), (report | {"Zwaluwenburg": 1}, 400)):
        sent = interface.send("/meldingen", document, sender=sender)
        assert sent.status_code == status, sent.content
    sent = interface.send("/meldingen", report | {"eigenKenmerk": "Zwaluwenburg 9"}, sender=sender)
    stored = sent["Location"].removeprefix(interface.ROOT)
    assert interface.send(stored, report, sender=sender, method="put").status_code == 200
    assert interface.send(f"{stored}/aanvullingen", {"Zwaluwenburg": 1}, sender=sender).status_code == 400
    found = interface.send("/meldingen/zoekopdrachten", {"eigenKenmerk": "Zwaluwenburg"}, sender=sender)
    assert found.status_code == 404


def by_file() -> None:
    rows = [reported.report(identity=reported.person(own_reference=f"Zwaluwenburg {number}")) for number in (7, 8)]
    content = columns.write_csv(rows) + b"Zwaluwenburg;Quirijntje\r\n"
    client = cast.signed_in(cast.OFFICER)
    assert client.post("/batches/new", {"file": SimpleUploadedFile("Zwaluwenburg.csv", content)}).status_code == 302
    jobs.drain(("files",))
    batch = Batch.objects.get(kind=Batch.Kind.REPORTS)
    assert client.get(f"/batches/{batch.id}").status_code == 200
    assert client.post(f"/batches/{batch.id}/confirm", {"leave-out-errors": "yes"}).status_code == 302


def by_feeds() -> None:
    record = {"sleutel": "Zwaluwenburg", "datum": "2019-05-01", "persoon": PERSON, "kenmerken": {}}
    for organisation, address, more in ((cast.EMM, "emm", {"rol": "slachtoffer"}), (OM, "om", {})):
        lines = json.dumps(record | more).encode() + b"\n" + b'{"sleutel": "Zwaluwenburg\n'
        sent = Client().post(
            f"/api/v1/{address}-leveringen",
            lines,
            content_type="application/x-ndjson",
            headers=interface.bearer(organisation, Role.FEED),
        )
        assert sent.status_code in (200, 201, 202), sent.content


def reviewed() -> None:
    by = cast.actor(cast.CONSENT_ADMINISTRATOR)
    first, second = statements.queue(by=by, limit=10).items
    consent.approve(statement=first.id, by=by)
    consent.reject(statement=second.id, reason="not-signed", by=by)
    jobs.drain(("files", "vault", "reports"))
    reviewer = cast.signed_in(cast.REVIEWER)
    assert reviewer.get("/review").status_code == 200
    for pair in Pair.objects.all():
        assert reviewer.get(f"/review/{pair.id}").status_code == 200


def by_visitors() -> None:
    """By people without an account: asked to be called, taken and finished; reported by a link, sent and left lying."""
    for _ in range(2):
        assert visitors.sent("/without-account/call", visitors.CALLBACK).status_code == 302
    caller = cast.signed_in(cast.CARE_COORDINATOR)
    calls = [f"/callbacks/{call}" for call in CallbackRequest.objects.values_list("id", flat=True)]
    for call in calls:
        assert caller.post(f"{call}/take", {"reason": "language"}).status_code == 302
        assert "0612349876" in caller.get(call).content.decode()
    assert caller.post(f"{calls[0]}/done", {"result": "reached"}).status_code == 302
    cast.organisation(PRIVATE_PERSONS)
    for address in ("Quirijntje@example.org", "Zwaluwenburg@example.org"):
        assert visitors.sent("/without-account/link", {"email": address}).status_code == 302
        assert found_in(database()) == set()
    jobs.drain(("files",))
    assert {message.to[0] for message in mail.outbox[-2:]} == {"Quirijntje@example.org", "Zwaluwenburg@example.org"}
    for last in (Holder.send, Holder.look_at_all):
        holder = Holder()
        holder.complete()
        holder.fill("person", FILLED, 1)
        last(holder)
    assert visitors.sent("/without-account/signal", visitors.SIGNAL | {"region": "Zwaluwenburg"}).status_code == 422


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a temporary file would go, were one made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_no_canary_is_found_wherever_anything_was_written(scratch: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    by_forms()
    by_interface()
    by_file()
    by_feeds()
    jobs.drain(("files", "vault", "reports"))
    reviewed()
    # All channels arrived and were linked, so that there was something to find.
    assert Contribution.objects.count() == 8
    assert PersonContribution.objects.count() == 8
    assert Token.objects.exists()
    assert found_in(database()) == set()
    assert found_in(in_sessions()) == set()
    assert found_in(in_redis()) == set()
    assert found_in("\n".join(record.getMessage() + str(record.args) for record in caplog.records).encode()) == set()
    assert [file for file in scratch.rglob("*") if file.is_file()] == []


def test_no_canary_of_people_without_an_account_is_found(scratch: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    by_visitors()
    # A request, a draft and a report are there, so that there was something to find.
    assert (CallbackRequest.objects.count(), Draft.objects.count(), Contribution.objects.count()) == (1, 1, 1)
    assert found_in(database()) == set()
    assert found_in(in_sessions()) == set()
    assert found_in(in_redis()) == set()
    assert found_in("\n".join(record.getMessage() + str(record.args) for record in caplog.records).encode()) == set()
    assert [file for file in scratch.rglob("*") if file.is_file()] == []


@pytest.mark.parametrize("text", CANARIES)
def test_search_finds_a_canary_in_every_encoding(text: str) -> None:
    for coded in encodings(text):
        if len(coded) > 5:
            assert text in found_in(b"...." + coded + b"....")


def test_search_of_the_database_finds_what_is_there() -> None:
    Batch.objects.create(organisation_id=cast.organisation(cast.POLICE), kind=Batch.Kind.REPORTS, submitted_by=PLANTED)
    assert found_in(database()) == {"Zwaluwenburg"}
