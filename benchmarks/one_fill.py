"""Fills an empty database with a made-up register of so many reports, for benchmarks.one_report with Django set up.

What is stored is made by the functions that linking uses: features sealed under keys of their own, and index tokens. Who is
one person, and which pairs join them, is the truth; parameters are those that the night would put in force. No identities.
PostgreSQL is given the rows of such a register in SQLite, so that both hold the same.
"""

import pickle
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice, pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple
from uuid import UUID, uuid4

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone

from accounts.models import Organisation
from benchmarks.registers import make_register
from intake.linkage import engine, files
from intake.linkage.engine import Details, Record
from intake.linkage.features import Maker
from intake.linkage.fellegi_sunter import shipped
from intake.matching import candidates, changes, features, in_force, sampling, services
from intake.matching.features import Made
from intake.models.change import Register
from intake.models.contribution import Contribution
from intake.models.matching import MatchingFeatures, Pair, Person, PersonContribution, Token, Two
from intake.models.person_event import PersonMove
from safeguards import blind_index, bulk
from safeguards.models import DataKey

ASKED, ASKED_FILE = 1_000, "asked.pickle"
AT_ONCE = 5_000
SEED = 531
REPORTS_OF_PERSON = 1.538
DAY = date(2019, 1, 1)
WEIGHT = 12.0
COLUMNS = (
    "id", "source", "organisation_id", "group", "other_kind", "unit", "legal_basis", "reference", "without_own_reference",
    "date", "recorded", "state", "needs_linking", "leaving", "age_band", "characteristics", "schema_version",
)  # fmt: skip
PAIR_COLUMNS = (
    "id", "first_id", "second_id", "weight", "explanation", "parameters", "band", "held_back", "set_aside", "decision",
    "decided_by", "waits", "read_by", "usefulness", "draw",
)  # fmt: skip
TABLES: tuple[type[models.Model], ...] = (
    Organisation, Contribution, DataKey, MatchingFeatures, Token, Person, PersonContribution, PersonMove, Pair, Register,
)  # fmt: skip
INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT LIKE '%%pkey'",
}
PREPARATIONS = {
    "sqlite": ("PRAGMA synchronous=OFF", "PRAGMA cache_size=-800000"),
    "postgresql": ("SET session_replication_role = replica", "SET synchronous_commit = off", "SET TIME ZONE 'UTC'"),
}


class Told(NamedTuple):
    """A report as it is sent, and who it is about."""

    details: Details
    person: str


class Keyed(NamedTuple):
    record: Record
    tokens: tuple[bytes, ...]
    person: str


def told(size: int) -> Iterator[Told]:
    """ASKED reports drawn from a register, and then the rest of it."""
    register = make_register(round((size + ASKED) / REPORTS_OF_PERSON), seed=SEED)
    rows = list(register.rows)
    Random(SEED).shuffle(rows)
    return (Told(files.details_of(row._asdict()), register.truth[row.report_id]) for row in rows[: size + ASKED])


def fill(size: int, folder: Path) -> None:
    """And writes the reports to ask about to the folder."""
    reports = told(size)
    (folder / ASKED_FILE).write_bytes(pickle.dumps([one.details for one in islice(reports, ASKED)]))
    organisation = Organisation.objects.create(name="Benchmark", group="kmar")
    with connection.cursor() as cursor:
        for statement in PREPARATIONS[connection.vendor]:
            cursor.execute(statement)
    indexes = _without_indexes(Token)
    register = _Filling(organisation.id)
    for portion in _keyed(reports):
        with transaction.atomic():
            register.write(portion)
    with transaction.atomic():
        in_force.follow(changes.lock_register(), size)
    _ready(indexes)


