"""The verifier names the first bad entry, whoever tampered however; a checkpoint catches who rewrote everything."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from safeguards import audit, chain, checkpoints, immutability
from safeguards.actors import system
from safeguards.models import AuditEntry, AuditHead
from safeguards.verification import Break, verify
from tests.append_only import triggers_lifted

pytestmark = pytest.mark.django_db

BY = system("test")
TABLE = "safeguards_auditentry"
SHIFT = "UPDATE trail SET sequence = %d WHERE sequence = %d"


@pytest.fixture(autouse=True)
def trail(tmp_path: Path, settings: Settings) -> None:
    """Ten entries, and a checkpoint after the fourth."""
    settings.BAKEN_CHECKPOINTS = tmp_path / "checkpoints.txt"
    audit.record_many([audit.Event("done", object_id=str(number)) for number in range(1, 5)], by=BY)
    checkpoints.sign()
    audit.record_many([audit.Event("done", object_id=str(number)) for number in range(5, 11)], by=BY)


def tamper(*statements: str) -> None:
    """As one who may do everything in the database; trail stands for the table."""
    with triggers_lifted(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.replace(" trail", f" {TABLE}"))


def rewrite(first: int, last: int | None = None) -> None:
    """Recompute every digest and the head, as one who knows how."""
    entries = list(AuditEntry.objects.order_by("sequence"))
    previous, rows = chain.START, []
    for number, entry in enumerate(entries[:last], start=1):
        entry.sequence = number
        entry.object_id = f"forged {number}" if number >= first else entry.object_id
        entry.previous, previous = previous, chain.link(previous, entry)
        entry.digest = previous
        rows.append(entry)
    tamper("DELETE FROM trail")
    AuditEntry.objects.bulk_create(rows)
    AuditHead.objects.update(sequence=len(rows), digest=previous)


def first_break() -> Break:
    return verify().breaks[0]


def test_whole_trail_has_no_break() -> None:
    result = verify()
    assert (result.entries, result.checkpoints, result.breaks) == (10, 1, ())


def later(hours: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """One more entry, written when so many hours have passed."""
    moment = timezone.now() + timedelta(hours=hours)
    with monkeypatch.context() as patched:
        patched.setattr(timezone, "now", lambda: moment)
        audit.record("done", by=BY)


@pytest.mark.parametrize("cut", [True, False])
def test_trail_that_went_on_without_checkpoints_is_a_break(cut: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    later(0.6, monkeypatch)
    if cut:
        rewrite(first=1)
        Path(settings.BAKEN_CHECKPOINTS).unlink()
    assert first_break().sequence == (1 if cut else 5)
    assert "without a checkpoint" in first_break().problem


def test_entries_that_wait_for_the_next_checkpoint_are_no_break(monkeypatch: pytest.MonkeyPatch) -> None:
    later(0.4, monkeypatch)
    assert verify().breaks == ()
    later(30, monkeypatch)
    checkpoints.sign()
    assert verify().breaks == ()


COLUMNS = {
    "time": "'2020-01-01 00:00:00+00:00'",
    "actor_kind": "'client'",
    "actor_id": "'x'",
    "organisation": "'00000000000000000000000000000001'",
    "roles": "'x'",
    "strength": "'x'",
    "request": "'x'",
    "action": "'x'",
    "object_type": "'x'",
    "object_id": "'x'",
    "details": """'{"a": 1}'""",
}


@pytest.mark.parametrize(("column", "value"), COLUMNS.items(), ids=COLUMNS)
def test_updated_entry_is_named(column: str, value: str) -> None:
    tamper(" ".join(("UPDATE trail SET", column, "=", value, "WHERE sequence = 7")))
    assert first_break() == Break(7, "was changed")


def test_entry_updated_with_its_digest_breaks_the_next() -> None:
    entry = AuditEntry.objects.get(sequence=7)
    entry.action = "other"
    digest = chain.link(bytes(entry.previous), entry).hex()
    literal = f"'\\x{digest}'::bytea" if connection.vendor == "postgresql" else f"x'{digest}'"
    tamper("UPDATE trail SET action = 'other', digest = @ WHERE sequence = 7".replace("@", literal))
    assert first_break() == Break(8, "does not follow the one before it")


def test_deleted_entry_is_named() -> None:
    tamper("DELETE FROM trail WHERE sequence = 7")
    assert first_break() == Break(7, "is missing")


def test_deleted_first_entry_is_named() -> None:
    tamper("DELETE FROM trail WHERE sequence = 1")
    assert first_break() == Break(1, "is missing")


def test_entry_deleted_and_closed_up_is_named() -> None:
    tamper(
        "DELETE FROM trail WHERE sequence = 7",
        *(SHIFT % (number - 1, number) for number in range(8, 11)),
    )
    assert first_break() == Break(7, "does not follow the one before it")


def _insert(after: int) -> AuditEntry:
    """Make room behind an entry and put a copy of it there, as a forger would who keeps the numbers in order."""
    later = [SHIFT % (number + 1, number) for number in range(10, after, -1)]
    tamper(*later)
    entry = AuditEntry.objects.get(sequence=after)
    entry.sequence, entry.previous = after + 1, entry.digest
    entry.digest = chain.link(bytes(entry.previous), entry)
    AuditEntry.objects.bulk_create([entry])
    return entry


def test_entry_inserted_in_the_middle_is_found() -> None:
    _insert(after=6)
    assert first_break() == Break(8, "does not follow the one before it")


def test_entry_added_behind_the_head_is_named() -> None:
    _insert(after=10)
    assert first_break() == Break(11, "was added behind the head")


def test_swapped_entries_are_named() -> None:
    moves = ((6, 99), (7, 6), (99, 7))
    tamper(*(SHIFT % (to, number) for number, to in moves))
    assert first_break() == Break(6, "does not follow the one before it")


def test_cut_end_is_named() -> None:
    tamper("DELETE FROM trail WHERE sequence > 7")
    assert first_break() == Break(8, "is missing: the trail has 10 entries by its head")


def test_truncated_trail_is_named() -> None:
    tamper("TRUNCATE trail" if connection.vendor == "postgresql" else "DELETE FROM trail")
    assert first_break() == Break(1, "is missing: the trail has 10 entries by its head")


def test_head_of_another_digest_is_found() -> None:
    AuditHead.objects.update(digest=b"\0" * 32)
    assert first_break() == Break(10, "is not the one that the head names")


def test_missing_head_is_found() -> None:
    AuditHead.objects.all().delete()
    assert "head" in first_break().problem


def test_rewrite_with_recomputed_digests_is_caught_by_the_checkpoint() -> None:
    rewrite(first=2)
    found = first_break()
    assert found.sequence == 1
    assert "was rewritten, or one up to 4" in found.problem


def test_rewrite_after_two_checkpoints_is_narrowed_down() -> None:
    checkpoints.sign()
    rewrite(first=7)
    found = first_break()
    assert found.sequence == 5
    assert "up to 10" in found.problem


def test_rewrite_with_recomputed_digests_is_whole_without_the_checkpoint(settings: Settings) -> None:
    """Why the checkpoints must stand elsewhere: the chain alone proves nothing against its owner."""
    rewrite(first=2)
    settings.BAKEN_CHECKPOINTS.unlink()
    assert verify().breaks == ()


def test_trail_cut_with_its_head_is_caught_by_the_checkpoint() -> None:
    rewrite(first=99, last=3)
    found = first_break()
    assert found.sequence == 4
    assert "the trail had 4 entries" in found.problem


def test_trail_put_back_to_an_older_state_is_caught_by_the_checkpoint() -> None:
    checkpoints.sign()
    rewrite(first=99, last=6)
    assert first_break().sequence == 7


ALTERED = {
    "sequence": lambda text: text.replace("\n4\n", "\n5\n"),
    "time": lambda text: text.replace("time 20", "time 21"),
    "signature": lambda text: text.replace("checkpoint-1 ", "checkpoint-1 AAAA"),
    "another installation": lambda text: text.replace("baken.audit/", "baken.audit/0"),
    "a digest that is none": lambda text: re.sub(r"(?<=\n4\n)\S+", "?", text),
}


@pytest.mark.parametrize("alter", ALTERED.values(), ids=ALTERED)
def test_altered_checkpoint_is_found(settings: Settings, alter: Callable[[str], str]) -> None:
    path: Path = settings.BAKEN_CHECKPOINTS
    path.write_text(alter(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert re.fullmatch(r"The checkpoint at entry \d is not signed by this installation's key.", first_break().problem)


def test_checkpoint_of_another_installation_with_the_same_key_is_found(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BAKEN_CHECKPOINTS.unlink()
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(checkpoints, "_origin", lambda: "baken.audit/00")
        checkpoints.sign()
    assert "is not signed by this installation" in first_break().problem


@pytest.mark.parametrize("alter", [lambda text: text[:-30], lambda text: text + "hello\n"], ids=["cut short", "something else"])
def test_file_that_holds_more_than_checkpoints_is_found(settings: Settings, alter: Callable[[str], str]) -> None:
    path: Path = settings.BAKEN_CHECKPOINTS
    path.write_text(alter(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert "holds something that is no checkpoint" in first_break().problem


def test_checkpoint_is_signed_once_for_each_state(settings: Settings) -> None:
    assert checkpoints.sign() is not None
    assert checkpoints.sign() is None
    assert [mark.sequence for mark in checkpoints.read()] == [4, 10]


def test_missing_triggers_are_found() -> None:
    immutability.remove(connection, TABLE)
    assert "no longer refuses" in first_break().problem
    immutability.install(connection, TABLE, "sequence")


def test_command_says_that_the_trail_is_whole() -> None:
    out = io.StringIO()
    call_command("verify_audit", stdout=out)
    assert out.getvalue() == "The audit trail is whole: 10 entries, 1 checkpoints.\n"


def test_command_names_the_first_bad_entry_and_fails() -> None:
    tamper("DELETE FROM trail WHERE sequence = 7")
    with pytest.raises(CommandError, match="Entry 7 is missing") as error:
        call_command("verify_audit")
    assert error.value.returncode == 1
