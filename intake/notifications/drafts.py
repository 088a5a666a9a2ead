"""Reports that are not sent yet: kept section by section under the draft key, for one owner, for a number of days.

It knows no form and no rules: answers are kept as they were typed. Nothing of a draft is ever audited but that it was
made, sent, deleted or let go.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from intake import events
from intake.errors import StaleDraftError, TooMuchError, UnknownDraftError
from intake.models.draft import Draft, DraftFile, DraftPart, DraftSection, SentDraft
from safeguards import audit
from safeguards import drafts as sealed
from safeguards.actors import Actor
from safeguards.places import Place

SCHEMA_VERSION = 1
MOST_PERSONS = 20
MOST_DRAFTS = 50
# The kind of owner that holds a link by mail: anybody with an address.
BY_LINK = "link"
LONGEST_SECTION = 200_000
EXPIRE_CHUNK = 100
WARNED_FOR = timedelta(days=3)
REMEMBERED_FOR = timedelta(days=1)
SHARED = 0

Answers = Mapping[str, Sequence[str]]
FileKind = DraftFile.Kind
Kept = Mapping[UUID, Mapping[str, "Section"]]


@dataclass(frozen=True)
class DraftOwner:
    """Who alone may go on with a draft: a user within one organisation, or whoever holds a verified link."""

    kind: str
    id: str
    organisation: UUID


@dataclass(frozen=True)
class Section:
    """finished says that it was left with "continue", and page by which page; what was only saved on the way is not."""

    answers: Answers = field(repr=False)
    finished: bool
    page: str = ""


@dataclass(frozen=True)
class KeptFile:
    id: UUID
    kind: FileKind
    name: str = field(repr=False)
    size: int


@dataclass(frozen=True)
class Part:
    id: UUID
    position: int
    sections: Mapping[str, Section] = field(repr=False)
    files: tuple[KeptFile, ...] = field(repr=False)


@dataclass(frozen=True)
class Content:
    """A draft opened, in memory."""

    id: UUID
    expires: datetime
    shared: Part
    persons: tuple[Part, ...]

    def part(self, identifier: UUID) -> Part:
        found = next((part for part in (self.shared, *self.persons) if part.id == identifier), None)
        if found is None:
            raise UnknownDraftError
        return found


@dataclass(frozen=True)
class Listed:
    """A draft in its owner's list; one that is not readable was made with another version of the form."""

    id: UUID
    created: datetime
    changed: datetime
    expires: datetime
    persons: int
    readable: bool
    leaves_soon: bool


def make(*, owner: DraftOwner, by: Actor) -> UUID:
    """With one person in it."""
    now = timezone.now()
    with transaction.atomic():
        if _own(owner).count() >= MOST_DRAFTS:
            raise TooMuchError
        draft = Draft.objects.create(
            owner_kind=owner.kind,
            owner_id=owner.id,
            organisation_id=owner.organisation,
            schema_version=SCHEMA_VERSION,
            changed=now,
            expires=now + timedelta(days=settings.BAKEN_DRAFT_DAYS),
        )
        DraftPart.objects.bulk_create([DraftPart(draft=draft, position=position) for position in (SHARED, 1)])
        audit.record(events.DRAFT_MADE, by=by, object_type="draft", object_id=draft.id)
    return draft.id


def drafts_of(*, owner: DraftOwner) -> list[Listed]:
    """The last changed first; what has expired and waits for its removal is not there any more."""
    now = timezone.now()
    rows = _own(owner).annotate(last=Max("parts__position")).order_by("-changed")
    return [
        Listed(
            id=row.id,
            created=row.created,
            changed=row.changed,
            expires=row.expires,
            persons=row.last,
            readable=row.schema_version == SCHEMA_VERSION,
            leaves_soon=row.expires - now < WARNED_FOR,
        )
        for row in rows
    ]


def read(*, draft: UUID, owner: DraftOwner) -> Content:
    return _opened(draft, _found(draft, owner).expires, owner)


