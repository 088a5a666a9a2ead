"""A register of open questions and automatic links, as rows without an identity; and answers about them, timed.

The part of reviewing.py with Django. It measures no look at an identity.
"""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from statistics import median, quantiles
from uuid import UUID

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation
from accounts.roles import Role
from intake.matching import quality_sample, review, sampling, selectors, usefulness
from intake.models.contribution import Contribution
from intake.models.decision import Verdict
from intake.models.matching import Pair, Person, PersonContribution
from safeguards.actors import Actor

READER = Actor("system", "benchmark", roles=(Role.LINKAGE_REVIEWER.value,))
AT_ONCE = 2_000
EVIDENCE = {"evidence": [["family-name", "same", 8.5], ["given-name", "same", 7.4]], "cautions": ["date-incomplete"]}
VERDICTS = (Verdict.SAME_DETAILS, Verdict.DIFFERENT_RELATIVES, Verdict.UNCLEAR_TOO_LITTLE)


def main(questions: int, answers: int) -> None:
    fill(questions)
    times, queries = answer(answers)
    listed, checked = _milliseconds(the_list), _milliseconds(a_check)
    p95 = quantiles(times, n=20)[-1]
    sys.stdout.write(f"{median(times):.1f} ms | {p95:.1f} ms | {queries} | {listed:.1f} ms | {checked:.1f} ms")


def fill(questions: int) -> None:
    """Two reports a pair, of two persons for a question and of one for a link; the answers' usefulness as linking writes it."""
    random = Random(7)
    organisation = Organisation.objects.create(name="Benchmark", group="kmar")
    for band in (Pair.Band.QUESTION, Pair.Band.AUTOMATIC):
        for start in range(0, questions, AT_ONCE):
            _fill(band, min(AT_ONCE, questions - start), organisation, random)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _fill(band: str, number: int, organisation: Organisation, random: Random) -> None:
    ends = [_contribution(organisation, random) for _ in range(2 * number)]
    Contribution.objects.bulk_create(ends)
    joined = band == Pair.Band.AUTOMATIC
    persons = [Person() for _ in range(number if joined else 2 * number)]
    Person.objects.bulk_create(persons)
    of = [persons[place // 2 if joined else place] for place in range(2 * number)]
    PersonContribution.objects.bulk_create(
        PersonContribution(contribution=end, person=person, year=end.date.year) for end, person in zip(ends, of, strict=True)
    )
    twos = [tuple(sorted((one.id, other.id))) for one, other in zip(ends[::2], ends[1::2], strict=True)]
    Pair.objects.bulk_create(_pair(band, (first, second), random) for first, second in twos)
    usefulness.renew(end.id for end in ends)


def _contribution(organisation: Organisation, random: Random) -> Contribution:
    return Contribution(
        source="report",
        organisation=organisation,
        group=organisation.group,
        legal_basis=True,
        reference=f"B{random.getrandbits(60):015x}",
        date=date(2019, 1, 1) + timedelta(days=random.randrange(1000)),
        state=Contribution.State.ACCEPTED,
    )


def _pair(band: str, two: tuple[UUID, UUID], random: Random) -> Pair:
    weight = random.uniform(9, 20) if band == Pair.Band.AUTOMATIC else random.uniform(-3, 12)
    made = Pair(first_id=two[0], second_id=two[1], weight=weight, band=band, parameters="benchmark")
    made.explanation, made.draw = EVIDENCE, sampling.place(two)
    return made


def answer(number: int) -> tuple[list[float], int]:
    """Milliseconds of an answer with the next question; and how many queries that is."""
    answers = _answers()
    next(answers)
    taken = []
    for _ in range(number):
        begun = time.perf_counter()
        next(answers)
        taken.append((time.perf_counter() - begun) * 1000)
    with CaptureQueriesContext(connection) as queries:
        next(answers)
    return taken, len(queries)


def _answers() -> Iterator[None]:
    (question,) = selectors.open_questions(1, reader=READER.id)
    number = 0
    while True:
        review.decide(pair=question.id, verdict=VERDICTS[number % len(VERDICTS)], by=READER)
        (question,) = selectors.open_questions(1, reader=READER.id, after=question)
        number += 1
        yield


def _milliseconds(what: Callable[[], object]) -> float:
    taken = []
    for _ in range(20):
        begun = time.perf_counter()
        what()
        taken.append((time.perf_counter() - begun) * 1000)
    return median(taken)


def the_list() -> object:
    return selectors.open_questions(20, reader=READER.id), selectors.count_open(reader=READER.id)


def a_check() -> object:
    return quality_sample.next_checks()[:1]