def copy(path: Path) -> None:
    """From a register in SQLite to this one, on PostgreSQL."""
    with connection.cursor() as cursor:
        for statement in PREPARATIONS[connection.vendor]:
            cursor.execute(statement)
        indexes = _without_indexes(Token)
        for table in TABLES:
            names = ", ".join(f'"{field.column}"' for field in table._meta.concrete_fields)
            rows = sqlite3.connect(path).execute(f"SELECT {names} FROM {table._meta.db_table}")  # noqa: S608 - names of our own
            with cursor.copy(f"COPY {table._meta.db_table} ({names}) FROM STDIN") as copying:
                for row in rows:
                    copying.write_row(row)
        for statement in connection.ops.sequence_reset_sql(no_style(), TABLES):
            cursor.execute(statement)
    _ready(indexes)


def _keyed(reports: Iterable[Told]) -> Iterator[list[Keyed]]:
    digest = blind_index.linker()
    maker, left = Maker(digest), iter(reports)
    while portion := list(islice(left, AT_ONCE)):
        made = [maker.make(one.details) for one in portion]
        tokens = engine.tokens(made, digest)
        yield [Keyed(record, found, one.person) for record, found, one in zip(made, tokens, portion, strict=True)]


def _without_indexes(model: type[models.Model]) -> list[str]:
    """What makes them again."""
    with connection.cursor() as cursor:
        cursor.execute(INDEXES[connection.vendor], [model._meta.db_table])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
    return [statement for _, statement in indexes]


def _ready(indexes: Iterable[str]) -> None:
    """As a register that has stood for a night: its statistics are known, and PostgreSQL has gone through its pages."""
    with connection.cursor() as cursor:
        for statement in (*indexes, "VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE"):
            cursor.execute(statement)
    connection.close()


class _Filling:
    def __init__(self, organisation: UUID) -> None:
        self._organisation = organisation
        self._reports: defaultdict[str, list[UUID]] = defaultdict(list)
        self._persons: dict[str, UUID] = {}
        self._number = 0

    def write(self, portion: Sequence[Keyed]) -> None:
        ids = [uuid4() for _ in portion]
        self._contributions(ids)
        for start in range(0, len(ids), services.CHUNK):
            chunk = list(zip(ids, portion, strict=True))[start : start + services.CHUNK]
            made = [Made(identifier, self._organisation, one.record) for identifier, one in chunk]
            features.store(made, link_key=blind_index.linker().version)
        candidates.store({identifier: one.tokens for identifier, one in zip(ids, portion, strict=True)})
        self._join(ids, [one.person for one in portion])

    def _contributions(self, ids: Sequence[UUID]) -> None:
        now, known = timezone.now(), bulk.Encoded("{}")
        rows = (
            (
                identifier, "report", self._organisation, "kmar", "", "", True, f"{number:012d}", False,
                DAY, now, "accepted", False, False, "", known, 1,
            )
            for number, identifier in enumerate(ids, start=self._number)
        )  # fmt: skip
        bulk.insert(Contribution, COLUMNS, rows)
        self._number += len(ids)

    def _join(self, ids: Sequence[UUID], persons: Sequence[str]) -> None:
        """Each report with the one before it about the same person."""
        new = {person: uuid4() for person in persons if person not in self._persons}
        self._persons |= new
        pairs: list[Two] = []
        for identifier, person in zip(ids, persons, strict=True):
            self._reports[person].append(identifier)
            pairs += [(min(two), max(two)) for two in islice(pairwise(reversed(self._reports[person])), 1)]
        now, owners = timezone.now(), [self._persons[person] for person in persons]
        bulk.insert(Person, ("id", "created"), ((person, now) for person in new.values()))
        bulk.insert(
            PersonContribution,
            ("contribution_id", "person_id", "year"),
            ((one, person, DAY.year) for one, person in zip(ids, owners, strict=True)),
        )
        moves = ((one, person, None) for one, person in zip(ids, owners, strict=True))
        bulk.insert(PersonMove, ("contribution_id", "person", "event_id"), moves)
        explanation = bulk.Encoded('{"evidence": [], "cautions": []}')
        bulk.insert(
            Pair,
            PAIR_COLUMNS,
            (
                (
                    uuid4(), *two, WEIGHT, explanation, shipped().version, Pair.Band.AUTOMATIC, False, False, "",
                    "", Pair.Waits.FIRST, "", 0.0, sampling.place(two),
                )
                for two in pairs
            ),
        )  # fmt: skip
