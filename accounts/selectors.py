"""Reads organisations, members and their roles, as frozen values. Changes nothing and decides nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.errors import UnknownOrganisationError
from accounts.models import Membership, Organisation, User
from accounts.reporters import OtherReporter, PoliceUnit, ReporterGroup
from accounts.roles import ROLES_WITH_SECOND_FACTOR, Role

KNOWN_ROLES = {role.value: role for role in Role}


@dataclass(frozen=True)
class OrganisationView:
    """group is None for an organisation that does not report: the registry itself, a feed."""

    id: UUID
    name: str
    group: ReporterGroup | None
    other_kind: OtherReporter | None
    unit: PoliceUnit | None
    feed: str
    public_body: bool
    active: bool


@dataclass(frozen=True)
class MembershipView:
    organisation: UUID
    organisation_name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class MemberView:
    id: UUID
    name: str
    email: str
    active: bool
    last_sign_in: datetime | None
    memberships: tuple[MembershipView, ...]


def organisation(organisation_id: UUID) -> OrganisationView:
    row = Organisation.objects.filter(pk=organisation_id).first()
    if row is None:
        raise UnknownOrganisationError
    return _organisation_view(row)


def organisations() -> tuple[OrganisationView, ...]:
    return tuple(_organisation_view(row) for row in Organisation.objects.order_by("name"))


def organisation_named(name: str) -> OrganisationView:
    row = Organisation.objects.filter(name=name).first()
    if row is None:
        raise UnknownOrganisationError
    return _organisation_view(row)


def organisation_of_private_persons() -> UUID | None:
    """In whose name a person without an account reports."""
    rows = Organisation.objects.filter(other_kind=OtherReporter.PRIVATE_PERSON, active=True)
    return rows.order_by("id").values_list("id", flat=True).first()


def memberships(user_id: UUID) -> tuple[MembershipView, ...]:
    """One for each active organisation of the user; an organisation that was deactivated gives nothing."""
    return _memberships_by_user([user_id])[user_id]


def roles_anywhere(user_id: UUID) -> frozenset[Role]:
    return frozenset(role for membership in memberships(user_id) for role in membership.roles)


def needs_second_factor(user_id: UUID) -> bool:
    return bool(roles_anywhere(user_id) & ROLES_WITH_SECOND_FACTOR)


def members() -> tuple[MemberView, ...]:
    users = list(User.objects.order_by("name", "email"))
    by_user = _memberships_by_user([user.id for user in users])
    return tuple(_member_view(user, by_user[user.id]) for user in users)


def member(user_id: UUID) -> MemberView | None:
    user = User.objects.filter(pk=user_id).first()
    return None if user is None else _member_view(user, memberships(user_id))


def holders(*, role: Role, organisation: UUID | None = None) -> tuple[UUID, ...]:
    """The active members with this role, of all active organisations or of one."""
    held = Membership.objects.filter(role=role.value, organisation__active=True, user__is_active=True)
    rows = held.filter(organisation=organisation) if organisation else held
    return tuple(rows.order_by("user_id").values_list("user_id", flat=True).distinct())


def address_of(user: UUID) -> str:
    """Where mail reaches somebody; nowhere who left."""
    return User.objects.filter(pk=user, is_active=True).values_list("email", flat=True).first() or ""


def _memberships_by_user(user_ids: Iterable[UUID]) -> defaultdict[UUID, tuple[MembershipView, ...]]:
    rows = Membership.objects.filter(user_id__in=list(user_ids), organisation__active=True)
    found: defaultdict[tuple[UUID, UUID, str], list[Role]] = defaultdict(list)
    fields = ("user_id", "organisation_id", "organisation__name", "role")
    for user_id, organisation_id, name, role in rows.order_by("organisation__name", "id").values_list(*fields):
        found[user_id, organisation_id, name].extend([KNOWN_ROLES[role]] if role in KNOWN_ROLES else [])
    by_user: defaultdict[UUID, tuple[MembershipView, ...]] = defaultdict(tuple)
    for (user_id, organisation_id, name), roles in found.items():
        by_user[user_id] += (MembershipView(organisation_id, name, tuple(roles)),)
    return by_user


def _member_view(user: User, its_memberships: tuple[MembershipView, ...]) -> MemberView:
    return MemberView(user.id, user.name, user.email, user.is_active, user.last_login, its_memberships)


def _organisation_view(row: Organisation) -> OrganisationView:
    return OrganisationView(
        id=row.id,
        name=row.name,
        group=ReporterGroup(row.group) if row.group else None,
        other_kind=OtherReporter(row.other_kind) if row.other_kind else None,
        unit=PoliceUnit(row.unit) if row.unit else None,
        feed=row.feed,
        public_body=row.public_body,
        active=row.active,
    )