def _opened(draft: UUID, expires: datetime, owner: DraftOwner) -> Content:
    """A part without sections is one row with neither name nor blob."""
    columns = ("id", "position", "sections__name", "sections__blob")
    rows = list(DraftPart.objects.filter(draft=draft).order_by("position").values_list(*columns))
    sections = [(part, name, blob) for part, _, name, blob in rows if blob is not None]
    files = list(
        DraftFile.objects.filter(part__draft=draft).order_by("added", "id").values_list("part_id", "id", "kind", "facts")
    )
    places = [(blob, place_of(part, name, owner)) for part, name, blob in sections]
    places += [(facts, place_of(part, f"facts {file}", owner)) for part, file, _, facts in files]
    opened = [json.loads(content) for content in sealed.decrypt_all(places)]
    answers, facts = opened[: len(sections)], opened[len(sections) :]
    found = [
        Part(
            id=part,
            position=position,
            sections={
                name: Section(**content) for (holder, name, _), content in zip(sections, answers, strict=True) if holder == part
            },
            files=tuple(
                KeptFile(file, FileKind(kind), told["name"], told["size"])
                for (holder, file, kind, _), told in zip(files, facts, strict=True)
                if holder == part
            ),
        )
        for part, position in dict.fromkeys((part, position) for part, position, _, _ in rows)
    ]
    return Content(draft, expires, found[0], tuple(found[1:]))


@contextmanager
def held(*, draft: UUID, owner: DraftOwner) -> Iterator[Content]:
    """Read under its lock: what is judged by it inside is still so when it is written."""
    with transaction.atomic():
        yield _opened(draft, lock(draft, owner), owner)


def save(*, draft: UUID, part: UUID, name: str, section: Section, keep: Kept = MappingProxyType({}), owner: DraftOwner) -> None:
    """The answers as they were typed; the days until the draft goes begin anew.

    Of the parts in keep everything else is destroyed: their keys go, and what is kept is sealed under new ones.
    """
    with transaction.atomic():
        lock(draft, owner)
        for forgotten, sections in keep.items():
            check_part(draft, forgotten)
            _forget(forgotten)
            for kept, content in sections.items():
                _write(forgotten, kept, content, owner)
        check_part(draft, part)
        _write(part, name, section, owner)


def keep(*, draft: UUID, part: UUID, name: str, answers: Answers, page: str = "", owner: DraftOwner) -> None:
    """As they stand on an open page. Without a change a section stays finished; a page that was left says nothing more."""
    with transaction.atomic():
        lock(draft, owner)
        check_part(draft, part)
        before = _section(part, name, owner)
        if before is None or (before.answers != answers and not (page and before.page == page)):
            _write(part, name, Section(answers, finished=False, page=before.page if before else ""), owner)


def add_person(*, draft: UUID, owner: DraftOwner) -> UUID:
    with transaction.atomic():
        lock(draft, owner)
        positions = list(DraftPart.objects.filter(draft=draft).values_list("position", flat=True))
        if len(positions) > MOST_PERSONS:
            raise TooMuchError
        return DraftPart.objects.create(draft_id=draft, position=max(positions) + 1).id


def remove_person(*, draft: UUID, part: UUID, owner: DraftOwner) -> None:
    """With everything about this person; the last person of a draft goes with the draft alone."""
    with transaction.atomic():
        lock(draft, owner)
        check_part(draft, part)
        parts = DraftPart.objects.filter(draft=draft)
        if parts.count() <= SHARED + 2:
            raise UnknownDraftError
        sealed.destroy(part)
        parts.filter(id=part).exclude(position=SHARED).delete()


def discard(*, draft: UUID, owner: DraftOwner, by: Actor) -> None:
    """A draft of any version."""
    with transaction.atomic():
        if not _own(owner).select_for_update().filter(id=draft).exists():
            raise UnknownDraftError
        _destroy([draft])
        audit.record(events.DRAFT_DELETED, by=by, object_type="draft", object_id=draft)


def discard_of(*, kind: str, owners: Iterable[str], by: Actor) -> None:
    """Whatever owners who are gone had begun."""
    with transaction.atomic():
        left = Draft.objects.select_for_update().filter(owner_kind=kind, owner_id__in=list(owners)).order_by("id")
        doomed = list(left.values_list("id", flat=True))
        _destroy(doomed)
        audit.record_many([audit.Event(events.DRAFT_DELETED, "draft", draft) for draft in doomed], by=by)


