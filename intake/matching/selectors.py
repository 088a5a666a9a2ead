"""What a reader may see: questions with their evidence by field and where the reports came from. No identity, and of a second
reading no first answer."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from heapq import merge
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, UUIDField

from intake.codes.characteristics import Characteristics
from intake.matching import quality_sample
from intake.matching.pairs import READABLE
from intake.models.contribution import Contribution
from intake.models.decision import LinkDecision
from intake.models.matching import Pair, PersonContribution

PORTION = 50
Waits = Pair.Waits
OWN = (
    "id", "weight", "explanation", "parameters", "held_back", "band", "decision", "decided_by", "decided", "waits", "read_by",
    "usefulness",
)  # fmt: skip
OF_SIDE = ("id", "reference", "source", "group", "unit", "date", "recorded", "age", "characteristics")

# A question about two contributions of one person helps nobody: its usefulness is nothing.
UNREAD = READABLE & Q(waits=Waits.FIRST, band=Pair.Band.QUESTION, usefulness__gt=0)
READ_ONCE = READABLE & Q(waits=Waits.SECOND)
DISPUTED = READABLE & Q(waits=Waits.DISPUTED)
# Nobody is asked about these: a supervisor puts the one right, and a colleague has the other read again.
JOINED = READABLE & Q(waits=Waits.FIRST, band=Pair.Band.AUTOMATIC)
DECIDED = READABLE & Q(waits=Waits.DONE) & ~Q(decision="")
CUT = READABLE & Q(band=Pair.Band.AUTOMATIC, decision=Pair.Decision.DIFFERENT)

# Any as the model: the persons are annotated, which the type checker does not follow through values().
Rows = QuerySet[Any, dict[str, Any]]


@dataclass(frozen=True)
class Side:
    """One of the two reports, as far as it may be seen without a look at the identity."""

    contribution: UUID
    person: UUID
    reference: str
    source: str
    group: str
    unit: str
    day: date
    recorded: datetime
    age: int | None
    known: Characteristics


@dataclass(frozen=True)
class Evidence:
    """A field, its level of agreement and the weight in bits; codes of the linkage engine."""

    field: str
    level: str
    weight: float


@dataclass(frozen=True)
class Question:
    """A pair with its explanation; decision is empty while it is open."""

    id: UUID
    weight: float
    evidence: tuple[Evidence, ...]
    cautions: tuple[str, ...]
    parameters: str
    held_back: bool
    band: str
    first: Side
    second: Side
    decision: str
    decided_by: str
    decided: datetime | None
    waits: str
    read_by: str
    usefulness: float

    @property
    def persons(self) -> frozenset[UUID]:
        return frozenset((self.first.person, self.second.person))


def open_questions(limit: int, *, reader: str = "", after: Question | None = None) -> tuple[Question, ...]:
    """What this person may answer, the most useful first: unread pairs, one for each two persons, and those to be read twice.

    Bounded by an index on usefulness. after: only those that come later than this one.
    """
    unread = _in_portions(_unread().filter(_later(after)))
    twice = _in_portions(_read_once(reader).filter(_later(after)))
    asked: dict[object, Question] = {}
    for question in merge(_one_for_each_two(unread), (one for found in twice for one in found), key=_order):
        asked.setdefault(question.persons if question.waits == Waits.FIRST else question.id, question)
        if len(asked) == limit:
            break
    return tuple(asked.values())


def disputes(limit: int, *, reader: str, after: Question | None = None) -> tuple[Question, ...]:
    """What two readers disagree on, the longest decided first; for somebody who is neither of them.

    after: only those that come later than this one, which may have been settled meanwhile; all where it is not decided.
    """
    rows = _pairs().filter(DISPUTED).exclude(_own(reader)).order_by("decided", "id")
    if after is not None and after.decided is not None:
        rows = rows.filter(Q(decided__gt=after.decided) | Q(decided=after.decided, id__gt=after.id))
    return tuple(_question(row) for row in rows[:limit])


def correctable(reference: str, limit: int) -> tuple[Question, ...]:
    """What was linked or decided of the report with this reference and waits for nobody, the least sure first.

    Not what was drawn and is unread: that is asked of every reviewer, unaware of what linkage made of it.
    """
    ends = Contribution.objects.filter(reference=reference).values("id")
    rows = _pairs().filter(JOINED | DECIDED, Q(first__in=ends) | Q(second__in=ends))
    rows = rows.exclude(id__in=quality_sample.next_checks()).order_by("weight", "id")
    return tuple(_question(row) for row in rows[:limit])


def cut(limit: int, *, reader: str, after: Question | None = None) -> tuple[Question, ...]:
    """Links that linkage made and an answer cut, the latest first; not those that this person may have to read."""
    rows = _pairs().filter(CUT).exclude(Q(waits=Waits.SECOND) & ~Q(read_by=reader)).order_by("-decided", "-id")
    if after is not None and after.decided is not None:
        rows = rows.filter(Q(decided__lt=after.decided) | Q(decided=after.decided, id__lt=after.id))
    return tuple(_question(row) for row in rows[:limit])


def count_open(*, reader: str = "") -> int:
    """Pairs that wait for this person's answer; more than questions where persons have several reports."""
    return Pair.objects.filter(UNREAD).count() + Pair.objects.filter(READ_ONCE).exclude(read_by=reader).count()


