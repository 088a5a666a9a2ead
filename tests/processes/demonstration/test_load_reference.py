"""The demonstration register through real processes: killed thrice while loading, complete once, every report there once."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import pytest

from config.demonstration import comparison, register, reviewing, unconsented
from config.demonstration.identities import people
from reports.figures.sight import SIGHT
from tests.installations import MANAGE, Installation, installation, kill

REPORTS = 7656
WAITING = len(reviewing.reports())
# Not the digits inside an identifier or a moment.
A_NUMBER = re.compile(rb"(?<![0-9a-fA-F.])9999\d{5,6}(?![0-9a-fA-F])")
KILLED_AT = (("intake_contribution", 1500), ("intake_personcontribution", 900), ("reports_frozeninput", 2000))
EVERY_PERIODIC_TASK = """
from jobs import registry, services
from django.db import transaction
with transaction.atomic():
    for task in registry.periodics():
        services.record(task.kind)
services.drain(("files", "vault", "reports"))
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("demonstration")
    changes = {
        "DJANGO_SETTINGS_MODULE": "config.settings.demonstration",
        "BAKEN_SECRET_KEY": token_urlsafe(64),
        "BAKEN_KEYS": str(folder / "keys"),
    }
    with installation(folder, "", **changes) as site:
        site.must("prepare")
        for table, count in KILLED_AT:
            _kill_when(site, table, count)
        finished = site.start(*MANAGE, "load_reference")
        assert finished.wait(timeout=300) == 0, site.log()
        yield site


def _kill_when(site: Installation, table: str, count: int) -> None:
    process = site.start(*MANAGE, "load_reference")
    site.wait_until(lambda: process.poll() is not None or _count(site, table) >= count, seconds=300)
    assert process.poll() is None, "the loading ended before it could be killed"
    kill(process)


def _count(site: Installation, table: str, where: str = "1 = 1") -> int:
    return int(site.rows(f"SELECT count(*) FROM {table} WHERE {where}")[0][0])  # noqa: S608 names of our own


def _figures(site: Installation) -> dict[str, Any]:
    printed = site.manage("figures", "--json")
    assert printed.returncode == 0, printed.stderr
    figures: dict[str, Any] = json.loads(printed.stdout)
    return figures


def test_every_report_is_there_exactly_once(loaded: Installation) -> None:
    assert _count(loaded, "intake_contribution", "state = 'accepted'") == REPORTS
    assert _count(loaded, "(SELECT DISTINCT own_reference_digest FROM intake_contribution) AS found") == REPORTS + WAITING
    assert _count(loaded, "intake_person") == len(register.persons())


def test_every_report_without_consent_left_one_signal(loaded: Installation) -> None:
    assert _count(loaded, "intake_anonymoussignal") == unconsented.number()
    figures = _figures(loaded)
    fairwork = next(one for one in unconsented.REPORTERS if one.organisation == "FairWork")
    counted = figures["S.21"]["rows"]["FairWork: anonymous signals"]["year"]
    assert tuple(counted[str(year)] for year in unconsented.YEARS) == fairwork.numbers
    assert figures["S.22"]["rows"]["Amsterdam"]["2019"] > 0


def test_each_figure_that_was_never_published_says_something_live_and_in_the_edition(loaded: Installation) -> None:
    """Of organ removal an edition may say nothing: so few persons can all be rounded to 0."""
    printed = loaded.manage("figures", "--json", "--edition", "1")
    assert printed.returncode == 0, printed.stderr
    assert _silent(_figures(loaded)) == []
    assert set(_silent(json.loads(printed.stdout))) <= {"S.10"}


def _silent(figures: dict[str, Any]) -> list[str]:
    """The figures of sight in which nothing is known."""
    known = {
        figure.id: [row.get("year", row) for name, row in figures[figure.id]["rows"].items() if name != "unknown"]
        for figure in SIGHT
    }
    return [figure for figure, rows in known.items() if not any(any(row.values()) for row in rows)]


