"""What rows tell of tables: the facts hold for what was counted, and the attack with them finds what trying all ways finds."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.disclosure.attack import attack, known_of, narrow
from reports.disclosure.release import TOTAL, Cell, Fact, Groups, Key, Release, Rounding, Table
from reports.disclosure.telling import YEARS, Dimension, Tally, attack_with, facts_of, together
from tests.unit.reports.disclosure.made import all_that_fit, table

FORMS, SEXES = ("AU", "CU"), ("f", "m")
Row = tuple[str | None, str | None]
FORM, SEX = (Dimension(name, {code: frozenset({code}) for code in codes}) for name, codes in (("form", FORMS), ("sex", SEXES)))


def key(**codes: str) -> Key:
    return Key("base", frozenset(codes.items()))


def told(*facts: Fact) -> Mapping[frozenset[Key], tuple[float, float]]:
    return {frozenset(one.cells): (one.least, one.largest) for one in facts}


def tally(*rows: Row) -> Tally:
    return Tally("base", (FORM, SEX), Counter(rows))


def rounded(counts: Mapping[tuple[str, ...], int], base: int = 3) -> Release:
    """Each count to the multiple below it."""
    exact = Release((table(("form", "sex"), counts),))
    values = {key: count // base * base for key, count in exact.values().items()}
    return exact.printed(values, Rounding(base))


def meant(rows: Sequence[Row]) -> Iterator[Counter[tuple[str, str]]]:
    """Every way to fill the blanks."""
    choices = [product(FORMS if form is None else (form,), SEXES if sex is None else (sex,)) for form, sex in rows]
    for filled in product(*choices):
        yield Counter(filled)


rows_of_two = st.lists(st.tuples(st.sampled_from((*FORMS, None)), st.sampled_from((*SEXES, None))), max_size=5)


@settings(deadline=None, max_examples=60)
@given(rows_of_two, st.data())
def test_facts_hold_for_every_way_to_fill_the_blanks(rows: list[Row], data: st.DataObject) -> None:
    fillings = list(meant(rows))
    truth = data.draw(st.sampled_from(fillings))
    release = rounded({pair: truth[pair] for pair in product(FORMS, SEXES)})
    for fact in facts_of([tally(*rows)], release):
        for filled in fillings:
            values = Release((table(("form", "sex"), {pair: filled[pair] for pair in product(FORMS, SEXES)}),)).values()
            assert fact.least <= sum(values[cell] for cell in fact.cells) <= fact.largest


@settings(deadline=None, max_examples=30)
@given(rows_of_two, st.data())
def test_attack_with_rows_finds_what_trying_all_tables_and_fillings_finds(rows: list[Row], data: st.DataObject) -> None:
    truth = data.draw(st.sampled_from(list(meant(rows))))
    release = rounded({pair: truth[pair] for pair in product(FORMS, SEXES)})
    known = known_of([together([release], [[tally(*rows)]])])
    ranges = {one: range(len(rows) + 1) for one in known.names}
    fillings = {tuple(filled[pair] for pair in product(FORMS, SEXES)) for filled in meant(rows)}
    possible: dict[Key, set[int]] = {}
    for found in all_that_fit(release, ranges):
        within = all(low <= found[one] <= high for one, low, high in zip(known.names, known.lower, known.upper, strict=True))
        if within and tuple(found[key(form=form, sex=sex)] for form, sex in product(FORMS, SEXES)) in fillings:
            for one, count in found.items():
                possible.setdefault(one, set()).add(count)
    narrowed = {fits.key: fits for fits in narrow(known, range(len(known.names)), whole=True)}
    for one, fitting in possible.items():
        if len(fitting) <= 3:
            assert (narrowed[one].least, narrowed[one].largest) == (min(fitting), max(fitting))
        else:
            assert one not in narrowed


def test_blank_may_be_any_value() -> None:
    release = rounded({("AU", "f"): 4, ("CU", "f"): 2, ("AU", "m"): 0, ("CU", "m"): 0})
    facts = told(*facts_of([tally(("AU", "f"), ("AU", None), (None, "f"), ("CU", "m"))], release))
    assert facts[frozenset({key(form="AU")})] == (2, 3)
    assert facts[frozenset({key(form="AU", sex="f")})] == (1, 3)
    assert facts[frozenset({key()})] == (4, 4)


def test_rows_that_show_a_small_cell_of_a_rounded_table_open_it() -> None:
    counts = {("AU", "f"): 3, ("CU", "f"): 20, ("AU", "m"): 20, ("CU", "m"): 20}
    release = rounded(counts, 5)
    assert attack([release]).nothing
    rows = [pair for pair, number in counts.items() for _ in range(number)]
    assert {(fits.key, fits.least) for fits in attack_with([release], [[tally(*rows)]]).exact} == {(key(form="AU", sex="f"), 3)}


def test_rows_with_blanks_around_a_small_cell_do_not() -> None:
    counts = {("AU", "f"): 3, ("CU", "f"): 20, ("AU", "m"): 20, ("CU", "m"): 20}
    rows: list[Row] = [pair for pair, number in counts.items() for _ in range(number)]
    blank = [(None, sex) if place < 3 or place % 4 == 0 else (form, sex) for place, (form, sex) in enumerate(rows)]
    assert attack_with([rounded(counts, 5)], [[tally(*blank)]]).nothing


@pytest.mark.parametrize(("somebody", "found"), [(0, 0), (1, 1)])
def test_cell_of_nobody_is_no_finding_and_of_somebody_is(somebody: int, found: int) -> None:
    """Rows show that two at most are in it: who knows the counts tells whether that is of anybody."""
    counts = {("AU", "f"): somebody, ("CU", "f"): 40, ("AU", "m"): 40, ("CU", "m"): 40}
    rows = [("CU", "f")] * 38 + [(None, "f")] * 2 + [("AU", "m")] * 36 + [("CU", "m")] * 36 + [(None, "m")] * 8
    exact = Release((table(("form", "sex"), counts),)).values()
    near = attack_with([rounded(counts, 5)], [[tally(*rows)]], exact).near
    assert len([fits for fits in near if fits.key == key(form="AU", sex="f")]) == found


def test_two_extracts_open_what_neither_opens() -> None:
    """One hides how the men were exploited, the other who is a man: of the men it is the rest."""
    counts = {("AU", "f"): 20, ("CU", "f"): 20, ("AU", "m"): 3, ("CU", "m"): 20}
    release = rounded(counts, 5)
    women = Tally("base", (FORM, SEX), Counter({("AU", "f"): 20, ("CU", "f"): 20, (None, "m"): 23}))
    everybody = Tally("base", (FORM,), Counter({("AU",): 23, ("CU",): 40}))
    assert attack_with([release], [[women]]).nothing
    assert attack_with([release], [[everybody]]).nothing
    assert {fits.key for fits in attack_with([release], [[women], [everybody]]).exact} == {key(form="AU", sex="m")}


def test_extract_of_fewer_persons_tells_that_at_least_so_many_are_counted() -> None:
    """A cell that was rounded to zero counts four at most; who counts four rows knows."""
    counts = {("AU", "f"): 4, ("CU", "f"): 20, ("AU", "m"): 20, ("CU", "m"): 20}
    fewer: list[Row] = [("AU", "f")] * 4 + [("CU", "f")] * 3
    found = together([rounded(counts, 5)], [[tally(*fewer)]])
    assert {one.largest for one in found.facts} == {inf}
    assert {(fits.key, fits.least) for fits in attack([found]).exact} == {(key(form="AU", sex="f"), 4)}


def test_extract_of_another_moment_tells_nothing() -> None:
    release = rounded({("AU", "f"): 2, ("CU", "f"): 20, ("AU", "m"): 20, ("CU", "m"): 20}, 5)
    assert together([release], [[tally(*[("AU", "f")] * 40)]]) == release


def test_codes_that_rows_do_not_tell_apart_are_told_of_together() -> None:
    grown = Dimension("age", {"minor": frozenset({"0-17"}), "adult": frozenset({"18-29", "30+"})})
    ages = Table("a", "base", ("age",), tuple(Cell((code,), 5) for code in ("0-17", "18-29", "30+")), rounding=Rounding(5))
    release = Release((ages,), groups=(Groups("age", "age", (("(any)", ("0-17", "18-29", "30+")),)),))
    facts = told(*facts_of([Tally("base", (grown,), Counter({("minor",): 6, ("adult",): 9, (None,): 2}))], release))
    assert facts[frozenset({key(age="0-17")})] == (6, 8)
    assert facts[frozenset({key(age="18-29"), key(age="30+")})] == (9, 11)


def test_of_codes_that_are_not_all_listed_only_the_most_is_told() -> None:
    other = Dimension("nationality", {"NL": frozenset({"NL"}), "other": frozenset({"PL", "NG"})})
    cells = (Cell(("NL",), 5), Cell(("PL",), 5))
    release = Release((Table("n", "base", ("nationality",), cells, incomplete=frozenset({"nationality"})),))
    facts = told(*facts_of([Tally("base", (other,), Counter({("NL",): 6, ("other",): 9}))], release))
    assert facts[frozenset({key(nationality="PL")})] == (0, 9)


def test_rows_that_show_one_value_have_no_other_but_where_they_may() -> None:
    countries = Dimension(
        "country", {code: frozenset({code}) for code in ("NL", "PL")}, beside={"several": frozenset({"NL", "PL"})}
    )
    release = Release((table(("country",), {("NL",): 32, ("PL",): 5}),))
    shown = Counter({("NL",): 30, ("PL",): 3, ("",): 20, ("several",): 2})
    facts = told(*facts_of([Tally("base", (countries,), shown)], release))
    assert facts[frozenset({key(country="PL")})] == (3, 5)
    assert facts[frozenset({key(country="NL")})] == (30, 32)


def test_years_that_the_rows_are_not_of_bound_a_cell_from_below_alone() -> None:
    years = Dimension(YEARS, {"any": frozenset({"2018", "2019"})})
    cells = tuple(Cell((code,), 5) for code in ("2017", "2018", "2019", "2017-2019"))
    groups = (Groups(YEARS, YEARS, (("2017-2019", ("2017", "2018", "2019")),)),)
    release = Release((Table("y", "base", (YEARS,), cells),), groups=groups)
    facts = told(*facts_of([Tally("base", (years,), Counter({("any",): 7}))], release))
    assert facts == {
        frozenset({key(years="2018"), key(years="2019")}): (7, 7),
        frozenset({key(years="2017-2019")}): (7, inf),
    }


def test_value_beside_the_one_that_a_row_shows_bounds_from_below_alone() -> None:
    groups = Dimension("groups", {one: frozenset({one}) for one in ("police", "kmar")}, beside={"police": frozenset({"kmar"})})
    release = Release((Table("g", "base", ("groups",), (Cell(("police",), 5), Cell(("kmar",), 5))),))
    facts = told(*facts_of([Tally("base", (groups,), Counter({("police",): 6, ("kmar",): 7}))], release))
    assert facts == {frozenset({key(groups="police")}): (6, 6), frozenset({key(groups="kmar")}): (7, 13)}


def test_condition_that_a_value_implies_is_told_by_it() -> None:
    sector = Dimension("sector", {"street": frozenset({"street"}), "": frozenset({""})}, frozenset({("type", "sexual")}))
    cells = (Cell(("street",), 5), Cell(("",), 5), Cell((TOTAL,), 10))
    release = Release((Table("s", "base", ("sector",), cells, filter={"type": "sexual"}),))
    facts = told(*facts_of([Tally("base", (sector,), Counter({("street",): 6, ("",): 7}))], release))
    assert facts == {frozenset({key(type="sexual", sector="street")}): (6, 6)}


def test_other_populations_are_not_what_rows_count() -> None:
    release = rounded({("AU", "f"): 4, ("CU", "f"): 4, ("AU", "m"): 4, ("CU", "m"): 4})
    other = replace(tally(("AU", "f")), population="registered")
    assert facts_of([other], release) == ()
