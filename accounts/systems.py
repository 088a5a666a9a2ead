"""Who keeps an organisation's systems, and what one of them may be given: one rule for tokens and keys. Stores nothing."""

from uuid import UUID

from accounts import errors
from accounts.models import Organisation
from accounts.permissions import has, require
from accounts.roles import ROLE_PERMISSIONS, Permission, Role, roles_of_systems
from accounts.scopes import Scope, granted, scopes_of, scopes_of_role
from safeguards.actors import Actor


def require_keeper(by: Actor, organisation: UUID) -> None:
    """The registry's administrators keep the systems of all, an organisation's own keeper those of its own."""
    if not has(by, Permission.MANAGE_ORGANISATIONS):
        require(by, Permission.MANAGE_OWN_SYSTEMS, organisation=organisation)


def owner_of(organisation: UUID) -> Organisation:
    owner = Organisation.objects.filter(pk=organisation, active=True).first()
    if owner is None:
        raise errors.UnknownOrganisationError
    return owner


def possible_scopes(owner: Organisation) -> frozenset[Scope]:
    return scopes_of(reports=bool(owner.group), feed=owner.feed)


def chosen_role(owner: Organisation, scopes: frozenset[Scope]) -> Role:
    """The least role that has all that the scopes name."""
    if not scopes or not scopes <= possible_scopes(owner):
        raise errors.ScopeNotPossibleError
    enough = [role for role in roles_of(owner) if granted(scopes) <= ROLE_PERMISSIONS[role]]
    return min(enough, key=lambda role: len(ROLE_PERMISSIONS[role]))


def chosen_scopes(owner: Organisation, role: Role, scopes: frozenset[Scope] | None) -> frozenset[Scope]:
    """Without a choice, all that the role can use."""
    if role not in roles_of(owner):
        raise errors.RoleNotPossibleError
    possible = scopes_of_role(role, possible_scopes(owner))
    if scopes is None:
        return possible
    if not scopes or not scopes <= possible:
        raise errors.ScopeNotPossibleError
    return scopes


def roles_of(owner: Organisation) -> frozenset[Role]:
    return roles_of_systems(reports=bool(owner.group), feeds=bool(owner.feed))
