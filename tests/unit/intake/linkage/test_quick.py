"""Columns made ready for many pairs say what they say of one pair at a time."""

from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.registers import make_register
from intake.linkage import files, quick
from intake.linkage.columns import Columns
from intake.linkage.comparisons import Field
from intake.linkage.engine import Record, make_record
from intake.linkage.features import Maker
from intake.linkage.frequencies import Counted
from tests.described import digest, record
from tests.unit.intake.linkage.test_records import described

BOXES = (
    "Xiao Ming", "Xiaoming", "Mary Jane", "Mary Ann", "Jane Mary", "Ann", "Anna Maria", "Mohammed", "Muhamad Ali", "M.",
    "Isabella", "Bella", "Maria da Silva Santos", "Roxy", "Candy", "",
)  # fmt: skip


def differing(records: list[Record], left: list[int], right: list[int]) -> list[Field]:
    frozen = Columns(records).frozen()
    one, other = np.array(left, dtype=np.int64), np.array(right, dtype=np.int64)
    plain, made_ready = frozen.compare(one, other), quick.prepared(frozen).compare(one, other)
    return [
        field
        for field in Field
        if not np.array_equal(plain.levels[field], made_ready.levels[field])
        or not np.array_equal(plain.rarities[field], made_ready.rarities[field])
    ]


def all_pairs(records: list[Record]) -> tuple[list[int], list[int]]:
    left, right = np.triu_indices(len(records))
    return left.tolist(), right.tolist()


@given(st.lists(described, min_size=1, max_size=6))
def test_any_records_are_compared_the_same(descriptions):
    records = [make_record(one, digest) for one in descriptions]
    assert differing(records, *all_pairs(records)) == []


def test_names_of_one_and_of_several_words_are_compared_the_same():
    records = [record(given_names=(one,), family_name=other) for one in BOXES for other in BOXES[::3]]
    assert differing(records, *all_pairs(records)) == []


def test_dates_of_which_parts_are_unknown_or_doubted_are_compared_the_same():
    days = [(None, None), (None, 1), (1, 1), (2, 1), (1, 2), (5, 6), (6, 5), (5, 7), (17, 6)]
    records = [
        record(year=year, month=month, day=day, estimated=estimated)
        for year in (None, 1989, 1990, 1991, 1993, 1998, 2000)
        for day, month in days
        for estimated in (False, True)
    ]
    assert differing(records, *all_pairs(records)) == []


def test_reports_of_a_made_up_register_are_compared_the_same():
    reports = [files.details_of(row._asdict()) for row in make_register(400, seed=77).rows]
    maker, draw = Maker(digest, Counted(reports)), Random(7)
    records = [maker.make(details) for details in reports]
    beside = [(place, place + 1) for place in range(len(records) - 1)]
    pairs = beside + [(draw.randrange(len(records)), draw.randrange(len(records))) for _ in range(20_000)]
    assert differing(records, [one for one, _ in pairs], [other for _, other in pairs]) == []


def test_more_nationalities_than_are_looked_up_are_compared_the_same(monkeypatch):
    monkeypatch.setattr(quick, "FEW", 1)
    records = [record(nationalities=codes) for codes in (("NL",), ("NL", "SL"), ("SL",), ())]
    assert differing(records, *all_pairs(records)) == []
