"""The watched folder: parcels are taken in once, answered by receipts, and nothing else there is read."""

import hashlib
import io
import json
import os
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts import services as accounts
from accounts.permissions import NotAllowedError
from accounts.reporters import Source
from intake import events
from intake.enrichment import dropped, services
from intake.models.batch import Batch
from intake.models.contribution import Contribution
from intake.models.dropped_file import DroppedFile
from jobs import services as jobs
from safeguards import parcels
from safeguards.actors import system
from safeguards.models import AuditEntry
from tests import cast, delivered, reported

pytestmark = pytest.mark.django_db
BY = system("tests")


def parcel(content: bytes) -> bytes:
    target = io.BytesIO()
    parcels.seal(io.BytesIO(content), target, parcels.recipient())
    return target.getvalue()


def drop(content: bytes, feed: str = "emm", name: str = "2026-11.baken") -> Path:
    path = dropped.folder_of(feed) / name
    path.write_bytes(content)
    return path


def receipt(content: bytes, feed: str = "emm") -> dict[str, object]:
    name = hashlib.sha256(content).hexdigest()[: dropped.RECEIPT_NAME_LENGTH]
    return json.loads((dropped.folder_of(feed) / dropped.RECEIPTS / f"{name}.json").read_text())


@pytest.fixture(autouse=True)
def feeds():
    for feed in dropped.FEEDS:
        for path in [path for path in dropped.folder_of(feed).rglob("*") if path.is_file()]:
            path.unlink()
    delivered.feed()
    delivered.feed(delivered.OM)


@pytest.fixture
def taken(django_capture_on_commit_callbacks):
    """What the job does, as far as its commit."""

    def take() -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return dropped.take(by=BY)

    return take


def test_parcel_becomes_a_delivery_and_the_file_goes(taken):
    sent = parcel(delivered.lines(delivered.record()))
    path = drop(sent)
    assert taken() == 1
    assert not path.exists()
    assert receipt(sent)["status"] == "ontvangen"
    jobs.drain(("files",))
    assert Contribution.objects.get().source == Source.EMM


def test_letters_are_dropped_in_a_folder_of_their_own(taken):
    drop(parcel(delivered.lines(delivered.record(), source=Source.OM)), feed="om")
    taken()
    jobs.drain(("files",))
    assert Contribution.objects.get().source == Source.OM


def test_receipt_tells_counts_and_errors_by_line_once_the_records_are_stored(taken):
    sent = parcel(delivered.lines(delivered.record(), delivered.record("sleutel 2", role="getuige")) + b"{x\n")
    drop(sent)
    taken()
    assert dropped.answer(by=BY) == 0
    jobs.drain(("files",))
    assert dropped.answer(by=BY) == 1
    told = receipt(sent)
    assert (told["status"], told["fouten"]) == ("verwerkt", [{"regel": 3, "veld": "", "code": "not-json"}])
    assert (told["aantallen"]["nieuw"], told["aantallen"]["geenSlachtoffer"]) == (1, 1)
    assert dropped.answer(by=BY) == 0


def test_parcel_that_stayed_after_a_kill_is_known_and_only_removed(taken):
    sent = parcel(delivered.lines(delivered.record()))
    drop(sent)
    taken()
    path = drop(sent)
    assert taken() == 1
    assert (path.exists(), Batch.objects.count(), DroppedFile.objects.count()) == (False, 1, 1)


def test_file_stays_until_its_delivery_is_committed():
    path = drop(parcel(delivered.lines(delivered.record())))
    with transaction.atomic():
        dropped.take(by=BY)
        transaction.set_rollback(True)
    assert path.exists()
    assert not DroppedFile.objects.exists()


def test_parcel_that_is_still_being_written_is_left(taken):
    path = drop(parcel(delivered.lines(delivered.record()))[:-10])
    assert taken() == 0
    assert path.exists()


def test_parcel_that_never_ended_is_refused_in_the_end(taken):
    sent = parcel(delivered.lines(delivered.record()))[:-10]
    path = drop(sent)
    long_ago = time.time() - dropped.PATIENCE_SECONDS - 1
    os.utime(path, (long_ago, long_ago))
    assert taken() == 1
    assert (path.exists(), receipt(sent)["code"]) == (False, "cut-off")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"sleutel": "1", "persoon": {"achternaam": "Zwaluwenburg"}}\n' * 50, "not-for-this-key"),
        (b"", "cut-off"),
        (b"PK\x03\x04" + bytes(2_000), "not-for-this-key"),
    ],
)
def test_what_is_no_parcel_is_refused_and_not_kept(taken, content, code):
    path = drop(content)
    long_ago = time.time() - dropped.PATIENCE_SECONDS - 1
    os.utime(path, (long_ago, long_ago))
    assert taken() == 1
    assert (path.exists(), receipt(content)) == (
        False,
        {"sha256": hashlib.sha256(content).hexdigest(), "status": "geweigerd", "code": code},
    )
    assert AuditEntry.objects.get(action=events.DROPPED_REFUSED).details == {"code": code}
    assert not Batch.objects.exists()


