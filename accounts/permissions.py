"""May this actor do this? Answers from the tables of roles and scopes and the organisation alone; unknown means no."""

from uuid import UUID

from accounts.roles import ROLE_PERMISSIONS, Permission, Role
from accounts.scopes import granted
from safeguards.actors import Actor


class NotAllowedError(Exception):
    """The actor lacks a permission; the message may be read by a person."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(f"This needs the permission '{permission.value}'.")
        self.permission = permission


def has(actor: Actor, permission: Permission, *, organisation: UUID | None = None) -> bool:
    if organisation is not None and actor.organisation != organisation:
        return False
    if actor.scopes is not None and permission not in granted(actor.scopes):
        return False
    known = (role for role in Role if role.value in actor.roles)
    return any(permission in ROLE_PERMISSIONS[role] for role in known)


def require(actor: Actor, permission: Permission, *, organisation: UUID | None = None) -> None:
    if not has(actor, permission, organisation=organisation):
        raise NotAllowedError(permission)


def operator(command: str) -> Actor:
    """Whoever runs a command on the server: acts as system administrator, and is recorded as the command."""
    return Actor(kind="system", id=command, roles=(Role.SYSTEM_ADMINISTRATOR.value,), strength="command-line")
