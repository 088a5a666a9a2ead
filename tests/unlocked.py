"""Reports to look at with a reason, and unlocks of them, for the tests of unlocking."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from intake import unlock
from intake.models.contribution import Contribution
from intake.models.unlock import Unlock
from intake.notifications.inputs import Attachment
from intake.unlock import Motive
from safeguards.actors import system
from tests import cast, reported

Act = Callable[[], object]
FILE = Attachment("Zwaluwenburg.pdf", "application/pdf", b"%PDF-1.7 Zwaluwenburg")
WORK = system("tests")


def held(**changes: Any) -> UUID:
    """The contribution of a report with consent that waits for its review."""
    reference = reported.sent(reported.report_with_consent(**changes), by=cast.OWNER)
    return Contribution.objects.get(reference=reference).id


def accepted(**changes: Any) -> UUID:
    return Contribution.objects.get(reference=reported.sent(reported.report(**changes))).id


def for_review(contribution: UUID | None = None, *, by: cast.Person = cast.CONSENT_ADMINISTRATOR) -> UUID:
    return unlock.open_for_review(contribution=contribution or held(), motive=Motive.COMPARE_NAME, by=cast.actor(by))


def asked(contribution: UUID | None = None, *, by: cast.Person = cast.PRIVACY_OFFICER) -> UUID:
    return unlock.ask(contribution=contribution or accepted(), motive=Motive.RIGHTS_OF_PERSON, by=cast.actor(by))


def granted(contribution: UUID | None = None) -> UUID:
    made = asked(contribution)
    unlock.grant(unlock=made, by=cast.actor(cast.SECOND_PRIVACY_OFFICER))
    return made


def a_request() -> dict[str, UUID]:
    return {"asked": asked(by=cast.SECOND_PRIVACY_OFFICER)}


def a_file_for_review() -> dict[str, UUID]:
    return _file_of(for_review(held(attachments=(FILE,))), cast.CONSENT_ADMINISTRATOR)


def a_granted_file() -> dict[str, UUID]:
    return _file_of(granted(accepted(attachments=(FILE,))), cast.PRIVACY_OFFICER)


def _file_of(made: UUID, by: cast.Person) -> dict[str, UUID]:
    (found,) = unlock.attachments(unlock=made, by=cast.actor(by))
    return {"granted": made, "attachment": found.id}


def ended(made: UUID, by: timedelta = timedelta(0)) -> None:
    Unlock.objects.filter(pk=made).update(expires=timezone.now() - by)


def _open() -> Act:
    contribution, by = held(), cast.actor(cast.CONSENT_ADMINISTRATOR)
    return lambda: unlock.open_for_review(contribution=contribution, motive=Motive.COMPARE_NAME, by=by)


def _ask() -> Act:
    contribution, by = accepted(), cast.actor(cast.PRIVACY_OFFICER)
    return lambda: unlock.ask(contribution=contribution, motive=Motive.INCIDENT, by=by)


def _grant() -> Act:
    made, by = asked(), cast.actor(cast.SECOND_PRIVACY_OFFICER)
    return lambda: unlock.grant(unlock=made, by=by)


def _looks(service: Callable[..., object]) -> Act:
    made, by = for_review(held(attachments=(FILE,))), cast.actor(cast.CONSENT_ADMINISTRATOR)
    return lambda: service(unlock=made, by=by)


def _attachment() -> Act:
    made, by = for_review(held(attachments=(FILE,))), cast.actor(cast.CONSENT_ADMINISTRATOR)
    (found,) = unlock.attachments(unlock=made, by=by)
    return lambda: unlock.attachment(unlock=made, attachment=found.id, by=by)


def _end() -> Act:
    contribution, by = accepted(), cast.actor(cast.PRIVACY_OFFICER)
    granted(contribution)
    return lambda: unlock.end_for_rights(contributions=[contribution], by=by)


def _expire() -> Act:
    ended(for_review(), timedelta(days=2))
    return lambda: unlock.expire(by=WORK)


ACTS: dict[str, Callable[[], Act]] = {
    "intake.unlock.open_for_review": _open,
    "intake.unlock.ask": _ask,
    "intake.unlock.grant": _grant,
    "intake.unlock.identity": lambda: _looks(unlock.identity),
    "intake.unlock.attachments": lambda: _looks(unlock.attachments),
    "intake.unlock.attachment": _attachment,
    "intake.unlock.end_for_rights": _end,
    "intake.unlock.expire": _expire,
}

# They read codes and moments, and open nothing.
READS = {
    f"intake.unlock.{name}" for name in ("of_reference", "opened", "open_now", "for_rights", "waiting", "own", "review_motives")
}
