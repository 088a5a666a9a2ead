"""Reports that hypothesis makes up: anything that it can hold, cleaned. Not every one obeys the rules."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as some

from consent import gate
from intake.codes import lists, partial_days
from intake.codes.characteristics import Characteristics
from intake.notifications.assembling import parts_of
from intake.notifications.fields import MISSABLE
from intake.notifications.inputs import ConsentAnswer, Identity, NotificationInput, PartialDate

WORD = some.text(alphabet=some.characters(categories=["L", "N"], exclude_characters="'"), min_size=1, max_size=12)
TEXT = some.lists(WORD, max_size=3).map(" ".join) | some.sampled_from(["=1+1", "+31 6 1", "-x", "@x", "'t Hart", 'a"b;c', ""])
NAMES = some.lists(WORD | some.just("=x"), max_size=3).map(tuple)


def codes(found):
    return some.lists(some.sampled_from(found.codes), max_size=3, unique=True).map(lambda chosen: tuple(sorted(chosen)))


def code(found):
    return some.sampled_from(("", *found.codes))


def answers(found):
    return some.sampled_from(["", *(answer.value for answer in found)])


FURTHER = some.fixed_dictionaries(
    {}, optional={q: some.sampled_from(found.codes) for q, found in lists.FURTHER_QUESTIONS.items()}
)
PARTIAL_DAY = some.just("") | some.builds(
    partial_days.text_of, some.integers(1990, 2030), some.none() | some.integers(1, 12), some.none() | some.integers(1, 28)
)
PHASES = some.fixed_dictionaries({}, optional=dict.fromkeys(lists.PHASE_CODES, PARTIAL_DAY))
BIRTH = (
    some.dates(date(1950, 1, 1), date(2010, 1, 1)).map(lambda day: PartialDate(day.year, day.month, day.day))
    | some.builds(PartialDate, some.integers(1950, 2010), some.integers(1, 12))
    | some.builds(PartialDate, some.integers(1950, 2010), estimated=some.booleans())
    | some.just(PartialDate())
)


def pairs(found):
    return tuple(sorted(found.items()))


@some.composite
def reports(draw):
    """What is missing has no answer."""
    report = draw(ANSWERED)
    given = {field for part in parts_of(report).values() for field, value in part.items() if value}
    given |= parts_of(report)["phases"].keys()
    if report.identity.birth != PartialDate():
        given.add("birth")
    open_fields = sorted(MISSABLE - given)
    reasons = draw(
        some.dictionaries(some.sampled_from(open_fields), some.sampled_from(lists.MISSING_REASONS.codes), max_size=4)
    )
    return replace(report, characteristics=replace(report.characteristics, missing=pairs(reasons)))


ANSWERED = some.builds(
    NotificationInput,
    date=some.dates(date(2000, 1, 1), date(2030, 1, 1)),
    identity=some.builds(
        Identity, NAMES, TEXT, TEXT, NAMES, BIRTH, some.sampled_from(["", "012345672"]), TEXT, TEXT, TEXT, TEXT, TEXT
    ),
    characteristics=some.builds(
        Characteristics,
        exploitation_types=codes(lists.EXPLOITATION_TYPES),
        prostitution_sectors=codes(lists.PROSTITUTION_SECTORS),
        labour_sectors=codes(lists.LABOUR_SECTORS),
        criminal_kinds=codes(lists.CRIMINAL_KINDS),
        organ_removal=code(lists.ORGAN_REMOVAL),
        sex=code(lists.SEXES),
        nationalities=codes(lists.COUNTRIES),
        exploitation_countries=codes(lists.COUNTRIES),
        exploitation_places=codes(lists.EXPLOITATION_PLACES),
        platforms=codes(lists.PLATFORMS),
        municipality_of_exploitation=code(lists.MUNICIPALITIES),
        municipality_of_residence=code(lists.MUNICIPALITIES),
        exploitation_from=PARTIAL_DAY,
        exploitation_to=PARTIAL_DAY,
        further=FURTHER.map(pairs),
        phases=PHASES.map(pairs),
    ),
    consent=some.none()
    | some.builds(
        ConsentAnswer,
        answer=some.sampled_from([answer.value for answer in gate.Answer]),
        capacity=answers(gate.Capacity),
        signer=answers(gate.Signer),
        method=answers(gate.Method),
        notice_version=some.sampled_from(["", *gate.NOTICE_VERSIONS]),
        language=some.sampled_from(["", *gate.NOTICE_LANGUAGES]),
        signed_on=some.none() | some.dates(date(2000, 1, 1), date(2030, 1, 1)),
        reason=answers(gate.NoConsentReason),
        judged_how=answers(gate.Judgement),
        proof=answers(gate.Proof),
        interpreter=answers(gate.Interpreter),
        view_of_person=answers(gate.PersonsView),
        representative_independent=answers(gate.Independence),
        witness=answers(gate.Witness),
        requested_on=some.none() | some.dates(date(2000, 1, 1), date(2030, 1, 1)),
        help=some.sampled_from(["", *gate.PURPOSE_ANSWERS]),
        research_extract=some.sampled_from(["", *gate.PURPOSE_ANSWERS]),
    ),
    age_band=code(lists.AGE_BANDS),
)
