"""Countries and places however they are written: one code, one key, and nothing where nothing is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.codes.lists import COUNTRIES
from intake.linkage import normalise


@pytest.mark.parametrize("code", COUNTRIES.codes)
def test_every_country_of_the_closed_list_is_read_in_both_languages(code):
    row = COUNTRIES.get(code)
    assert [normalise.country(text) for text in (code, row.label_nl, row.label_en)] == [code] * 3


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Nigeriaans", "NG"),
        ("Nigeriaanse", "NG"),
        ("NIGERIAN", "NG"),
        ("nga", "NG"),
        ("Poolse", "PL"),
        ("Polen", "PL"),
        ("Polish", "PL"),
        ("Eritrese", "ER"),
        ("Ghanese", "GH"),
        ("Roemeense", "RO"),
        ("Birma", "MM"),
        ("Ivoorkust", "CI"),
        ("Zaïre", "CD"),
        ("Swaziland", "SZ"),
        ("Republic of Guinea", "GN"),
        ("Islamitische Republiek Iran", "IR"),
        ("Dominicaanse Republiek", "DO"),
        ("Nigerese", "NE"),
    ],
)
def test_names_nationalities_codes_and_old_names_are_read(written, code):
    assert normalise.country(written) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Vietnamesse", "VN"),
        ("Nigerai", "NG"),
        ("Roemense", "RO"),
        ("Poools", "PL"),
        ("Hongarjie", "HU"),
        ("Ndeerlandse", "NL"),
        ("Cina", "CN"),
    ],
)
def test_one_typing_error_is_forgiven(written, code):
    assert normalise.country(written) == code


@pytest.mark.parametrize("written", ["Nigera", "Irat", "Malu"])
def test_typing_error_that_could_be_two_countries_or_stands_in_a_short_word_is_not(written):
    assert normalise.country(written) == ""


@pytest.mark.parametrize("written", ["", "-", "onbekend", "unknown", "staatloos", "stateless", "anders", "Joegoslavië", "x"])
def test_what_names_no_country_has_no_code(written):
    assert normalise.country(written) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("'s-Gravenhage", "Den Haag"),
        ("Gemeente Den Haag", "The Hague"),
        ("Ho Chi Minh City", "Saigon"),
        ("Benin City", "Benin"),
        ("Benin-City, Edo State", "Benin City, Nigeria"),
        ("Warschau", "Warszawa"),
        ("Boekarest", "Bucureşti"),
        ("Boedapest", "BUDAPEST"),
        ("Peking", "北京"),
        ("دمشق", "Damascus (Syrië)"),
        ("София", "Sofia"),
        ("Al-Hasakah", "Hassake"),
        ("Alphen a/d Rijn", "Alphen aan den Rijn"),
        ("De Bilt", "Bilt"),
        ("Polen, Gdansk", "Danzig"),
    ],
)
def test_names_of_one_place_have_one_key(one, other):
    assert normalise.place(one) == normalise.place(other) != ""


@pytest.mark.parametrize(("one", "other"), [("Bo", "Bamako"), ("Benin City", "Edo"), ("Lagos", "Laos"), ("Cali", "Kali")])
def test_other_places_have_other_keys(one, other):
    assert normalise.place(one) != normalise.place(other)


@pytest.mark.parametrize("written", ["", "-", "onbekend", "Unknown", "Nigeria", "Syrië", "n.v.t."])
def test_placeholder_and_country_are_no_place(written):
    assert normalise.place(written) == ""


@given(st.text())
def test_no_text_makes_it_fail(text):
    assert len(normalise.country(text)) in {0, 2}
    assert " " not in normalise.place(text)
