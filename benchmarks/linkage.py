"""How good and how fast linkage is: python -m benchmarks.linkage writes benchmarks/linkage.md. It times, and tests nothing.

Two parts: the engine in memory on made-up persons with known truth, and the register of the demonstration through the
database with sealed identities, in a process of its own.
"""

import hashlib
import hmac
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from benchmarks.people import Reported, look_alikes, reported_persons
from intake.linkage import engine
from intake.linkage.clusters import Two
from intake.linkage.decisions import Band
from intake.linkage.engine import Linked, Record
from intake.linkage.evaluation import Evaluation, evaluate
from intake.linkage.fellegi_sunter import shipped

REPORT = Path(__file__).parent / "linkage.md"
SIZES = (2_000, 5_000, 20_000)
SEED = "benchmark 2026-11"
RUN = "from benchmarks import linking; linking.main()"
COLUMNS = (
    "persons", "reports", "precision", "recall", "F1", "persons too many", "questions per 100 reports", "of these in vain",
    "all answered: precision", "recall", "true pairs never asked", "CPU s",
)  # fmt: skip


@dataclass(frozen=True)
class Quality:
    """One register in memory: before anybody answered a question, and after all were answered truly."""

    persons: int
    reports: int
    automatic: Evaluation
    answered: Evaluation
    questions: int
    asked_in_vain: int
    candidates_missed: int
    seconds: float


def digest(kind: str, text: str) -> bytes:
    return hmac.digest(b"benchmark", f"{kind}\0{text}".encode(), hashlib.sha256)[:16]


def quality(reports: Sequence[Reported]) -> Quality:
    person_of = {report.id: report.person for report in reports}
    started = time.process_time()
    records = {report.id: engine.make_record(report.details, digest) for report in reports}
    parameters = shipped().of_size(len(records))
    linked = engine.link(records, parameters=parameters)
    seconds = time.process_time() - started
    pairs = [linked.pair(place) for place in range(len(linked.scored.left))]
    asked = {two for two, question in zip(pairs, linked.scored.are(Band.QUESTION), strict=True) if question}
    same = frozenset(two for two in asked if person_of[two[0]] == person_of[two[1]])
    answered = engine.link(records, same=same, different=frozenset(asked - same), parameters=parameters)
    automatic = _evaluation(linked, person_of)
    found = sum(person_of[one] == person_of[other] for one, other in pairs)
    return Quality(
        persons=len(set(person_of.values())),
        reports=len(reports),
        automatic=automatic,
        answered=_evaluation(answered, person_of),
        questions=_between_clusters(linked, asked),
        asked_in_vain=_between_clusters(linked, asked - same),
        candidates_missed=automatic.pairs_true - found,
        seconds=seconds,
    )


def _evaluation(linked: Linked[UUID], person_of: dict[UUID, str]) -> Evaluation:
    cluster_of = {member: number for number, group in enumerate(linked.clusters.groups) for member in group}
    return evaluate(
        {str(member): cluster for member, cluster in cluster_of.items()},
        {str(member): person for member, person in person_of.items()},
    )


def _between_clusters(linked: Linked[UUID], pairs: Iterable[Two[UUID]]) -> int:
    """A reviewer answers once for two persons, however many reports each has."""
    cluster_of = {member: number for number, group in enumerate(linked.clusters.groups) for member in group}
    asked = {frozenset((cluster_of[one], cluster_of[other])) for one, other in pairs}
    return sum(len(two) == 2 for two in asked)


def look_alikes_joined() -> tuple[int, int]:
    """(reports of different persons, how many of them were joined automatically)."""
    reports = look_alikes()
    records: dict[UUID, Record] = {report.id: engine.make_record(report.details, digest) for report in reports}
    groups = engine.link(records).clusters.groups
    return len(reports), sum(len(group) - 1 for group in groups)


def lines() -> Iterable[str]:
    yield "# Linkage, measured\n"
    yield "Written by `python -m benchmarks.linkage`: one run on one machine that others used too; read processor seconds."
    yield f"Python {platform.python_version()}, parameters {shipped().version}.\n"
    yield "## Quality, engine in memory, made-up persons with known truth\n"
    yield f"| {' | '.join(COLUMNS)} |"
    yield f"| {' | '.join('---' for _ in COLUMNS)} |"
    for size in SIZES:
        yield _row(quality(reported_persons(size, seed=SEED)))
    reports, joined = look_alikes_joined()
    yield f"\nLook-alikes (twins, siblings, namesakes, a boat of 1 January): {joined} of {reports} joined automatically.\n\n"


def _row(measured: Quality) -> str:
    before, after = measured.automatic, measured.answered
    per_hundred = 100 / measured.reports
    cells = (
        f"{measured.persons:,}", f"{measured.reports:,}", f"{before.precision:.4f}", f"{before.recall:.3f}", f"{before.f1:.3f}",
        f"{before.person_count_error:+.1%}", f"{measured.questions * per_hundred:.1f}",
        f"{measured.asked_in_vain * per_hundred:.1f}", f"{after.precision:.4f}", f"{after.recall:.3f}",
        f"{measured.candidates_missed}", f"{measured.seconds:.1f}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def through_the_database() -> str:
    """In a process of its own, on a fresh SQLite file and with throw-away keys."""
    with TemporaryDirectory() as folder:
        environment = os.environ | {
            "BAKEN_DATA": folder,
            "BAKEN_KEYS": f"{folder}/keys",
            "DATABASE_URL": f"sqlite://{folder}/baken.sqlite3",
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        for command in (("manage.py", "create_keys"), ("manage.py", "migrate", "--verbosity", "0")):
            subprocess.run((sys.executable, *command), env=environment, check=True, stdout=subprocess.DEVNULL)
        done = subprocess.run(
            (sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", RUN),
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return done.stdout


if __name__ == "__main__":
    REPORT.write_text("\n".join(lines()) + through_the_database(), encoding="utf-8")
