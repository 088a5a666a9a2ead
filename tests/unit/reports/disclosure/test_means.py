"""Means are facts for the attack: it finds by them what trying all ages finds, and uses none that does not hold."""

import json
from dataclasses import replace
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.disclosure.attack import attack, known_of, narrow
from reports.disclosure.reading import as_json, read
from reports.disclosure.release import TOTAL, BadReleaseError, Cell, Key, Mean, Means, Release, Table

EVERYBODY = Key("base", frozenset())
RANGES = (("young", 0, 2), ("old", 3, 5))


def hidden(young: int | None, old: int | None, total: int) -> Table:
    cells = (Cell(("young",), young), Cell(("old",), old), Cell((TOTAL,), total))
    return Table("ages", "base", ("age",), cells)


def with_mean(table: Table, least: float, largest: float) -> Release:
    return Release((table,), means=(Means("age", RANGES, (Mean(EVERYBODY, least, largest),), fewest=1),))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=6), st.sampled_from((0.1, 0.5, 1.0)))
def test_attack_with_a_mean_finds_what_trying_all_ages_finds(ages, reach):
    mean, total = sum(ages) / len(ages), len(ages)
    release = with_mean(hidden(None, None, total), max(0.0, mean - reach), mean + reach)
    fitting = [
        found
        for found in combinations_with_replacement(range(6), total)
        if mean - reach - 1e-9 <= sum(found) / total <= mean + reach + 1e-9
    ]
    possible = {sum(age <= 2 for age in found) for found in fitting}
    known = known_of([release])
    place = known.names.index(Key("base", frozenset({("age", "young")})))
    (fits,) = narrow(known, [place], whole=True) or (None,)
    if len(possible) <= 3:
        assert fits is not None
        assert (fits.least, fits.largest) == (min(possible), max(possible))
    else:
        assert fits is None


def test_mean_near_the_end_of_a_range_tells_that_few_are_in_the_other():
    table = hidden(None, None, 40)
    assert attack([Release((table,))]).nothing
    found = attack([with_mean(table, 4.9, 5.0)])
    assert {(dict(fits.key.codes)["age"], fits.least, fits.largest) for fits in found.near} == {("young", 0, 1)}


def test_mean_that_no_counts_fit_is_not_used():
    """As of those alone whose age is known, where more have a range."""
    release = with_mean(hidden(None, 30, 40), 0.0, 1.0)
    assert attack([release], small_only=False).exact == attack([replace(release, means=())], small_only=False).exact


def test_means_are_printed_of_enough_by_the_printed_numbers_alone():
    release = Release((hidden(14, 14, 28),), means=(Means("age", RANGES, (Mean(EVERYBODY, 2.0, 3.0),)),))
    more, fewer = (
        {key: value for key, value in zip(sorted(release.values(), key=repr), numbers, strict=True)}
        for numbers in ((30, 15, 15), (25, 10, 15))
    )
    assert [len(release.printed(values, None).means[0].values) for values in (more, fewer)] == [1, 0]


def test_means_are_read_as_they_were_written():
    release = with_mean(hidden(3, 4, 7), 2.45, 3.45)
    assert read(json.loads(json.dumps(as_json(release)))) == release


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"ranges": {"young": [2, 0], "old": [3, 5]}}, r"means\[0\]\.ranges\.young"),
        ({"ranges": {"young": [2]}}, r"means\[0\]\.ranges\.young"),
        ({"values": [{"population": "base", "least": 3, "largest": 2}]}, r"means\[0\]\.values\[0\]"),
        ({"values": [{"population": "base", "least": "3", "largest": 4}]}, r"means\[0\]\.values\[0\]\.least"),
    ],
)
def test_mean_that_cannot_be_is_refused_with_its_place(wrong, place):
    given = as_json(with_mean(hidden(3, 4, 7), 2.0, 3.0))
    given["means"][0] |= wrong
    with pytest.raises(BadReleaseError, match=place):
        read(given)
