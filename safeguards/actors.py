"""Who does something, as every service and the audit trail know it. It holds no permissions; accounts decides those."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Actor:
    """kind is user, client or system; strength names the factors used at sign-in (for example "password+totp").

    scopes is None where nothing was taken away: a person. A client that names none may do nothing.
    """

    kind: str
    id: str
    organisation: UUID | None = None
    roles: tuple[str, ...] = ()
    strength: str = ""
    request: str = ""
    scopes: tuple[str, ...] | None = None


def system(name: str) -> Actor:
    return Actor(kind="system", id=name, roles=("system",))
