"""What a row says is digested so that fields which are added to the form leave the rows that were stored before unchanged."""

from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from intake.codes.characteristics import Characteristics
from intake.notifications import storing
from intake.notifications.inputs import ConsentAnswer, Identity, NotificationInput

SAID = ConsentAnswer(answer="given", capacity="evidently-16-or-older", signer="person", signed_on=date(2026, 3, 14))
REPORT = NotificationInput(date(2026, 3, 15), Identity(family_name="Zwaluwenburg"), Characteristics(sex="female"), SAID)
# Of the rows that were stored when each of these fields existed and nothing else did.
STORED = "8524825f7143d24647a3a8cc5773ea00d548370f7b322767b4ec13670b22613c"


@dataclass(frozen=True)
class LaterAnswer(ConsentAnswer):
    """As the form asks it when one more question was added."""

    place: str = ""


def asked_later(**said: str) -> NotificationInput:
    return replace(REPORT, consent=LaterAnswer(**vars(SAID), **said))


def test_row_that_was_stored_before_is_still_the_same() -> None:
    assert sha256(storing.content_of(REPORT)).hexdigest() == STORED


def test_new_question_without_an_answer_changes_nothing() -> None:
    assert storing.content_of(asked_later()) == storing.content_of(REPORT)


def test_new_question_with_an_answer_changes_the_row() -> None:
    assert storing.content_of(asked_later(place="at-the-shelter")) != storing.content_of(REPORT)


def test_every_field_is_digested() -> None:
    other = {name: date(2026, 1, 1) if name in ("signed_on", "requested_on") else "other" for name in vars(SAID)}
    contents = {storing.content_of(replace(REPORT, consent=replace(SAID, **{name: value}))) for name, value in other.items()}
    assert len(contents) == len(other)
    assert storing.content_of(REPORT) not in contents
