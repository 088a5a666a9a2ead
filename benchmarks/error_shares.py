"""How often each error is made on a report, and the words that errors put in the place of the true ones.

Set so that the methods of benchmarks/registers.md do about as well here as published of the evaluation registers.
"""

# Share of the reports with each error, before the reporter's own carelessness; one of a group at most. An error that the
# person gives no occasion for (no prefix, one given name only) is not made.
WHOLE_NAME = {"swapped": 0.020, "script": 0.004, "work_name": 0.012}
GIVEN = {
    "nickname": 0.058, "transliteration": 0.054, "typing_error": 0.022, "initial": 0.025, "missing_name": 0.010,
    "one_given_name": 0.060, "compound": 0.010,
}  # fmt: skip
FAMILY = {
    "transliteration": 0.055, "typing_error": 0.030, "prefix": 0.170, "double_surname": 0.300, "other_surname": 0.025,
    "missing_name": 0.010,
}  # fmt: skip
DATE = {
    "year_only": 0.050, "estimated": 0.024, "first_of_january": 0.025, "day_month_swapped": 0.022, "wrong_year": 0.022,
    "wrong_day": 0.022, "year_and_month": 0.012, "missing_date": 0.050,
}  # fmt: skip
NATIONALITY = {"wrong_nationality": 0.025, "nationality_respelt": 0.020, "missing_nationality": 0.100}
PLACE = {"missing_place": 0.500, "place_respelt": 0.080, "other_place": 0.060}
GROUPS = {"whole": WHOLE_NAME, "given": GIVEN, "family": FAMILY, "date": DATE, "nationality": NATIONALITY, "place": PLACE}
# Missing is no error here: recall by kind is asked about what was written otherwise.
UNNAMED = frozenset({"missing_place", "missing_nationality", "place_respelt", "other_place"})
NEAR_ANONYMOUS = 0.0125
MISTYPED_NUMBER = 0.04
# Beside the names, and no error: what the person is called, and the name used at work.
LISTED_ALIAS = 0.03
LISTED_WORK_NAME = 0.01

WORK_NAMES = (
    "Lola", "Bella", "Candy", "Angel", "Kim", "Nikki", "Jenny", "Mimi", "Sasha", "Lily", "Diamond", "Coco", "Star", "Nina",
    "Sexy", "Roxy", "Chanel", "Cherry", "Jessy", "Barbie", "Alexa", "Tina", "Vanessa", "Luna", "Ruby", "Sandy", "Monica",
    "Tony",
)  # fmt: skip
NOBODY = ("", "", "NN", "N.N.", "onbekend", "Onbekend", "unknown", "-", "?")
TAKEN_FOR = {
    "SL": ("Guinee", "Gambia", "Liberia"), "GN": ("Sierra Leone", "Senegal", "Guinee-Bissau"),
    "GM": ("Senegal", "Sierra Leone"), "ER": ("Ethiopië", "Ethiopia", "Sudan"), "ET": ("Eritrea", "Somalië"),
    "SO": ("Ethiopië", "Kenia"), "SY": ("Irak", "Libanon"), "NG": ("Ghana", "Benin", "Kameroen"), "GH": ("Nigeria", "Togo"),
    "BG": ("Turkije", "Roemenië"), "RO": ("Moldavië", "Hongarije"), "HU": ("Roemenië", "Slowakije"),
    "CN": ("Vietnam", "Taiwan"), "VN": ("China", "Thailand"), "UA": ("Rusland", "Polen"), "PL": ("Oekraïne", "Duitsland"),
    "AL": ("Kosovo", "Griekenland"), "AF": ("Iran", "Pakistan"), "BR": ("Portugal", "Suriname"), "UG": ("Rwanda", "Kenia"),
    "MA": ("Algerije", "Spanje"), "PH": ("Indonesië",), "IN": ("Pakistan", "Suriname"), "TR": ("Syrië", "Bulgarije"),
    "SR": ("Nederland", "Guyana"), "NL": ("Suriname", "Marokko", "Turkije", "België", "Duitsland"),
}  # fmt: skip
PREFIXES = (
    "van der ", "van den ", "van de ", "van 't ", "van ", "de la ", "Dela ", "Del ", "De ", "de ", "ter ", "ten ", "El ", "Al-",
    "da ", "dos ", "do ",
)  # fmt: skip
SHORT = {"van der ": "v.d. ", "van den ": "v.d. ", "van de ": "v/d ", "van ": "v. ", "van 't ": "v.h. "}
