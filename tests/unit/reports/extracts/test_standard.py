"""Extracts in the fields of the data standard: named by its list, honest about what is missing, and checked against it."""

import numpy as np
import pytest

from intake.codes.lists import LABOUR_SECTORS
from reports.disclosure.microdata.rows import BLANK, Rows
from reports.extracts.columns import COUNTRY_OF_EXPLOITATION, LEGAL_BASIS
from reports.extracts.contents import Content, OutColumn, content_of
from reports.extracts.products import DATA_STANDARD
from reports.extracts.standard import MISSING, NotOfTheStandardError, check, in_the_standard
from reports.figures.rows import Text
from reports.personyears.derive import Counted
from tests.unit.reports.extracts import made

NOTHING = Text("", "")


def written(**codes: str) -> dict[str, str]:
    """One row of these finest codes ('-' is left out), all others unknown, in the standard."""
    places, values = [], {}
    for column in DATA_STANDARD.specification.columns:
        values[column.name] = column.ladder[0].codes
        code = codes.get(column.name, "" if column.name != "year" else "2019")
        places.append(BLANK if code == "-" else values[column.name].index(code))
    names = tuple(column.name for column in DATA_STANDARD.specification.columns)
    found = in_the_standard(content_of(Rows(names, np.array([places]), values, np.arange(1)), made.about()))
    return dict(zip((column.name for column in found.columns), found.rows[0], strict=True))


def test_known_values_are_those_of_the_standard() -> None:
    row = written(sex="female", nationality="PL", form="GO-SU", age="18-22", reporter="police")
    assert row["prs_Gender"] == "Feminine"
    assert row["prs_Citizenship"] == "PL"
    assert row["vic_TypeOfExploitation"] == "SexualExploitation"
    assert row["nlx_CriminalExploitation"] == "FALSE"
    assert row["vic_TraffickingStatus"] == "PossibleVictimOfTrafficking"
    assert (row["nlx_NotificationDate"], row["nlx_ReporterType"]) == ("2019", "police")


def test_criminal_exploitation_is_other_with_an_extension() -> None:
    row = written(form="CU")
    assert (row["vic_TypeOfExploitation"], row["nlx_CriminalExploitation"]) == ("Other", "TRUE")


def test_basis_of_the_report_and_country_of_exploitation_are_extensions() -> None:
    row = written(legal_basis="without-basis", country_of_exploitation="NL")
    assert (row["nlx_LegalBasis"], row["nlx_CountryOfExploitation"]) == ("without-basis", "NL")
    row = written(country_of_exploitation="several")
    assert row["nlx_CountryOfExploitation"] == ""
    assert "nlx_CountryOfExploitation=not-in-the-standard" in row[MISSING].split(";")


def test_who_was_reported_under_a_law_and_with_consent_has_the_law_and_of_two_countries_is_said_that_there_are_more() -> None:
    counted = Counted("base", bases=("with-basis", "without-basis"), exploitation_countries=("NL", "PL"))
    assert LEGAL_BASIS.value(2019, counted) == "with-basis"
    assert COUNTRY_OF_EXPLOITATION.value(2019, counted) == "several"
    assert COUNTRY_OF_EXPLOITATION.value(2019, Counted("base")) == ""


def test_empty_fields_say_why() -> None:
    row = written(sex="-", nationality="other", form="AU")
    assert row["prs_Gender"] == row["prs_Citizenship"] == row["nlx_AgeBand"] == ""
    reasons = dict(reason.split("=") for reason in row[MISSING].split(";"))
    assert reasons["prs_Gender"] == "suppressed"
    assert reasons["nlx_AgeBand"] == "unknown"
    assert reasons["prs_Citizenship"] == "not-in-the-standard"


@pytest.mark.parametrize("sector", sorted({row.attributes["figure_row"] for row in LABOUR_SECTORS.rows.values()}))
def test_industry_is_the_section_of_the_sector(sector: str) -> None:
    section = LABOUR_SECTORS.get(sector).attributes["sbi_section"]
    industry = written(labour_sector=sector)["vic_ForcedLabourIndustry"]
    assert industry.startswith(f"{section}_") if section else industry == ""


@pytest.mark.parametrize(
    "column",
    [
        OutColumn("prs_FirstName", NOTHING),
        OutColumn("prs_Birthdate", NOTHING),
        OutColumn("cas_IncomingReferralDetails", NOTHING),
        OutColumn("nlx_Name", NOTHING),
        OutColumn("sex", NOTHING),
        OutColumn("prs_Gender", NOTHING, {"Woman": NOTHING}),
        OutColumn("prs_Citizenship", NOTHING, {"Dutch": NOTHING}),
    ],
    ids=lambda column: column.name,
)
def test_fields_and_values_outside_the_list_are_refused(column: OutColumn) -> None:
    with pytest.raises(NotOfTheStandardError):
        check([column])


def test_what_is_written_has_only_declared_values() -> None:
    found = written(sex="male")
    assert isinstance(found, dict)
    with pytest.raises(ValueError, match="nlx_MissingReason"):
        Content((OutColumn(MISSING, NOTHING, pattern="a"),), [("Jane Doe",)], made.about())
