"""The attack finds what an outsider can work out: the same as trying all tables that fit, and nothing that is not so."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.disclosure.attack import attack, attack_difference, known_of, narrow
from reports.disclosure.release import TOTAL, Cell, Groups, Key, Nested, Release, Rounding, Table
from tests.unit.reports.disclosure.made import all_that_fit, margin, table

CODES = (("2018", "2019"), ("AU", "CU"), ("f", "m"))
LARGEST = 6


def hidden(release: Release, which: set[tuple[str, tuple[str, ...]]]) -> Release:
    values = {}
    for one in release.tables:
        for key, cell in one.named():
            values[key] = None if (one.id, cell.codes) in which or values.get(key, 0) is None else cell.value
    return release.printed(values, None)


@st.composite
def published(draw) -> Release:
    counts = {codes: draw(st.integers(0, LARGEST // 2)) for codes in product(*CODES)}
    release = Release(
        (table(("year", "form"), margin(counts, (0, 1)), "form"), table(("year", "sex"), margin(counts, (0, 2)), "sex"))
    )
    cells = [(one.id, cell.codes) for one in release.tables for cell in one.cells]
    return hidden(release, draw(st.sets(st.sampled_from(cells), max_size=9)))


@settings(deadline=None, max_examples=40)
@given(published())
def test_attack_equals_trying_every_table_that_fits(release):
    known = known_of([release])
    most = 8 * LARGEST
    ranges = {
        key: range(int(low), int(min(high, most)) + 1)
        for key, low, high in zip(known.names, known.lower, known.upper, strict=True)
    }
    possible: dict[Key, set[int]] = {}
    for found in all_that_fit(release, dict(sorted(ranges.items(), key=lambda one: len(one[1])))):
        for key, count in found.items():
            possible.setdefault(key, set()).add(count)
    narrowed = {fits.key: fits for fits in narrow(known, range(len(known.names)), whole=True)}
    for key, counts in possible.items():
        if len(counts) <= 3:
            assert (narrowed[key].least, narrowed[key].largest) == (min(counts), max(counts))
        else:
            assert key not in narrowed


def test_hidden_cell_alone_in_its_line_is_found_exactly():
    release = hidden(Release((table(("form",), {("AU",): 2, ("CU",): 9}),)), {("t", ("AU",))})
    recovered = attack([release])
    assert [(fits.least, fits.largest) for fits in recovered.exact] == [(2, 2)]


def test_margin_hidden_in_one_table_and_printed_in_another_is_found():
    counts = {codes: 3 for codes in product(*CODES)}
    first, second = (
        table(("year", "form"), margin(counts, (0, 1)), "form"),
        table(("year", "sex"), margin(counts, (0, 2)), "sex"),
    )
    alone = hidden(
        Release((first,)),
        {("form", ("2018", TOTAL)), ("form", ("2019", TOTAL)), ("form", ("2018", "AU")), ("form", ("2019", "AU"))},
    )
    assert attack([alone], small_only=False).nothing
    assert not attack([alone, Release((second,))], small_only=False).nothing


def test_region_tells_of_its_nationalities():
    nationality = Table("n", "base", ("nationality",), (Cell(("NG",), None), Cell(("PL",), 12)))
    region = Table("r", "base", ("region",), (Cell(("Africa",), 2), Cell(("Europe",), 12)))
    groups = (Groups("region", "nationality", (("Africa", ("NG",)), ("Europe", ("PL",)))),)
    assert attack([Release((nationality, region))]).nothing
    assert [fits.least for fits in attack([Release((nationality, region), groups=groups)]).exact] == [2]


def test_nested_population_tells_of_the_inner_one():
    inner = Table("i", "base", ("year",), (Cell(("2019",), None),))
    outer = Table("o", "registered", ("year",), (Cell(("2019",), 1),))
    assert attack([Release((inner, outer))]).nothing
    found = attack([Release((inner, outer), populations=(Nested("base", "registered"),))])
    assert [(fits.least, fits.largest) for fits in found.near] == [(0, 1)]


def test_structural_zero_is_no_finding():
    cells = (Cell(("AU",), 0, structural=True), Cell(("CU",), None), Cell(("GO",), None), Cell((TOTAL,), 30))
    assert attack([Release((Table("t", "base", ("form",), cells),))]).nothing


def test_one_person_more_in_the_next_edition_is_found_between_exact_cells():
    before, after = (Release((table(("form",), {("AU",): count, ("CU",): 40}),), reference=str(count)) for count in (20, 21))
    found = attack_difference(before, after, only_more=False)
    assert {(str(dict(fits.key.codes)), fits.least, fits.largest) for fits in found.exact} == {
        ("{'form': 'AU'}", 1, 1),
        ("{}", 1, 1),
    }


def test_difference_between_rounded_editions_tells_nothing():
    def rounded(value: int) -> Release:
        return Release((Table("t", "base", ("form",), (Cell(("AU",), value),), rounding=Rounding(5)),), reference=str(value))

    assert attack_difference(rounded(20), rounded(20), only_more=True).nothing
    assert attack_difference(rounded(20), rounded(25), only_more=False).nothing


def test_difference_of_nested_populations_is_whom_a_code_names():
    inner = Table("i", "without-emm", ("year",), (Cell(("2019",), 40),))
    outer = Table("o", "registered", ("year",), (Cell(("2019",), 42),))
    only = Table("e", "registered", ("year", "emm"), (Cell(("2019", "emm-only"), None),))
    assert attack([Release((inner, outer, only), populations=(Nested("without-emm", "registered"),))], small_only=False).nothing
    told = (Nested("without-emm", "registered", frozenset({("emm", "emm-only")})),)
    assert [fits.least for fits in attack([Release((inner, outer, only), populations=told)]).exact] == [2]


def test_group_in_one_table_is_made_of_members_in_another():
    members = Table("m", "base", ("form",), (Cell(("GO-SU:african",), None), Cell(("GO-SU:other",), 20)))
    group = Table("g", "base", ("form",), (Cell(("GO-SU",), 23),))
    groups = (Groups("form", "form", (("GO-SU", ("GO-SU:african", "GO-SU:other")),)),)
    assert [fits.least for fits in attack([Release((members, group), groups=groups)]).exact] == [3]
