"""A register filled with copies of the demonstration's, and reports withdrawn from it: the part of withdrawal.py with Django.

A withdrawal is timed from the statement's decision to the figures, the work that it asks for done at once by this process.
"""

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from random import Random
from statistics import median
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from accounts import demonstration
from accounts.permissions import operator
from accounts.roles import Role
from benchmarks.copies import multiply
from config.demonstration import channels
from config.demonstration.sendings import sendings
from consent import services as consent
from consent.models import Statement
from consent.workflow import State
from intake.codes.characteristics import Characteristics
from intake.linkage.fellegi_sunter import shipped
from intake.models.contribution import Contribution
from intake.models.matching import Pair, PersonContribution, Token
from intake.notifications import services as notifications
from intake.notifications.inputs import ConsentAnswer, Identity, NotificationInput, PartialDate
from jobs import services as jobs
from reports.models import PersonYear
from safeguards.actors import Actor

OPERATOR = operator("benchmark")
QUEUES = ("files", "vault", "reports")
SAMPLE = 100
CROWDS = 5
ADMINISTRATOR = Role.CONSENT_ADMINISTRATOR.value


@dataclass(frozen=True)
class Taken:
    """Seconds: of the wall, and of this process's processor."""

    decided: float
    carried_out: float
    counted: float
    processor: float

    @property
    def whole(self) -> float:
        return self.decided + self.carried_out + self.counted


def tell(line: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {line}\n")


def filled() -> dict[str, UUID]:
    """The demonstration's register, through its channels."""
    organisations = demonstration.create_organisations(by=OPERATOR)
    for send in (channels.send_batches, channels.send_feeds, channels.send_forms, channels.approve_statements):
        send(organisations, lambda _: None)
        jobs.drain(QUEUES)
        tell(send.__name__)
    return organisations


def withdrawn(statement: UUID, by: Actor) -> Taken:
    """The decision, carrying it out, and the figures."""
    moments = [_now()]
    consent.withdraw(statement=statement, on=timezone.localdate(), by=by)
    moments.append(_now())
    for queue in ("vault", "reports"):
        jobs.drain((queue,))
        moments.append(_now())
    wall = [after[0] - before[0] for before, after in pairwise(moments)]
    return Taken(*wall, processor=moments[-1][1] - moments[0][1])


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def sample(real: Sequence[UUID]) -> list[UUID]:
    """Of reports that are no copies, so that what is sealed in them and beside them can be opened."""
    approved = Statement.objects.filter(notification__in=real, state=State.APPROVED).order_by("id")
    return Random(20261128).sample(list(approved.values_list("id", flat=True)), SAMPLE)


def crowded(organisations: Mapping[str, UUID], by: Actor) -> Iterator[Taken]:
    """One of so many that share a token that it makes no pairs any more: when it goes, all the others are compared."""
    cap = shipped().cap
    for number in range(cap):
        _send(number, organisations["Koninklijke Marechaussee"])
    for number in range(CROWDS):
        report = _send(cap + number, organisations["FairWork"], consent=sendings_with_consent()[0])
        statement = Statement.objects.get(notification__in=Contribution.objects.filter(reference=report).values("id")).id
        consent.approve(statement=statement, by=by)
        jobs.drain(QUEUES)
        yield withdrawn(statement, by)


def _send(number: int, organisation: UUID, **more: Any) -> str:
    """All with one family name, nationality and first letter, and nothing else alike."""
    given = f"T{'aeiou'[number % 5]}{'bdfgklmnprstvz'[number // 5 % 14]}{'aeiou'[number // 70 % 5]}"
    born = PartialDate(1960 + number % 45, 1 + number % 12, 1 + number % 28)
    identity = Identity(given_names=(given,), family_name="Hailewas", birth=born)
    known = Characteristics(exploitation_types=("labour",), nationalities=("ER",))
    report = NotificationInput(date=date(2019, 6, 3), identity=identity, characteristics=known, **more)
    by = Actor("system", "benchmark", organisation=organisation, roles=(Role.REPORTER.value,))
    return notifications.submit(notification=report, organisation=organisation, by=by).reference


def sendings_with_consent() -> list[ConsentAnswer]:
    return [answer for sending in sendings() if (answer := sending.notification.consent) is not None]


def lines(copies: int) -> Iterator[str]:
    organisations = filled()
    real = list(Contribution.objects.values_list("id", flat=True))
    multiply(copies, tell)
    tell(size())
    by = Actor("system", "benchmark", organisation=organisations[demonstration.REGISTRY], roles=(ADMINISTRATOR,))
    yield _row("one of its reports", [withdrawn(statement, by) for statement in sample(real)])
    yield _row("one that brings a crowded token back", list(crowded(organisations, by)))


def _row(what: str, taken: Sequence[Taken]) -> str:
    columns = [[getattr(one, name) for one in taken] for name in ("decided", "carried_out", "counted", "processor", "whole")]
    cells = [f"{median(column):.3f}" for column in columns] + [f"{max(columns[-1]):.3f}"]
    return f"| {connection.vendor} | {what} | {len(taken)} | {' | '.join(cells)} |"


def size() -> str:
    counted = (Contribution, Token, PersonContribution, Pair, PersonYear, Statement)
    return ", ".join(f"{model.objects.count():,} {model._meta.verbose_name_plural}" for model in counted)


def main(copies: int) -> None:
    for line in lines(copies):
        sys.stdout.write(line + "\n")
