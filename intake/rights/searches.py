"""The search for a person by name: asked with a motive, granted by a second person, run by the vault, seen until it ends.

Who is looked for lies sealed until the vault has looked, and is destroyed then, as where it is refused or nobody granted it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from intake import events
from intake.errors import CaseStepError, UnknownSearchError
from intake.matching import lookup
from intake.models.contribution import Contribution
from intake.models.rights import PersonSearch, RightsCase, SearchHit
from intake.notifications import cleaning, identities
from intake.notifications.inputs import Identity
from intake.rights import forgetting, log, policies, services
from intake.rights.grounds import Motive
from intake.rights.workflow import Step
from jobs import services as jobs
from safeguards import audit, sealing
from safeguards.actors import Actor
from safeguards.models import DataKey
from safeguards.places import Place

JOB = "intake.rights-search"
OBJECT = "person-search"
WAITS = timedelta(days=7)
LASTS = timedelta(hours=8)
MOST_HITS = 100
SHOWN = 200
EXPIRE_CHUNK = 200

State = PersonSearch.State


@dataclass(frozen=True)
class Hit:
    """A report that may be about the person, as far as it may be seen without a look at the identity."""

    contribution: UUID
    reference: str
    source: str
    group: str
    day: date
    held: bool
    likeness: str


@dataclass(frozen=True)
class SearchView:
    """too_many: it found more than can be about one person, and shows none of them. bounded: it could not compare all."""

    id: UUID
    case: UUID
    reference: str
    right: str
    motive: str
    state: str
    asked_by: str
    asked: datetime
    expires: datetime
    found: int | None
    bounded: bool

    @property
    def too_many(self) -> bool:
        return self.found is not None and self.found > MOST_HITS


def ask(*, case: UUID, identity: Identity, motive: Motive, by: Actor) -> UUID:
    """Nothing runs until a second person has granted it."""
    policies.check_may_handle(by)
    cleaned = cleaning.clean_identity(identity)
    if not _can_be_looked_for(cleaned):
        raise CaseStepError("too-little")
    with transaction.atomic():
        row = log.locked(case)
        policies.check_open(row)
        policies.check_identified(row)
        if _living().filter(case=row, state__in=(State.ASKED, State.GRANTED)).exists():
            raise CaseStepError("search-waits")
        search = _store(row, cleaned, motive, by)
        log.note(row, Step.SEARCH_ASKED, by=by, reason=motive)
    return search


def grant(*, search: UUID, by: Actor) -> None:
    """The second person: from here on the vault may look, and who asked may see what it finds, for some hours."""
    with transaction.atomic():
        row = _waiting(search, by)
        policies.check_open(row.case)
        now = timezone.now()
        row.state, row.granted, row.granted_by, row.expires = State.GRANTED, now, by.id, now + LASTS
        row.save(update_fields=["state", "granted", "granted_by", "expires"])
        log.note(row.case, Step.SEARCH_GRANTED, by=by, reason=row.motive)
        jobs.record(JOB, row.id)


def refuse(*, search: UUID, by: Actor) -> None:
    with transaction.atomic():
        row = _waiting(search, by)
        forgetting.forget([row.id], State.REFUSED)
        log.note(row.case, Step.SEARCH_REFUSED, by=by, reason=row.motive)


def run(*, search: UUID, by: Actor) -> None:
    """On the vault. What was refused, ended or removed in the meantime is not looked for."""
    policies.check_may_run(by)
    with transaction.atomic():
        row = _locked(search, State.GRANTED)
        if row is None or row.query is None or row.case.state != RightsCase.State.OPEN:
            return
        found = lookup.find(row.query, _place(row.id))
        alike = found.alike
        if len(alike) <= MOST_HITS:
            SearchHit.objects.bulk_create(
                SearchHit(search=row, contribution_id=one, likeness=likeness) for one, likeness in sorted(alike.items())
            )
        PersonSearch.objects.filter(id=row.id).update(found=len(alike), bounded=found.bounded)
        forgetting.forget([row.id], State.DONE)
        log.note(row.case, Step.SEARCH_DONE, by=by, count=len(alike), bounded=found.bounded)


def hits(*, search: UUID, by: Actor) -> tuple[Hit, ...]:
    """What it found, for who asked and while it lasts. That these were looked at is recorded first."""
    policies.check_may_handle(by)
    with transaction.atomic():
        row = _own_done(search, by)
        rows = row.hits.select_related("contribution").filter(contribution__leaving=False)
        found = tuple(_hit(one) for one in rows.order_by("contribution__date", "contribution"))
        audit.record(events.SEARCH_SEEN, by=by, object_type=OBJECT, object_id=row.id, details={"count": len(found)})
    return found


def keep(*, search: UUID, contributions: Collection[UUID], by: Actor) -> None:
    """Those of its hits that are about the person become what the case is about."""
    policies.check_may_handle(by)
    with transaction.atomic():
        case = log.locked(_own_done(search, by).case_id)
        policies.check_open(case)
        found = SearchHit.objects.filter(search=search, contribution__leaving=False)
        chosen = set(contributions) & set(found.values_list("contribution", flat=True))
        if not chosen:
            raise CaseStepError("nothing-chosen")
        services.keep_reports(case, chosen, by)


def waiting(*, by: Actor) -> tuple[SearchView, ...]:
    """What this person may grant: asked by others."""
    policies.check_may_see_waiting(by)
    rows = _living().filter(state=State.ASKED).exclude(asked_by=by.id).select_related("case")
    return tuple(_view(row) for row in rows.order_by("asked", "id")[:SHOWN])


def of_case(*, case: UUID, by: Actor) -> tuple[SearchView, ...]:
    """The newest first; what ended long ago stands in the log of the case."""
    policies.check_may_handle(by)
    rows = PersonSearch.objects.filter(case=case).select_related("case").order_by("-asked", "id")
    return tuple(_view(row) for row in rows[:SHOWN])


def expire(*, by: Actor) -> int:
    """What nobody granted in time, or can see no more: the question and what it found are gone. The case keeps its log."""
    policies.check_may_run(by)
    over = PersonSearch.objects.filter(state__in=forgetting.LIVING, expires__lte=timezone.now())
    with transaction.atomic():
        doomed = list(over.select_for_update(skip_locked=True).order_by("id").values_list("id", flat=True)[:EXPIRE_CHUNK])
        if doomed:
            forgetting.forget_found(doomed)
            audit.record(events.SEARCHES_EXPIRED, by=by, details={"count": len(doomed)})
    return len(doomed)


def _can_be_looked_for(identity: Identity) -> bool:
    """A number, or two names, or a name with a year of birth: from a single name no token is made."""
    if identity.v_number or identity.bsn or identity.document_number:
        return True
    names = [*identity.given_names, *identity.aliases, identity.family_name]
    return len([name for name in names if name]) > 1 or (any(names) and identity.birth.year is not None)


def _store(case: RightsCase, identity: Identity, motive: Motive, by: Actor) -> UUID:
    identifier = uuid4()
    key = sealing.fresh_key(identifier, DataKey.Purpose.IDENTITY)
    sealing.save_keys([key.row])
    blob = key.seal(identities.to_bytes(identity), _place(identifier))
    PersonSearch.objects.create(
        id=identifier, case=case, motive=motive, query=blob, asked_by=by.id, expires=timezone.now() + WAITS
    )
    return identifier


def _place(search: UUID) -> Place:
    return Place(table="intake_personsearch", row=search, group="query", organisation=None)


def _living() -> QuerySet[PersonSearch]:
    return PersonSearch.objects.filter(expires__gt=timezone.now())


def _waiting(search: UUID, by: Actor) -> PersonSearch:
    """Locked, and one that this person may answer."""
    policies.check_may_see_waiting(by)
    row = _locked(search, State.ASKED)
    if row is None:
        raise UnknownSearchError
    policies.check_may_grant(row, by)
    return row


def _locked(search: UUID, state: State) -> PersonSearch | None:
    """Its case first, as whoever decides the case does."""
    row = _living().filter(id=search, state=state).first()
    if row is None:
        return None
    case = log.locked(row.case_id)
    locked = _living().select_for_update().filter(id=search, state=state).first()
    if locked is not None:
        locked.case = case
    return locked


def done_of(by: Actor) -> QuerySet[PersonSearch, UUID]:
    """The open cases for which a search of this person's was granted and run, as long as its hits can be seen."""
    own = _living().filter(state=State.DONE, asked_by=by.id, case__state=RightsCase.State.OPEN)
    return own.values_list("case", flat=True)


def _own_done(search: UUID, by: Actor) -> PersonSearch:
    row = _living().filter(id=search, state=State.DONE, asked_by=by.id, case__state=RightsCase.State.OPEN).first()
    if row is None:
        raise UnknownSearchError
    return row


def _hit(row: SearchHit) -> Hit:
    report = row.contribution
    return Hit(
        contribution=report.id,
        reference=report.reference,
        source=report.source,
        group=report.group,
        day=report.date,
        held=report.state == Contribution.State.HELD,
        likeness=row.likeness,
    )


def _view(row: PersonSearch) -> SearchView:
    return SearchView(
        id=row.id,
        case=row.case_id,
        reference=row.case.reference,
        right=row.case.right,
        motive=row.motive,
        state=State.EXPIRED if row.expires <= timezone.now() and row.state != State.REFUSED else row.state,
        asked_by=row.asked_by,
        asked=row.asked,
        expires=row.expires,
        found=row.found,
        bounded=row.bounded,
    )
