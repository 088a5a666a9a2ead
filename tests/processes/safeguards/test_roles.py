"""Real processes of each role and queue, on one complete key folder and on what is handed out: each loads its own keys only."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import Settings

from safeguards.keyring import handing_out
from tests.vectors.sealing import write_keys

ROOT = Path(__file__).resolve().parents[3]
PUBLIC = {"checkpoint (public)", "installation (public)"}
OWN_REFERENCE = "own-reference (secret)"
ACCOUNTS = "account-secrets (secret)"
EDITIONS = "editions (secret)"
STATISTICS = "statistics (secret)"
BOTH_HALVES = {"sealing (private)", "sealing (public)"}
EVERYTHING = BOTH_HALVES | PUBLIC | {
    ACCOUNTS, EDITIONS, STATISTICS, "draft (secret)", OWN_REFERENCE, "receipt (secret)", "api-token (secret)",
    "row-digest (secret)", "link-token (secret)", "webhook (secret)", "checkpoint (private)", "delivery (private)",
    "delivery (public)",
}  # fmt: skip


@dataclass(frozen=True)
class Process:
    """What the table of the architecture says, written out once more: the code is held against this."""

    role: str
    queues: str
    keys: set[str]
    work: set[str]


PROCESSES = {
    "intake web": Process(
        "intake", "",
        PUBLIC | {
            "sealing (public)", "draft (secret)", OWN_REFERENCE, "receipt (secret)", "api-token (secret)", "webhook (secret)",
            ACCOUNTS,
        },
        {
            "seal", "draft", "account secret", "webhook secret", "digest own-reference", "digest receipt", "digest visitor",
            "digest visitor-link", "digest api-token",
        },
    ),
    "back office": Process(
        "backoffice", "", PUBLIC | {"sealing (public)", "sealing (private)", ACCOUNTS}, {"seal", "open", "account secret"}
    ),
    "monitor": Process("monitor", "", PUBLIC | {ACCOUNTS, EDITIONS}, {"account secret", "exact edition"}),
    "worker files": Process(
        "worker", "files",
        PUBLIC | {"sealing (public)", "draft (secret)", OWN_REFERENCE, "row-digest (secret)", "delivery (private)"},
        {"seal", "draft", "digest own-reference", "digest row"},
    ),
    "worker vault": Process(
        "worker", "vault",
        PUBLIC | BOTH_HALVES | {"link-token (secret)", "checkpoint (private)"},
        {"seal", "open", "link", "digest link", "sign checkpoint"},
    ),
    "worker reports": Process("worker", "reports", PUBLIC | {EDITIONS, STATISTICS}, {"exact edition"}),
    "worker outgoing": Process("worker", "outgoing", PUBLIC | {"webhook (secret)"}, {"webhook secret"}),
    "worker of nothing": Process("worker", "", set(), set()),
    "worker of an unknown queue": Process("worker", "other", set(), set()),
    "embedded": Process(
        "all", "files,vault,reports,outgoing", EVERYTHING,
        {
            "seal", "open", "draft", "link", "account secret", "webhook secret", "exact edition", "sign checkpoint",
            "digest own-reference",
            "digest receipt", "digest visitor", "digest visitor-link", "digest api-token", "digest row", "digest link",
        },
    ),
}  # fmt: skip
HANDED_OUT = {"intake web": "intake", "back office": "backoffice", "monitor": "monitor"} | {
    f"worker {queue}": queue for queue in ("files", "vault", "reports", "outgoing")
}


def ask(process: Process, keys: Path) -> dict[str, list[str]]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BAKEN_")} | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "BAKEN_KEYS": str(keys),
        "BAKEN_ROLE": process.role,
        "BAKEN_QUEUES": process.queues,
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.held_keys"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    answer: dict[str, list[str]] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize("process", PROCESSES.values(), ids=PROCESSES)
def test_process_loads_its_own_keys_only_though_all_are_in_its_folder(process: Process, tmp_path: Path) -> None:
    answer = ask(process, write_keys(tmp_path))
    assert set(answer["keys"]) == process.keys
    assert set(answer["work"]) == process.work


def test_process_of_one_role_cannot_help_itself_to_the_keys_of_another(tmp_path: Path, settings: Settings) -> None:
    """Started as everything on what intake was handed: what is not in the folder cannot be loaded."""
    settings.KEY_DIR = write_keys(tmp_path)
    handing_out.hand_out(tmp_path / "out")
    intake, embedded = PROCESSES["intake web"], PROCESSES["embedded"]
    assert set(ask(embedded, tmp_path / "out" / "intake")["keys"]) == intake.keys


@pytest.mark.parametrize(("name", "folder"), HANDED_OUT.items(), ids=HANDED_OUT)
def test_handed_out_folder_holds_what_the_process_needs(name: str, folder: str, tmp_path: Path, settings: Settings) -> None:
    settings.KEY_DIR = write_keys(tmp_path)
    handing_out.hand_out(tmp_path / "out")
    names = {path.name for path in (tmp_path / "out" / folder).iterdir()}
    assert {re.sub(r"-\d[\d-]*\.(\w+)", r" (\1)", file_name) for file_name in names} == PROCESSES[name].keys
