"""Creates organisations and users, changes roles, ends accounts and sessions. Sends no mail and knows no request."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F

from accounts import errors, events
from accounts.inputs import PRIVATE_PERSONS, OrganisationInput, UserInput
from accounts.models import Membership, Organisation, User
from accounts.permissions import require
from accounts.reporters import OtherReporter, ReporterGroup
from accounts.roles import REGISTRY_ROLES, REPORTING_ROLES, Permission, Role, roles_of_users
from safeguards import audit
from safeguards.actors import Actor


def create_organisation(*, organisation: OrganisationInput, by: Actor) -> UUID:
    with transaction.atomic():
        require(by, Permission.MANAGE_ORGANISATIONS)
        if Organisation.objects.filter(name=organisation.name).exists():
            raise errors.NameTakenError
        row = Organisation.objects.create(
            name=organisation.name,
            group=organisation.group or "",
            other_kind=organisation.other_kind or "",
            unit=organisation.unit or "",
            feed=organisation.feed,
            public_body=organisation.public_body,
        )
        audit.record(events.ORGANISATION_CREATED, by=by, object_type="organisation", object_id=row.id)
    return row.id


def ensure_private_persons(*, by: Actor) -> UUID:
    """The organisation in whose name people without an account report; made once, and never again if it is deactivated."""
    with transaction.atomic():
        require(by, Permission.MANAGE_ORGANISATIONS)
        known = Organisation.objects.filter(other_kind=OtherReporter.PRIVATE_PERSON).values_list("id", flat=True).first()
        if known is not None:
            return known
        return create_organisation(organisation=PRIVATE_PERSONS, by=by)


def deactivate_organisation(*, organisation: UUID, by: Actor) -> None:
    """Its members lose their roles in it and its tokens stop at once: both are read again at each request."""
    with transaction.atomic():
        require(by, Permission.MANAGE_ORGANISATIONS)
        row = _organisation(organisation)
        if row.id == by.organisation:
            raise errors.OwnAccountError
        with _an_administrator_remains():
            row.active = False
            row.save(update_fields=["active"])
        audit.record(events.ORGANISATION_DEACTIVATED, by=by, object_type="organisation", object_id=row.id)


def create_user(*, user: UserInput, by: Actor) -> UUID:
    """The user has no password yet: an invitation by mail, or the command, gives the link to choose one."""
    with transaction.atomic():
        require(by, Permission.MANAGE_ORGANISATIONS)
        _check_roles(user.roles, _organisation(user.organisation))
        email = _free_email(user.email)
        row = User(email=email, name=user.name, language=user.language)
        row.set_unusable_password()
        row.save()
        EmailAddress.objects.create(user=row, email=email, verified=True, primary=True)
        _store_roles(row.id, user.organisation, user.roles)
        _record(events.USER_CREATED, row.id, by, roles=user.roles, organisation=user.organisation)
    return row.id


def invite(*, user: UUID, by: Actor) -> None:
    """Records the invitation; the mail with the link is the web layer's to send."""
    with transaction.atomic():
        require(by, Permission.MANAGE_ORGANISATIONS)
        row = _user(user)
        if not row.is_active:
            raise errors.UnknownUserError
        _record(events.USER_INVITED, row.id, by)


def set_roles(*, user: UUID, organisation: UUID, roles: frozenset[Role], by: Actor) -> None:
    """Replaces the roles of a user in one organisation; none takes the user out of it. All sessions of the user end."""
    with transaction.atomic():
        require(by, Permission.MANAGE_ORGANISATIONS)
        row = _other_user(user, by)
        if roles:
            _check_roles(roles, _organisation(organisation))
            _check_one_side(row.id, organisation, roles)
        with _an_administrator_remains():
            _drop_other_roles(row.id, organisation, roles)
        _store_roles(row.id, organisation, roles)
        _end_sessions(row.id)
        _record(events.ROLES_CHANGED, row.id, by, roles=roles, organisation=organisation)


