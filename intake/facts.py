"""The only window for reports: coded, pseudonymous rows and the numbered changes. Nothing identifying can pass through it."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce, Substr
from django.utils import timezone

from accounts.reporters import Purpose, ReporterGroup, Source
from consent import gate
from intake import events
from intake.codes import waits
from intake.codes.characteristics import Characteristics, check_members
from intake.errors import GoneMeanwhileError
from intake.models.anonymous_signal import AnonymousSignal
from intake.models.change import Change as ChangeRow
from intake.models.change import Register
from intake.models.contribution import Contribution
from intake.models.matching import PersonContribution
from intake.models.person_event import PersonEvent, PersonMove
from intake.models.provenance import Provenance
from intake.models.restriction import Restriction
from intake.models.use import DutyToTell, Use
from safeguards import audit, bulk
from safeguards.actors import Actor

# ContributionFact has a date of its own.
Day = date


@dataclass(frozen=True)
class Change:
    """The contributions of this person in this year are no longer what they were (or are gone)."""

    sequence: int
    person: UUID
    year: int


@dataclass(frozen=True)
class ContributionFact:
    """One contribution of a person, in codes. group, other_kind and unit are empty where they do not apply."""

    contribution: UUID
    person: UUID
    source: Source
    group: str
    other_kind: str
    unit: str
    legal_basis: bool
    date: date
    recorded: datetime
    age: int | None
    age_band: str
    characteristics: Characteristics
    released: Day | None = None

    @property
    def waited(self) -> str:
        """The band of the days from the report to the day from which it could count."""
        return waits.between(self.date, self.released or self.recorded.astimezone(UTC).date())


@dataclass(frozen=True)
class SignalFact:
    """How many anonymous signals are alike in this."""

    year: int
    group: str
    form: str
    police_region: str
    number: int


@dataclass(frozen=True)
class Portion:
    """Contributions as columns, a row of each: all those of their persons, by person, year and date.

    persons are ids as the database writes them; senders are group and unit, ages years and band, counting the days (ISO) from
    which they could count. said is the place in characteristics of what each says; those are as they are stored, equal ones
    mostly once.
    """

    persons: Sequence[str]
    years: Sequence[int]
    sources: Sequence[str]
    senders: Sequence[tuple[str, str]]
    legal_bases: Sequence[bool]
    dates: Sequence[date]
    counting: Sequence[str]
    ages: Sequence[tuple[int | None, str]]
    said: Sequence[int]
    characteristics: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class OriginFact:
    """Where a feed's record was read, between which days it was valid there, and when it was last delivered."""

    register: str
    valid_from: date | None
    valid_to: date | None
    delivered: datetime


STATUTORY, BY_CONSENT = "statutory", "consent"
AT_ONCE = 10_000  # SQLite takes at most 32,766 parameters.
# The columns of a contribution that may pass.
_READ = (
    "source",
    "group",
    "other_kind",
    "unit",
    "legal_basis",
    "date",
    "recorded",
    "age",
    "age_band",
    "characteristics",
    "released",
)
_IN_PORTIONS = ("source", "group", "unit", "legal_basis", "age", "age_band")


def latest_sequence() -> int:
    return Register.objects.values_list("sequence", flat=True).first() or 0


def changes_since(sequence: int, *, limit: int) -> tuple[Change, ...]:
    """The next changes in order of their number, at most limit of them."""
    rows = ChangeRow.objects.filter(sequence__gt=sequence).order_by("sequence").values_list("sequence", "person", "year")
    return tuple(Change(*row) for row in rows[:limit])


def portions(at_once: int) -> Iterator[Portion]:
    """The whole register, for a rebuild: about so many contributions at a time, all those of their persons together."""
    last: UUID | None = None
    while rows := _next_rows(last, at_once):
        last = UUID(rows[-1][0])
        persons, years, days, characteristics, counting, sources, groups, units, legal_bases, ages, bands = zip(
            *rows, strict=True
        )
        day_of = {day: date.fromisoformat(day) for day in set(days)}
        place_of = {text: place for place, text in enumerate(dict.fromkeys(characteristics))}
        yield Portion(
            persons,
            years,
            sources,
            tuple(zip(groups, units, strict=True)),
            legal_bases,
            tuple(map(day_of.__getitem__, days)),
            counting,
            tuple(zip(ages, bands, strict=True)),
            tuple(map(place_of.__getitem__, characteristics)),
            _decoded(tuple(place_of)),
        )


def _next_rows(after: UUID | None, at_once: int) -> list[tuple[Any, ...]]:
    """Without the last person where there may be more of it; a person with more than so many is read whole all the same."""
    rows = PersonContribution.objects.order_by("person_id", "year", "contribution__date")
    if after is not None:
        rows = rows.filter(person_id__gt=after)
    texts = [Cast(name, TextField()) for name in ("contribution__date", "contribution__characteristics")]
    columns = [f"contribution__{name}" for name in _IN_PORTIONS]
    wanted = rows.values_list(Cast("person_id", TextField()), "year", *texts, _day_of_counting(), *columns)
    found = bulk.read(wanted[:at_once])
    if len(found) < at_once:
        return found
    last = found[-1][0]
    whole = [row for row in found if row[0] != last]
    return whole or _next_rows(after, 2 * at_once)


