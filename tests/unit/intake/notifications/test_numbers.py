"""A BSN is found however people write it; telephone numbers and the reporter's own numbers are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from intake.notifications import numbers

GOOD, BAD = "123456782", "123456789"


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"BSN: {GOOD}",
        f"bsn{GOOD}",
        f"BSN {GOOD} van de moeder",
        "123.456.782",
        "123 456 782",
        "123-456-782",
        "1234.56.782",
        "1234 56 782",
        "12345 6782",
        "1 2 3 4 5 6 7 8 2",
        f"({GOOD})",
        f"Geboren 12-03-1990 {GOOD}",
        "Geboren 12-03-1990 1234.56.782",
        f"0612345678 {GOOD}",
        f"+31612345678 {GOOD}",
        f"0031 6 12345678, {GOOD}",
        f"{BAD} {GOOD}",
        f"een\n{GOOD}\ntwee",
        "١٢٣٤٥٦٧٨٢",
        "１２３４５６７８２",
        "1234\u200c56782",
        "123\u00a0456\u00a0782",
    ],
    ids=ascii,
)
def test_bsn_is_found(text):
    assert numbers.holds_bsn(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "geen nummer",
        BAD,
        "000000000",
        "12345678",
        "1234567820",
        f"Z{GOOD}",
        f"{GOOD}a",
        "0123456782",
        "06-12345672",
        "06 12 34 56 72",
        "+31 612345672",
        "+31 (0)612345672",
        "+31123456782",
        "0031123456782",
        "+32 123456782",
        "NL91ABNA0123456782",
        "2019-12-345",
        "19-3456782",
        "12-03-1990",
        "14-03-2019 12:30",
        "2876543210",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert not numbers.holds_bsn(text)


@given(some.integers(100_000_000, 999_999_999).map(str), some.sampled_from(["", ".", " "]))
def test_only_what_passes_the_eleven_test_is_found(number, separator):
    written = separator.join((number[:3], number[3:6], number[6:]))
    assert numbers.holds_bsn(f"kenmerk {written}") == (numbers.bsn_problem(number) == "")


@given(some.text(max_size=60))
def test_any_text_can_be_looked_through(text):
    assert numbers.holds_bsn(text) in (True, False)
