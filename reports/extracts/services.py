"""An extract from its description to its approval. Whoever asked never approves; what is refused is in the ledger, with why.

Counting and writing are work for jobs (making); fetching is by links (links).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from secrets import token_hex
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.roles import Permission
from jobs import services as jobs
from reports import events
from reports.disclosure.microdata.specification import Chosen, NotAllowedTogetherError, choose
from reports.editions import auditing
from reports.extracts import errors
from reports.extracts.columns import FIRST_YEAR, LAST_YEAR
from reports.extracts.errors import UnknownExtractError
from reports.extracts.policies import APPROVES, REQUESTS, check_other, check_own, check_permitted
from reports.extracts.products import PRODUCTS, Product
from reports.extracts.workflow import EVENTS, State, possible
from reports.models import Extract, ExtractStep
from reports.releases import budget
from reports.releases.errors import budget_used_up
from reports.releases.services import Kind, Leaving, Purpose, record_refusal, refusals_recorded
from safeguards import audit
from safeguards.actors import Actor

PREVIEW, BUILD = "reports.preview-extract", "reports.build-extract"
OBJECT = "extract"
LONGEST_REASON, LONGEST_RECIPIENT = 400, 200


@dataclass(frozen=True)
class Described:
    """What an analyst fills in. columns: name to level of its ladder. until: the last day on which it may be kept."""

    product: str
    columns: Mapping[str, str]
    first_year: int
    last_year: int
    purpose: Purpose
    why: str
    recipient: str
    until: date


def describe(*, wanted: Described, by: Actor) -> UUID:
    """A job counts its risk; nothing can be asked for before that. Raises ExtractError."""
    identifier = uuid4()
    leaving = _leaving(identifier, wanted)
    check_permitted(REQUESTS, leaving, by)
    with refusals_recorded(leaving, by), transaction.atomic():
        _check(wanted)
        Extract.objects.create(id=identifier, cutoff=timezone.now(), asked_by=by.id, watermark=token_hex(16), **_fields(wanted))
        jobs.record(PREVIEW, identifier)
        audit.record(events.EXTRACT_DESCRIBED, by=by, object_type=OBJECT, object_id=identifier)
    return identifier


def ask(*, extract: UUID, by: Actor) -> None:
    """Its preview was seen: an approver decides."""
    _own_step(extract, State.ASKED, by)


def take_back(*, extract: UUID, by: Actor) -> None:
    _own_step(extract, State.TAKEN_BACK, by)


def approve(*, extract: UUID, by: Actor) -> None:
    """Four eyes: never who asked. A job makes it."""
    leaving = leaving_of(permitted(called(extract), APPROVES, by))
    with refusals_recorded(leaving, by), transaction.atomic():
        row = locked(extract)
        check_other(row, by)
        step_to(row, State.APPROVED, by)
        jobs.record(BUILD, row.id)


def refuse(*, extract: UUID, reason: str, by: Actor) -> None:
    """The approver's no is a refusal of the ledger as well."""
    leaving = leaving_of(permitted(called(extract), APPROVES, by))
    if not reason.strip():
        raise errors.reason_missing()
    with refusals_recorded(leaving, by), transaction.atomic():
        row = locked(extract)
        check_other(row, by)
        step_to(row, State.REFUSED, by, reason=reason.strip()[:LONGEST_REASON])
        record_refusal(leaving=leaving, reason=reason.strip()[:LONGEST_REASON], by=by)


def _own_step(extract: UUID, step: State, by: Actor) -> None:
    row = own(called(extract), by)
    with refusals_recorded(leaving_of(row), by), transaction.atomic():
        step_to(locked(extract), step, by)


def step_to(row: Extract, step: State, by: Actor, reason: str = "") -> None:
    """Of a locked extract, inside the caller's transaction."""
    if not possible(row.state, step):
        raise errors.step_not_possible()
    row.state, row.progress = step, 0
    row.save(update_fields=["state", "progress", "preview"])
    ExtractStep.objects.create(extract=row, kind=step, by=by.id, reason=reason)
    audit.record(EVENTS[step], by=by, object_type=OBJECT, object_id=row.id)


