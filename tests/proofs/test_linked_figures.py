"""All figures of the reference register protected together: they add up, agree wherever a number stands twice, stay closed."""

from collections.abc import Mapping

import pytest

from reports.disclosure.attack import attack
from reports.disclosure.linking import check, sums
from reports.disclosure.protecting import between, examine, protect
from reports.disclosure.release import Release
from reports.editions.exported import printed_release
from reports.editions.linked import as_release, key_of
from reports.editions.naming import Place
from reports.editions.protecting import Rounding, protected
from reports.figures.compute import counters_of
from reports.figures.definitions import BY_ID, FIGURES
from reports.figures.tables import Table, tables
from reports.personyears.derive import derive
from reports.personyears.merge import merge
from tests import reference_register

PERIOD = "2015-2019"


@pytest.fixture(scope="module")
def exact() -> Mapping[str, Table]:
    facts = reference_register.facts_by_person_year()
    counters = counters_of((year, derive(merge(contributions))) for (_, year), contributions in facts.items())
    return tables(FIGURES, counters, everything=True)


@pytest.fixture(scope="module")
def release(exact: Mapping[str, Table]) -> Release:
    return as_release(exact, base=5)


@pytest.fixture(scope="module")
def safe(exact: Mapping[str, Table]) -> Mapping[str, Table]:
    return protected(exact, Rounding(b"a seed of thirty-two bytes or so"))


def test_every_relation_that_readers_know_holds_for_what_was_counted(release: Release) -> None:
    check(release)
    assert len({one for one in sums(release) if one.complete}) > 500


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("2.1", Place("base", "2019")), ("2.7", Place(None, "2019"))),
        (("2.7", Place("AU", PERIOD)), ("2.8", Place(None, PERIOD, "AU"))),
        (("2.9", Place("africa", "2018")), ("2.9", Place("africa", "2018"))),
        (("2.11", Place("police", "2017")), ("2.13", Place(None, "2017"))),
        (("2.11", Place("police", PERIOD, "CU")), ("2.13", Place("CU", PERIOD))),
        (("2.11", Place("police", "2019")), ("S.20", Place("police", "2019"))),
        (("2.11", Place("fairwork", PERIOD, "AU")), ("S.21", Place("fairwork", PERIOD, "AU"))),
        (("2.4a", Place("window", PERIOD)), ("2.4a", Place("window", PERIOD))),
    ],
)
def test_one_number_has_one_name_in_every_figure(one: tuple[str, Place], other: tuple[str, Place]) -> None:
    assert key_of(BY_ID[one[0]], one[1]) == key_of(BY_ID[other[0]], other[1])


def test_what_a_group_leaves_open_is_part_of_its_reports_and_signals_are_of_no_population() -> None:
    reports, left_open = (key_of(BY_ID["S.20"], Place(row, "2019")) for row in ("police", "police:age"))
    assert reports.codes < left_open.codes
    assert key_of(BY_ID["S.21"], Place("signal:police", "2019")).population == "signals"


def test_reports_by_several_groups_are_no_number_of_persons() -> None:
    total = key_of(BY_ID["2.11"], Place(None, "2019"))
    assert total != key_of(BY_ID["2.7"], Place(None, "2019"))


def test_protected_figures_add_up_as_the_counted_ones_do(exact: Mapping[str, Table], safe: Mapping[str, Table]) -> None:
    for identifier, table in safe.items():
        if table.total is None or table.figure.ranked:
            continue
        for column, total in table.total.year.items():
            assert total == sum(row.counts.year[column] for row in table.rows), (identifier, column)
        for form, total in table.total.form.items():
            assert total == sum(row.counts.form[form] for row in table.rows), (identifier, form)
        assert table.total.all == sum(row.counts.all for row in table.rows)
    for table in safe.values():
        for row in table.rows:
            if not table.figure.imputed:
                assert row.counts.all == sum(row.counts.year.values())
    assert exact.keys() == safe.keys()


def test_no_protected_number_is_more_than_four_off(exact: Mapping[str, Table], safe: Mapping[str, Table]) -> None:
    for identifier, table in safe.items():
        counted = {row.row.code: row.counts for row in exact[identifier].rows}
        for row in table.rows:
            was = counted[row.row.code]
            pairs = [(row.counts.all, was.all), *zip(row.counts.year.values(), was.year.values(), strict=True)]
            for value, count in (*pairs, *zip(row.counts.form.values(), was.form.values(), strict=True)):
                assert value % 5 == 0
                assert abs(value - count) <= 4


def test_outsider_learns_no_small_count_from_all_figures_together(release: Release) -> None:
    rounded = protect(release, secret=b"s").release
    assert attack([rounded]).nothing


OF_THE_BASE = tuple(BY_ID[identifier] for identifier in ("2.1", "2.3", "2.7", "2.8", "2.9", "2.10", "2.11", "2.13", "T2.1"))


def edition(part: slice, name: str) -> Release:
    """Of a part of the register, as it is printed; benchmarks/disclosure.py attacks all figures so."""
    facts = list(reference_register.facts_by_person_year().items())[part]
    counters = counters_of((year, derive(merge(contributions))) for (_, year), contributions in facts)
    found = protected(tables(OF_THE_BASE, counters, everything=True), Rounding(b"a seed of thirty-two bytes or so"))
    return printed_release(found, base=5, reference=name)


def test_next_edition_after_late_reports_and_withdrawals_tells_nothing_with_the_one_before() -> None:
    first, second = edition(slice(30, None), "2026-1"), edition(slice(None, -3), "2026-2")
    assert first.values() != second.values()
    assert examine([first, second]).nothing
    assert all(found.nothing for found in between(first, second, most=33))


def test_printed_release_tells_of_rows_that_are_not_listed_no_more_than_readers_know(safe: Mapping[str, Table]) -> None:
    release = printed_release(safe, base=5, reference="2026-1")
    check(release)
    regions = next(groups for groups in release.groups if groups.dimension == "region")
    listed = {row.row.code for row in safe["T2.1"].rows}
    assert any(set(members) - listed for members in regions.members.values())
    assert {mean.cell for means in release.means for mean in means.values}
    assert all(means.of(mean.cell, release.values()) >= 30 for means in release.means for mean in means.values)


def test_small_counts_left_out_on_their_own_would_be_worked_out(release: Release) -> None:
    """What leaving out without secondary suppression tells: the attack is one that finds."""
    naive = {key: None if 0 < count < 5 else count for key, count in release.values().items()}
    found = attack([release.printed(naive, None)])
    assert len(found.exact) > 50
    assert all(fits.least == release.values()[fits.key] for fits in found.exact)
