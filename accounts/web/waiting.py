"""What waits for somebody at the start: each desk tells it of its own pages, by number, and nothing of what it is about."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.permissions import has
from accounts.roles import Permission
from accounts.web.cards import address
from safeguards.actors import Actor


@dataclass(frozen=True)
class Waiting:
    """page is the name of an address; part is a place on it."""

    text: str | Promise
    page: str
    number: int
    part: str = ""

    @property
    def url(self) -> str:
        found = address(self.page)
        return f"{found}#{self.part}" if found and self.part else found


Tells = Callable[[Actor], Iterable[Waiting]]

_told: dict[str, tuple[Permission, Tells]] = {}


def tells_waiting(permission: Permission) -> Callable[[Tells], Tells]:
    """Of a page's module: it is asked for whoever has the permission that the page needs."""

    def keep(function: Tells) -> Tells:
        _told[function.__module__] = (permission, function)
        return function

    return keep


def waiting(by: Actor) -> tuple[Waiting, ...]:
    """Only what there is any of, on pages that this process serves."""
    tellers = [tells for permission, tells in _told.values() if has(by, permission)]
    return tuple(one for tells in tellers for one in tells(by) if one.number and one.url)
