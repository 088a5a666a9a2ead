"""An upload on its way into the encrypted store, piece by piece: it never lies anywhere whole. It reads nothing of it."""

from collections.abc import Iterator
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from intake.errors import TooManyOpenError, UnreadableFileError
from intake.models.batch import Batch, UploadPart
from intake.notifications import policies
from safeguards import drafts
from safeguards.actors import Actor
from safeguards.drafts import Draft
from safeguards.places import Place

LARGEST_FILE = 32 * 1024 * 1024
PART = 1024 * 1024
# Files of one organisation whose uploads lie here, for up to seven days, and how many more may be on their way in. Not counted
# under a lock: of those that begin at the same moment each may be the last.
MOST_OPEN = 20
MOST_ARRIVING = 5
_FINISHED = (Batch.State.REFUSED, Batch.State.STORED, Batch.State.STOPPED, Batch.State.CANCELLED)


class Incoming:
    """Call write with what comes, in pieces of any size; then services.complete, or abandon."""

    def __init__(self, batch: Batch, draft: Draft) -> None:
        self.batch = batch
        self._draft = draft
        self._waiting = bytearray()
        self._size = self._parts = 0

    def write(self, content: bytes) -> None:
        self._size += len(content)
        if self._size > LARGEST_FILE:
            raise UnreadableFileError("too-large")
        self._waiting += content
        while len(self._waiting) >= PART:
            self._keep(bytes(self._waiting[:PART]))
            del self._waiting[:PART]

    def close(self) -> None:
        """The rest; an empty file has one empty part."""
        if self._waiting or not self._parts:
            self._keep(bytes(self._waiting))
            self._waiting.clear()

    def abandon(self) -> None:
        """Nothing of it is left."""
        with transaction.atomic():
            Batch.objects.filter(id=self.batch.id).delete()
            drafts.discard(self.batch.id)

    def _keep(self, content: bytes) -> None:
        part = UploadPart(id=uuid4(), batch=self.batch, number=self._parts)
        part.content = self._draft.encrypt(content, _place(part.id, self.batch))
        part.save(force_insert=True)
        self._parts += 1


def begin(*, organisation: UUID, by: Actor) -> Incoming:
    """Of what is never completed, because its sender or this process went away, expiry leaves nothing.

    Some more may begin than may be completed: one that was sent before under the same key is known when it is in.
    Raises TooManyOpenError.
    """
    policies.check_may_submit_batch(organisation, by)
    with transaction.atomic():
        policies.reporter(organisation)
        if _open(organisation).count() >= MOST_OPEN + MOST_ARRIVING:
            raise TooManyOpenError
        batch = Batch(id=uuid4(), organisation_id=organisation, kind=Batch.Kind.REPORTS, state=Batch.State.ARRIVING)
        batch.submitted_by = by.id
        batch.save(force_insert=True)
        return Incoming(batch, drafts.draft(batch.id))


def check_room(organisation: UUID) -> None:
    """For one more file that waits for its organisation. Raises TooManyOpenError."""
    if _open(organisation).exclude(state=Batch.State.ARRIVING).count() >= MOST_OPEN:
        raise TooManyOpenError


def parts(batch: Batch) -> Iterator[bytes]:
    """The upload in the clear, one piece in memory at a time."""
    draft = drafts.find(batch.id)
    pieces = UploadPart.objects.filter(batch=batch).order_by("number").values_list("id", "content")
    for identifier, content in pieces.iterator(chunk_size=1):
        if draft is None:
            raise UnreadableFileError("gone")
        yield draft.decrypt(content, _place(identifier, batch))


def _open(organisation: UUID) -> QuerySet[Batch]:
    return Batch.objects.filter(organisation=organisation, kind=Batch.Kind.REPORTS).exclude(state__in=_FINISHED)


def _place(part: UUID, batch: Batch) -> Place:
    return Place(table="intake_uploadpart", row=part, group="content", organisation=batch.organisation_id)