def test_first_edition_is_there_once_and_published_by_another_than_who_froze_it(loaded: Installation) -> None:
    rows = loaded.rows("SELECT name, inputs, frozen_by FROM reports_edition")
    assert [(name, inputs) for name, inputs, _ in rows] == [("2026-1", REPORTS)]
    assert _count(loaded, "reports_frozeninput") == REPORTS
    ((kind, publisher),) = loaded.rows("SELECT kind, by FROM reports_editionstep")
    assert kind == "published"
    assert publisher != rows[0][2]


def test_edition_is_counted_again_to_the_same_bytes_and_every_number_is_protected(loaded: Installation) -> None:
    printed = loaded.manage("figures", "--json", "--edition", "1")
    assert printed.returncode == 0, printed.stderr
    published = json.loads(printed.stdout)["2.7"]
    live = _figures(loaded)["2.7"]
    assert published["n"] % 5 == 0
    assert abs(published["n"] - live["n"]) < 5
    assert published["rows"] != live["rows"]


def test_review_desk_has_something_to_do(loaded: Installation) -> None:
    """Held reports are in no person and so in no figure; loading that was killed did not send or approve them twice."""
    held = "contribution_id IN (SELECT id FROM intake_contribution WHERE state = 'held')"
    assert _count(loaded, "intake_contribution", "state = 'held'") == WAITING
    assert _count(loaded, "intake_personcontribution", held) == 0
    states = loaded.rows("SELECT state, count(*) FROM consent_statement WHERE state != 'approved' GROUP BY state")
    assert dict(states) == {"given": WAITING - 1, "asked-back": 1}


def test_every_number_is_the_registers(loaded: Installation) -> None:
    found = list(comparison.cells(_figures(loaded)))
    assert len(found) > 800
    assert [cell for cell in found if cell.computed != cell.expected] == []


def test_no_reference_persons_are_joined_or_spread(loaded: Installation) -> None:
    assert "Reference persons joined: 0; spread over several persons: 0." in loaded.log()


def test_the_chain_of_the_audit_trail_holds(loaded: Installation) -> None:
    verified = loaded.manage("verify_audit")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_second_loading_loads_nothing(loaded: Installation) -> None:
    again = loaded.manage("load_reference")
    assert again.returncode == 0
    assert "nothing to load" in again.stdout
    assert _count(loaded, "intake_contribution") == REPORTS + WAITING


def test_night_of_periodic_work_changes_no_figure(loaded: Installation) -> None:
    before = _figures(loaded)
    loaded.must("shell", "--no-imports", "-c", EVERY_PERIODIC_TASK)
    assert _count(loaded, "jobs_job", "kind = 'reports.rebuild' AND state = 'done'") > 0
    assert _count(loaded, "jobs_job", "state = 'dead'") == 0
    assert _figures(loaded) == before


def test_no_number_or_full_name_of_a_person_lies_in_a_file(loaded: Installation) -> None:
    """The SQLite file and its log, checkpoints, keys: whatever the installation wrote. PostgreSQL is searched by the canary."""
    identities = [made.identity for made in people().values()]
    numbers = {number for identity in identities for number in (identity.bsn, identity.v_number) if number}
    some = identities[::100]
    names = {f"{i.given_names[0]}{between}{i.family_name}".encode() for i in some for between in (" ", ";", '", "')}
    assert len(numbers) > 1000
    for file in _files(loaded.folder):
        content = file.read_bytes()
        runs = {run.decode() for run in A_NUMBER.findall(content)}
        assert runs.isdisjoint(numbers), file.name
        assert not [name for name in names if name in content], file.name


def _files(folder: Path) -> list[Path]:
    found = [file for file in folder.rglob("*") if file.is_file()]
    assert found
    return found


def test_release_of_the_first_edition_is_written_and_the_attack_finds_nothing(loaded: Installation, tmp_path: Path) -> None:
    loaded.must("export_release", str(tmp_path))
    assert {path.name for path in tmp_path.iterdir()} == {"release.json", "files"}
    release = json.loads((tmp_path / "release.json").read_text())
    assert sum(len(table["cells"]) for table in release["tables"]) > 2000
    audited = loaded.manage("audit_release", str(tmp_path / "release.json"))
    assert audited.returncode == 0, audited.stdout + audited.stderr
    found = json.loads(audited.stdout)
    assert (found["exact"], found["near"]) == ([], [])
