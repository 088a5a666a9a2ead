"""The files of a draft: kept under its draft key, so many and so large, and opened for sending. It looks into none of them."""

import json
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Length

from intake.errors import TooMuchError
from intake.models.draft import DraftFile
from intake.notifications import drafts
from intake.notifications.drafts import DraftOwner, FileKind
from intake.notifications.inputs import Attachment
from safeguards import drafts as sealed

MOST_FILES = {FileKind.ATTACHMENT: 5, FileKind.STATEMENT: 3}
# The files of all persons are in memory together while a draft is sent.
LARGEST_FILES = 50 * 1024 * 1024
# The files of all drafts of one link by mail together: links cost nothing, and twenty an hour go to one network. Not counted
# under a lock: of those added to different drafts at the same moment each may be the last.
LARGEST_BY_LINK = 25 * 1024 * 1024


def attach(*, draft: UUID, part: UUID, file: Attachment, kind: FileKind = FileKind.ATTACHMENT, owner: DraftOwner) -> None:
    """A file that attachments.checked, or for a statement scans.checked, let through."""
    with transaction.atomic():
        drafts.lock(draft, owner)
        drafts.check_part(draft, part)
        _check_room(draft, part, kind, len(file.content))
        _check_link(owner, len(file.content))
        identifier = uuid4()
        facts = json.dumps({"name": file.name, "type": file.type, "size": len(file.content)}, ensure_ascii=False).encode()
        DraftFile.objects.create(
            id=identifier,
            part_id=part,
            kind=kind,
            facts=sealed.encrypt(facts, drafts.place_of(part, f"facts {identifier}", owner)),
            content=sealed.encrypt(file.content, drafts.place_of(part, f"content {identifier}", owner)),
        )


def detach(*, draft: UUID, part: UUID, file: UUID, owner: DraftOwner) -> None:
    with transaction.atomic():
        drafts.lock(draft, owner)
        DraftFile.objects.filter(part__draft=draft, part=part, id=file).delete()


def files_of(*, part: UUID, kind: FileKind, owner: DraftOwner) -> tuple[Attachment, ...]:
    """Opened for sending, in the order in which they were added."""
    rows = list(DraftFile.objects.filter(part=part, kind=kind).order_by("added", "id").values_list("id", "facts", "content"))
    places = [(facts, drafts.place_of(part, f"facts {identifier}", owner)) for identifier, facts, _ in rows]
    places += [(content, drafts.place_of(part, f"content {identifier}", owner)) for identifier, _, content in rows]
    opened = sealed.decrypt_all(places)
    facts = [json.loads(content) for content in opened[: len(rows)]]
    return tuple(
        Attachment(told["name"], told["type"], content) for told, content in zip(facts, opened[len(rows) :], strict=True)
    )


def _check_room(draft: UUID, part: UUID, kind: FileKind, size: int) -> None:
    if DraftFile.objects.filter(part=part, kind=kind).count() >= MOST_FILES[kind]:
        raise TooMuchError("too-many-attachments" if kind is FileKind.ATTACHMENT else "too-many-scans")
    if _kept(part__draft=draft) + size > LARGEST_FILES:
        raise TooMuchError("too-large-attachments")


def _check_link(owner: DraftOwner, size: int) -> None:
    if owner.kind == drafts.BY_LINK:
        kept = _kept(part__draft__owner_kind=owner.kind, part__draft__owner_id=owner.id)
        if kept + size > LARGEST_BY_LINK:
            raise TooMuchError("too-large-by-link")


def _kept(**of: UUID | str) -> int:
    found: int | None = DraftFile.objects.filter(**of).aggregate(size=Sum(Length("content")))["size"]
    return found or 0
