"""Many pairs compared at once say what each says alone, across the boxes of a form too."""

from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.linkage import columns, comparisons
from intake.linkage.columns import CODE, LEVELS, Columns, Compared, is_in
from intake.linkage.comparisons import Field, Level
from intake.linkage.engine import Record, make_record
from tests.described import digest, record
from tests.unit.intake.linkage.test_records import described

WHOLE = {"given_names": ("Mariama",), "family_name": "Kabiru"}


def compared(*records: Record, left: tuple[int, ...] = (0,), right: tuple[int, ...] = (1,)) -> Compared:
    return Columns(records).frozen().compare(np.array(left, dtype=np.int64), np.array(right, dtype=np.int64))


def level(found: Compared, field: Field, pair: int = 0) -> Level:
    return LEVELS[found.levels[field][pair]]


def names_of(found: Compared) -> tuple[Level, Level]:
    return level(found, Field.FAMILY_NAME), level(found, Field.GIVEN_NAME)


@given(st.lists(described, min_size=2, max_size=5))
def test_few_pairs_are_compared_as_many_are(descriptions):
    frozen = Columns(make_record(one, digest) for one in descriptions).frozen()
    ends = np.indices((len(frozen), len(frozen))).reshape(2, -1)
    few = frozen.compare(*ends)
    with mock.patch.object(columns, "FEW", 0):
        many = frozen.compare(*ends)
    for field in Field:
        assert few.levels[field].tolist() == many.levels[field].tolist()
        assert few.rarities[field].tolist() == many.rarities[field].tolist()


@given(st.lists(described, min_size=2, max_size=5))
def test_fields_that_are_compared_alone_are_as_compared_alone(descriptions):
    records = [make_record(one, digest) for one in descriptions]
    left, right = np.triu_indices(len(records), k=1)
    found = Columns(records).frozen().compare(left, right)
    for pair, (one, other) in enumerate(zip(left, right, strict=True)):
        first, second = records[one], records[other]
        expected = {
            Field.BIRTH_DATE: comparisons.birth_dates(first.birth, second.birth),
            Field.SEX: comparisons.codes(first.sex, second.sex),
            Field.NATIONALITY: comparisons.nationalities(first.nationalities, second.nationalities),
            Field.PLACE: comparisons.names(first.place, second.place),
            Field.V_NUMBER: comparisons.numbers(first.v_number, second.v_number),
            Field.BSN: comparisons.numbers(first.bsn, second.bsn),
            Field.DOCUMENT: comparisons.numbers(first.document, second.document),
        }
        assert expected == {field: (level(found, field, pair), found.rarities[field][pair]) for field in expected}


@given(st.lists(described, min_size=2, max_size=4))
def test_neither_the_order_of_a_pair_nor_of_arrival_shows(descriptions):
    records = [make_record(one, digest) for one in descriptions]
    left, right = np.triu_indices(len(records), k=1)
    last = len(records) - 1
    found = Columns(records).frozen().compare(left, right)
    turned = Columns(records).frozen().compare(right, left)
    reverse = Columns(records[::-1]).frozen().compare(last - left, last - right)
    for field in Field:
        for other in (turned, reverse):
            assert found.levels[field].tolist() == other.levels[field].tolist()
            assert found.rarities[field].tolist() == other.rarities[field].tolist()


def test_rows_put_behind_are_as_rows_from_the_start():
    columns = Columns([record()])
    columns.add([record(family_name="Kabriu")])
    later = columns.frozen().compare(np.array([0]), np.array([1]))
    assert names_of(later) == names_of(compared(record(), record(family_name="Kabriu"))) == (Level.ONE_LETTER, Level.SAME)


def test_no_pairs_are_no_levels():
    found = compared(record(), left=(), right=())
    assert all(len(found.levels[field]) == 0 for field in Field)


def test_names_in_each_others_box_are_recognised():
    found = compared(record(**WHOLE), record(given_names=("Kabiru",), family_name="Mariama"))
    assert names_of(found) == (Level.OTHER_BOX, Level.OTHER_BOX)


def test_rarities_of_swapped_names_do_not_depend_on_who_comes_first():
    common_and_rare = {"given_names": ("Jansen",), "family_name": "Qwortelboer", "nationalities": ("NL",)}
    swapped = {"given_names": ("Qwortelboer",), "family_name": "Jansen", "nationalities": ("NL",)}
    one = compared(record(**common_and_rare), record(**swapped))
    other = compared(record(**swapped), record(**common_and_rare))
    rarities = [[found.rarities[field][0] for field in (Field.FAMILY_NAME, Field.GIVEN_NAME)] for found in (one, other)]
    assert rarities[0] == rarities[1]
    assert rarities[0][0] < rarities[0][1]


@pytest.mark.parametrize("box", [{"given_names": ()}, {"given_names": ("onbekend",)}])
def test_whole_name_in_the_family_box_is_recognised(box):
    found = compared(record(**WHOLE), record(family_name="Mariama Kabiru", **box))
    assert names_of(found) == (Level.PART_OF_NAME, Level.OTHER_BOX)


def test_single_name_that_is_a_given_name_to_one_is_recognised():
    found = compared(record(given_names=("Senait",), family_name=""), record(given_names=(), family_name="Senait"))
    assert level(found, Field.GIVEN_NAME) is Level.OTHER_BOX


@pytest.mark.parametrize("other", [{"given_names": ("Roxanne",)}, {"family_name": "Roxanne"}, {"aliases": ("Roxanne",)}])
def test_alias_is_found_in_every_box(other):
    unlike = {"given_names": ("Ebony",), "family_name": "Okafor"} | other
    found = compared(record(aliases=("Roxanne",)), record(**unlike))
    assert level(found, Field.ALIAS) is Level.SAME
    assert found.rarities[Field.ALIAS][0] > 0


def test_alias_is_not_asked_where_both_names_agree():
    found = compared(record(aliases=("Roxanne",)), record(aliases=("Roxanne",)))
    assert level(found, Field.ALIAS) is Level.MISSING


def test_wanted_levels_are_found():
    levels = np.array([CODE[Level.SAME], CODE[Level.MISSING], CODE[Level.DIFFERENT]], dtype=np.uint8)
    assert is_in(levels, {Level.SAME, Level.DIFFERENT}).tolist() == [True, False, True]
