"""One new report against a register of so many: the part of `python -m benchmarks.linkage one` with Django set up.

The register is made up by benchmarks.registers from a seed and written as rows by the functions that linking uses: features
sealed under keys of their own, and index tokens. It has no identities, pairs or persons.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import islice
from random import Random
from statistics import median, quantiles
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Organisation
from benchmarks.registers import make_register
from intake.codes.characteristics import Characteristics
from intake.linkage import engine, files
from intake.linkage.engine import Details, Record
from intake.linkage.features import Maker
from intake.matching import candidates, features, services
from intake.matching.features import Made
from intake.models.contribution import Contribution
from intake.models.identity import SealedIdentity
from intake.models.matching import Token
from intake.notifications import identities
from intake.notifications.inputs import Identity, PartialDate
from safeguards import blind_index, bulk, sealing
from safeguards.models import DataKey

ASKED = 1_000
WHOLE = 200
AT_ONCE = 5_000
SEED = 531
REPORTS_OF_PERSON = 1.538
COLUMNS = (
    "id", "source", "organisation_id", "group", "other_kind", "unit", "legal_basis", "reference", "without_own_reference",
    "date", "recorded", "state", "needs_linking", "leaving", "age_band", "characteristics", "schema_version",
)  # fmt: skip
INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT LIKE '%%pkey'",
}
PREPARATIONS = {
    "sqlite": ("PRAGMA synchronous=OFF", "PRAGMA cache_size=-800000"),
    "postgresql": ("SET session_replication_role = replica", "SET synchronous_commit = off"),
}

Keyed = tuple[Record, tuple[bytes, ...]]


def main(size: int) -> None:
    organisation = Organisation.objects.create(name="Benchmark", group="kmar")
    details = _details(size)
    asked = list(islice(details, ASKED))
    _fill(_keyed(details), organisation)
    sys.stdout.write(f"{_found(asked)} | {_linked(asked[:WHOLE], organisation)}")


def _details(size: int) -> Iterator[Details]:
    """ASKED reports drawn from a register, and then the rest of it."""
    rows = list(make_register(round((size + ASKED) / REPORTS_OF_PERSON), seed=SEED).rows)
    Random(SEED).shuffle(rows)
    return (files.details_of(row._asdict()) for row in rows[: size + ASKED])


def _keyed(details: Iterator[Details]) -> Iterator[list[Keyed]]:
    digest = blind_index.linker()
    maker = Maker(digest)
    while portion := [maker.make(one) for one in islice(details, AT_ONCE)]:
        yield list(zip(portion, engine.tokens(portion, digest), strict=True))


def _fill(portions: Iterable[list[Keyed]], organisation: Organisation) -> None:
    with connection.cursor() as cursor:
        for statement in PREPARATIONS[connection.vendor]:
            cursor.execute(statement)
        cursor.execute(INDEXES[connection.vendor], [Token._meta.db_table])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        number = 0
        for portion in portions:
            with transaction.atomic():
                _write(portion, organisation, number)
            number += len(portion)
        for _, statement in indexes:
            cursor.execute(statement)
        cursor.execute("ANALYZE")
    connection.close()


def _write(portion: Sequence[Keyed], organisation: Organisation, first: int) -> None:
    ids, now, known = [uuid4() for _ in portion], timezone.now(), bulk.Encoded("{}")
    bulk.insert(
        Contribution,
        COLUMNS,
        (
            (
                identifier, "report", organisation.id, "kmar", "", "", True, f"{number:012d}", False,
                date(2019, 1, 1), now, "accepted", False, False, "", known, 1,
            )
            for number, identifier in enumerate(ids, start=first)
        ),
    )  # fmt: skip
    for start in range(0, len(ids), services.CHUNK):
        chunk = list(zip(ids, portion, strict=True))[start : start + services.CHUNK]
        made = [Made(identifier, organisation.id, record) for identifier, (record, _) in chunk]
        features.store(made, link_key=blind_index.linker().version)
    candidates.store({identifier: tokens for identifier, (_, tokens) in zip(ids, portion, strict=True)})


def _found(asked: Sequence[Details]) -> str:
    """Candidates found, opened, scored and put into bands, from the details of a report in memory; nothing is stored."""
    numbers: list[int] = []
    times = _timed([partial(_find, details, numbers) for details in asked])
    return f"{times} | {_spread(numbers, 0)}"


def _find(details: Details, numbers: list[int]) -> None:
    digest = blind_index.linker()
    wanted = Maker(digest).make(details)
    (tokens,) = engine.tokens([wanted], digest)
    records = features.load(candidates.of_one(tokens))
    engine.compare_many(wanted, records)
    numbers.append(len(records))


def _linked(asked: Sequence[Details], organisation: Organisation) -> str:
    """The whole job of one report that waits: lock, identity opened, features, tokens, pairs and person written, commit."""
    jobs = []
    for number, details in enumerate(asked):
        _store(number, details, organisation)
        jobs.append(_taken(services.link_waiting))
    return _columns(jobs)


def _timed(calls: Sequence[Callable[[], object]]) -> str:
    return _columns([_taken(call) for call in calls])


def _taken(call: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of wall, and of this process's processor: the server of PostgreSQL is another process."""
    started, busy = time.perf_counter(), time.process_time()
    call()
    return (time.perf_counter() - started) * 1000, (time.process_time() - busy) * 1000


def _columns(times: Sequence[tuple[float, float]]) -> str:
    return " | ".join(_spread([one[end] for one in times], 1) for end in (0, 1))


def _spread(values: Sequence[float], places: int) -> str:
    return f"{median(values):.{places}f} | {quantiles(values, n=20)[-1]:.{places}f}"


def _store(number: int, details: Details, organisation: Organisation) -> UUID:
    row = Contribution.objects.create(
        source="report",
        organisation=organisation,
        group=organisation.group,
        legal_basis=True,
        reference=f"N{number:011d}",
        date=date(2019, 3, 1),
        state=Contribution.State.ACCEPTED,
        needs_linking=True,
        characteristics=Characteristics(sex=details.sex, nationalities=details.nationalities).to_json(),
    )
    key = sealing.fresh_key(row.id, DataKey.Purpose.IDENTITY)
    sealing.save_keys([key.row])
    identity = Identity(
        given_names=details.given_names,
        family_name=details.family_name,
        aliases=details.aliases,
        birth=PartialDate(details.year, details.month, details.day, details.estimated),
        v_number=details.v_number,
        bsn=details.bsn,
    )
    place = identities.place_of(row.id, organisation.id)
    SealedIdentity.objects.create(contribution=row, blob=key.seal(identities.to_bytes(identity), place))
    return row.id
