"""What is over its period: for the nightly work, and for the page that shows beforehand how much would go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.permissions import require
from accounts.roles import Permission
from intake.models.contribution import Contribution
from intake.models.ending import Ending
from intake.models.matching import MatchingFeatures, Person, PersonContribution
from intake.models.restriction import Restriction
from intake.models.retention import Erasure
from intake.notifications import storing
from intake.retention.rules import RULES, Action, Rule
from safeguards.actors import Actor

SEES = Permission.HANDLE_RIGHTS
OF_REPORTS = (Action.ERASE_IDENTITY, Action.CUT_OFF)


@dataclass(frozen=True)
class Due:
    """number counts reports, persons for a closing, and endings. last is when the rule last took something."""

    rule: Rule
    cutoff: date
    number: int
    last: datetime | None


def preview(*, by: Actor) -> tuple[Due, ...]:
    """What would go tonight; nothing is changed."""
    require(by, SEES)
    today = timezone.localdate()
    return tuple(Due(rule, rule.cutoff(today), _of(rule, today).count(), _last(rule)) for rule in RULES)


def due(rule: Rule, limit: int) -> list[UUID]:
    """The next that go by this rule: reports, persons or endings."""
    return list(_now(rule).order_by("pk").values_list("pk", flat=True)[:limit])


def still_due(rule: Rule, found: Sequence[UUID]) -> list[UUID]:
    """Of what was found, what this rule takes now that nobody can change it any more."""
    return list(_now(rule).filter(pk__in=found).order_by("pk").values_list("pk", flat=True))


def contributions_of(rule: Rule, found: Sequence[UUID]) -> list[UUID]:
    """The reports that a rule is about: those it found itself, or all of the persons it found."""
    if rule.action is Action.FORGET_ENDING:
        return []
    if rule.action in OF_REPORTS:
        return list(found)
    rows = PersonContribution.objects.filter(person__in=found).order_by("contribution")
    return list(rows.values_list("contribution", flat=True))


def _now(rule: Rule) -> "QuerySet[Contribution] | QuerySet[Person] | QuerySet[Ending]":
    """A person of whom something can still be found is closed in a later batch: what is closed is not corrected any more."""
    rows = _of(rule, timezone.localdate())
    if rule.action is not Action.CLOSE_PERSON:
        return rows
    found = PersonContribution.objects.filter(contribution__cut_off=False, person=OuterRef("pk"))
    return rows.exclude(Exists(found))


def _of(rule: Rule, today: date) -> "QuerySet[Contribution] | QuerySet[Person] | QuerySet[Ending]":
    cutoff = rule.cutoff(today)
    if rule.action is Action.FORGET_ENDING:
        return Ending.objects.filter(day__lte=cutoff)
    return _reports(rule, cutoff) if rule.action in OF_REPORTS else _persons(rule, cutoff)


def _reports(rule: Rule, cutoff: date) -> QuerySet[Contribution]:
    """What waits for linking keeps its identity until it is linked, and what is restricted until that ends."""
    old = Contribution.objects.filter(date__lte=cutoff, state=rule.state, needs_linking=False, leaving=False)
    has_it = storing.has_identity() if rule.action is Action.ERASE_IDENTITY else Q(cut_off=False)
    return old.filter(has_it).exclude(id__in=Restriction.objects.values("contribution"))


def _persons(rule: Rule, cutoff: date) -> QuerySet[Person]:
    """Whole persons: of one with a newer report, or one that is restricted, everything stays that links."""
    members = PersonContribution.objects.filter(person=OuterRef("pk"))
    features = MatchingFeatures.objects.filter(contribution=OuterRef("contribution"))
    stays = Q(contribution__date__gt=cutoff) | Q(contribution__needs_linking=True) | Q(contribution__leaving=True)
    stays |= Q(contribution__in=Restriction.objects.values("contribution"))
    closed = ~Exists(members.filter(Exists(features)))
    return Person.objects.exclude(closed).exclude(Exists(members.filter(stays | ~Q(contribution__state=rule.state))))


def _last(rule: Rule) -> datetime | None:
    return Erasure.objects.filter(rule=rule.id).order_by("-erased").values_list("erased", flat=True).first()
