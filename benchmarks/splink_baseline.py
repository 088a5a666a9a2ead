"""Splink 5 on the same rows, to measure beside: sensible comparisons, weights by EM without labels, on DuckDB.

Needs the packages of requirements-relink.txt; nothing else in the repository imports this module. Its normalisation is what a
careful user of Splink writes in an afternoon: no diacritics, one case, no prefixes, nationalities under one name.
"""

import logging
from collections.abc import Mapping, Sequence
from functools import cache

import pyarrow
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_level_library as levels
from splink import comparison_library as comparisons

from benchmarks.baselines import PREFIXES, Scored, letters
from benchmarks.populations import populations
from benchmarks.registers import Row

COLUMNS = (
    "given",
    "family",
    "whole",
    "born",
    "year",
    "month",
    "day",
    "sex",
    "nationality",
    "place",
    "v_number",
    "bsn",
    "full_date",
)
BLOCKING = (
    ("v_number",), ("bsn",), ("given", "family"), ("family", "born"), ("given", "born"), ("whole", "year"),
    ("substr(family, 1, 4)", "year"), ("substr(given, 1, 4)", "year"), ("substr(given, 1, 3)", "substr(family, 1, 3)"),
    ("born", "nationality"),
)  # fmt: skip
SWAPPED = "(given_l = family_r or family_l = given_r)"


def scored_pairs(rows: Sequence[Row]) -> list[Scored]:
    """Every blocked pair of the rows with its probability, by a model that EM fits on these rows alone."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    database = DuckDBAPI()
    linker = Linker(database.register(_table(rows)), _settings(rows), log_level=logging.ERROR)
    _train(linker)
    found = linker.inference.predict(threshold_match_probability=0.01).as_record_list()
    return [Scored(pair["report_id_l"], pair["report_id_r"], pair["match_probability"]) for pair in found]


def _train(linker: Linker) -> None:
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("v_number"), block_on("bsn"), block_on("given", "family", "full_date")], recall=0.4
    )
    training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for columns in (("given", "family", "place"), ("full_date", "nationality")):
        training.estimate_parameters_using_expectation_maximisation(block_on(*columns))


def _settings(rows: Sequence[Row]) -> SettingsCreator:
    """A column that no row fills gives no comparison: EM could not train it."""
    compared = {
        "given_name": _name("given"),
        "family_name": _name("family"),
        "date_of_birth": _date(),
        "sex": comparisons.ExactMatch("sex"),
        "nationality": comparisons.ExactMatch("nationality").configure(term_frequency_adjustments=True),
        "place": comparisons.JaroWinklerAtThresholds("place", [0.9]).configure(term_frequency_adjustments=True),
        "v_number": comparisons.LevenshteinAtThresholds("v_number", [1]),
        "bsn": comparisons.LevenshteinAtThresholds("bsn", [1]),
    }
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="report_id",
        comparisons=[made for column, made in compared.items() if any(getattr(row, column) for row in rows)],
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in BLOCKING],
        retain_matching_columns=False,
    )


def _name(column: str) -> comparisons.CustomComparison:
    return comparisons.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            levels.NullLevel(column),
            levels.ExactMatchLevel(column, term_frequency_adjustments=True),
            levels.JaroWinklerLevel(column, 0.92),
            levels.CustomLevel(SWAPPED, "swapped"),
            levels.JaroWinklerLevel(column, 0.84),
            levels.CustomLevel(f"substr({column}_l, 1, 1) = substr({column}_r, 1, 1)", "same first letter"),
            levels.ElseLevel(),
        ],
    )


def _date() -> comparisons.CustomComparison:
    partly = "(full_date_l is null or full_date_r is null)"
    return comparisons.CustomComparison(
        output_column_name="born",
        comparison_levels=[
            levels.NullLevel("year"),
            levels.CustomLevel("full_date_l = full_date_r", "same"),
            levels.CustomLevel("born_l = born_r", "same first of January, or part of a date"),
            levels.CustomLevel("year_l = year_r and month_l = day_r and day_l = month_r", "day and month swapped"),
            levels.CustomLevel(f"year_l = year_r and {partly}", "same year, more not known"),
            levels.DamerauLevenshteinLevel("born", 1),
            levels.CustomLevel("year_l = year_r", "same year"),
            levels.CustomLevel("abs(year_l - year_r) <= 3", "three years at most"),
            levels.ElseLevel(),
        ],
    )


def _table(rows: Sequence[Row]) -> pyarrow.Table:
    values = [_values(row) for row in rows]
    columns = {"report_id": [row.report_id for row in rows]}
    for column in COLUMNS:
        kind = pyarrow.int32() if column == "year" else pyarrow.string()
        columns[column] = pyarrow.array([value[column] for value in values], type=kind)
    return pyarrow.table(columns)


def _values(row: Row) -> Mapping[str, str | int | None]:
    given, family = letters(row.given_name), letters(row.family_name)
    parts = [*row.date_of_birth.split("-"), "", ""][:3]
    return {
        "given": " ".join(given[:1]) or None,
        "family": " ".join(word for word in family if word not in PREFIXES) or None,
        "whole": " ".join(sorted({*given, *family} - PREFIXES)) or None,
        "born": row.date_of_birth or None,
        "full_date": row.date_of_birth if parts[2] and parts[1:] != ["01", "01"] else None,
        "year": int(parts[0]) if parts[0] else None,
        "month": parts[1] or None,
        "day": parts[2] or None,
        "sex": row.sex or None,
        "nationality": _countries().get(row.nationality.casefold(), row.nationality) or None,
        "place": " ".join(letters(row.place)) or None,
        "v_number": row.v_number or None,
        "bsn": row.bsn or None,
    }


@cache
def _countries() -> dict[str, str]:
    return {name.casefold(): code for code, population in populations().items() for name in population.nationality}
