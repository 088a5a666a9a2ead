"""The numbers of the three documents, typed from them once more: what is loaded is exactly this, and no more."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from reports.aggregates import codes
from reports.aggregates.contents import Contents, Value
from reports.aggregates.services import read
from tests.aggregates import FACTSHEET, LETTER_2019, LETTER_2021, published

# phase, form, years, measure, unit: as the document prints it.
PRINTED = {
    FACTSHEET: """
        opsporing          -       2013       aantal          verdachten    257
        opsporing          -       2014       aantal          verdachten    282
        opsporing          -       2015       aantal          verdachten    211
        opsporing          -       2016       aantal          verdachten    231
        opsporing          -       2017       aantal          verdachten    144
        prevalentie        -       2013-2017  jaargemiddelde  daders        ?
        signalering        -       2013-2017  jaargemiddelde  daders        ?
        opsporing          -       2013-2017  jaargemiddelde  daders        >200
        dagvaarding        -       2013-2017  jaargemiddelde  daders        ~170
        veroordeling       -       2013-2017  jaargemiddelde  daders        ~120-130
        gevangenisstraf    -       2013-2017  jaargemiddelde  daders        >105
        resocialisatie     -       2013-2017  jaargemiddelde  daders        ?
        recidive           -       2013-2017  jaargemiddelde  daders        ?
        dagvaarding        -       2013-2017  doorstroom      daders        70      1
        veroordeling       -       2013-2017  doorstroom      daders        70-75   2
        gevangenisstraf    -       2013-2017  doorstroom      daders        90
        gevangenisstraf    -       2013-2017  maanden         straffen      ~22
        opsporing          -       2013-2017  jaargemiddelde  onderzoeken   200
        dagvaarding        go-ubs  2013-2017  jaargemiddelde  zaken         ~15
        prevalentie        bl-su   2013-2017  aandeel         slachtoffers  46      3
        prevalentie        bl-ubs  2013-2017  aandeel         slachtoffers  10      3
        prevalentie        go-su   2013-2017  aandeel         slachtoffers  21      3
        prevalentie        go-ubs  2013-2017  aandeel         slachtoffers  23      3
        opsporing          bl-su   2013-2017  aandeel         daders        46      5
        opsporing          bl-ubs  2013-2017  aandeel         daders        ?       5
        opsporing          go-su   2013-2017  aandeel         daders        43      5
        opsporing          go-ubs  2013-2017  aandeel         daders        ?       5
        dagvaarding        bl-su   2013-2017  aandeel         daders        48      4
        dagvaarding        bl-ubs  2013-2017  aandeel         daders        5       4
        dagvaarding        go-su   2013-2017  aandeel         daders        37      4
        dagvaarding        go-ubs  2013-2017  aandeel         daders        9       4
        veroordeling       bl-su   2013-2017  aandeel         daders        52      4
        veroordeling       bl-ubs  2013-2017  aandeel         daders        4       4
        veroordeling       go-su   2013-2017  aandeel         daders        37      4
        veroordeling       go-ubs  2013-2017  aandeel         daders        7       4
        gevangenisstraf    bl-su   2013-2017  aandeel         daders        53      4
        gevangenisstraf    bl-ubs  2013-2017  aandeel         daders        4       4
        gevangenisstraf    go-su   2013-2017  aandeel         daders        38      4
        gevangenisstraf    go-ubs  2013-2017  aandeel         daders        6       4
    """,
    LETTER_2019: """
        opsporing          -       2013       aantal          verdachten    250
        opsporing          -       2017       aantal          verdachten    <150
        prevalentie        -       2013-2017  aantal          daders        ?       1
        recidive           bl-su   2013-2017  aantal          daders        ?       2
        recidive           bl-ubs  2013-2017  aantal          daders        ?       2
        recidive           go-su   2013-2017  aantal          daders        ?       2
        recidive           go-ubs  2013-2017  aantal          daders        ?       2
    """,
    LETTER_2021: """
        signalering        -       2015-2019  aantal          incidenten    3420
        signalering        -       2015-2019  jaargemiddelde  verdachten    200
        opsporing          -       2016       aantal          verdachten    285     1
        opsporing          -       2019       aantal          verdachten    170     1
        gevangenisstraf    -       2015       dagen           straffen      553     2
        gevangenisstraf    -       2019       dagen           straffen      652     2
    """,
}
SIGNS = {codes.EXACT: "", codes.ABOUT: "~", codes.MORE: ">", codes.LESS: "<"}
# Shares of forms add up to a hundred, but for what the factsheet rounded.
SUMS = {"prevalentie": 100, "dagvaarding": 99, "veroordeling": 100, "gevangenisstraf": 101}


def contents(source: str) -> Contents:
    return read(source, published(source))


def typed(source: str) -> list[tuple[str, ...]]:
    return [tuple(line.split()) for line in PRINTED[source].splitlines() if line.strip()]


def printed(value: Value) -> tuple[str, ...]:
    ends = "-".join(f"{end:f}" for end in (value.low, value.high) if end is not None)
    number = "?" if value.unknown else SIGNS[value.qualifier] + ends
    return (value.phase, value.form or "-", value.period, value.measure, value.unit, number, *value.footnotes)


@pytest.mark.parametrize("source", PRINTED)
def test_every_cell_is_as_the_document_prints_it(source: str) -> None:
    assert sorted(map(printed, contents(source).values)) == sorted(typed(source))


def shares() -> Iterator[tuple[str, Decimal]]:
    for value in contents(FACTSHEET).values:
        if value.measure == codes.SHARE and value.low is not None:
            yield value.phase, value.low


def test_shares_of_forms_add_up_to_a_hundred_or_what_rounding_left() -> None:
    found = {phase: sum(share for one, share in shares() if one == phase) for phase in SUMS}
    assert found == SUMS


def test_suspects_of_five_years_have_the_published_mean() -> None:
    years = [value.low or 0 for value in contents(FACTSHEET).values if value.measure == codes.COUNT]
    assert (len(years), sum(years)) == (5, 1125)
    assert sum(years) / len(years) > 200


def test_documents_differ_where_the_domain_says_so() -> None:
    suspects = {
        source: {value.first_year: value.low for value in contents(source).values if value.cell[4:] == ("aantal", "verdachten")}
        for source in PRINTED
    }
    assert (suspects[FACTSHEET][2016], suspects[LETTER_2021][2016]) == (231, 285)
    assert (suspects[FACTSHEET][2013], suspects[LETTER_2019][2013]) == (257, 250)


def test_every_value_names_its_place_and_every_footnote_is_there() -> None:
    for source in PRINTED:
        found = contents(source)
        assert all(value.place for value in found.values)
        assert {number for value in found.values for number in value.footnotes} == {note.number for note in found.footnotes}
        assert all(note.nl and note.en and note.nl != note.en for note in found.notes)
        assert found.caveats


def test_how_many_offenders_there_are_is_unknown_in_every_document() -> None:
    found = [value for source in PRINTED for value in contents(source).values if value.phase == codes.PREVALENCE]
    assert len(found) == 6
    assert all(value.unknown or value.measure == codes.SHARE for value in found)
