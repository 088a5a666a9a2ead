"""How often visitors without an account may do something, counted without knowing who they are. It refuses nothing itself.

What is counted (an e-mail address, the first part of a network address) goes in as a keyed digest of it and of the window,
so that two windows cannot be put side by side, and is deleted with its window.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

from django.db.models import F
from django.utils import timezone

from intake.models.visitors import Allowance
from safeguards import blind_index
from safeguards.blind_index import Digest

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# A house, an office or a shelter shares such a part of the network.
PREFIX = {4: 24, 6: 48}


@dataclass(frozen=True)
class Limit:
    name: str
    number: int
    window: timedelta


SENDINGS = Limit("sendings", 20, HOUR)
WITHOUT_WORK = Limit("without-work", 3, HOUR)
ALL_WITHOUT_WORK = Limit("all-without-work", 60, HOUR)
STOPS = Limit("stops", 10, HOUR)
LINKS_TO_ONE_ADDRESS = Limit("links-to-one-address", 3, DAY)
REPORTS_BY_ONE_LINK = Limit("reports-by-one-link", 10, DAY)

EVERYBODY = "everybody"


def network_of(address: str) -> str:
    """The part of a network address that is counted; never the address itself."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    return str(ip_network((parsed, PREFIX[parsed.version]), strict=False))


def use(limit: Limit, whose: str) -> bool:
    """Counts one more, unless the number of this window is used up."""
    digest, ends = _window(limit, whose)
    Allowance.objects.bulk_create([Allowance(digest=digest, expires=ends)], ignore_conflicts=True)
    return bool(Allowance.objects.filter(digest=digest, count__lt=limit.number).update(count=F("count") + 1))


def _window(limit: Limit, whose: str) -> tuple[bytes, datetime]:
    seconds = int(limit.window.total_seconds())
    number = int(timezone.now().timestamp()) // seconds
    digest = blind_index.digest(Digest.VISITOR, f"{limit.name}:{number}:{whose}")
    return digest, datetime.fromtimestamp((number + 1) * seconds, UTC)
