"""Keeps the coded part of a report before it is changed, and tells what was changed when. Who the person was it never holds."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from intake.codes.characteristics import Characteristics
from intake.models.contribution import Contribution
from intake.models.history import EarlierVersion
from safeguards.actors import Actor

Change = EarlierVersion.Change


@dataclass(frozen=True)
class Version:
    """What the report said from recorded until replaced; date is the legal date that it had. actor is who replaced it."""

    date: date
    age_band: str
    characteristics: Characteristics
    recorded: datetime
    replaced: datetime
    change: str
    person_replaced: bool
    actor_kind: str
    actor_id: str


def keep(contributions: Collection[UUID], change: Change, by: Actor, *, person_replaced: bool) -> None:
    """As the rows stand now, which their caller holds locked and is about to change."""
    last = dict(
        EarlierVersion.objects.filter(contribution__in=contributions)
        .values_list("contribution")
        .annotate(last=Max("replaced"))
        .values_list("contribution", "last")
    )
    EarlierVersion.objects.bulk_create(
        EarlierVersion(
            contribution=row,
            date=row.date,
            age=row.age,
            age_band=row.age_band,
            characteristics=row.characteristics,
            schema_version=row.schema_version,
            recorded=last.get(row.id, row.recorded),
            change=change,
            person_replaced=person_replaced,
            actor_kind=by.kind,
            actor_id=by.id,
        )
        for row in Contribution.objects.filter(id__in=contributions).order_by("id")
    )


def number_of_versions(contribution: UUID) -> int:
    return EarlierVersion.objects.filter(contribution=contribution).count()


def versions_of(contribution: UUID) -> Sequence[Version]:
    """Newest first."""
    rows = EarlierVersion.objects.filter(contribution=contribution).order_by("-id")
    return [
        Version(
            date=row.date,
            age_band=row.age_band,
            characteristics=Characteristics.from_json(row.characteristics),
            recorded=row.recorded,
            replaced=row.replaced,
            change=row.change,
            person_replaced=row.person_replaced,
            actor_kind=row.actor_kind,
            actor_id=row.actor_id,
        )
        for row in rows
    ]
