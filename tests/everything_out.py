"""All that is out of the reference register at once: an edition, its next one, and an extract of every kind that has rows."""

from collections.abc import Mapping, Sequence
from itertools import islice
from random import Random

from reports.disclosure.attack import Recovered
from reports.disclosure.microdata.specification import choose
from reports.disclosure.telling import Tally, attack_with
from reports.editions.exported import printed_release
from reports.editions.linked import as_release
from reports.editions.protecting import Rounding, protected
from reports.extracts.gathering import PersonYear, rows_of
from reports.extracts.products import CONTRACTED, DATA_STANDARD, WIDER, Product
from reports.extracts.together import Asked, Printed, Safe, safe
from reports.figures.compute import counters_of
from reports.figures.declaring import Figure
from reports.figures.tables import tables
from reports.personyears.derive import derive
from reports.personyears.merge import merge
from tests import reference_register

LATE, WITHDRAWN = 30, 3
YEARS = range(2015, 2020)
FOUR = {"year": "year", "sex": "sex", "age": "band", "region": "region"}
EVERY_KIND: Sequence[tuple[Product, Mapping[str, str]]] = (
    (CONTRACTED, FOUR | {"form": "form", "reporter": "group", "technology_role": "role"}),
    (WIDER, FOUR | {"form": "form"}),
    (DATA_STANDARD, DATA_STANDARD.fixed),
)
# Next to no blanks, so that small counts are seen.
COARSE = {"year": "period", "sex": "sex", "age": "majority", "region": "europe", "form": "exploitation"}
_SEED = b"a secret of thirty-two bytes, or"


def first_moment() -> list[PersonYear]:
    """Without those who come late."""
    return list(islice(_register(), LATE, None))


def second_moment() -> list[PersonYear]:
    """With them, and without those who withdraw."""
    return list(_register())[:-WITHDRAWN]


def edition(register: Sequence[PersonYear], figures: tuple[Figure, ...], name: str) -> Printed:
    exact = tables(figures, counters_of((one.year, one.counted) for one in register), everything=True)
    release = printed_release(protected(exact, Rounding(_SEED)), base=5, reference=name)
    return Printed(release, as_release(exact, base=5).values())


def recovered(edition: Printed, extracts: Sequence[Safe]) -> Recovered:
    return attack_with([edition.release], [one.tallies for one in extracts], edition.counted)


def extract(
    register: Sequence[PersonYear],
    kind: tuple[Product, Mapping[str, str]],
    editions: Sequence[Printed] = (),
    extracts: Sequence[Sequence[Tally]] = (),
) -> Safe:
    """Protected against these editions and extracts together. Raises ExtractError."""
    product, columns = kind
    chosen = choose(product.specification, columns)
    rows = rows_of([one for one in register if "base" in one.counted.populations], chosen)
    asked = Asked(chosen, YEARS, product.specification, range, Random(1).sample)
    return safe(rows, asked, editions, extracts)


def _register() -> Sequence[PersonYear]:
    return [PersonYear(*key, derive(merge(facts))) for key, facts in reference_register.facts_by_person_year().items()]
