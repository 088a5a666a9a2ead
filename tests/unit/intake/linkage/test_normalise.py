"""Names and numbers in one spelling, whatever script, prefix or placeholder they came with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.linkage import normalise


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Müller", "muller"),
        ("ŁUCJA", "lucja"),
        ("Strauß", "strauss"),
        ("Søren", "soren"),
        ("Nguyễn", "nguyen"),
        ("d’Agostino", "dagostino"),
        ("El-Amrani", "el amrani"),
        ("Иванова", "ivanova"),
        ("Ελένη", "eleni"),
        ("محمد", "mhmd"),
        ("ሰላም", "salaame"),
        ("王芳", "王芳"),
        ("Anna2", "anna"),
        ("ﬁona", "fiona"),
    ],
)
def test_letters_of_every_script_are_folded(written, read):
    assert normalise.folded(written) == read


def test_composed_and_decomposed_letters_are_the_same():
    assert normalise.folded("Zoe\u0308") == normalise.folded("Zoë")


@pytest.mark.parametrize("written", ["van der Berg", "Van Der BERG", "vd Berg", "Vanderberg", "v.d. Berg"])
def test_prefix_makes_no_difference(written):
    assert normalise.words(written) == ("berg",)


@pytest.mark.parametrize("written", ["onbekend", "NN", "N.N.", "", " - ", "123", "Unknown"])
def test_placeholder_is_no_name(written):
    assert normalise.words(written) == ()


def test_prefix_that_is_all_there_is_stays_a_name():
    assert normalise.words("Le") == ("le",)


def test_name_without_end_is_cut():
    words = normalise.words(" ".join(f"{'x' * 500}{chr(97 + place)}" for place in range(26)))
    assert len(words) <= normalise.MOST_WORDS
    assert all(len(word) <= normalise.LONGEST_WORD for word in words)


@pytest.mark.parametrize(
    ("written", "read"), [("v 123.456-7890", "V1234567890"), ("０１２", "012"), ("000000000", ""), ("", "")]
)
def test_number_is_letters_and_digits(written, read):
    assert normalise.number(written) == read


@pytest.mark.parametrize(
    ("digits", "valid"), [("123456782", True), ("123456789", False), ("12345678", False), ("12345678٢", False)]
)
def test_eleven_test_of_bsn(digits, valid):
    assert normalise.valid_bsn(digits) is valid


@given(st.text())
def test_no_text_makes_it_fail(text):
    words = normalise.words(text)
    assert all(word and not word.isspace() for word in words)
    assert normalise.number(text) == normalise.number(normalise.number(text))
