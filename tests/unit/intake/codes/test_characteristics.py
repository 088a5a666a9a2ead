"""What is stored of a report's codes comes back as it was, and nothing stored is passed over."""

import json

import pytest
from hypothesis import given

from intake.codes.characteristics import Characteristics
from tests import made_reports


@given(made_reports.reports())
def test_characteristics_come_back_from_their_row(report):
    known = report.characteristics
    assert Characteristics.from_json(json.loads(json.dumps(known.to_json()))) == known


def test_only_what_was_filled_in_is_stored():
    assert Characteristics(sex="male", phases=(("granted", ""),)).to_json() == {"sex": "male", "phases": (("granted", ""),)}


def test_member_that_is_not_known_is_an_error():
    with pytest.raises(ValueError, match="unknown characteristics: place"):
        Characteristics.from_json({"sex": "male", "place": "x"})


def test_sets_in_any_order_and_with_doubles_become_equal_values():
    mixed = Characteristics(
        nationalities=("RO", "BG", "RO"), platforms=("telegram",), phases=(("help", ""), ("charge", "2019"))
    )
    plain = Characteristics(nationalities=("BG", "RO"), platforms=("telegram",), phases=(("charge", "2019"), ("help", "")))
    assert mixed.ordered() == plain
    assert plain.ordered() is plain
    assert {mixed.ordered(), plain} == {plain}


def test_what_is_kept_of_a_value_is_no_part_of_it():
    used, fresh = Characteristics(sex="female"), Characteristics(sex="female")
    assert (used.canonical, used.ordered(), hash(used)) == (b'{"sex":"female"}', fresh, hash(fresh))
    assert (used, used.to_json()) == (fresh, {"sex": "female"})