def count_disputes(*, reader: str = "") -> int:
    """Those that this person may settle; all, where nobody is named."""
    return Pair.objects.filter(DISPUTED).exclude(_own(reader)).count()


def question(pair: UUID) -> Question | None:
    row = _pairs().filter(READABLE, id=pair).first()
    return _question(row) if row else None


def _own(reader: str) -> Exists:
    return Exists(LinkDecision.objects.filter(pair=OuterRef("id"), by=reader))


def _order(one: Question) -> tuple[float, str]:
    return -one.usefulness, one.id.hex


def _later(after: Question | None) -> Q:
    """As one range of the index, which two alternatives would not be."""
    if after is None:
        return Q()
    return Q(usefulness__lte=after.usefulness) & ~Q(usefulness=after.usefulness, id__lte=after.id)


def _unread() -> Rows:
    return _pairs().filter(UNREAD)


def _read_once(reader: str) -> Rows:
    return _pairs().filter(READ_ONCE).exclude(read_by=reader)


def _in_portions(rows: Rows) -> Iterator[list[Question]]:
    """By key, so that none costs more for those before it."""
    after = None
    while read := [_question(row) for row in rows.filter(_later(after)).order_by("-usefulness", "id")[:PORTION]]:
        yield read
        after = read[-1]


def _one_for_each_two(portions: Iterable[list[Question]]) -> Iterator[Question]:
    """None where the two persons were found different already."""
    for read in portions:
        answered = _found_different(read)
        yield from (question for question in read if question.persons not in answered)


def _pairs() -> Rows:
    person = PersonContribution.objects.values("person")
    rows = Pair.objects.annotate(
        first_person=Subquery(person.filter(contribution=OuterRef("first")), output_field=UUIDField()),
        second_person=Subquery(person.filter(contribution=OuterRef("second")), output_field=UUIDField()),
    )
    sides = (f"{side}__{column}" for side in ("first", "second") for column in OF_SIDE)
    found: Rows = rows.values(*OWN, "first_person", "second_person", *sides)
    return found


def _question(row: Mapping[str, Any]) -> Question:
    explained = row["explanation"]
    kept = {name: row[name] for name in OWN if name != "explanation"}
    return Question(
        **kept,
        evidence=tuple(Evidence(*part) for part in explained.get("evidence", ())),
        cautions=tuple(explained["cautions"]),
        first=_side(row, "first"),
        second=_side(row, "second"),
    )


def _side(row: Mapping[str, Any], side: str) -> Side:
    return Side(
        contribution=row[f"{side}__id"],
        person=row[f"{side}_person"],
        reference=row[f"{side}__reference"],
        source=row[f"{side}__source"],
        group=row[f"{side}__group"],
        unit=row[f"{side}__unit"],
        day=row[f"{side}__date"],
        recorded=row[f"{side}__recorded"],
        age=row[f"{side}__age"],
        known=Characteristics.from_json(row[f"{side}__characteristics"]),
    )


def _found_different(questions: Iterable[Question]) -> set[frozenset[UUID]]:
    """Pairs of persons of whom some reports were decided to be different persons."""
    persons = {person for question in questions for person in question.persons}
    members = PersonContribution.objects.filter(person__in=persons).values("contribution")
    decided = _pairs().filter(decision=Pair.Decision.DIFFERENT, first__in=members, second__in=members)
    return {frozenset((row["first_person"], row["second_person"])) for row in decided}
