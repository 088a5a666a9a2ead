"""Compares what an extract says with every extract that was made before: of two in which few persons differ, the one taken from
the other tells of those few.

docs/adr/extracts.md says what an outsider is taken to know, and which extracts are not compared.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.utils import timezone

from reports.disclosure.microdata.rows import sizes
from reports.disclosure.microdata.specification import Chosen, Kind
from reports.extracts import errors
from reports.extracts.columns import BY_NAME
from reports.extracts.gathering import Gathered, PersonYear, rows_of
from reports.extracts.products import PRODUCTS, Product
from reports.models import Extract, LedgerEntry
from reports.releases.told import OUT, digest, opened

COMPARED = tuple(name for name, product in PRODUCTS.items() if product.specification.anonymous)
_COLUMNS = tuple(BY_NAME[name] for name in dict.fromkeys(one.name for kind in COMPARED for one in PRODUCTS[kind].described))


def check_differences(row: Extract, product: Product, gathered: Gathered) -> None:
    """Raises ExtractError where somebody, but fewer persons than must be alike, differ from an extract with years in common: in
    all, or of those who are alike in what both show of what a person may be found by.
    """
    if product.name not in COMPARED:
        return
    for before in _before(row):
        k = max(product.specification.k, PRODUCTS[before.product].specification.k)
        if any(0 < number < k for number in _differing(before, row, gathered.person_years)):
            raise errors.few_differ(timezone.localdate(before.cutoff), k)


def digests_of(salt: str, person_years: Iterable[PersonYear]) -> dict[int, frozenset[str]]:
    """Of each person-year, by its year."""
    found: dict[int, set[str]] = {}
    for one in person_years:
        found.setdefault(one.year, set()).add(_digest(salt, one))
    return {year: frozenset(of_year) for year, of_year in found.items()}


def _before(row: Extract) -> Iterator[Extract]:
    made = Extract.objects.filter(product__in=COMPARED, state__in=OUT, told__isnull=False).exclude(id=row.id)
    in_common = made.filter(first_year__lte=row.last_year, last_year__gte=row.first_year)
    return in_common.select_related("told").order_by("cutoff", "id").iterator(chunk_size=1)


def _differing(before: Extract, row: Extract, person_years: Iterable[PersonYear]) -> Iterator[int]:
    """How many persons differ, in all years and in those in common: all, and each group that is alike in what both show.

    Whose person-years those were that are no more, or say something else now, is not known: where nobody else differs they are
    of one person at least.
    """
    told, shown = opened(before.told), _shown_by_both(row, before)
    ours, theirs = (range(one.first_year, one.last_year + 1) for one in (row, before))
    new = [one for one in person_years if _digest(told.salt, one) not in told.digests.get(one.year, ())]
    in_common = [one for one in new if one.year in theirs]
    for differ in filter(None, (new, in_common)):
        rows = rows_of(differ, shown)
        yield len({one.person for one in differ})
        yield from sizes(rows.codes, rows.persons).tolist()
    if not in_common:
        both = [year for year in ours if year in theirs]
        yield min(1, sum(len(told.digests.get(year, ())) for year in both) - sum(one.year in theirs for one in person_years))
    yield sum(len(found) for year, found in told.digests.items() if year not in ours)


def _shown_by_both(row: Extract, before: Extract) -> tuple[Chosen, ...]:
    """The columns by which a person may be found, at the coarser of both levels."""
    found = []
    for name in row.columns.keys() & before.columns.keys():
        column = BY_NAME[name].column
        names = [level.name for level in column.ladder]
        if column.kind is Kind.QUASI_IDENTIFIER:
            found.append(Chosen(column, column.ladder[max(names.index(one.columns[name]) for one in (row, before))]))
    return tuple(found)


def _digest(salt: str, one: PersonYear) -> str:
    return digest(salt, one.person, (str(one.year), *(described.value(one.year, one.counted) for described in _COLUMNS)))


def left_with(release: UUID) -> int:
    """How many contributions it was made from, as the ledger has it."""
    made = LedgerEntry.objects.filter(release=release, outcome=LedgerEntry.Outcome.RELEASED, contributions__isnull=False)
    return made.values_list("contributions", flat=True).earliest("number") or 0