def test_altered_parcel_is_refused_and_the_next_one_taken(taken):
    sent = bytearray(parcel(delivered.lines(delivered.record())))
    sent[-20] ^= 1
    drop(bytes(sent), name="1.baken")
    drop(parcel(delivered.lines(delivered.record())), name="2.baken")
    assert taken() == 2
    assert (receipt(bytes(sent))["code"], Batch.objects.count()) == ("not-for-this-key", 1)


def test_too_large_a_parcel_is_refused_unread(taken, monkeypatch):
    monkeypatch.setattr(dropped, "LARGEST_PARCEL", 100)
    sent = parcel(delivered.lines(delivered.record()))
    drop(sent)
    taken()
    assert receipt(sent)["code"] == "too-large"


def test_too_many_records_are_refused_with_a_receipt(taken, monkeypatch):
    monkeypatch.setattr(services, "MOST_LINES", 1)
    sent = parcel(delivered.lines(delivered.record(), delivered.record("sleutel 2")))
    drop(sent)
    taken()
    assert receipt(sent)["code"] == "too-many-rows"


def test_other_names_links_and_folders_are_left_alone(taken, tmp_path):
    plain = drop(b"x", name="readme.txt")
    outside = tmp_path / "outside.baken"
    outside.write_bytes(b"x")
    link = dropped.folder_of("emm") / "link.baken"
    link.symlink_to(outside)
    (dropped.folder_of("emm") / "folder.baken").mkdir()
    assert taken() == 0
    assert plain.exists()
    assert outside.exists()
    link.unlink()
    (dropped.folder_of("emm") / "folder.baken").rmdir()


def test_folder_of_a_feed_that_does_not_exist_refuses(taken):
    sent = parcel(delivered.lines(delivered.record()))
    accounts.deactivate_organisation(organisation=cast.organisation(cast.EMM), by=cast.OPERATOR)
    drop(sent)
    taken()
    assert receipt(sent)["code"] == "no-such-feed"


def test_nobody_but_background_work_reads_the_folder():
    for service in (dropped.take, dropped.answer):
        with pytest.raises(NotAllowedError):
            service(by=delivered.feed())


def test_what_the_commands_make_is_taken_in(taken, tmp_path):
    key, source, target = tmp_path / "key.json", tmp_path / "records.jsonl", dropped.folder_of("emm") / "november.baken"
    with key.open("w") as file:
        call_command("show_delivery_key", stdout=file)
    source.write_bytes(delivered.lines(delivered.record()))
    call_command("encrypt_delivery", str(key), str(source), str(target), stdout=io.StringIO())
    assert b"Zwaluwenburg" not in target.read_bytes()
    taken()
    jobs.drain(("files",))
    assert Contribution.objects.count() == 1


def test_command_overwrites_nothing_and_names_what_is_wrong(tmp_path):
    key, source, target = tmp_path / "key.json", tmp_path / "records.jsonl", tmp_path / "there.baken"
    source.write_bytes(b"x")
    key.write_text("{}")
    for wanted in ("no delivery key", "cannot be read"):
        with pytest.raises(CommandError, match=wanted):
            call_command("encrypt_delivery", str(key), str(source), str(target))
        key = tmp_path / "absent.json"
    target.write_bytes(b"kept")
    with pytest.raises(CommandError, match="another name"):
        call_command("encrypt_delivery", str(key), str(source), str(target))
    assert (target.read_bytes(), list(tmp_path.glob("*.part"))) == (b"kept", [])


def test_nothing_of_a_file_is_in_database_or_receipt(taken):
    sent = parcel(delivered.lines(delivered.record(identity=reported.person(contact="", narrative=""))))
    drop(sent, name="Zwaluwenburg.baken")
    taken()
    kept = str(list(DroppedFile.objects.values())) + str(list(AuditEntry.objects.values())) + str(receipt(sent))
    assert "Zwaluwenburg" not in kept
