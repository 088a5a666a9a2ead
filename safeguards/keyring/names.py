"""Which keys there are and which process may hold them: the table of the architecture, executable. It loads nothing."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.conf import settings


class Part(StrEnum):
    PUBLIC = "public"
    PRIVATE = "private"
    SECRET = "secret"  # noqa: S105


@dataclass(frozen=True, eq=False)
class KeyName:
    """A kind of key; its versions are numbers, those of the sealing pairs months. Each is made once, here.

    Compared as it stands: it is looked up several times for each row that is sealed.
    """

    name: str
    part: Part
    length: int

    def __str__(self) -> str:
        return f"{self.name} ({self.part})"


SEALING_PUBLIC = KeyName("sealing", Part.PUBLIC, 1184 + 32)
SEALING_PRIVATE = KeyName("sealing", Part.PRIVATE, 64 + 32)
CHECKPOINT_PUBLIC = KeyName("checkpoint", Part.PUBLIC, 32)
DELIVERY_PUBLIC = KeyName("delivery", Part.PUBLIC, 1184 + 32)
DELIVERY_PRIVATE = KeyName("delivery", Part.PRIVATE, 64 + 32)
CHECKPOINT = KeyName("checkpoint", Part.PRIVATE, 32)
INSTALLATION = KeyName("installation", Part.PUBLIC, 16)
DRAFT = KeyName("draft", Part.SECRET, 32)
LINK_TOKEN = KeyName("link-token", Part.SECRET, 32)
ROW_DIGEST = KeyName("row-digest", Part.SECRET, 32)
OWN_REFERENCE = KeyName("own-reference", Part.SECRET, 32)
RECEIPT = KeyName("receipt", Part.SECRET, 32)
API_TOKEN = KeyName("api-token", Part.SECRET, 32)
ACCOUNT_SECRETS = KeyName("account-secrets", Part.SECRET, 32)
WEBHOOK = KeyName("webhook", Part.SECRET, 32)
EDITIONS = KeyName("editions", Part.SECRET, 32)
STATISTICS = KeyName("statistics", Part.SECRET, 32)

SECRETS = (DRAFT, LINK_TOKEN, ROW_DIGEST, OWN_REFERENCE, RECEIPT, API_TOKEN, ACCOUNT_SECRETS, WEBHOOK, EDITIONS, STATISTICS)
PAIRS = ((SEALING_PRIVATE, SEALING_PUBLIC), (CHECKPOINT, CHECKPOINT_PUBLIC), (DELIVERY_PRIVATE, DELIVERY_PUBLIC))
ALL_KEYS = frozenset((*SECRETS, *(key for pair in PAIRS for key in pair), INSTALLATION))

# Open to every process: it tells installations apart, and lets anyone verify a checkpoint.
EVERYBODY = frozenset({INSTALLATION, CHECKPOINT_PUBLIC})
EVERY_WEB = EVERYBODY | {ACCOUNT_SECRETS}

QUEUES = ("files", "vault", "reports", "outgoing")

ALLOWED: dict[str, frozenset[KeyName]] = {
    "all": ALL_KEYS,
    "intake": EVERY_WEB | {SEALING_PUBLIC, DRAFT, OWN_REFERENCE, RECEIPT, API_TOKEN, WEBHOOK},
    # It seals too: whom the privacy officer looks for, and an identity that was put right.
    "backoffice": EVERY_WEB | {SEALING_PUBLIC, SEALING_PRIVATE},
    "monitor": EVERY_WEB | {EDITIONS},
    "files": EVERYBODY | {SEALING_PUBLIC, DRAFT, OWN_REFERENCE, ROW_DIGEST, DELIVERY_PRIVATE},
    "vault": EVERYBODY | {SEALING_PUBLIC, SEALING_PRIVATE, LINK_TOKEN, CHECKPOINT},
    "reports": EVERYBODY | {EDITIONS, STATISTICS},
    # The one process that calls addresses of others holds nothing but what it signs with.
    "outgoing": EVERYBODY | {WEBHOOK},
}


def held() -> frozenset[KeyName]:
    """The keys that this process may hold, by its role and, for a worker, its queues. Unknown means none."""
    return _allowed(
        tuple(queue for queue in settings.BAKEN_QUEUES if queue in QUEUES) if _is_worker() else (settings.BAKEN_ROLE,)
    )


@cache
def _allowed(names: tuple[str, ...]) -> frozenset[KeyName]:
    """Asked for at each use of a key, of which sealing a row has a dozen."""
    return frozenset().union(*(ALLOWED.get(name, frozenset()) for name in names))


def process_name() -> str:
    if not _is_worker():
        return f"role {settings.BAKEN_ROLE}"
    return f"a worker of {', '.join(queue for queue in settings.BAKEN_QUEUES if queue) or 'no queue'}"


def _is_worker() -> bool:
    return bool(settings.BAKEN_ROLE == "worker")
