"""The reference register: nothing is recovered from an edition, its next one and an extract of every kind together."""

import pytest

from reports.disclosure.telling import Tally, attack_with
from reports.extracts.products import CONTRACTED, PRODUCTS
from tests import everything_out as out
from tests.integration.reports.edited import FEW


def test_nothing_is_recovered_from_two_editions_and_the_extracts_that_are_not_refused() -> None:
    moments = out.first_moment(), out.second_moment()
    editions = [out.edition(moment, FEW, name) for moment, name in zip(moments, ("2026-1", "2026-2"), strict=True)]
    left: list[tuple[Tally, ...]] = []
    for product, columns in out.EVERY_KIND:
        asked = out.extract(moments[1], product, columns)
        if all(attack_with([edition], [asked, *left]).nothing for edition in editions):
            left.append(asked)
    assert left
    for edition in editions:
        recovered = attack_with([edition], left)
        assert recovered.attacked > 300
        assert recovered.nothing


def test_extract_with_next_to_no_blanks_would_be_refused() -> None:
    """Its exact counts stand beside rounded ones of the edition; the same attack finds that."""
    moment = out.second_moment()
    everything = [out.extract(moment, CONTRACTED, one) for one in ({"sex": "sex", "form": "form"}, out.COARSE)]
    assert not attack_with([out.edition(moment, FEW, "2026-2")], everything).nothing


@pytest.mark.parametrize("name", ["contracted", "wider", "htcds"])
def test_every_kind_with_anonymous_rows_is_among_them(name: str) -> None:
    assert {product.name for product, _ in out.EVERY_KIND} == {
        product.name for product in PRODUCTS.values() if product.specification.anonymous
    }
    assert name in PRODUCTS
