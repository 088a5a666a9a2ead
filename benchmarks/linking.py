"""The demonstration's contributions through matching.services, on an empty database: linked, then decided by the truth.

Prints its part of benchmarks/linkage.md; benchmarks/linkage.py starts it with Django set up. It stores what intake would have
stored, and does not measure that.
"""

import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import connection, transaction

from accounts.models import Organisation
from accounts.roles import Role
from config.demonstration.sendings import sendings
from intake.matching import review, selectors, services
from intake.models.contribution import Contribution
from intake.models.decision import Verdict
from intake.models.identity import SealedIdentity
from intake.models.matching import MatchingFeatures, Pair, Person, PersonContribution, Token
from intake.notifications import identities
from intake.notifications.inputs import NotificationInput
from jobs.models import Job
from safeguards import sealing
from safeguards.actors import Actor
from safeguards.models import DataKey

MOST = 10_000
REVIEWER = Actor("system", "benchmark", roles=(Role.LINKAGE_REVIEWER.value,))


@dataclass(frozen=True)
class Timing:
    """Seconds of the wall and of the processor; the slowest chunk is what another writer waits for at most."""

    wall: float
    processor: float
    slowest_chunk: float
    chunks: int


def stored() -> dict[UUID, str]:
    """The contributions, sealed and waiting; contribution to person of the reference register."""
    organisation = Organisation.objects.create(name="Benchmark", group="kmar")
    truth: dict[UUID, str] = {}
    with transaction.atomic():
        for number, sending in enumerate(sendings()):
            truth[_store(number, sending.notification, organisation)] = sending.report.person
    return truth


def _store(number: int, notification: NotificationInput, organisation: Organisation) -> UUID:
    row = Contribution.objects.create(
        id=uuid4(),
        source="report",
        organisation=organisation,
        group=organisation.group,
        legal_basis=True,
        reference=f"{number:012d}",
        date=notification.date,
        state=Contribution.State.ACCEPTED,
        needs_linking=True,
        characteristics=notification.characteristics.to_json(),
    )
    key = sealing.fresh_key(row.id, DataKey.Purpose.IDENTITY)
    key.row.save()
    place = identities.place_of(row.id, organisation.id)
    SealedIdentity.objects.create(contribution=row, blob=key.seal(identities.to_bytes(notification.identity), place))
    return row.id


def link() -> Timing:
    wall, processor, chunks = time.perf_counter(), time.process_time(), [0.0]
    while True:
        started = time.perf_counter()
        if not services.link_waiting():
            break
        chunks.append(time.perf_counter() - started)
    return Timing(time.perf_counter() - wall, time.process_time() - processor, max(chunks), len(chunks) - 1)


def decide(truth: dict[UUID, str]) -> tuple[int, float]:
    """What the review desk asks, by the truth, until it asks no more; how many questions there were, and seconds."""
    started, asked = time.perf_counter(), 0
    while questions := [one for one in selectors.open_questions(MOST) if one.waits == Pair.Waits.FIRST]:
        asked += len(questions)
        review.decide_many(
            verdicts={
                one.id: Verdict.SAME_DETAILS
                if truth[one.first.contribution] == truth[one.second.contribution]
                else Verdict.DIFFERENT_DETAILS
                for one in questions
            },
            by=REVIEWER,
        )
    return asked, time.perf_counter() - started


def one_corrected(repeats: int = 40) -> float:
    """Milliseconds of processor to take one contribution out and link it anew, alone in its chunk: the median."""
    taken = []
    for contribution in Contribution.objects.order_by("id")[:repeats]:
        Contribution.objects.filter(id=contribution.id).update(needs_linking=True)
        started = time.process_time()
        services.link_waiting()
        taken.append((time.process_time() - started) * 1000)
    return sorted(taken)[len(taken) // 2]


def joined_wrongly(truth: dict[UUID, str]) -> int:
    persons: dict[UUID, set[str]] = {}
    for contribution, person in PersonContribution.objects.values_list("contribution", "person"):
        persons.setdefault(person, set()).add(truth[contribution])
    return sum(len(found) > 1 for found in persons.values())


def lines() -> Iterator[str]:
    truth = stored()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    timing = link()
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    automatic, wrong = Person.objects.count(), joined_wrongly(truth)
    questions, seconds = decide(truth)
    bands = {band: Pair.objects.filter(band=band).count() for band in Pair.Band.values}
    yield f"On {connection.vendor}."
    yield "One core; identities opened (HPKE), features sealed under keys of their own, tokens, pairs and persons written."
    yield "\n| measure | |\n| --- | --- |"
    yield f"| contributions, true persons | {len(truth):,}, {len(set(truth.values())):,} |"
    yield f"| linking, wall / processor | {timing.wall:.1f} s / {timing.processor:.1f} s |"
    yield f"| per contribution | {timing.wall / len(truth) * 1000:.2f} ms |"
    yield f"| chunks, the slowest | {timing.chunks}, {timing.slowest_chunk:.2f} s |"
    yield f"| memory, before and after linking (peaks) | {before} MB, {after} MB |"
    yield f"| index tokens, features | {Token.objects.count():,}, {MatchingFeatures.objects.count():,} |"
    yield f"| pairs linked automatically | {bands['automatic']:,} |"
    yield f"| persons after automatic links, with reports of two persons | {automatic:,}, {wrong} |"
    yield f"| questions, answered by the truth in | {questions}, {seconds:.1f} s |"
    yield f"| persons after the answers, with reports of two persons | {Person.objects.count():,}, {joined_wrongly(truth)} |"
    yield f"| one corrected contribution, processor, median | {one_corrected():.1f} ms |"
    yield f"| jobs left for the figures | {Job.objects.filter(kind='reports.refresh').count()} |"


def main() -> None:
    sys.stdout.write("\n".join(lines()) + "\n")
