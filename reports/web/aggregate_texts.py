"""What was published, in the reader's words: numbers with their qualifier, names of codes, footnotes. It computes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.template.defaultfilters import floatformat
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import selectors as accounts
from intake.codes.lists import CodeList
from reports.aggregates import codes
from reports.aggregates.contents import Contents, Note, Value
from reports.aggregates.selectors import State

STATES: dict[State, tuple[str | Promise, str]] = {
    State.WAITING: (_("waits for a second person"), "yellow"),
    State.ACCEPTED: (_("accepted"), "green"),
    State.REPLACED: (_("corrected"), "grey"),
    State.REJECTED: (_("rejected"), "red"),
    State.TAKEN_BACK: (_("taken back"), "grey"),
}
SHORT = ": "


@dataclass(frozen=True)
class Shown:
    """A published number in words, with its footnotes. text is empty for what nobody published."""

    text: str
    footnotes: tuple[str, ...] = ()
    breaks: bool = False


@dataclass(frozen=True)
class ValueRow:
    phase: str
    form: str
    period: str
    measure: str
    unit: str
    shown: Shown
    place: str


def language() -> str:
    return get_language() or "nl"


def label(known: CodeList, code: str) -> str:
    return known.get(code).label(language()) if code else ""


def source_name(code: str) -> str:
    return label(codes.SOURCES, code)


def short_form(source: str, form: str) -> str:
    """The abbreviation where the form has one."""
    named = label(codes.forms_of(source), form)
    return named.partition(SHORT)[0]


def shown(value: Value | None) -> Shown:
    return Shown("") if value is None else Shown(words(value), value.footnotes, value.breaks)


def words(value: Value) -> str:
    """'about 120-130', 'more than 200', '70-75%', 'unknown'."""
    if value.unknown:
        return str(_("unknown"))
    ends = "-".join(_digits(end) for end in (value.low, value.high) if end is not None)
    percent = "%" if codes.is_percentage(value.measure) else ""
    qualifier = "" if value.qualifier == codes.EXACT else f"{label(codes.QUALIFIERS, value.qualifier)} "
    return f"{qualifier}{ends}{percent}"


def value_rows(source: str, values: Iterable[Value]) -> list[ValueRow]:
    return [
        ValueRow(
            phase=label(codes.phases_of(source), value.phase),
            form=label(codes.forms_of(source), value.form),
            period=value.period,
            measure=label(codes.MEASURES, value.measure),
            unit=label(codes.UNITS, value.unit),
            shown=shown(value),
            place=value.place,
        )
        for value in values
    ]


def footnotes(contents: Contents, used: Iterable[Value]) -> list[tuple[str, str]]:
    """Those that these values refer to, by number."""
    wanted = {number for value in used for number in value.footnotes}
    found = [note for note in contents.footnotes if note.number in wanted]
    return [(note.number, note.in_language(language())) for note in sorted(found, key=_by_number)]


def caveats(contents: Contents) -> list[str]:
    return [note.in_language(language()) for note in contents.caveats]


def name_of(user: str) -> str:
    """Of a system, or of somebody whose account is gone, there is none."""
    try:
        found = accounts.member(UUID(user))
    except ValueError:
        return ""
    return found.name if found else ""


def _by_number(note: Note) -> int:
    return int(note.number)


def _digits(number: Decimal) -> str:
    return str(floatformat(number, "-1g"))
