"""Marks are put in order only where few follow each other, and every sign that may become a mark is known as one."""

import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from intake import composing
from intake.linkage import normalise
from intake.notifications import texts

ROOT = Path(__file__).parents[3]
HEAP = "a" + "\u0301\u0316" * 4
# Our own labels of codes, which nobody types.
ON_OWN_TEXTS = {"intake/web/fields.py"}


def test_every_sign_that_begins_with_a_mark_when_taken_apart_is_a_mark():
    for sign in map(chr, range(sys.maxunicode + 1)):
        apart = unicodedata.normalize("NFKD", sign)
        assert sign in composing.MARKS or not unicodedata.combining(apart[0]), ascii(sign)
        assert sum(map(bool, map(unicodedata.combining, apart))) <= composing.MOST_MARKS, ascii(sign)


@pytest.mark.parametrize("form", ["NFC", "NFKC", "NFKD"])
def test_heap_of_marks_is_left_as_it_is(form):
    assert unicodedata.normalize(form, HEAP) != HEAP
    assert composing.composed(form, HEAP) == HEAP


@pytest.mark.parametrize("clean", [texts.clean, texts.clean_block])
def test_heap_is_neither_put_in_order_nor_accepted(clean):
    assert clean(HEAP) == HEAP
    assert texts.problem_of(clean(HEAP), texts.NARRATIVE) == "forbidden-character"


@pytest.mark.parametrize("mark", ["\u0f73", "\uff9e", "\u302e"], ids=ascii)
def test_heap_of_what_only_becomes_a_mark_is_one_too(mark):
    assert composing.heaped("a" + mark * 7)
    assert not composing.heaped(("a" + mark * 6) * 2)
    assert texts.problem_of("a" + mark * 7, texts.NARRATIVE) == "forbidden-character"


def test_names_and_numbers_with_heaps_are_read_all_the_same():
    assert normalise.words(f"Jansen {HEAP}")[0] == "jansen"
    assert normalise.number(f"12{HEAP}") == "12A"


@given(some.text("ae\u0301\u0316\u0f73\uff9e\u1e69\u0307\u0323 ", max_size=30), some.sampled_from(["NFC", "NFKC", "NFKD"]))
def test_other_text_is_composed_as_unicode_says(text, form):
    assert composing.composed(form, text) == (text if composing.heaped(text) else unicodedata.normalize(form, text))


def test_nothing_else_composes_what_people_type():
    found = {
        str(file.relative_to(ROOT))
        for package in ("accounts", "consent", "intake", "reports", "config", "jobs", "safeguards")
        for file in (ROOT / package).rglob("*.py")
        if "normalize(" in file.read_text()
    }
    assert found == ON_OWN_TEXTS | {"intake/composing.py"}
