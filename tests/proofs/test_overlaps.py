"""Person-years become capture histories: of the base population, over the lists that were asked for, by stratum."""

from collections.abc import Iterator

import pytest

from reports.estimation.histories import BadTableError, OverlapTable
from reports.estimation.overlaps import EMM_LIST, GROUPS, OM_LIST, STRATA, overlap_table
from reports.personyears.derive import Counted, derive
from reports.personyears.merge import merge
from tests import reference_register
from tests.unit.reports.contributions import counted, emm, kmar, letter, police, shelter

ALL = (2015, 2019)


def register() -> Iterator[tuple[int, Counted, int]]:
    return ((year, derive(merge(facts)), 1) for (_, year), facts in reference_register.facts_by_person_year().items())


def held(table: OverlapTable) -> dict[str, int]:
    lists = len(table.lists)
    return {f"{history:0{lists}b}"[::-1]: int(count) for history, count in enumerate(table.counts) if count}


def by_hand() -> dict[frozenset[str], int]:
    """The histories counted from the two files of the register, in the files' own words."""
    names = {
        "police": "police", "KMar": "kmar", "ISZW-DO": "iszw-do", "care coordinators": "care-coordinators",
        "FairWork": "fairwork", "other reporters": "other-reporters",
    }  # fmt: skip
    base = {row["person_id"] for row in reference_register.persons() if row["population"] == "base"}
    groups: dict[str, set[str]] = {person: set() for person in base}
    for row in reference_register.reports():
        if row["person_id"] in base and row["source"] in names:
            groups[row["person_id"]].add(names[row["source"]])
    found: dict[frozenset[str], int] = {}
    for lists in groups.values():
        found[frozenset(lists)] = found.get(frozenset(lists), 0) + 1
    return found


def test_register_has_the_histories_that_its_files_have() -> None:
    found, wanted = overlap_table(register(), ALL), by_hand()
    table = found.tables[()]
    histories = {
        frozenset(code for place, code in enumerate(table.lists) if history >> place & 1): int(count)
        for history, count in enumerate(table.counts)
        if count
    }
    assert (found.registered, found.on_no_list) == (5060, wanted.pop(frozenset()))
    assert histories == wanted


@pytest.mark.parametrize("name", STRATA)
def test_strata_add_up_to_the_whole(name: str) -> None:
    whole, split = overlap_table(register(), ALL), overlap_table(register(), ALL, strata=(name,))
    assert sum(table.counts for table in split.tables.values()).tolist() == whole.tables[()].counts.tolist()
    assert (split.registered, split.on_no_list) == (whole.registered, whole.on_no_list)
    assert len(split.tables) > 1


def test_years_add_up_to_the_period() -> None:
    years = [overlap_table(register(), (year, year)) for year in range(2015, 2020)]
    assert sum(one.tables[()].counts for one in years).tolist() == overlap_table(register(), ALL).tables[()].counts.tolist()
    assert [one.consent_break for one in years] == [False, False, False, True, False]


def test_only_the_base_population_is_in_it() -> None:
    sexual = {"exploitation_types": ("sexual",)}
    years = [(2019, counted(kmar(**sexual)), 3), (2019, counted(emm()), 5), (2019, counted(police(**sexual)), 7)]
    found = overlap_table(years, (2019, 2019))
    assert (found.registered, found.on_no_list, held(found.tables[()])) == (7, 0, {"100000": 7})


def test_feeds_are_no_lists_unless_they_are_asked_for() -> None:
    years = [(2019, counted(police(), emm(), letter()), 2), (2019, counted(letter()), 4), (2019, counted(shelter(), emm()), 6)]
    assert overlap_table(years, (2019, 2019)).on_no_list == 4
    found = overlap_table(years, (2019, 2019), (*GROUPS, EMM_LIST, OM_LIST))
    assert held(found.tables[()]) == {"10000011": 2, "00000001": 4, "00000110": 6}
    assert found.on_no_list == 0


def test_lists_are_merged_and_left_out() -> None:
    years = [(2019, counted(police(), shelter(), kmar()), 5), (2019, counted(kmar()), 3), (2019, counted(shelter()), 1)]
    found = overlap_table(
        years,
        (2019, 2019),
        ("police", "kmar", "other-reporters"),
        merge={"services": ("police", "kmar")},
        omit=("fairwork",)[:0],
    )
    assert (found.tables[()].lists, held(found.tables[()])) == (("services", "other-reporters"), {"11": 5, "10": 3, "01": 1})
    left = overlap_table(years, (2019, 2019), ("police", "kmar", "other-reporters"), omit=("kmar",))
    assert (held(left.tables[()]), left.on_no_list) == ({"11": 5, "01": 1}, 3)


@pytest.mark.parametrize(("period", "breaks"), [((2017, 2017), False), ((2015, 2018), True), ((2018, 2019), True)])
def test_period_with_2018_says_that_consent_broke_the_lists(period: tuple[int, int], breaks: bool) -> None:
    assert overlap_table((), period).consent_break is breaks


@pytest.mark.parametrize(
    ("lists", "strata", "period", "said"),
    [
        (("police", "suspects"), (), ALL, "reporter group by its code"),
        (("police", "police"), (), ALL, "each list once"),
        (GROUPS, ("nationality",), ALL, "Strata are made of"),
        (GROUPS, ("sex", "sex"), ALL, "name each once"),
        (GROUPS, (), (2019, 2015), "before the first"),
    ],
)
def test_what_is_no_list_or_stratum_or_period_is_refused(
    lists: tuple[str, ...], strata: tuple[str, ...], period: tuple[int, int], said: str
) -> None:
    with pytest.raises(BadTableError, match=said):
        overlap_table((), period, lists, strata)
