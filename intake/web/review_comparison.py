"""Two reports side by side: row by row what the one says and the other, and how they differ. It opens nothing by itself."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intake.codes import lists
from intake.comparing import Both
from intake.matching.selectors import Question, Side
from intake.notifications.inputs import Identity
from intake.notifications.sentences import label
from intake.web import review_names as names
from intake.web.unlocks import birth_of

Text = str | Promise
Parts = tuple[tuple[str, bool], ...]

# Each with the colour of its tag.
Mark = tuple[Text, str]
SAME: Mark = (_("the same"), "green")
DIFFERENT: Mark = (_("differs"), "orange")
ONE_SIDED: Mark = (_("only in one"), "grey")
TEXTS = ("prefix", "family_name", "aliases", "birth", "bsn", "v_number", "document_number")
ALIKE_ENOUGH = 0.5


@dataclass(frozen=True)
class Line:
    """What stands in both reports under one heading, in parts with whether the part differs, and how they compare."""

    heading: Text
    first: Parts
    second: Parts
    mark: Mark | None


def of_reports(question: Question) -> list[Line]:
    """What may be seen without a look at the identity."""
    sides = question.first, question.second
    context = [Line(heading, _whole(one), _whole(other), None) for heading, one, other in _both(_of_report, sides)]
    return context + [
        _line(heading, one, other, letters=False) for heading, one, other in _both(_of_person, sides) if one or other
    ]


def of_identities(both: Both) -> list[Line]:
    one, other = (_values(identity) for identity in (both.first, both.second))
    return [_line(heading, one[name], other[name]) for name, heading in _headings() if one[name] or other[name]]


def _both(rows: Callable[[Side], list[tuple[Text, str]]], sides: tuple[Side, Side]) -> Iterator[tuple[Text, str, str]]:
    for (heading, first), (_heading, second) in zip(rows(sides[0]), rows(sides[1]), strict=True):
        yield heading, first, second


def _of_report(side: Side) -> list[tuple[Text, str]]:
    """Nothing follows from it that these differ."""
    return [(_("Reported by"), names.sender(side)), (_("Date of the report"), date_format(side.day, "DATE_FORMAT"))]


def _of_person(side: Side) -> list[tuple[Text, str]]:
    language = "nl" if get_language() == "nl" else "en"
    known = side.known
    return [
        (_("Age at the report"), "" if side.age is None else str(side.age)),
        (label("sex"), lists.SEXES.label(known.sex, language) if known.sex else ""),
        (label("nationalities"), _labels(lists.COUNTRIES, known.nationalities, language)),
        (label("exploitation_types"), _labels(lists.EXPLOITATION_TYPES, known.exploitation_types, language)),
    ]


def _labels(codes: lists.CodeList, found: Sequence[str], language: str) -> str:
    return ", ".join(codes.label(code, language) for code in found)


def _headings() -> list[tuple[str, Text]]:
    return [(name, label(name)) for name in ("given_names", *TEXTS)]


def _values(identity: Identity | None) -> dict[str, str]:
    if identity is None:
        return dict.fromkeys(("given_names", *TEXTS), "")
    made = {name: getattr(identity, name) for name in TEXTS if name not in ("aliases", "birth")}
    spelled = {"given_names": " ".join(identity.given_names), "aliases": ", ".join(identity.aliases)}
    return made | spelled | {"birth": birth_of(identity.birth)}


def _line(heading: Text, one: str, other: str, *, letters: bool = True) -> Line:
    if not one or not other:
        return Line(heading, _whole(one), _whole(other), ONE_SIDED)
    if one.casefold() == other.casefold():
        return Line(heading, _whole(one), _whole(other), SAME)
    first, second = _parts(one, other) if letters else (_whole(one, differs=True), _whole(other, differs=True))
    return Line(heading, first, second, DIFFERENT)


def _whole(value: str, *, differs: bool = False) -> Parts:
    return ((value, differs),) if value else ()


def _parts(one: str, other: str) -> tuple[Parts, Parts]:
    """Letter by letter where the two are much alike; otherwise the whole of both differs."""
    found = SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False)
    if found.ratio() < ALIKE_ENOUGH or len(one.casefold()) != len(one) or len(other.casefold()) != len(other):
        return _whole(one, differs=True), _whole(other, differs=True)
    steps = found.get_opcodes()
    first = tuple((one[start:end], kind != "equal") for kind, start, end, _, _ in steps if end > start)
    second = tuple((other[start:end], kind != "equal") for kind, _, _, start, end in steps if end > start)
    return first, second
