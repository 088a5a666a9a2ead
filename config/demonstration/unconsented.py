"""Reports for which nobody consented, sent as their reporters would have: of each an anonymous signal remains, and nobody.

All of it is made up, the same at every run; no published figure counts signals. From 2018 on there are many more, as consent
has been asked for since. What is there already is left as it is.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.db import transaction

from accounts.demonstration import OTHER_NAMES
from accounts.reporters import OtherReporter
from accounts.roles import Role
from config.demonstration.channels import Organisations, Tell, member
from config.demonstration.identities import SEED
from consent.gate import Answer, NoConsentReason
from intake.codes import lists
from intake.codes.characteristics import Characteristics
from intake.models.stub import Stub
from intake.notifications import services as notifications
from intake.notifications.inputs import ConsentAnswer, Identity, NotificationInput
from intake.notifications.signals import REGION_QUESTION
from intake.notifications.storing import named, own_reference_digests

YEARS = (2015, 2016, 2017, 2018, 2019)
KNOWN_REGION = 0.6
TYPES = ("sexual", "labour", "criminal")
COUNTRIES = ("NL", "NG", "PL", "RO", "BG", "UG", "HU", "")
REASONS = (NoConsentReason.OUT_OF_SIGHT, NoConsentReason.UNSAFE_TO_ASK, NoConsentReason.NO_COMMON_LANGUAGE)


@dataclass(frozen=True)
class Reporter:
    """numbers: reports without consent in each of YEARS; types: how often each of TYPES, of ten."""

    organisation: str
    code: str
    numbers: tuple[int, ...]
    types: tuple[int, ...]


REPORTERS = (
    Reporter("Zorgcoördinatie Midden", "ZM", (6, 8, 11, 54, 61), (7, 2, 1)),
    Reporter("FairWork", "FW", (3, 5, 7, 32, 41), (0, 10, 0)),
    Reporter(OTHER_NAMES[OtherReporter.SHELTER], "DH", (4, 5, 9, 28, 33), (8, 1, 1)),
    Reporter(OTHER_NAMES[OtherReporter.NGO], "VO", (2, 3, 6, 21, 24), (5, 4, 1)),
)


def send(organisations: Organisations, tell: Tell) -> None:
    for reporter in REPORTERS:
        organisation, sent = organisations[reporter.organisation], _reports(reporter)
        by = member(organisation, Role.REPORTER)
        stubs = Stub.objects.filter(organisation_id=organisation).values_list("own_reference_digest", flat=True)
        present = {bytes(digest) for digest in stubs if digest}
        with transaction.atomic():
            for report in sent:
                if present.isdisjoint(own_reference_digests(organisation, named(report.identity.own_reference))):
                    notifications.submit(notification=report, organisation=organisation, by=by)
        tell(len(sent))


def number() -> int:
    return sum(sum(reporter.numbers) for reporter in REPORTERS)


@cache
def _reports(reporter: Reporter) -> tuple[NotificationInput, ...]:
    draw = random.Random(f"{SEED}:{reporter.code}")  # noqa: S311 made-up data has to be the same at every run
    return tuple(
        _report(reporter, f"{reporter.code}-{year}-{place:03}", year, draw)
        for year, several in zip(YEARS, reporter.numbers, strict=True)
        for place in range(several)
    )


def _report(reporter: Reporter, own_reference: str, year: int, draw: random.Random) -> NotificationInput:
    country = draw.choice(COUNTRIES)
    region = ((REGION_QUESTION, draw.choice(lists.POLICE_REGIONS.codes)),) if draw.random() < KNOWN_REGION else ()
    return NotificationInput(
        date=date(year, 1, 1) + timedelta(days=draw.randrange(365)),
        identity=Identity(own_reference=own_reference),
        characteristics=Characteristics(
            exploitation_types=tuple(draw.choices(TYPES, reporter.types)),
            nationalities=(country,) if country else (),
            further=region,
        ),
        age_band=draw.choice(lists.AGE_BANDS.codes),
        consent=_consent(draw),
    )


def _consent(draw: random.Random) -> ConsentAnswer:
    answer = draw.choice((Answer.REFUSED, Answer.NOT_ASKED, Answer.IMPOSSIBLE))
    return ConsentAnswer(answer, reason="" if answer is Answer.REFUSED else draw.choice(REASONS))
