"""What is contradictory, impossible or of another time has one defined place in the figures, and totals stay right."""

from datetime import date
from typing import Any

from intake.codes.ages import age_on
from reports.figures.compute import counters_of
from reports.figures.definitions import FIGURES
from reports.figures.printing import as_json
from reports.figures.tables import tables
from reports.personyears.derive import derive
from reports.personyears.merge import merge
from tests.unit.reports.contributions import Made, counted, police, report, shelter


def printed(by_year: dict[int, list[Made]]) -> dict[str, Any]:
    return as_json(tables(FIGURES, counters_of([(year, counted(*sent)) for year, sent in by_year.items()])))


def row_of_2019(figure: str, sent: list[Made]) -> dict[str, int]:
    found = printed({2019: sent})[figure]
    rows = {name: numbers["year"]["2019"] if "year" in numbers else numbers["2019"] for name, numbers in found["rows"].items()}
    return {name: number for name, number in rows.items() if number}


def test_contradicting_reports_are_one_person_in_one_row_and_stand_on_the_list_of_differences() -> None:
    sent = [police(sex="female", nationalities=("NG",)), shelter(sex="male", nationalities=("GH",))]
    assert row_of_2019("2.8", sent) == {"female": 1}
    assert row_of_2019("2.9", sent) == {"Africa": 1}
    assert printed({2019: sent})["2.8"]["n"] == 1
    assert merge(sent).conflicts == ("nationalities", "sex")


def test_person_reported_in_december_and_january_counts_once_in_each_year_with_what_was_said_that_year() -> None:
    found = printed({2018: [police("2018-12-31", age=17)], 2019: [shelter("2019-01-01", age=18, sex="male")]})
    assert found["2.7"]["total"] == {"2018": 1, "2019": 1}
    assert found["2.8"]["rows"]["unknown"]["year"] == {"2018": 1, "2019": 0}
    assert found["2.8"]["rows"]["male"]["year"] == {"2018": 0, "2019": 1}
    assert found["2.10"]["rows"]["minor"]["year"] == {"2018": 1, "2019": 0}
    assert found["2.11"]["rows"]["police"]["year"] == {"2018": 1, "2019": 0}


def test_birth_date_after_the_report_gives_no_age_and_leaves_the_total_whole() -> None:
    age = age_on(date(2019, 6, 1), year=2019, month=7, day=1)
    sent = [report("2019-06-01", group="police", legal_basis=True, age=age.years, age_band=age.band)]
    assert row_of_2019("2.10", sent) == {"unknown": 1}
    assert printed({2019: sent})["2.10"]["mean_age"]["all"] is None


def test_code_of_an_older_codebook_counts_as_unknown_and_is_kept() -> None:
    sent = [police(sex="gone", nationalities=("YU",), exploitation_types=("labour",), labour_sectors=("gone",))]
    for figure in ("2.5", "2.8", "2.9"):
        assert row_of_2019(figure, sent) == {"unknown": 1}
    kept = merge(sent).characteristics
    assert (kept.sex, kept.nationalities, kept.labour_sectors) == ("gone", ("YU",), ("gone",))


def test_known_code_beside_one_of_an_older_codebook_is_the_one_that_counts() -> None:
    assert derive(merge([police(labour_sectors=("cleaning", "gone"))])).labour_sector == "cleaning"


def test_year_without_a_report_is_a_year_of_zeros_in_every_figure_by_year() -> None:
    found = printed({2016: [police()], 2018: [police()]})
    for figure in ("2.7", "2.13"):
        assert found[figure]["total"] == {"2016": 1, "2017": 0, "2018": 1}
    assert found["2.10"]["mean_age"]["year"]["2017"] is None
