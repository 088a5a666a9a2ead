"""The coded part of a report in words: as rows of label and text, and as what one version changed of the one before."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from intake.batches import cells
from intake.codes import lists
from intake.codes.characteristics import Characteristics
from intake.codes.lists import CodeList
from intake.notifications import sentences
from intake.notifications.fields import PERIOD, SETS, SINGLES
from intake.notifications.history import Version
from intake.notifications.own_reports import SentReport
from intake.web.fields import language


@dataclass(frozen=True)
class CodedRow:
    label: str
    value: str


@dataclass(frozen=True)
class ChangedRow:
    """before or after is empty where nothing was known."""

    label: str
    before: str
    after: str


def rows_of(characteristics: Characteristics) -> list[CodedRow]:
    """Only what is known, and why something is not where that was said."""
    return [CodedRow(str(sentences.label(name)), text) for name, text in _texts(characteristics).items()]


def changes(before: Characteristics, after: Characteristics) -> list[ChangedRow]:
    old, new = _texts(before), _texts(after)
    names = [*old, *(name for name in new if name not in old)]
    found = (ChangedRow(str(sentences.label(name)), old.get(name, ""), new.get(name, "")) for name in names)
    return [row for row in found if row.before != row.after]


@dataclass(frozen=True)
class Step:
    """One correction or supplement, and what it changed."""

    version: Version
    who: str
    changed: list[ChangedRow]
    day_before: date | None


def history_of(report: SentReport, *, who: Callable[[Version], str]) -> list[Step]:
    """Newest first, as the versions are."""
    after, day, found = report.characteristics, report.day, []
    for version in report.versions:
        moved = version.date if version.date != day else None
        found.append(Step(version, who(version), changes(version.characteristics, after), moved))
        after, day = version.characteristics, version.date
    return found


def _texts(characteristics: Characteristics) -> Mapping[str, str]:
    return {name: text for name, text in _known(characteristics) if text}


def _known(characteristics: Characteristics) -> Iterator[tuple[str, str]]:
    for name, codes in SETS.items():
        yield name, ", ".join(codes.label(value, language()) for value in getattr(characteristics, name))
    for name, codes in SINGLES.items():
        yield name, _label(codes, getattr(characteristics, name))
    for name in PERIOD:
        yield name, cells.partial_day_text(getattr(characteristics, name))
    yield from ((question, _label(lists.FURTHER_QUESTIONS[question], code)) for question, code in characteristics.further)
    fields = {code: field for field, code in lists.PHASE_FIELDS.items()}
    yield from ((fields[code], cells.partial_day_text(day) or _("on an unknown day")) for code, day in characteristics.phases)
    yield from ((name, _label(lists.MISSING_REASONS, reason)) for name, reason in characteristics.missing)


def _label(codes: CodeList, code: str) -> str:
    return codes.label(code, language()) if code else ""
