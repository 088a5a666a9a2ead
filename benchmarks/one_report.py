"""One new report against a register that benchmarks.one_fill made: the part of `python -m benchmarks.linkage one` with Django
set up.
"""

import pickle
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID

from accounts.models import Organisation
from benchmarks.one_fill import ASKED_FILE
from intake.codes.characteristics import Characteristics
from intake.linkage import engine
from intake.linkage.engine import Details
from intake.linkage.features import Maker
from intake.matching import candidates, features, in_force, services
from intake.models.contribution import Contribution
from intake.models.identity import SealedIdentity
from intake.notifications import identities
from intake.notifications.inputs import Identity, PartialDate
from safeguards import blind_index, sealing
from safeguards.models import DataKey

WHOLE = 200


def main(folder: Path) -> None:
    asked = pickle.loads((folder / ASKED_FILE).read_bytes())  # noqa: S301 - written by one_fill a moment ago
    sys.stdout.write(f"{_found(asked)} | {_linked(asked[:WHOLE], Organisation.objects.get())}")


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
    engine.compare_many(wanted, records, in_force.parameters())
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
