"""After refusal, rejection, lapse, withdrawal and retention no canary lies anywhere: free pages, media, Redis, logs, drafts.

The keys are part of it: what was sealed of these reports cannot be opened any more, wherever a copy of its bytes may lie.
"""

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from consent import services as consent
from consent.models import Statement, StatementDocument
from intake.models.anonymous_signal import AnonymousSignal
from intake.models.attachment import SealedAttachment
from intake.models.contribution import Contribution
from intake.models.draft import Draft
from intake.models.identity import SealedIdentity
from intake.models.matching import MatchingFeatures, Token
from jobs import services as jobs
from safeguards.models import DataKey
from tests import cast, linked
from tests.drafted import REFUSED
from tests.integration.test_canary import database as database_files
from tests.integration.test_canary import filled_in, found_in, in_redis, in_sessions
from tests.statements import administrator, recorded_earlier

pytestmark = pytest.mark.django_db(transaction=True)

ENDED = ("refused", "rejected", "lapsed", "withdrawn", "kept too long")


def work() -> None:
    jobs.drain(("files", "vault", "reports"))


def asked_for(kind: str) -> None:
    with transaction.atomic():
        jobs.record(kind)
    work()


def held(number: int) -> Statement:
    writer = filled_in(cast.OWNER, number)
    assert writer.add_scan("Zwaluwenburg.pdf", b"%PDF-1.7 Quirijntje 0612349876").status_code == 302
    assert writer.send().status_code == 302
    assert StatementDocument.objects.count() == 1
    return Statement.objects.get(state="given")


def refused() -> None:
    turned = filled_in(cast.OWNER, 1)
    assert turned.fill("consent", REFUSED, 1).status_code == 302
    turned.fill("signal", {}, 1)
    assert turned.send().status_code == 302


def rejected() -> None:
    consent.reject(statement=held(2).pk, reason="unreadable", by=administrator())
    work()


def lapsed() -> None:
    recorded_earlier(held(3).pk, days=4000)
    asked_for("consent.lapse")


def withdrawn() -> None:
    statement = held(4).pk
    consent.approve(statement=statement, by=administrator())
    work()
    assert MatchingFeatures.objects.count() == 1
    consent.withdraw(statement=statement, on=timezone.localdate(), by=administrator())
    work()


def kept_too_long() -> None:
    consent.approve(statement=held(5).pk, by=administrator())
    work()
    Contribution.objects.update(date=date(2005, 3, 14))
    asked_for("intake.retention")


ENDS: dict[str, Callable[[], None]] = dict(zip(ENDED, (refused, rejected, lapsed, withdrawn, kept_too_long), strict=True))


def sealed_bytes() -> set[bytes]:
    """Blobs and wrapped keys as they lie in the database."""
    blobs = {
        bytes(blob)
        for model in (SealedIdentity, SealedAttachment, StatementDocument)
        for blob in model.objects.values_list("blob", flat=True)
    }
    return blobs | {bytes(key) for key in DataKey.objects.exclude(purpose="draft").values_list("wrapped", flat=True)}


def everything() -> bytes:
    """The database's own files where they can be read, free pages too; PostgreSQL's rows after a vacuum."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)" if connection.vendor == "sqlite" else "VACUUM")
    return database_files() + in_redis() + _files()


def _files() -> bytes:
    folder = Path(settings.MEDIA_ROOT or "/nowhere")
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


@pytest.mark.parametrize("end", ENDED)
def test_nothing_is_found_after_the_end(end: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ENDS[end]()
    for model in (SealedIdentity, SealedAttachment, StatementDocument, MatchingFeatures, Token, Draft, DataKey):
        assert not model.objects.exists(), model
    assert Contribution.objects.exists() == (end == "kept too long")
    assert AnonymousSignal.objects.exists() == (end in ("refused", "rejected", "lapsed"))
    assert found_in(everything()) == set()
    assert found_in(in_sessions()) == set()
    assert found_in("\n".join(record.getMessage() + str(record.args) for record in caplog.records).encode()) == set()


@pytest.mark.parametrize("end", ["rejected", "withdrawn"])
def test_not_even_sealed_bytes_or_wrapped_keys_are_left_in_a_free_page(end: str) -> None:
    statement = held(6).pk
    if end == "withdrawn":
        consent.approve(statement=statement, by=administrator())
        work()
    before = sealed_bytes()
    assert before
    assert all(part in everything() for part in before) or connection.vendor != "sqlite"
    if end == "withdrawn":
        consent.withdraw(statement=statement, on=timezone.localdate(), by=administrator())
    else:
        consent.reject(statement=statement, reason="unreadable", by=administrator())
    work()
    after = everything()
    assert [part for part in before if part in after] == []


def test_report_beside_it_can_still_be_linked() -> None:
    withdrawn()
    first, second = linked.linked(), linked.linked()
    assert linked.persons() == {frozenset({first, second})}