def chosen_columns(product: Product, columns: Mapping[str, str]) -> tuple[Chosen, ...]:
    try:
        return choose(product.specification, columns)
    except NotAllowedTogetherError as error:
        raise errors.columns_not_right(error.code, error.names) from None


def protection_of(product: Product) -> str:
    if product.budget:
        return f"differential privacy, epsilon {product.budget.epsilon} and delta {product.budget.delta} for a person in a year"
    if not product.specification.anonymous:
        return "pseudonyms under a key of the recipient's own"
    return f"k-anonymity {product.specification.k}, diversity {product.specification.diversity}, nobody alone on four columns"


def leaving_of(row: Extract) -> Leaving:
    """What the ledger is told of it, without bytes."""
    wanted = Described(
        row.product, row.columns, row.first_year, row.last_year, Purpose(row.purpose), row.why, row.recipient, row.until
    )
    return _leaving(row.id, wanted)


def _leaving(identifier: UUID, wanted: Described) -> Leaving:
    product = PRODUCTS.get(wanted.product)
    return Leaving(
        release=identifier,
        kind=Kind.SYNTHETIC if product and product.budget else Kind.EXTRACT,
        what=product.title.en if product else "Extract",
        recipient=wanted.recipient[:LONGEST_RECIPIENT],
        purpose=wanted.purpose,
        protection=protection_of(product) if product else "none",
        parameters={
            "product": wanted.product,
            "columns": dict(wanted.columns),
            "years": [wanted.first_year, wanted.last_year],
            "until": wanted.until.isoformat(),
        },
    )


def own(found: QuerySet[Extract], by: Actor) -> Extract:
    row = permitted(found, REQUESTS, by)
    check_own(row, leaving_of(row), by)
    return row


def permitted(found: QuerySet[Extract], permission: Permission, by: Actor) -> Extract:
    """Whoever may not is not told whether there is such an extract; where there is, the ledger knows that it was tried."""
    row = found.first()
    check_permitted(permission, leaving_of(row) if row else None, by)
    if row is None:
        raise UnknownExtractError
    return row


def called(extract: UUID) -> QuerySet[Extract]:
    """The one with this id, or none."""
    return Extract.objects.filter(id=extract)


def locked(extract: UUID) -> Extract:
    row = called(extract).select_for_update().first()
    if row is None:
        raise UnknownExtractError
    return row


def _check(wanted: Described) -> None:
    product = PRODUCTS.get(wanted.product)
    if product is None:
        raise errors.product_not_right()
    if wanted.purpose not in product.purposes:
        raise errors.purpose_not_right()
    if not wanted.why.strip():
        raise errors.why_missing()
    _check_recipient(product, wanted.recipient)
    if not FIRST_YEAR <= wanted.first_year <= wanted.last_year <= LAST_YEAR:
        raise errors.period_not_right()
    today = timezone.localdate()
    if not today < wanted.until <= today + product.longest:
        raise errors.until_not_right(product.longest.days)
    chosen_columns(product, wanted.columns)
    if product.fixed and wanted.columns != product.fixed:
        raise errors.columns_fixed()
    check_budget(product)
    if product.specification.anonymous:
        _check_published(range(wanted.first_year, wanted.last_year + 1))


def _check_published(years: range) -> None:
    """Rows are protected against the editions that are out; one that comes later can only be refused."""
    published = auditing.published_years()
    if missing := [year for year in years if year not in published]:
        raise errors.not_published(missing[0])


def _check_recipient(product: Product, recipient: str) -> None:
    if not recipient.strip():
        raise errors.recipient_missing()
    if product.to and recipient != product.to:
        raise errors.recipient_fixed(product.to)


def check_budget(product: Product) -> None:
    """Raises ReleaseError where what it spends is not left."""
    if product.budget and product.budget.epsilon > (left := budget.left()):
        raise budget_used_up(product.budget.epsilon, left)


def _fields(wanted: Described) -> dict[str, object]:
    return asdict(wanted) | {"columns": dict(wanted.columns), "purpose": wanted.purpose.value}
