"""Who may send without an account: a browser that did a small piece of work, or somebody who waited; and not too often.

The work makes sending by the thousand dear and one sending cheap, without knowing the sender. A browser without scripts
cannot do it: it waits instead, and fewer such sendings are taken in.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from secrets import token_urlsafe

from django.core import signing
from django.utils import timezone

from intake.errors import NotAdmittedError
from intake.models.visitors import UsedChallenge
from intake.public import limits

# 32,768 tries on average: a second or so for a browser, which does it while the page is filled in.
BITS = 15
LIFE = timedelta(hours=2)
WAIT = timedelta(seconds=20)
LONGEST_ANSWER = 12


@dataclass(frozen=True)
class Sending:
    """What came along with a page: its challenge, the answer (empty without scripts) and the counted part of the network."""

    page: str
    challenge: str
    answer: str
    network: str = field(repr=False)


def challenge(page: str) -> str:
    """Signed, of one page and of now; nothing is kept of it until it is used."""
    return _signer(page).sign(token_urlsafe(16))


def admit(sending: Sending) -> None:
    """Called in the transaction of what is sent: a challenge is used up together with it, or not at all."""
    age = _age(sending)
    if not limits.use(limits.SENDINGS, sending.network):
        raise NotAdmittedError("too-many")
    if not _worked(sending):
        _check_waited(sending, age)
    _use_up(sending.challenge)


def _age(sending: Sending) -> timedelta:
    signer = _signer(sending.page)
    for seconds in (int(WAIT.total_seconds()), int(LIFE.total_seconds())):
        try:
            signer.unsign(sending.challenge, max_age=seconds)
        except signing.SignatureExpired:
            continue
        except signing.BadSignature:
            raise NotAdmittedError("challenge-unknown") from None
        return timedelta(seconds=seconds)
    raise NotAdmittedError("challenge-old")


def _worked(sending: Sending) -> bool:
    answer = sending.answer
    if not (answer.isascii() and answer.isdecimal() and len(answer) <= LONGEST_ANSWER):
        return False
    digest = hashlib.sha256(f"{sending.challenge}:{answer}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - BITS) == 0


def _check_waited(sending: Sending, age: timedelta) -> None:
    if age <= WAIT:
        raise NotAdmittedError("too-soon")
    for limit, whose in ((limits.WITHOUT_WORK, sending.network), (limits.ALL_WITHOUT_WORK, limits.EVERYBODY)):
        if not limits.use(limit, whose):
            raise NotAdmittedError("too-many")


def _use_up(text: str) -> None:
    digest = hashlib.sha256(text.encode()).digest()
    _, first = UsedChallenge.objects.get_or_create(digest=digest, defaults={"expires": timezone.now() + LIFE})
    if not first:
        raise NotAdmittedError("sent-already")


def _signer(page: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"intake.public.{page}")