def _day_of_counting() -> Coalesce:
    """As ContributionFact.waited has it; both databases write dates and moments with the day first, in UTC."""
    recorded = Substr(Cast("contribution__recorded", TextField()), 1, 10)
    return Coalesce(Cast("contribution__released", TextField()), recorded, output_field=TextField())


def _decoded(characteristics: Sequence[str]) -> Sequence[Mapping[str, Any]]:
    """As one document, which is read half again as fast as each by itself."""
    found: list[dict[str, Any]] = json.loads(f"[{','.join(characteristics)}]")
    check_members({name for row in found for name in row})
    return found


def number_linked(*, until: datetime, years: range) -> int:
    return _linked(until, years).count()


def linked(*, after: UUID | None, until: datetime, years: range, limit: int) -> tuple[ContributionFact, ...]:
    """The next contributions by id that were recorded up to this moment and are about these years, with their persons."""
    rows = _linked(until, years).order_by("contribution_id")
    rows = rows.filter(contribution_id__gt=after) if after else rows
    columns = ("person_id", "contribution_id", *(f"contribution__{name}" for name in _READ))
    return tuple(_fact(row[0], row[1], dict(zip(_READ, row[2:], strict=True))) for row in rows.values_list(*columns)[:limit])


def linked_ids(*, years: range) -> list[UUID]:
    """The contributions about these years that figures count now."""
    return list(_linked(timezone.now(), years).values_list("contribution_id", flat=True))


def _linked(until: datetime, years: range) -> QuerySet[PersonContribution]:
    return PersonContribution.objects.filter(
        year__range=(years.start, years.stop - 1), contribution__recorded__lte=until, contribution__leaving=False
    )


def contributions_of(keys: Iterable[tuple[UUID, int]]) -> dict[tuple[UUID, int], tuple[ContributionFact, ...]]:
    """The contributions of each asked (person, year), ordered by date, recording and id; absent where there are none."""
    wanted = set(keys)
    rows = (
        PersonContribution.objects.filter(person_id__in={person for person, _ in wanted}, year__in={year for _, year in wanted})
        .order_by("contribution__date", "contribution__recorded", "contribution_id")
        .values_list("person_id", "year", "contribution_id", *(f"contribution__{name}" for name in _READ))
    )
    found: dict[tuple[UUID, int], list[ContributionFact]] = {}
    for person, year, contribution, *values in rows:
        if (person, year) in wanted:
            found.setdefault((person, year), []).append(_fact(person, contribution, dict(zip(_READ, values, strict=True))))
    return {key: tuple(facts) for key, facts in found.items()}


def origins_of(contributions: Iterable[UUID]) -> dict[UUID, OriginFact]:
    """Of those among these contributions that a feed delivered."""
    rows = Provenance.objects.filter(contribution__in=list(contributions))
    columns = ("register", "valid_from", "valid_to", "delivered")
    return {row[0]: OriginFact(*row[1:]) for row in rows.values_list("contribution_id", *columns)}


