"""Tables are read, checked, merged and cut down; what is wrong with one is said in a sentence."""

import json
import re
from typing import Any

import pytest

from reports.estimation.histories import BadTableError, OverlapTable, check, read_table
from tests.overlaps import published

THREE = {"100": 40, "010": 30, "001": 20, "110": 6, "011": 9, "101": 3}
LISTS = ["A", "B", "C"]


def counts_of(table: OverlapTable) -> dict[str, float]:
    lists = len(table.lists)
    return {f"{history:0{lists}b}"[::-1]: count for history, count in enumerate(table.counts) if count}


def test_six_british_lists_merged_are_the_five() -> None:
    merged = published("uk6").merge(("PF", "NCA"), "PFNCA")
    assert merged.lists == published("uk5").lists
    assert counts_of(merged) == counts_of(published("uk5"))


def test_six_dutch_lists_merged_are_the_five() -> None:
    merged = published("nl6").merge(("I", "O"), "IO")
    assert counts_of(merged) == counts_of(published("nl5"))


def test_who_is_on_an_omitted_list_alone_is_gone() -> None:
    table = read_table({"lists": LISTS, "counts": THREE}).omit(("B",))
    assert counts_of(table) == {"10": 46, "01": 29, "11": 3}


def test_order_of_omitting_does_not_matter() -> None:
    one, other = published("uk6").omit(("GP",)).omit(("LA",)), published("uk6").omit(("LA", "GP"))
    assert (one.lists, counts_of(one)) == (other.lists, counts_of(other))


def test_lists_can_be_given_as_objects() -> None:
    assert read_table({"lists": [{"code": code} for code in LISTS], "counts": THREE}).lists == ("A", "B", "C")


@pytest.mark.parametrize(
    ("lists", "counts", "said"),
    [
        (["A", "B"], {"11": 12, "10": 3, "01": 4}, "has 2 lists"),
        (LISTS, {"100": 40, "010": 30, "110": 6}, "List C is empty"),
        (LISTS, {"100": 40, "010": 30, "110": 6, "011": 9, "111": 4}, "List C lies inside list B"),
        (LISTS, {"100": 40, "010": 30, "001": 20}, "without any overlap"),
        (LISTS, THREE | {"101": 2.5}, "not a whole number"),
        (LISTS, THREE | {"101": -1}, "not a whole number"),
        (LISTS, THREE | {"101": True}, "not a whole number"),
        (LISTS, THREE | {"101": "7"}, "not a whole number"),
        (LISTS, THREE | {"101": 10**30}, "not a whole number"),
        (LISTS, THREE | {"1010": 2}, "another length"),
        (LISTS, THREE | {"102": 2}, "neither 0 nor 1"),
        (LISTS, THREE | {"000": 2}, "history of zeros"),
        ([f"L{number}" for number in range(20)], {}, "has 20 lists; at most 10"),
        (["A", "A", "C"], THREE, "same code"),
        (["A", 2, "C"], THREE, "needs a code"),
        ("ABC", THREE, "list of codes"),
        (LISTS, [12], "from history to count"),
    ],
)
def test_bad_table_is_refused_with_what_is_wrong(lists: Any, counts: Any, said: str) -> None:
    with pytest.raises(BadTableError, match=said):
        check(read_table({"lists": lists, "counts": counts}))


def test_sentence_never_repeats_a_count() -> None:
    with pytest.raises(BadTableError) as raised:
        read_table({"lists": LISTS, "counts": THREE | {"101": -9137}})
    assert re.search("9137", json.dumps(str(raised.value))) is None


@pytest.mark.parametrize("codes", [("Z",), ("A", "Z")])
def test_unknown_list_cannot_be_left_out_or_merged(codes: tuple[str, ...]) -> None:
    table = read_table({"lists": LISTS, "counts": THREE})
    with pytest.raises(BadTableError, match="not in the table"):
        table.omit(codes)
    with pytest.raises(BadTableError, match="not in the table"):
        table.merge(codes, "M")


def test_merged_list_needs_a_code_of_its_own() -> None:
    with pytest.raises(BadTableError, match="code that no other list has"):
        read_table({"lists": LISTS, "counts": THREE}).merge(("A", "B"), "C")
