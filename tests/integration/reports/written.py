"""Contributions written straight into the register as linking would leave them, with their numbered change."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation
from intake.codes import ages
from intake.codes.characteristics import Characteristics
from intake.facts import ContributionFact
from intake.matching.changes import touch
from intake.models.contribution import Contribution
from intake.models.matching import Person, PersonContribution
from reports.figures import services
from reports.figures.storage import counters
from reports.models import PersonYear


def organisation() -> Organisation:
    return Organisation.objects.get_or_create(name="Everybody who reports here")[0]


@transaction.atomic
def write(
    person: UUID | None = None,
    *,
    day: str = "2019-06-01",
    source: str = "report",
    group: str = "fairwork",
    age: int | None = None,
    recorded: datetime | None = None,
    **known: object,
) -> Contribution:
    linked = person or uuid4()
    Person.objects.get_or_create(pk=linked)
    row = Contribution(
        source=source,
        organisation=organisation(),
        group=group if source == "report" else "",
        legal_basis=group in ("police", "kmar"),
        unit="amsterdam" if group == "police" and source == "report" else "",
        reference=uuid4().hex[:16],
        date=date.fromisoformat(day),
        recorded=recorded or timezone.now(),
        state=Contribution.State.ACCEPTED,
        age=age,
        age_band=ages.band(age),
        characteristics=Characteristics(**known).to_json(),  # type: ignore[arg-type]
    )
    row.save()
    PersonContribution.objects.create(contribution=row, person_id=linked, year=row.date.year)
    touch([(linked, row.date.year)])
    return row


@transaction.atomic
def remove(contribution: Contribution) -> None:
    link = PersonContribution.objects.get(contribution=contribution)
    key = (link.person_id, link.year)
    contribution.delete()
    touch([key])


@transaction.atomic
def relink(contribution: Contribution, person: UUID) -> None:
    """A merge, or a split, of persons."""
    Person.objects.get_or_create(pk=person)
    link = PersonContribution.objects.get(contribution=contribution)
    keys = [(link.person_id, link.year), (person, link.year)]
    PersonContribution.objects.filter(contribution=contribution).update(person=person)
    touch(keys)


@transaction.atomic
def write_all(facts: Iterable[ContributionFact]) -> None:
    """Many at once, for a whole register."""
    sent = tuple(facts)
    Person.objects.bulk_create([Person(pk=person) for person in {fact.person for fact in sent}], ignore_conflicts=True)
    Contribution.objects.bulk_create([_row(fact) for fact in sent])
    PersonContribution.objects.bulk_create(
        [PersonContribution(contribution_id=fact.contribution, person_id=fact.person, year=fact.date.year) for fact in sent]
    )
    touch((fact.person, fact.date.year) for fact in sent)


def _row(fact: ContributionFact) -> Contribution:
    return Contribution(
        id=fact.contribution,
        source=fact.source,
        organisation=organisation(),
        group=fact.group,
        unit=fact.unit,
        legal_basis=fact.legal_basis,
        reference=fact.contribution.hex[:16],
        date=fact.date,
        recorded=fact.recorded,
        state=Contribution.State.ACCEPTED,
        age=fact.age,
        age_band=fact.age_band,
        characteristics=fact.characteristics.to_json(),
    )


def refresh_all() -> None:
    while services.refresh():
        pass


def state() -> tuple[object, object]:
    """Everything that can be rebuilt, to be compared."""
    rows = PersonYear.objects.values_list("person", "year", "counted", "differs")
    return counters(), {(person, year): rest for person, year, *rest in rows}
