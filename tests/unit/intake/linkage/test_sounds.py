"""Names that are spelt differently and sound alike share a code; names that merely resemble each other do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.linkage import sounds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mohammed", "muhamad"),
        ("diallo", "jalloh"),
        ("toure", "turay"),
        ("yusuf", "youssef"),
        ("szymanska", "shimanska"),
        ("fatoumata", "fatima"),
        ("dijkstra", "dykstra"),
        ("viktor", "wiktor"),
        ("philip", "filip"),
        ("kowalski", "kowalska"),
        ("petrov", "petrova"),
        ("khadija", "kadija"),
    ],
)
def test_spellings_of_one_name_sound_alike(one, other):
    assert sounds.sound(one) == sounds.sound(other)


@pytest.mark.parametrize(("one", "other"), [("jansen", "bakker"), ("li", "lo"), ("anna", "emma"), ("berg", "bos")])
def test_different_names_sound_different(one, other):
    assert sounds.sound(one) != sounds.sound(other)


@pytest.mark.parametrize(
    ("one", "other"), [("jansen", "jnsen"), ("jansen", "janssen"), ("jansen", "jensen"), ("jansen", "jasnen"), ("anna", "anne")]
)
def test_one_typing_error_leaves_a_form_in_common(one, other):
    assert sounds.deletions(one) & sounds.deletions(other)


def test_two_typing_errors_and_short_words_have_none_in_common():
    assert not sounds.deletions("jansen") & sounds.deletions("johnsen")
    assert sounds.deletions("bos") == frozenset()


def test_ends_are_beginnings_and_endings_and_not_the_word():
    assert sounds.ends("stefan") == {"ste-", "stef-", "stefa-", "-fan", "-efan", "-tefan"}
    assert sounds.ends("bos") == frozenset()


def test_ends_of_a_long_word_stop_at_the_longest():
    assert {len(form) - 1 for form in sounds.ends("konstantinopel")} == set(range(sounds.SHORTEST_END, sounds.LONGEST_END + 1))


@given(st.text("abcdefghij", min_size=4, max_size=12), st.data())
def test_letter_left_out_added_changed_or_turned_round_is_found(word, data):
    place = data.draw(st.integers(0, len(word) - 2))
    changed = data.draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + "q" + word[place:],
                word[:place] + "q" + word[place + 1 :],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            ]
        )
    )
    assert len(changed) < sounds.SHORTEST_WITH_DELETIONS or sounds.deletions(word) & sounds.deletions(changed)


@given(st.text(min_size=1, max_size=40))
def test_every_word_has_a_sound_of_bounded_length(word):
    assert len(sounds.sound(word)) <= max(sounds.LONGEST_SOUND, len(word))
