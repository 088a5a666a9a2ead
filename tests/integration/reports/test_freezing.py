"""Freezing: an edition holds what the register held at its cut-off, counted once, in bytes that depend on nothing else."""

import pytest

from reports.editions import selectors, services
from reports.editions.printed import from_bytes, to_bytes
from reports.figures.printing import as_json
from reports.figures.services import exact_figures
from tests.integration.reports.edited import ANALYST, frozen, published
from tests.integration.reports.written import refresh_all, write_all
from tests.reference_register import facts_by_person_year

pytestmark = pytest.mark.django_db


def test_exact_edition_of_everything_is_what_the_live_figures_say() -> None:
    write_all(fact for facts in list(facts_by_person_year().values())[::15] for fact in facts)
    refresh_all()
    row = frozen()
    exact = as_json(services.exact_tables(edition=row.id, by=ANALYST))
    assert exact == as_json(exact_figures(by=ANALYST).tables)


def test_protected_bytes_give_the_tables_again_and_the_same_bytes() -> None:
    write_all(fact for facts in list(facts_by_person_year().values())[::100] for fact in facts)
    row = published()
    found = selectors.latest()
    assert found is not None
    assert found.edition.number == row.number == 1
    assert to_bytes(from_bytes(found.content)) == found.content
    assert found.tables["2.7"].rows
