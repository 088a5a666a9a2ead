from reports.figures.ranks import in_a_top, ranks


def test_equal_numbers_share_a_rank_and_the_next_one_skips() -> None:
    assert ranks({"a": 9, "b": 7, "c": 7, "d": 1}) == {"a": 1, "b": 2, "c": 2, "d": 4}


def test_nothing_counted_has_no_rank() -> None:
    assert ranks({"a": 0, "b": 2}) == {"b": 1}


def test_ties_on_the_fifth_place_are_all_in_the_top() -> None:
    column = ranks({"a": 9, "b": 8, "c": 7, "d": 6, "e": 5, "f": 5, "g": 4})
    assert in_a_top([column]) == {"a", "b", "c", "d", "e", "f"}