def deactivate_user(*, user: UUID, by: Actor) -> None:
    with transaction.atomic():
        require(by, Permission.MANAGE_ORGANISATIONS)
        row = _other_user(user, by)
        with _an_administrator_remains():
            row.is_active = False
            row.save(update_fields=["is_active"])
        _end_sessions(row.id)
        _record(events.USER_DEACTIVATED, row.id, by)


def reactivate_user(*, user: UUID, by: Actor) -> None:
    with transaction.atomic():
        require(by, Permission.MANAGE_ORGANISATIONS)
        row = _other_user(user, by)
        row.is_active = True
        row.save(update_fields=["is_active"])
        _record(events.USER_REACTIVATED, row.id, by)


def end_own_sessions(*, by: Actor) -> None:
    """Signs the user out everywhere, this session included."""
    with transaction.atomic():
        row = _user(UUID(by.id))
        _end_sessions(row.id)
        _record(events.SESSIONS_ENDED, row.id, by)


def _free_email(text: str) -> str:
    email = text.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise errors.EmailNotValidError from None
    if User.objects.filter(email=email).exists():
        raise errors.EmailTakenError
    return email


def _check_roles(roles: frozenset[Role], organisation: Organisation) -> None:
    if not roles:
        raise errors.NoRoleError
    care = organisation.group == ReporterGroup.CARE_COORDINATORS
    possible = roles_of_users(reports=bool(organisation.group), feeds=bool(organisation.feed), care=care)
    if not roles <= possible:
        raise errors.RoleNotPossibleError


def _check_one_side(user_id: UUID, organisation_id: UUID, roles: frozenset[Role]) -> None:
    """Whoever reports a person and then sees what the registry knows has learned whether that person was known."""
    elsewhere = Membership.objects.filter(user_id=user_id, organisation__active=True).exclude(organisation_id=organisation_id)
    others = frozenset(elsewhere.values_list("role", flat=True))
    for reached, held in ((REPORTING_ROLES, REGISTRY_ROLES), (REGISTRY_ROLES, REPORTING_ROLES)):
        if roles & reached and others & held:
            raise errors.BothSidesError


@contextmanager
def _an_administrator_remains() -> Iterator[None]:
    """Locks the administrators' rows first, so that two of them cannot remove each other at the same moment."""
    administrators = Membership.objects.filter(role=Role.SYSTEM_ADMINISTRATOR.value)
    list(administrators.select_for_update())
    active = administrators.filter(user__is_active=True, organisation__active=True)
    had_one = active.exists()
    yield
    if had_one and not active.exists():
        raise errors.LastAdministratorError


def _drop_other_roles(user_id: UUID, organisation_id: UUID, kept: frozenset[Role]) -> None:
    its = Membership.objects.filter(user_id=user_id, organisation_id=organisation_id)
    its.exclude(role__in=[role.value for role in kept]).delete()


def _store_roles(user_id: UUID, organisation_id: UUID, roles: frozenset[Role]) -> None:
    for role in sorted(roles):
        Membership.objects.get_or_create(user_id=user_id, organisation_id=organisation_id, role=role.value)


def _end_sessions(user_id: UUID) -> None:
    User.objects.filter(pk=user_id).update(session_version=F("session_version") + 1)


def _organisation(organisation_id: UUID) -> Organisation:
    row = Organisation.objects.filter(pk=organisation_id).first()
    if row is None:
        raise errors.UnknownOrganisationError
    return row


def _user(user_id: UUID) -> User:
    row = User.objects.select_for_update().filter(pk=user_id).first()
    if row is None:
        raise errors.UnknownUserError
    return row


def _other_user(user_id: UUID, by: Actor) -> User:
    if by.id == str(user_id):
        raise errors.OwnAccountError
    return _user(user_id)


def _record(action: str, user_id: UUID, by: Actor, *, roles: Iterable[Role] = (), organisation: UUID | None = None) -> None:
    details = {"roles": " ".join(sorted(roles)), "organisation": str(organisation)} if organisation else None
    audit.record(action, by=by, object_type="user", object_id=user_id, details=details)