def signals(*, years: range, until: date | None = None) -> tuple[SignalFact, ...]:
    """Anonymous signals of these years, alike ones together; until: only of quarters that had begun by this day."""
    rows = AnonymousSignal.objects.filter(year__range=(years.start, years.stop - 1))
    if until is not None:
        rows = rows.filter(Q(year__lt=until.year) | Q(year=until.year, quarter__lte=(until.month + 2) // 3))
    columns = ("year", "group", "form", "police_region")
    return tuple(SignalFact(*row) for row in rows.values_list(*columns).annotate(Count("id")).order_by(*columns))


def years_of_signals() -> tuple[int, ...]:
    return tuple(AnonymousSignal.objects.order_by("year").values_list("year", flat=True).distinct())


def covered(contributions: Collection[UUID], *, purpose: Purpose, on: date, public_bodies: bool = False) -> frozenset[UUID]:
    """Those of them that may leave for this purpose as the law and their consent were on that day, as known now.

    public_bodies: of reporters alone that are one and have a law of their own for it; consent does not open that route.
    """
    asked, consented = list(contributions), frozenset() if public_bodies else gate.valid_on(purpose, on)
    kind_of = cache(partial(_kind_of_basis, purpose=purpose, on=on))
    found = (row for start in range(0, len(asked), AT_ONCE) for row in _senders(asked[start : start + AT_ONCE], public_bodies))
    return frozenset(
        identifier
        for identifier, *sender in found
        if (kind := kind_of(*sender)) == STATUTORY or (kind == BY_CONSENT and identifier in consented)
    )


def _senders(contributions: Collection[UUID], public_bodies: bool) -> Iterator[tuple[UUID, str, str, UUID]]:
    rows = Contribution.objects.filter(id__in=contributions)
    if public_bodies:
        rows = rows.filter(source=Source.REPORT, organisation__public_body=True)
    return rows.values_list("id", "source", "group", "organisation_id").iterator()


def _kind_of_basis(source: str, group: str, organisation: UUID, *, purpose: Purpose, on: date) -> str:
    reporter = ReporterGroup(group) if group else None
    basis = gate.basis_for(
        group=reporter, purpose=purpose, capacity="", on=on, source=Source(source), organisation=organisation
    )
    return basis.kind


def withdrawn_since(releases: Collection[UUID]) -> Mapping[UUID, int]:
    """How many contributions of each of these releases went, or may no longer be used, since it left; absent where none did."""
    rows = DutyToTell.objects.filter(release__in=releases).values_list("release", "number")
    found: dict[UUID, int] = {}
    for release, number in rows:
        found[release] = found.get(release, 0) + number
    return found


def parted_by_removal(contributions: Iterable[UUID], *, since: date) -> set[UUID]:
    """Those of them that were split off from a person since this day because a report that had joined them went."""
    asked = list(contributions)
    split = {"event__kind": PersonEvent.Kind.SPLIT, "event__reason": PersonEvent.Reason.REMOVED, "event__at__date__gte": since}
    found: set[UUID] = set()
    for start in range(0, len(asked), AT_ONCE):
        moves = PersonMove.objects.filter(contribution__in=asked[start : start + AT_ONCE], **split)
        found |= set(moves.values_list("contribution", flat=True))
    return found


def references_of(contributions: Iterable[UUID]) -> dict[UUID, str]:
    """What their receipts show: for who reviews links."""
    return dict(Contribution.objects.filter(id__in=list(contributions)).values_list("id", "reference"))


def record_use(*, release: UUID, contributions: Collection[UUID], by: Actor, left: bool = True) -> None:
    """A release is about to leave with these: they are locked until it has, so that a withdrawal comes before or after it.

    left: whether it does leave now, or is made ready and leaves with record_left, or never. Who may release was checked by the
    caller. Raises GoneMeanwhileError where one of them is here no more, or restricted.
    """
    with transaction.atomic():
        rows = _lock_all(contributions)
        Use.objects.bulk_create([Use(release=release, contribution_id=row, left=left) for row in rows], ignore_conflicts=True)
        details = {"contributions": len(rows)}
        audit.record(events.USES_RECORDED, by=by, object_type="release", object_id=release, details=details)


def record_left(*, release: UUID, by: Actor) -> None:
    """What was made ready leaves: of a withdrawal from now on its recipients must be told. Who may release was checked."""
    with transaction.atomic():
        number = Use.objects.filter(release=release).update(left=True)
        audit.record(events.USES_RECORDED, by=by, object_type="release", object_id=release, details={"contributions": number})


def used_by(release: UUID) -> frozenset[UUID]:
    """What this release left with, as far as it is still here."""
    return frozenset(Use.objects.filter(release=release, left=True).values_list("contribution", flat=True))


def lock_used_by(release: UUID) -> frozenset[UUID]:
    """The same, locked as by record_use: inside the caller's transaction. Raises GoneMeanwhileError as that does."""
    return frozenset(_lock_all(used_by(release)))


def persons_of(contributions: Collection[UUID]) -> dict[UUID, tuple[UUID, int]]:
    """The person and the year of each of them that is linked now; of a restricted one there is none."""
    asked = list(contributions)
    found: dict[UUID, tuple[UUID, int]] = {}
    for start in range(0, len(asked), AT_ONCE):
        rows = PersonContribution.objects.filter(contribution__in=asked[start : start + AT_ONCE])
        found |= {row[0]: (row[1], row[2]) for row in rows.values_list("contribution_id", "person_id", "year")}
    return found


def _lock_all(contributions: Collection[UUID]) -> list[UUID]:
    asked = sorted(set(contributions))
    rows = [row for start in range(0, len(asked), AT_ONCE) for row in _locked(asked[start : start + AT_ONCE])]
    if len(rows) != len(asked):
        raise GoneMeanwhileError
    return rows


def _locked(contributions: Collection[UUID]) -> list[UUID]:
    """Those of them that may leave. A restriction locks its reports too, so it comes before the release or after it."""
    here = Contribution.objects.filter(id__in=contributions, leaving=False, state=Contribution.State.ACCEPTED)
    locked = list(here.select_for_update(no_key=True).order_by("id").values_list("id", flat=True))
    restricted = set(Restriction.objects.filter(contribution__in=locked).values_list("contribution", flat=True))
    return [row for row in locked if row not in restricted]


def _fact(person: UUID, contribution: UUID, values: dict[str, Any]) -> ContributionFact:
    source, characteristics = Source(values.pop("source")), Characteristics.from_json(values.pop("characteristics"))
    return ContributionFact(person=person, contribution=contribution, source=source, characteristics=characteristics, **values)
