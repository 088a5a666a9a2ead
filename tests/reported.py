"""Made-up reports for the tests: one that is right for each kind of reporter, to change in one place."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from consent import gate
from intake.codes.characteristics import Characteristics
from intake.notifications import services
from intake.notifications.inputs import ConsentAnswer, Identity, NotificationInput, PartialDate
from tests import cast

DAY = date(2019, 3, 14)

CANARY = Identity(
    given_names=("Quirijntje",),
    prefix="van der",
    family_name="Zwaluwenburg",
    aliases=("Qwertella",),
    birth=PartialDate(1991, 7, 23),
    v_number="2876543210",
    contact="0612349876",
    narrative="Woont boven bakkerij Zonneschijn.",
)
KNOWN = Characteristics(exploitation_types=("sexual",), sex="female", nationalities=("RO",), prostitution_sectors=("window",))


def report(**changes: Any) -> NotificationInput:
    """By a reporter with a legal basis."""
    return replace(NotificationInput(date=DAY, identity=CANARY, characteristics=KNOWN), **changes)


def person(**changes: Any) -> Identity:
    return replace(CANARY, **changes)


def answer(**changes: Any) -> ConsentAnswer:
    """The person's own consent, given on paper on the day before the report."""
    given = ConsentAnswer(
        answer=gate.Answer.GIVEN,
        capacity=gate.Capacity.SIXTEEN_OR_OLDER,
        judged_how=gate.Judgement.PROFESSIONAL,
        signer=gate.Signer.PERSON,
        method=gate.Method.WRITTEN,
        notice_version=gate.CURRENT_NOTICE,
        language="nl",
        signed_on=DAY - timedelta(days=1),
    )
    return replace(given, **changes)


def report_with_consent(**changes: Any) -> NotificationInput:
    return report(**{"consent": answer(), "identity": person(v_number="")} | changes)


def report_refused(**changes: Any) -> NotificationInput:
    return report(**{"consent": ConsentAnswer(answer=gate.Answer.REFUSED)} | changes)


def sent(notification: NotificationInput | None = None, *, by: cast.Person = cast.OFFICER) -> str:
    """Submitted; its reference."""
    actor = cast.actor(by)
    where = cast.organisation(by.organisation)
    return services.submit(notification=notification or report(), organisation=where, by=actor).reference


def a_report() -> dict[str, Any]:
    return {"reference": sent()}


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def long_ago() -> datetime:
    return timezone.now() - timedelta(days=400)
