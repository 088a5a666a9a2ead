"""What reporters truly send: nothing, placeholders, other scripts, one date for a whole boat, the same again and again."""

from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.linkage import engine
from intake.linkage.birth_dates import birth_date
from intake.linkage.columns import Columns
from intake.linkage.engine import Details, Record
from intake.linkage.fellegi_sunter import shipped
from tests.described import digest, record

CONSONANTS = "bdfgklmnprst"


def whole(given: str, family: str = "", place: str = "", **more: object) -> Record:
    born = {"year": 1994, "month": 5, "day": 17, "sex": "female", "nationalities": ("ER",)} | more
    return engine.make_record(Details(given_names=(given,), family_name=family, place=place, **born), digest)


@pytest.mark.parametrize(
    "name", ["", " ", "NN", "N.N.", "onbekend", "Onbekend onbekend", "-", "?", "0", "\x00", "\u202e", "😀"]
)
def test_placeholders_are_no_names_and_join_nobody(name):
    linked = engine.link({number: whole(name, name, name, year=1980 + number) for number in range(4)})
    assert len(linked.clusters.groups) == 4
    assert not whole(name, name).given


@pytest.mark.parametrize("letter", ["A", "a."])
def test_one_letter_is_no_more_than_an_initial(letter):
    linked = engine.link({1: whole(letter, "Kabiru"), 2: whole("Mariama", "Okonkwo"), 3: whole("", letter)})
    assert len(linked.clusters.groups) == 3


@pytest.mark.parametrize(
    ("given", "family"),
    [
        ("محمد", "الأحمد"),
        ("ሰላም", "ተስፋዬ"),
        ("王芳", "李"),
        ("Екатерина", "Иванова"),
        ("Ελένη", "Παπαδοπούλου"),
        ("Mariama2", "Kab1ru"),
        ("ZOË", "Nguyễn"),
    ],
)
def test_name_in_any_script_finds_itself_and_not_another(given, family):
    records = {1: whole(given, family), 2: whole(given.upper(), family), 3: whole("Mariama", "Sesay", day=9, month=11)}
    assert [set(group) for group in engine.link(records).clusters.groups] == [{1, 2}, {3}]
    assert all(Record.from_bytes(made.to_bytes()) == made for made in records.values())


def test_scripts_of_one_name_meet():
    assert len(engine.link({1: whole("Екатерина", "Иванова"), 2: whole("Ekaterina", "Ivanova")}).clusters.groups) == 1


def test_name_in_the_place_does_no_harm():
    records = {1: whole("Mariama", "Kabiru"), 2: whole("Mariama", "Kabiru", "Mariama Kabiru"), 3: whole("", "", "Kabiru")}
    assert [set(group) for group in engine.link(records).clusters.groups] == [{1, 2}, {3}]


def invented(number: int) -> list[str]:
    draw = Random(5)
    return ["".join(draw.choice(CONSONANTS) + draw.choice("aeiou") for _ in range(4)).capitalize() for _ in range(number)]


def test_boat_of_one_birthday_one_nationality_and_one_place_is_as_many_persons():
    names = invented(240)
    boat = {
        number: whole(given, family, "Lampedusa", year=2001, month=1, day=1)
        for number, (given, family) in enumerate(zip(names[::2], names[1::2], strict=True))
    }
    assert len(engine.link(boat).clusters.groups) == len(boat) == 120


def test_future_date_is_unknown():
    assert birth_date(f"{datetime.now(UTC).year + 2}-05-17")[0] is None


def test_identical_report_twice_is_one_person():
    assert len(engine.link({1: record(), 2: record()}).clusters.groups) == 1


def test_hundred_identical_reports_are_one_person():
    assert len(engine.link({number: record() for number in range(100)}).clusters.groups) == 1


def test_tokens_of_five_hundred_identical_reports_are_told_to_be_worn():
    assert engine.link({number: record() for number in range(500)}).worn_tokens > 0


def test_pairs_grow_with_the_reports_and_not_with_their_square():
    """Of all those with one family name and nationality the coarse tokens wear out, and are counted; the fine ones stay."""
    number, names = 4_000, invented(1_000)
    records = {
        place: whole(names[place % 1_000], "Haile", year=1950 + place % 50, month=1 + place % 12, day=1 + place % 28)
        for place in range(number)
    }
    left, _, worn = engine.candidate_pairs(Columns(records.values()).frozen(), shipped().cap)
    assert worn > 0
    assert number < len(left) < number * shipped().cap


@settings(max_examples=40, deadline=None)
@given(st.lists(st.builds(Details, given_names=st.tuples(st.text()), family_name=st.text(), place=st.text()), max_size=4))
def test_no_text_makes_it_fail(descriptions):
    records = {number: engine.make_record(details, digest) for number, details in enumerate(descriptions)}
    assert sum(map(len, engine.link(records).clusters.groups)) == len(records)
    assert len(engine.tokens(list(records.values()), digest)) == len(records)
