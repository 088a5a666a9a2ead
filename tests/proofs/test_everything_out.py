"""The reference register: nothing is recovered from an edition, its next one and an extract of every kind together."""

import pytest

from reports.extracts.products import PRODUCTS
from reports.extracts.together import Safe
from tests import everything_out as out
from tests.integration.reports.edited import FEW


def test_nothing_is_recovered_from_two_editions_and_every_kind_of_extract() -> None:
    moments = out.first_moment(), out.second_moment()
    editions = [out.edition(moment, FEW, name) for moment, name in zip(moments, ("2026-1", "2026-2"), strict=True)]
    left: list[Safe] = []
    for kind in out.EVERY_KIND:
        left.append(out.extract(moments[1], kind, editions, [one.tallies for one in reversed(left)]))
    for edition in editions:
        recovered = out.recovered(edition, left)
        assert recovered.attacked > 300
        assert recovered.nothing
    assert all(one.protected.after.safe for one in left)


def test_without_more_blanks_they_would_tell_of_small_counts() -> None:
    """So it is the blanks that the test above rests on."""
    moment = out.second_moment()
    extracts = [out.extract(moment, kind) for kind in out.EVERY_KIND]
    assert not out.recovered(out.edition(moment, FEW, "2026-2"), extracts).nothing


@pytest.mark.parametrize("name", ["contracted", "wider", "htcds"])
def test_every_kind_with_anonymous_rows_is_among_them(name: str) -> None:
    assert {product.name for product, _ in out.EVERY_KIND} == {
        product.name for product in PRODUCTS.values() if product.specification.anonymous
    }
    assert name in PRODUCTS