def claim(*, draft: UUID, owner: DraftOwner) -> str:
    """Inside the transaction that sends it: nobody else sends it now. Gives the receipt's references if it was sent before."""
    sent = {"draft": draft, "owner_kind": owner.kind, "owner_id": owner.id, "organisation": owner.organisation}
    try:
        lock(draft, owner)
    except UnknownDraftError:
        found = SentDraft.objects.filter(**sent).values_list("references", flat=True).first()
        if found is None:
            raise
        return found
    return ""


def close(*, draft: UUID, references: str, owner: DraftOwner, by: Actor) -> None:
    """Sent: the draft and its keys go in the transaction of the sending."""
    with transaction.atomic():
        _destroy([draft])
        SentDraft.objects.create(
            draft=draft,
            owner_kind=owner.kind,
            owner_id=owner.id,
            organisation_id=owner.organisation,
            references=references,
            expires=timezone.now() + REMEMBERED_FOR,
        )
        audit.record(events.DRAFT_SENT, by=by, object_type="draft", object_id=draft)


def expire(*, by: Actor) -> int:
    """A chunk of what nobody went on with in time; gives how many drafts there were."""
    now = timezone.now()
    with transaction.atomic():
        SentDraft.objects.filter(expires__lte=now).delete()
        late = Draft.objects.select_for_update(skip_locked=True).filter(expires__lte=now).order_by("id")
        doomed = list(late.values_list("id", flat=True)[:EXPIRE_CHUNK])
        _destroy(doomed)
        audit.record(events.DRAFTS_EXPIRED, by=by, details={"drafts": len(doomed)})
    return len(doomed)


def _destroy(drafts: Iterable[UUID]) -> None:
    """The keys first: that is the erasure."""
    doomed = list(drafts)
    parts = DraftPart.objects.filter(draft__in=doomed)
    sealed.destroy(*parts.values_list("id", flat=True))
    Draft.objects.filter(id__in=doomed).delete()


def _write(part: UUID, name: str, section: Section, owner: DraftOwner) -> None:
    content = json.dumps(asdict(section), ensure_ascii=False).encode()
    if len(content) > LONGEST_SECTION:
        raise TooMuchError
    blob = sealed.encrypt(content, place_of(part, name, owner))
    row = DraftSection(part_id=part, name=name, blob=blob)
    DraftSection.objects.bulk_create([row], update_conflicts=True, unique_fields=["part", "name"], update_fields=["blob"])


def _section(part: UUID, name: str, owner: DraftOwner) -> Section | None:
    blob = DraftSection.objects.filter(part=part, name=name).values_list("blob", flat=True).first()
    return Section(**json.loads(sealed.decrypt(blob, place_of(part, name, owner)))) if blob is not None else None


def _forget(part: UUID) -> None:
    sealed.destroy(part)
    DraftSection.objects.filter(part=part).delete()
    DraftFile.objects.filter(part=part).delete()


def _own(owner: DraftOwner) -> Any:
    known = {"owner_kind": owner.kind, "owner_id": owner.id, "organisation": owner.organisation}
    return Draft.objects.filter(**known, expires__gt=timezone.now())


def _found(draft: UUID, owner: DraftOwner) -> Draft:
    row: Draft | None = _own(owner).filter(id=draft).first()
    if row is None:
        raise UnknownDraftError
    if row.schema_version != SCHEMA_VERSION:
        raise StaleDraftError
    return row


def lock(draft: UUID, owner: DraftOwner) -> datetime:
    """Two pages of one draft save one after the other, and nothing is saved into what is being sent. Gives the new expiry."""
    now = timezone.now()
    expires = now + timedelta(days=settings.BAKEN_DRAFT_DAYS)
    if not _own(owner).filter(id=draft, schema_version=SCHEMA_VERSION).update(changed=now, expires=expires):
        _found(draft, owner)
        raise UnknownDraftError
    return expires


def check_part(draft: UUID, part: UUID) -> None:
    if not DraftPart.objects.filter(id=part, draft=draft).exists():
        raise UnknownDraftError


def place_of(part: UUID, group: str, owner: DraftOwner) -> Place:
    return Place(table="intake_draftsection", row=part, group=group, organisation=owner.organisation)
