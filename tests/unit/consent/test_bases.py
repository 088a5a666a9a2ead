"""The legal-basis table, question by question: what it says, and that it answers every question on every day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from accounts.reporters import Purpose, ReporterGroup, Source
from consent import gate
from consent.bases import (
    BASES,
    CAPACITIES,
    ITEMS,
    REPORTERS,
    TABLES,
    BasisTable,
    Kind,
    Number,
    TableError,
    read_bases,
    read_capacities,
)
from consent.statements import Capacity, Signer

BEFORE_GDPR, FROM_GDPR = date(2018, 5, 24), date(2018, 5, 25)
DAYS = (date(2000, 1, 1), date(2015, 1, 1), BEFORE_GDPR, FROM_GDPR, date(2019, 12, 31), date(2030, 1, 1))
BY_LAW = {ReporterGroup.POLICE, ReporterGroup.KMAR, ReporterGroup.ISZW_DO}
BY_CONSENT = {ReporterGroup.CARE_COORDINATORS, ReporterGroup.FAIRWORK, ReporterGroup.OTHER}
CONSENT_PURPOSES = {Purpose.REGISTRATION, Purpose.HELP, Purpose.RESEARCH_EXTRACT}
REPRESENTATIVES = {"parent", "guardian", "certified-institution", "nidos"}
SIGNERS = {
    "sixteen-or-older": ("person", set()),
    "under-sixteen": ("representative", REPRESENTATIVES),
    "cannot-be-judged": ("representative", REPRESENTATIVES),
    "adult-represented": ("representative", {"curator", "mentor"}),
    "": ("", set()),
}


def expected_kind(group: ReporterGroup, purpose: Purpose) -> str:
    if group in BY_LAW:
        return "statutory"
    return "consent" if purpose in CONSENT_PURPOSES else "none"


def every_question() -> Iterator[tuple[ReporterGroup, Purpose, str, date]]:
    yield from product(ReporterGroup, Purpose, SIGNERS, DAYS)


@pytest.mark.parametrize(("group", "purpose", "capacity", "on"), list(every_question()))
def test_basis_of_every_group_purpose_capacity_and_day(group: ReporterGroup, purpose: Purpose, capacity: str, on: date) -> None:
    basis = gate.basis_for(group=group, purpose=purpose, capacity=capacity, on=on)
    assert basis.kind == expected_kind(group, purpose)
    signer, representatives = SIGNERS[capacity] if basis.kind == "consent" else ("", set())
    assert (basis.signer, set(basis.representatives)) == (signer, representatives)
    assert basis.bsn_allowed == (group in BY_LAW)
    assert basis.v_number_allowed == basis.document_number_allowed == (basis.kind != "none")
    assert basis.citation


@pytest.mark.parametrize(("source", "on"), list(product((Source.EMM, Source.OM), DAYS)))
def test_feed_registers_by_law_and_asks_for_no_help(source: Source, on: date) -> None:
    kinds = {
        purpose: gate.basis_for(group=None, purpose=purpose, capacity="", on=on, source=source).kind for purpose in Purpose
    }
    assert kinds[Purpose.REGISTRATION] == "statutory"
    assert kinds[Purpose.HELP] == kinds[Purpose.STATISTICS_NETHERLANDS] == "none"


@pytest.mark.parametrize(("reporter", "item", "on"), list(product(REPORTERS, ITEMS, DAYS)))
def test_every_question_has_one_row_with_a_citation_in_both_languages(reporter: str, item: str, on: date) -> None:
    row = BASES.find(reporter=reporter, item=item, on=on)
    assert row.citation_nl
    assert row.citation_en


def test_a_bsn_is_accepted_only_where_a_statute_is_cited() -> None:
    for row in BASES.rows:
        if row.item == Number.BSN:
            assert row.kind in (Kind.STATUTORY, Kind.NONE), row.id
        if row.kind is Kind.CONSENT:
            assert row.item not in (Number.BSN, Purpose.STATISTICS_NETHERLANDS), row.id


def test_consent_rests_on_the_law_of_the_day() -> None:
    def citation(on: date) -> str:
        return gate.basis_for(group=ReporterGroup.FAIRWORK, purpose=Purpose.REGISTRATION, capacity="", on=on).citation

    assert citation(BEFORE_GDPR).startswith("Wet bescherming persoonsgegevens")
    assert citation(FROM_GDPR).startswith("AVG")


def test_row_of_one_organisation_goes_before_its_group() -> None:
    group_row = BASES.find(reporter="fairwork", item="registration", on=FROM_GDPR)
    own = replace(group_row, id="own", organisation="one", kind=Kind.STATUTORY, valid_from=None, valid_to=None)
    table = BasisTable((*BASES.rows, own))
    assert table.find(reporter="fairwork", item="registration", on=FROM_GDPR, organisation="one").kind is Kind.STATUTORY
    assert table.find(reporter="fairwork", item="registration", on=FROM_GDPR, organisation="two").kind is Kind.CONSENT


def test_unknown_reporter_has_no_basis() -> None:
    with pytest.raises(TableError):
        gate.basis_for(group=None, purpose=Purpose.REGISTRATION, capacity="", on=FROM_GDPR)


@pytest.mark.parametrize(("capacity", "on"), list(product(Capacity, DAYS)))
def test_every_capacity_has_signers_on_every_day(capacity: Capacity, on: date) -> None:
    row = CAPACITIES.find(capacity, on)
    assert row.signers
    assert row.proof == (capacity is Capacity.ADULT_REPRESENTED)
    assert row.signed_by_person == (capacity is Capacity.SIXTEEN_OR_OLDER)
    assert Signer.PARENT not in row.signers or capacity in (Capacity.UNDER_SIXTEEN, Capacity.CANNOT_BE_JUDGED)


def broken_copy(folder: Path, *, instead_of: str, line: str) -> Path:
    source = (TABLES / "legal-basis.csv").read_text()
    path = folder / "legal-basis.csv"
    changed = [line if old.startswith(instead_of) else old for old in source.splitlines()]
    path.write_text("\n".join(text for text in changed if text))
    return path


@pytest.mark.parametrize(
    "line",
    [
        "",
        "x,fairwork,,help,consent,a,a,yes,,2018-05-24,,",
        "x,fairwork,,help,consent,a,a,yes,,2018-05-26,,",
        "x,fairwork,,help,consent,a,a,yes,2015-01-01,2018-05-25,,",
        "x,nobody,,help,consent,a,a,yes,,2018-05-25,,",
    ],
    ids=["no row", "gap", "overlap", "begins late", "unknown reporter"],
)
def test_table_with_a_gap_or_an_overlap_stops_the_start(tmp_path: Path, line: str) -> None:
    with pytest.raises(TableError):
        read_bases(broken_copy(tmp_path, instead_of="fairwork-help,", line=line))


def test_table_of_capacities_with_a_gap_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "capacity.csv"
    lines = (TABLES / "capacity.csv").read_text().splitlines()
    path.write_text("\n".join(line for line in lines if not line.startswith("under-sixteen-2018")))
    with pytest.raises(TableError):
        read_capacities(path)
