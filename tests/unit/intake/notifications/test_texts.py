"""What a text may hold: nothing that a reader does not see, and in a name no signs."""

import unicodedata

import pytest

from intake.notifications import texts


@pytest.mark.parametrize(
    "name",
    [
        "Li",
        "O",
        "N'Dour",
        "D´Angelo",
        "D’Angelo",
        "de la Cruz-García",
        "Șerban",
        "محمد",
        "王小明",
        "Nguyễn",
        "ቴዎድሮስ",
        "x" * 150,
    ],
)
def test_names_of_people_are_allowed(name):
    assert texts.problem_of(texts.clean(name), texts.NAME) == ""


@pytest.mark.parametrize("name", ["x" * 151, "x" * 200])
def test_name_of_200_letters_is_refused_by_a_rule_of_its_own(name):
    assert texts.problem_of(name, texts.NAME) == "name-too-long"


@pytest.mark.parametrize("name", ["-", "?", ".", "123", "´", "\u0301"])
def test_name_without_a_letter_is_refused(name):
    assert texts.problem_of(name, texts.NAME) == "no-letter"


HIDDEN = [
    "\0", "\n", "\t", "\x1b", "\x7f", "\x85", "\u200b", "\u200d", "\u200e", "\u202a", "\u202e", "\u2066", "\u2028",
    "\ufeff", "\u00ad", "\ud800", "\ue000", "\u0378", "\u034f", "\u115f", "\u17b4", "\u2800", "\u3164", "\uffa0", "\ufe0f",
    "\U000e0100", "\U000e0041",
]  # fmt: skip


@pytest.mark.parametrize("character", HIDDEN, ids=ascii)
@pytest.mark.parametrize("rule", [texts.NAME, texts.REFERENCE])
def test_characters_that_nobody_sees_are_refused(character, rule):
    assert texts.problem_of(f"Jan{character}sen", rule) == "forbidden-character"


@pytest.mark.parametrize("character", sorted({*HIDDEN} - {"\n", "\t", "\u200d", "\ufe0f"}), ids=ascii)
def test_characters_that_nobody_sees_are_refused_in_an_explanation(character):
    assert texts.problem_of(f"Jan{character}sen", texts.NARRATIVE) == "forbidden-character"


@pytest.mark.parametrize("sign", ["😀", "❤️", "👩‍👧", "🇳🇱", "👍🏽", "🏽", "1\u20e3", "|"], ids=ascii)
def test_emoji_are_no_part_of_a_name(sign):
    assert texts.problem_of(f"Anna{sign}", texts.NAME) == "forbidden-character"


@pytest.mark.parametrize("sign", ["😀", "❤️", "👩‍👧", "🇳🇱", "👍🏽", "|", "\n", "می\u200cخواهم"], ids=ascii)
def test_emoji_and_lines_are_allowed_in_an_explanation(sign):
    assert texts.problem_of(f"Ze stuurt {sign}", texts.NARRATIVE) == ""


def test_heap_of_marks_is_refused():
    assert texts.problem_of("a" + "\u0316" * 6, texts.NAME) == ""
    assert texts.problem_of("a" + "\u0316" * 7, texts.NAME) == "forbidden-character"


def test_combining_characters_are_composed():
    apart = unicodedata.normalize("NFD", "Nguyễn Ångström")
    assert texts.clean(apart) == texts.clean_block(apart) == "Nguyễn Ångström"
    assert len(texts.clean(apart)) < len(apart)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Anna   Maria ", "Anna Maria"),
        ("Anna\u00a0Maria", "Anna Maria"),
        ("\u3000Anna\u2009 Maria\u00a0", "Anna Maria"),
        ("\u00a0", ""),
    ],
)
def test_spaces_of_all_kinds_are_single_plain_ones(typed, kept):
    assert texts.clean(typed) == kept


def test_explanation_keeps_its_lines():
    assert texts.clean_block("\r\n een\r\ntwee  drie \n\u00a0") == "een\ntwee  drie"
