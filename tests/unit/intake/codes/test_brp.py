"""The official table of municipalities becomes rows of ours."""

from intake.codes.brp import municipalities

HEADER = '"92.10 Gemeentecode","92.11 Omschrijving","92.12 Nieuwe code","99.98 Datum ingang","99.99 Datum einde"'


def rows(*lines: str) -> list[tuple[str, str, str, str]]:
    found = municipalities([HEADER, *lines], version="2", regions={"GM0005": "noord-nederland"})
    return [(row["code"], row["label_nl"], row["valid_from"], row["valid_to"]) for row in found]


def test_present_municipality_keeps_its_dates_from_the_register_on() -> None:
    assert rows('"1963","Hoeksche Waard","","20190101",""') == [("GM1963", "Hoeksche Waard", "2019-01-01", "")]
    assert rows('"0994","Valkenburg aan de Geul","","19820101",""') == [("GM0994", "Valkenburg aan de Geul", "", "")]


def test_municipality_that_ended_within_the_register_is_kept_with_its_end() -> None:
    assert rows('"0005","Bedum","1966","","20190101"') == [("GM0005", "Bedum", "", "2019-01-01")]


def test_municipality_keeps_the_police_region_that_it_had() -> None:
    lines = ('"0005","Bedum","1966","","20190101"', '"1963","Hoeksche Waard","","20190101",""')
    found = municipalities([HEADER, *lines], version="2", regions={"GM0005": "noord-nederland"})
    assert [row["region"] for row in found] == ["noord-nederland", ""]


def test_what_ended_before_the_register_and_what_is_no_municipality_is_left_out() -> None:
    assert rows('"0001","Adorp","0053","","19900101"', '"0000","Onbekend","","",""', '"1999","RNI","","20140106",""') == []
