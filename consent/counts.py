"""Coarse counts of consent that was refused or not asked. Nothing leads from a count to a report, a signal or a moment."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from accounts.reporters import ReporterGroup
from consent.models import AnswerCount
from consent.statements import Answer, NoConsentReason

Key = tuple[str, int, int, str, str]


@dataclass(frozen=True)
class Unanswered:
    """on is the day of the report, of which only the quarter is kept. A reason that is no code is none."""

    group: ReporterGroup
    on: date
    answer: Answer
    reason: str = ""


def add(answers: Iterable[Unanswered]) -> None:
    """Always in the same order, so that two at once wait for each other and never for ever."""
    counted = sorted(Counter(map(_key, answers)).items())
    AnswerCount.objects.bulk_create([AnswerCount(**_fields(key)) for key, _ in counted], ignore_conflicts=True)
    for key, number in counted:
        AnswerCount.objects.filter(**_fields(key)).update(number=F("number") + number)


def _fields(key: Key) -> dict[str, str | int]:
    return dict(zip(("group", "year", "quarter", "answer", "reason"), key, strict=True))


def _key(unanswered: Unanswered) -> Key:
    on = unanswered.on
    reason = unanswered.reason if unanswered.reason in tuple(NoConsentReason) else ""
    return unanswered.group.value, on.year, (on.month + 2) // 3, unanswered.answer.value, reason
