"""The engine's codes in words: fields, levels of agreement, cautions, strength of evidence; and answers with their reasons.

One table; a code that it does not know, of another version of the engine, gets a sentence that is true of any.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.labels import GROUPS, POLICE_UNITS
from accounts.reporters import PoliceUnit, ReporterGroup, Source
from intake.matching.selectors import Question, Side
from intake.models.decision import Answer, Verdict

Text = str | Promise

FIELDS: Mapping[str, Text] = {
    "family-name": _("Family name"),
    "given-name": _("Given name"),
    "alias": _("Alias"),
    "birth-date": _("Date of birth"),
    "sex": _("Sex"),
    "nationality": _("Nationality"),
    "v-number": _("V-number"),
    "bsn": _("Citizen service number (BSN)"),
    "document": _("Document number"),
    "place": _("Place"),
}
OTHER_FIELD = _("Something else")

# A level of one field alone goes before the level of any field.
LEVELS_OF_FIELD: Mapping[tuple[str, str], Text] = {
    ("birth-date", "same"): _("the same day, month and year"),
    ("birth-date", "different"): _("another date"),
    ("alias", "same"): _("an alias of one is a name of the other"),
    ("nationality", "same"): _("at least one nationality is the same"),
    ("v-number", "different"): _("two different numbers"),
    ("bsn", "different"): _("two different numbers"),
    ("document", "different"): _("two different numbers; a person can have several documents"),
}
LEVELS: Mapping[str, Text] = {
    "same": _("the same"),
    "other-spelling": _("another spelling or short form of the same name"),
    "another-name": _("looks alike, but these are two known names"),
    "short-one-letter": _("a short name of which one letter is different"),
    "short-sound": _("short names that sound the same"),
    "shortened": _("one is the beginning or end of the other"),
    "one-letter": _("one letter is different"),
    "sounds-alike": _("sounds the same, is spelt differently"),
    "part-of-name": _("one is part of the other"),
    "shared-and-different": _("one word is the same, another is different"),
    "same-start": _("begins the same, goes on differently"),
    "initial": _("an initial that fits"),
    "work-name": _("another name, of which one is often used at work"),
    "other-box": _("found in the box of the other name"),
    "different": _("different"),
    "day-and-month-swapped": _("the same with day and month swapped"),
    "first-of-january": _("the same, but 1 January or estimated"),
    "month-and-year": _("same month and year; a day is missing"),
    "year-only": _("same year; the rest is missing"),
    "year-and-placeholder": _("same year; one is 1 January or estimated"),
    "one-part-different": _("one of day, month and year is different"),
    "year-but-other-day": _("same year, another day"),
    "year-mistyped": _("same day and month; the year looks mistyped"),
    "other-year": _("same day and month, another year"),
    "year-beside": _("the years follow each other; one is uncertain"),
    "years-near": _("two or three years between them; one is uncertain"),
}
OTHER_LEVEL = _("compared; the evidence says how much they agree")

CAUTIONS: Mapping[str, Text] = {
    "numbers-differ": _("They have two different personal numbers of the same kind."),
    "other-given-name": _("Same family name, another given name: these may be brothers, sisters or twins."),
    "sex-differs": _("One report says female, the other male."),
    "only-the-number": _("They share a number, and little else."),
    "other-date": _("The dates of birth are different."),
    "common-name": _("A common name, and the dates of birth differ in a part: these may be namesakes."),
    "little-to-go-by": _("Too little to go by: no two names that agree, or no date of birth."),
}
OTHER_CAUTION = _("Linkage found a reason not to join these by itself.")

HELD_BACK = _("A link by itself, but it would also bring together two reports that look like different persons.")

SOURCES: Mapping[str, str | Promise] = {Source.EMM: _("EMM (feed)"), Source.OM: _("Public prosecutor (letters)")}

# From which weight in bits evidence is called what, the strongest first.
STRENGTHS: tuple[tuple[float, Text], ...] = (
    (7.0, _("very strong for the same person")),
    (3.0, _("strong for the same person")),
    (1.0, _("somewhat for the same person")),
    (-1.0, _("says little")),
    (-3.0, _("somewhat for different persons")),
    (float("-inf"), _("strong for different persons")),
)


ANSWERS: Mapping[str, Text] = {
    Answer.SAME: _("The same person"),
    Answer.DIFFERENT: _("Different persons"),
    Answer.CANNOT_TELL: _("Cannot tell"),
    Answer.TAKEN_BACK: _("Taken back"),
    Answer.CONTESTED: _("Asked to be read by somebody else"),
}
REASONS: Mapping[str, Text] = {
    "details": _("names and dates say so"),
    "number": _("a number is the same"),
    "spelling": _("what differs is spelling or a slip"),
    "circumstances": _("what happened fits"),
    "relatives": _("brothers, sisters or other relatives"),
    "namesakes": _("a name that many have"),
    "numbers": _("numbers differ"),
    "too-little": _("too little is known"),
    "contradicts": _("what is known contradicts itself"),
    "ask-reporter": _("only the reporter can know"),
    "not-asked": _("a reason was not asked then"),
}
READINGS: Mapping[str, Text] = {
    "first": _("first reading"),
    "second": _("second reading"),
    "settling": _("settled"),
}


def field(code: str) -> Text:
    return FIELDS.get(code, OTHER_FIELD)


def level(of_field: str, code: str) -> Text:
    return LEVELS_OF_FIELD.get((of_field, code)) or LEVELS.get(code, OTHER_LEVEL)


def caution(code: str) -> Text:
    return CAUTIONS.get(code, OTHER_CAUTION)


def strength(weight: float) -> Text:
    return next(words for bound, words in STRENGTHS if weight >= bound)


def choices() -> list[tuple[str, Text, list[tuple[str, Text]]]]:
    """Each answer with its reasons, as the page offers them."""
    answers = (Answer.SAME, Answer.DIFFERENT, Answer.CANNOT_TELL)
    return [
        (answer.value, ANSWERS[answer], [(one.value, REASONS[one.reason]) for one in Verdict if one.answer == answer])
        for answer in answers
    ]


def reporter(source: str, group: str) -> Text:
    """Who sent a report: the reporter group, or the feed."""
    return GROUPS[ReporterGroup(group)] if source == Source.REPORT else SOURCES[source]


def sides(question: Question) -> list[tuple[Side, Text]]:
    return [(side, reporter(side.source, side.group)) for side in (question.first, question.second)]


def sender(side: Side) -> str:
    """The same, with the police unit."""
    unit = f" ({POLICE_UNITS[PoliceUnit(side.unit)]})" if side.unit else ""
    return f"{reporter(side.source, side.group)}{unit}"
