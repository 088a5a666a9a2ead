"""How rare it is to share a name: counted in a file per nationality, or from tables of general knowledge."""

import pytest

from intake.linkage.engine import Details
from intake.linkage.frequencies import KNOWN, QUARTERS, Counted
from intake.linkage.geography import place
from intake.linkage.records import MOST_RARITY


def reports(*named: tuple[str, str, int]) -> list[Details]:
    return [
        Details(family_name=name, nationalities=(code,), place=f"{name} town")
        for name, code, many in named
        for _ in range(many)
    ]


def test_count_is_the_share_in_quarters_of_a_bit():
    counted = Counted(reports(("Kabiru", "SL", 500), ("Sesay", "SL", 500)))
    assert counted.name("kabiru", "SL") == counted.name("sesay", "SL") == QUARTERS


def test_name_that_few_have_is_rarer():
    counted = Counted(reports(("Nguyen", "VN", 90), ("Qwortel", "VN", 10)))
    assert counted.name("nguyen", "VN") < counted.name("qwortel", "VN") < counted.name("unheard", "VN") <= MOST_RARITY


def test_name_is_as_rare_as_its_nationality_has_it():
    counted = Counted(reports(("Nguyen", "VN", 400), ("Nguyen", "NL", 4), ("Jansen", "NL", 400)))
    assert counted.name("nguyen", "VN") < counted.name("nguyen", "NL")
    assert counted.name("jansen", "NL") < counted.name("jansen", "VN")


def test_where_few_were_counted_the_whole_file_speaks():
    counted = Counted(reports(("Nguyen", "VN", 400), ("Jansen", "NL", 400), ("Jansen", "UG", 1)))
    assert abs(counted.name("nguyen", "UG") - counted.name("nguyen", "")) <= 1


def test_places_and_nationalities_are_counted():
    counted = Counted(reports(("Nguyen", "VN", 90), ("Jansen", "NL", 10)))
    assert counted.place(place("Nguyen Town"), "VN") < counted.place(place("Jansen Town"), "VN")
    assert counted.nationality("VN") < counted.nationality("NL") < counted.nationality("UG")


def test_given_names_count_as_names():
    counted = Counted([Details(given_names=("Anna", "Maria"), family_name="Nowak")] * 40)
    assert counted.name("maria", "") == counted.name("nowak", "") < counted.name("other", "")


def test_file_without_reports_has_a_rarity_for_everything():
    counted = Counted([])
    for found in (counted.name("anna", "NL"), counted.place("delft", ""), counted.nationality("NL")):
        assert 0 <= found <= MOST_RARITY


@pytest.mark.parametrize("rarity", [KNOWN.name("jansen", "NL"), KNOWN.place("delft", "NL"), KNOWN.nationality("NL")])
def test_known_rarities_are_in_bounds(rarity):
    assert 0 < rarity <= MOST_RARITY


def test_known_common_name_says_less_than_an_unknown_one():
    assert KNOWN.name("jansen", "NL") < KNOWN.name("qwortelboer", "NL")
