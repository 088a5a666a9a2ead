"""A few reports whose consent waits, so that the review desk has something to do. They are in no figure, and in no register.

Whoever they are about is made up, and called so. What is there already is left as it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.demonstration import OTHER_NAMES, REGISTRY
from accounts.reporters import OtherReporter
from accounts.roles import Role
from config.demonstration.channels import Organisations, member
from consent import reviews, services
from consent import selectors as statements
from consent.gate import (
    CURRENT_NOTICE,
    Answer,
    Capacity,
    Independence,
    Interpreter,
    Judgement,
    Method,
    PersonsView,
    Proof,
    QuestionReason,
    Signer,
    Witness,
)
from intake.codes.characteristics import Characteristics
from intake.models.contribution import Contribution
from intake.notifications import services as notifications
from intake.notifications.inputs import ConsentAnswer, Identity, NotificationInput, PartialDate
from intake.notifications.storing import named, own_reference_digests
from safeguards.actors import Actor

SHELTER = OTHER_NAMES[OtherReporter.SHELTER]
MORE_THAN_ARE_MADE = 100
Act = Callable[[UUID, Actor], object]


@dataclass(frozen=True)
class Waiting:
    """act is what the desk did with the statement already."""

    organisation: str
    notification: NotificationInput
    act: Act | None = None


def _consent(days_ago: int, language: str = "nl", **said: str) -> ConsentAnswer:
    """The person's own, on paper, unless it is said otherwise."""
    usual = {"capacity": Capacity.SIXTEEN_OR_OLDER, "judged_how": Judgement.PROFESSIONAL, "signer": Signer.PERSON}
    return ConsentAnswer(
        answer=Answer.GIVEN,
        notice_version=CURRENT_NOTICE,
        language=language,
        signed_on=timezone.localdate() - timedelta(days=days_ago),
        **usual | {"method": Method.WRITTEN} | said,  # type: ignore[arg-type]
    )


def _represented(days_ago: int) -> ConsentAnswer:
    return _consent(
        days_ago,
        capacity=Capacity.ADULT_REPRESENTED,
        signer=Signer.MENTOR,
        proof=Proof.COURT_DECISION,
        representative_independent=Independence.INDEPENDENT,
        view_of_person=PersonsView.AGREES,
    )


def _report(number: int, consent: ConsentAnswer, *, born: int, kind: str, country: str) -> NotificationInput:
    identity = Identity(
        given_names=("Voorbeeld",),
        family_name=f"Verzonnen-{number}",
        birth=PartialDate(born, number, 10 + number),
        own_reference=f"VOORBEELD-{number}",
    )
    codes = Characteristics(exploitation_types=(kind,), sex="female", nationalities=(country,))
    return NotificationInput(date=timezone.localdate(), identity=identity, characteristics=codes, consent=consent)


def _ask(statement: UUID, by: Actor) -> None:
    reviews.ask_back(statement=statement, reason=QuestionReason.SCAN_MISSING, by=by)


def _approve_first(statement: UUID, by: Actor) -> object:
    return services.approve(statement=statement, by=by)


def reports() -> tuple[Waiting, ...]:
    """For one reviewer, for two, for the second of two, and one about which the reporter was asked something."""
    telephone = {"interpreter": Interpreter.BY_TELEPHONE, "method": Method.ORAL, "witness": Witness.COLLEAGUE}
    return (
        Waiting("Zorgcoördinatie Midden", _report(1, _consent(3), born=1994, kind="sexual", country="RO")),
        Waiting("FairWork", _report(2, _consent(2, "pl", **telephone), born=1988, kind="labour", country="PL")),
        Waiting(SHELTER, _report(3, _represented(5), born=1975, kind="labour", country="HU")),
        Waiting(SHELTER, _report(4, _represented(4), born=1981, kind="sexual", country="NL"), _approve_first),
        Waiting("FairWork", _report(5, _consent(6, "bg"), born=1990, kind="labour", country="BG"), _ask),
    )


def send(organisations: Organisations) -> None:
    for waiting in reports():
        with transaction.atomic():
            _send(waiting, organisations)


def _send(waiting: Waiting, organisations: Organisations) -> None:
    organisation = organisations[waiting.organisation]
    digests = own_reference_digests(organisation, named(waiting.notification.identity.own_reference))
    if Contribution.objects.filter(organisation_id=organisation, own_reference_digest__in=digests).exists():
        return
    sender = member(organisation, Role.REPORTER)
    sent = notifications.submit(notification=waiting.notification, organisation=organisation, by=sender)
    if waiting.act is not None:
        reviewer = member(organisations[REGISTRY], Role.CONSENT_ADMINISTRATOR)
        waiting.act(_statement(sent.reference, reviewer), reviewer)


def _statement(reference: str, by: Actor) -> UUID:
    contribution = Contribution.objects.get(reference=reference).pk
    items = statements.queue(by=by, limit=MORE_THAN_ARE_MADE).items
    return next(item.id for item in items if item.notification == contribution)
