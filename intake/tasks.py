"""Intake's background work, each ten lines at most: an id in, one service called. Chains between packages are here alone."""

from uuid import UUID

from intake import idempotency, outcomes, unlock
from intake.batches import checking, splitting, storing
from intake.batches import services as batches
from intake.enrichment import dropped
from intake.enrichment import services as enrichment
from intake.matching import proof, whole
from intake.matching import services as matching
from intake.notifications import drafts, signals
from intake.notifications import services as notifications
from intake.public import expiry, invitations
from intake.retention import services as retention
from intake.rights import searches
from jobs import registry
from jobs import services as jobs
from safeguards.actors import system

OUTCOMES = "intake.outcomes"
EXPIRE = "intake.expire"
EXPIRE_UPLOADS = "intake.expire-uploads"
WATCH = "intake.watch"
VISITORS = "intake.visitors"


@registry.in_two_steps(batches.SPLIT_JOB, queue="files")
def split(identifier: str) -> registry.Effect:
    return splitting.split(batch=UUID(identifier), by=system(batches.SPLIT_JOB))


@registry.in_two_steps(splitting.CHECK_JOB, queue="files")
def check(identifier: str) -> registry.Effect:
    return checking.check(chunk=UUID(identifier), by=system(splitting.CHECK_JOB))


@registry.in_two_steps(batches.STORE_JOB, queue="files")
def store(identifier: str) -> registry.Effect:
    return storing.store(chunk=UUID(identifier), by=system(batches.STORE_JOB))


@registry.handler(enrichment.JOB, queue="files")
def delivery(identifier: str) -> None:
    enrichment.store_received(batch=UUID(identifier), by=system(enrichment.JOB))


@registry.handler(notifications.LINK_JOB, queue="vault")
def link(_: str) -> None:
    """A chunk; matching asks for the rest itself."""
    matching.link_waiting()


@registry.handler(matching.BRING_BACK, queue="vault")
def bring_back(identifier: str) -> None:
    matching.bring_back(contribution=UUID(identifier))


@registry.handler(proof.NIGHT, queue="vault")
def prove(_: str) -> None:
    whole.begin_night(by=system(proof.NIGHT))


@registry.in_two_steps(whole.JOB, queue="vault")
def compare_tokens(identifier: str) -> registry.Effect:
    return whole.compare(portion=int(identifier), by=system(proof.NIGHT))


@registry.handler(proof.JOB, queue="vault")
def prove_persons(identifier: str) -> None:
    """A portion; it asks for the next from the report named on."""
    proof.prove(after=UUID(identifier), by=system(proof.NIGHT))


@registry.handler(whole.REGROUP, queue="vault")
def regroup(identifier: str) -> None:
    """A portion; it asks for the next from the report named on."""
    whole.regroup(after=UUID(identifier), by=system(proof.NIGHT))


@registry.handler(searches.JOB, queue="vault")
def search(identifier: str) -> None:
    searches.run(search=UUID(identifier), by=system(searches.JOB))


@registry.handler(OUTCOMES, queue="vault")
def carry_out(_: str) -> None:
    """A chunk of each; if one was full, the work is recorded again."""
    if outcomes.CHUNK in (outcomes.carry_out(), outcomes.remove_leaving()):
        jobs.record(OUTCOMES)


@registry.handler(EXPIRE, queue="files")
def expire(_: str) -> None:
    idempotency.expire()
    full = (
        notifications.expire_stubs(by=system(EXPIRE)) == notifications.EXPIRE_CHUNK,
        unlock.expire(by=system(EXPIRE)) == unlock.EXPIRE_CHUNK,
        searches.expire(by=system(EXPIRE)) == searches.EXPIRE_CHUNK,
        drafts.expire(by=system(EXPIRE)) == drafts.EXPIRE_CHUNK,
    )
    if any(full):
        jobs.record(EXPIRE)


@registry.handler(EXPIRE_UPLOADS, queue="files")
def expire_uploads(_: str) -> None:
    if batches.expire_unconfirmed(by=system(EXPIRE_UPLOADS)) == batches.EXPIRE_CHUNK:
        jobs.record(EXPIRE_UPLOADS)


@registry.handler(signals.MIX_JOB, queue="files")
def mix_signals(_: str) -> None:
    signals.mix(by=system(signals.MIX_JOB))


@registry.handler(WATCH, queue="files")
def watch(_: str) -> None:
    """What a feed dropped in the watched folder, and the receipts of what it dropped before."""
    dropped.answer(by=system(WATCH))
    if dropped.take(by=system(WATCH)) >= dropped.AT_ONCE:
        jobs.record(WATCH)


@registry.handler(VISITORS, queue="files")
def expire_visitors(_: str) -> None:
    """What people without an account left; if a chunk was full, the work is recorded again."""
    if expiry.expire(by=system(VISITORS)) >= expiry.CHUNK:
        jobs.record(VISITORS)


@registry.handler(invitations.MAIL_JOB, queue="files")
def mail_link(identifier: str) -> None:
    invitations.send(invitation=UUID(identifier), by=system(invitations.MAIL_JOB))


@registry.handler(retention.JOB, queue="vault")
def retain(_: str) -> None:
    """A batch of each rule; if one was full, the work is recorded again."""
    if retention.erase(by=system(retention.JOB)) >= retention.BATCH:
        jobs.record(retention.JOB)
