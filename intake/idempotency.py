"""A request that is sent again under its Idempotency-Key has one effect and one answer, also after a crash.

The answer commits with the effect. While the first is at work the second is told to wait; if nothing came of the first
within LEASE another may take it over, and then the first cannot commit any more. A request that was refused leaves no key.

Digests lie under the key for own references, which the process that answers holds. They do not help to try out whether a
guessed person is in a body: the client's own random key is hashed along with it and is stored nowhere, so that whoever
has the database, and even the digest key, has to guess 128 random bits besides.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from intake.errors import IntakeError
from intake.models.idempotency import IdempotencyKey
from safeguards import blind_index
from safeguards.blind_index import Digest

KEPT = timedelta(days=30)
LEASE = timedelta(seconds=60)


class KeyReusedError(IntakeError):
    code = "key-reused"

    def __init__(self) -> None:
        super().__init__("The key was used for another request.")


class KeyInUseError(IntakeError):
    code = "key-in-use"

    def __init__(self) -> None:
        super().__init__("The first request with this key is still at work.")
        self.seconds = 1


@dataclass(frozen=True)
class Request:
    """A request of one organisation under its key. An organisation's systems are one client: a token may be replaced
    between two attempts."""

    organisation: UUID
    key: str
    address: str
    body: bytes

    def key_digests(self) -> tuple[bytes, ...]:
        return blind_index.digests(Digest.OWN_REFERENCE, b"idempotency" + _prefixed(str(self.organisation), self.key))

    def body_digests(self) -> tuple[bytes, ...]:
        content = _prefixed(str(self.organisation), self.key, self.address, self.body)
        return blind_index.digests(Digest.OWN_REFERENCE, b"idempotent-body" + content)


@dataclass(frozen=True)
class Answer:
    """What the first request was told: all that is kept of it."""

    status: int
    reference: str
    state: str


def once(request: Request, act: Callable[[], Answer]) -> Answer:
    """Carries out act, or gives the answer of the first time. Raises KeyReusedError or KeyInUseError."""
    found = _claim(request)
    if isinstance(found, Answer):
        return found
    try:
        with transaction.atomic():
            answer = act()
            _finish(found, answer)
    except BaseException:
        IdempotencyKey.objects.filter(claim=found, status=None).delete()
        raise
    return answer


def expire() -> int:
    """Also of requests that never had an answer."""
    return IdempotencyKey.objects.filter(expires__lte=timezone.now()).delete()[0]


def _claim(request: Request) -> UUID | Answer:
    """A claim of this request alone, or the answer that there is."""
    keys, bodies, now = request.key_digests(), request.body_digests(), timezone.now()
    known = IdempotencyKey.objects.filter(organisation=request.organisation, key_digest__in=keys)
    new = IdempotencyKey(
        organisation_id=request.organisation, key_digest=keys[-1], body_digest=bodies[-1], claimed=now, expires=now + KEPT
    )
    with transaction.atomic():
        if not known.exists():
            IdempotencyKey.objects.bulk_create([new], ignore_conflicts=True)
        row = known.select_for_update(no_key=True).first()
        if row is None:  # Refused and let go by another at this very moment.
            raise KeyInUseError
        if bytes(row.body_digest) not in bodies:
            raise KeyReusedError
        if row.status is not None:
            return Answer(row.status, row.reference, row.state)
        if row.id != new.id:
            _take_over(row)
        return row.claim


def _take_over(row: IdempotencyKey) -> None:
    now = timezone.now()
    if row.claimed > now - LEASE:
        raise KeyInUseError
    row.claim, row.claimed = uuid4(), now
    row.save(update_fields=["claim", "claimed"])


def _finish(claim: UUID, answer: Answer) -> None:
    """In the transaction of the effect: without the claim there is none."""
    mine = IdempotencyKey.objects.filter(claim=claim, status=None)
    if not mine.update(status=answer.status, reference=answer.reference, state=answer.state):
        raise KeyInUseError


def _prefixed(*parts: str | bytes) -> bytes:
    coded = (part.encode() if isinstance(part, str) else part for part in parts)
    return b"".join(len(part).to_bytes(4, "big") + part for part in coded)
