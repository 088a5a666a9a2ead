"""Reports people with consent and withdraws all of it at once; with --police the police report the same people instead.

What the withdrawals ask for is left to the runner.
"""

from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from consent import services as consent
from consent.models import Statement
from intake.notifications import services as notifications
from intake.notifications.inputs import Identity, PartialDate
from jobs import services as jobs
from tests import cast, linked, reported

QUEUES = ("files", "vault", "reports")


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("persons", type=int)
        parser.add_argument("--police", action="store_true")

    def handle(self, *args: Any, persons: int, police: bool, **options: Any) -> None:
        officer, owner = cast.actor(cast.OFFICER), cast.actor(cast.OWNER)
        people = [_person(number) for number in range(persons)]
        for identity in people:
            if police:
                report = reported.report(identity=identity)
                notifications.submit(notification=report, organisation=officer.organisation, by=officer)
            else:
                given = reported.report_with_consent(identity=identity)
                notifications.submit(notification=given, organisation=owner.organisation, by=owner)
        by, statements = cast.actor(cast.CONSENT_ADMINISTRATOR), list(Statement.objects.values_list("id", flat=True))
        if statements:
            consent.approve_many(statements=statements, by=by)
        jobs.drain(QUEUES)
        for statement in statements:
            consent.withdraw(statement=statement, on=timezone.localdate(), by=by)


def _person(number: int) -> Identity:
    """All different, and to the ear too."""
    born = PartialDate(1980 + number % 20, 1 + number % 12, 1 + number % 28)
    return replace(linked.MARIAMA, family_name=_family_name(number), birth=born)


def _family_name(number: int) -> str:
    return "".join("bdfgklmnprstv"[number // 13**place % 13] + "aeiou"[(number + place) % 5] for place in range(3)).capitalize()
