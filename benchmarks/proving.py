"""The nightly proof over the demonstration's register, and whether the time of an answer tells who is known.

benchmarks/linkage.py starts it with Django set up, on an empty database; it prints its part of benchmarks/linkage.md.
"""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import erf, sqrt
from random import Random
from statistics import median
from typing import Any
from uuid import uuid4

import numpy as np
from django.db import connection, transaction
from django.test import Client
from django.test.utils import setup_test_environment

from accounts import permissions, tokens
from accounts.models import Organisation
from accounts.roles import Role
from benchmarks import linking
from benchmarks.registers import Row, make_register
from benchmarks.relinking import peak
from intake.linkage import files
from intake.matching import proof, services
from jobs import services as jobs

OPERATOR = permissions.operator("benchmark")
WORK = ("files", "vault", "reports")
# Persons of the register to ask about, half of them known.
ASKED, SEED, FIRST_DAY = 600, 541, date(2019, 3, 1)


@dataclass(frozen=True)
class Proven:
    portions: int
    contributions: int
    differing: int
    wall: float
    processor: float
    slowest: float


def prove() -> Proven:
    """As the jobs do, the portions of pairs and then those of persons one after another."""
    slowest, portions, wall, processor = 0.0, 0, time.perf_counter(), time.process_time()
    with transaction.atomic():
        jobs.record(proof.NIGHT)
    while claimed := jobs.claim(("vault",)):
        started = time.perf_counter()
        jobs.run(claimed)
        portions, slowest = portions + 1, max(slowest, time.perf_counter() - started)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    found = proof.last_finished()
    if found is None:
        raise RuntimeError("the proof did not end")
    return Proven(portions, found.contributions, found.differing, wall, processor, slowest)


def lines() -> Iterator[str]:
    linking.stored()
    linking.link()
    before = peak("self") // 1024
    found = prove()
    each = found.processor / found.contributions
    yield f"On {connection.vendor}, over the demonstration's register; one process."
    yield "\n| measure | |\n| --- | --- |"
    yield f"| reports compared, portions, differing | {found.contributions:,}, {found.portions}, {found.differing} |"
    yield f"| wall / processor | {found.wall:.1f} s / {found.processor:.1f} s |"
    yield f"| a portion, the slowest | {found.slowest:.2f} s |"
    yield f"| memory before and after (peaks) | {before} MB, {peak('self') // 1024} MB |"
    yield f"| processor by the report | {each * 1000:.2f} ms |"
    yield f"| so 10,000 / 100,000 / a million would take, if each cost the same | {_would_take(each)} |"
    yield from _known_or_not()


def _would_take(each: float) -> str:
    return " / ".join(f"{each * size / 60:.1f} min" for size in (10_000, 100_000, 1_000_000))


def _known_or_not() -> Iterator[str]:
    """Reports of persons of one generator in random order; half were reported before by another organisation, and linked."""
    setup_test_environment()
    first: dict[str, Row] = {}
    again: dict[str, Row] = {}
    register = make_register(4 * ASKED, seed=SEED)
    for row in register.rows:
        person = register.truth[row.report_id]
        (again if person in first else first).setdefault(person, row)
    persons = [person for person in first if person in again][:ASKED]
    known = set(persons[: ASKED // 2])
    before, asking = _sender("Before"), _sender("Asking")
    for person in known:
        _send(first[person], before)
    jobs.drain(WORK)
    order = [*persons]
    Random(SEED).shuffle(order)
    times: dict[bool, list[float]] = {True: [], False: []}
    for number, person in enumerate(order):
        started = time.perf_counter()
        _send(again[person], asking)
        times[person in known].append((time.perf_counter() - started) * 1000)
        if number % services.CHUNK == services.CHUNK - 1:
            jobs.drain(WORK)
    likely = rank_test(times[True], times[False])
    yield "\nThe time of an answer: reports sent one by one to the interface, in random order, about persons of one generator;"
    yield "half of them were reported by another organisation and linked before. Linking waits for the job.\n"
    yield "| sent about | number | median | 90th percentile |\n| --- | --- | --- | --- |"
    for name, values in (("a known person", times[True]), ("an unknown person", times[False])):
        yield f"| {name} | {len(values)} | {median(values):.1f} ms | {np.percentile(values, 90):.1f} ms |"
    yield f"\nRank test (Mann and Whitney) of no difference: p = {likely:.2f}."


def rank_test(one: Sequence[float], other: Sequence[float]) -> float:
    """Two-sided p of Mann and Whitney's test by the normal approximation (Annals of Mathematical Statistics 18, 1947)."""
    ranks = np.argsort(np.argsort([*one, *other])) + 1
    size, other_size = len(one), len(other)
    above = ranks[:size].sum() - size * (size + 1) / 2
    spread = sqrt(size * other_size * (size + other_size + 1) / 12)
    return 1 - erf(abs(above - size * other_size / 2) / spread / sqrt(2))


def _sender(name: str) -> dict[str, str]:
    organisation = Organisation.objects.create(name=name, group="kmar", public_body=True)
    made = tokens.issue(organisation=organisation.id, role=Role.REPORTER, name=name, lifetime=timedelta(days=1), by=OPERATOR)
    return {"Authorization": f"Bearer {made.text}"}


def _send(row: Row, sender: dict[str, str]) -> None:
    known = files.details_of(row._asdict())
    birth = {"jaar": known.year, "maand": known.month, "dag": known.day}
    # The interface takes no name without a letter.
    given = [name for name in known.given_names if _has_letter(name)]
    person: dict[str, Any] = {"voornamen": given, "achternaam": known.family_name if _has_letter(known.family_name) else ""}
    person["geboorte"] = {name: part for name, part in birth.items() if part}
    document: dict[str, Any] = {
        "meldingsdatum": FIRST_DAY.isoformat(),
        "persoon": {name: part for name, part in person.items() if part},
        "kenmerken": {"uitbuitingsvormen": ["sexual"], "nationaliteiten": list(known.nationalities)},
    }
    headers = sender | {"Idempotency-Key": uuid4().hex}
    answer = Client().post("/api/v1/meldingen", json.dumps(document), content_type="application/json", headers=headers)
    if answer.status_code != 201:
        raise RuntimeError(f"a report was refused: {answer.status_code}")


def _has_letter(name: str) -> bool:
    return any(map(str.isalpha, name))


def main() -> None:
    sys.stdout.write("\n".join(lines()) + "\n")
