"""Compares what an extract rests on with every extract that was made before: of two that few persons differ in, the one taken
from the other tells of those few.

docs/adr/extracts.md says what an outsider is taken to know, and which extracts are not compared.
"""

from collections.abc import Collection, Iterator
from uuid import UUID

from django.utils import timezone

from intake import facts
from reports.extracts import errors
from reports.extracts.gathering import Gathered
from reports.extracts.products import PRODUCTS, Product
from reports.extracts.workflow import State
from reports.models import Extract, LedgerEntry

COMPARED = tuple(name for name, product in PRODUCTS.items() if product.specification.anonymous)
# Also of what nobody fetched, or fetches any more: who has it is not asked again.
_MADE = (State.READY, State.EXPIRED)


def check_differences(row: Extract, product: Product, gathered: Gathered) -> None:
    """Raises ExtractError where somebody, but fewer persons than must be alike, differ from an extract with years in common."""
    if product.name not in COMPARED:
        return
    for before in _before(row):
        k = max(product.specification.k, PRODUCTS[before.product].specification.k)
        in_common = range(max(row.first_year, before.first_year), min(row.last_year, before.last_year) + 1)
        if any(0 < number < k for number in _differing(before.id, gathered.contributions, in_common)):
            raise errors.few_differ(timezone.localdate(before.cutoff), k)


def _before(row: Extract) -> Iterator[Extract]:
    made = Extract.objects.filter(product__in=COMPARED, state__in=_MADE).exclude(id=row.id)
    return made.filter(first_year__lte=row.last_year, last_year__gte=row.first_year).order_by("cutoff", "id").iterator()


def _differing(before: UUID, contributions: Collection[UUID], in_common: range) -> tuple[int, int]:
    """The least number of persons that differ: in these years, and in all.

    Whose the reports were that went since, and in which years, is not known any more: one person's at least.
    """
    used = facts.used_by(before)
    changed = used.symmetric_difference(contributions)
    persons = facts.persons_of(changed)
    unknown = left_with(before) - len(used) + len(changed) - len(persons)
    of_years = {person for person, year in persons.values() if year in in_common}
    of_all = {person for person, _ in persons.values()}
    return len(of_years) or min(1, unknown), len(of_all) or min(1, unknown)


def left_with(release: UUID) -> int:
    """How many contributions it was made from, as the ledger has it."""
    made = LedgerEntry.objects.filter(release=release, outcome=LedgerEntry.Outcome.RELEASED, contributions__isnull=False)
    return made.values_list("contributions", flat=True).earliest("number") or 0
