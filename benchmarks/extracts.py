"""Measures extracts: `python -m benchmarks.extracts` writes benchmarks/extracts.md. No database; about half a minute.

The reference register of 5,060 person-years, and 100,000 rows drawn from it with replacement.
"""

import os
import platform
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

import numpy as np  # noqa: E402

from reports.disclosure.microdata.checking import check  # noqa: E402
from reports.disclosure.microdata.protecting import protect  # noqa: E402
from reports.disclosure.microdata.rows import BLANK, Rows  # noqa: E402
from reports.disclosure.microdata.specification import Kind, choose  # noqa: E402
from reports.disclosure.microdata.suppressing import suppress  # noqa: E402
from reports.disclosure.microdata.utility import utility  # noqa: E402
from reports.disclosure.synthetic.laplace import noise  # noqa: E402
from reports.disclosure.synthetic.likeness import likeness, means  # noqa: E402
from reports.extracts.gathering import PersonYear, rows_of  # noqa: E402
from reports.extracts.opening import lines_of, synthesised  # noqa: E402
from reports.extracts.products import CONTRACTED, OPEN  # noqa: E402
from reports.personyears.derive import derive  # noqa: E402
from reports.personyears.merge import merge  # noqa: E402
from tests.reference_register import facts_by_person_year  # noqa: E402

HERE = Path(__file__).resolve().parent
MANY = 100_000
FOUR = {"year": "year", "sex": "sex", "age": "band", "region": "region"}
ASKED = (
    {**FOUR, "form": "form"},
    {**FOUR, "form": "form", "reporter": "group"},
    {"year": "period", "sex": "sex", "age": "majority", "region": "europe", "form": "exploitation"},
    {"year": "year", "sex": "sex", "age": "band", "nationality": "top-5", "form": "form"},
    {**FOUR, "form": "form", "reporter": "group", "prostitution_sector": "visibility", "labour_sector": "sector"},
)


def main() -> None:
    before = os.getloadavg()[0]
    lines = list(report())
    load = f"load {before:.1f} before and {os.getloadavg()[0]:.1f} after"
    head = (
        "# Extracts, measured\n\n"
        f"`python -m benchmarks.extracts` on {datetime.now(tz=UTC):%d %B %Y}; {os.cpu_count()} cores, {load}, "
        f"Python {platform.python_version()}.\nThe machine may be shared: read processor seconds.\n\n"
    )
    (HERE / "extracts.md").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def report() -> Iterator[str]:
    person_years = register()
    yield "## Microdata: blanked values, all rows kept\n"
    heads = ("rows", "columns", "k", "quasi-identifiers blank", "most blank sensitive column", "1-way", "2-way", "check (s)")
    yield f"| {' | '.join(heads)} | protect (s) |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for asked in ASKED:
        yield protected_line(person_years, asked, None)
    for asked in (ASKED[0], ASKED[1]):
        yield protected_line(person_years, asked, MANY)
    yield ""
    yield from suppression_lines(person_years)
    yield from synthetic_lines(person_years)


def register() -> list[PersonYear]:
    derived = [(key, derive(merge(facts))) for key, facts in facts_by_person_year().items()]
    return [PersonYear(*key, counted) for key, counted in derived if "base" in counted.populations]


def protected_line(person_years: list[PersonYear], asked: dict[str, str], many: int | None) -> str:
    specification = CONTRACTED.specification
    chosen = choose(specification, asked)
    rows = rows_of(person_years, chosen)
    if many:
        drawn = np.random.default_rng(20261129).integers(0, len(rows), many)
        rows = Rows(rows.names, rows.codes[drawn], rows.values, np.arange(many))
    quasi = [one.column.name for one in chosen if one.column.kind is Kind.QUASI_IDENTIFIER]
    sensitive = [name for name in rows.names if name not in quasi]
    checking, _ = timed(lambda: check(rows, quasi, sensitive, k=specification.k, diversity=specification.diversity))
    seconds, found = timed(lambda: protect(rows, chosen, specification, order=range))
    lost = utility(rows, found.rows)
    blank = sum(lost.blank[name] for name in quasi) / len(quasi)
    columns = ", ".join(f"{name} {level}" for name, level in asked.items())
    most = max(lost.blank[name] for name in sensitive)
    return (
        f"| {len(rows):,} | {columns} | {specification.k} | {blank:.2%} | {most:.1%} | {lost.distance_1:.3f} | "
        f"{lost.distance_2:.3f} | {checking:.3f} | {seconds:.2f} |"
    )


def suppression_lines(person_years: list[PersonYear]) -> Iterator[str]:
    yield "## Quasi-identifiers alone (year, sex, age, region)\n"
    yield "| k | values blank | rows lost | seconds |"
    yield "|---|---|---|---|"
    rows = rows_of(person_years, choose(CONTRACTED.specification, FOUR))
    for k in (5, 11):
        seconds, found = timed(lambda k=k: suppress(rows.codes, rows.persons, k))
        yield f"| {k} | {(found == BLANK).mean():.2%} | 0 | {seconds:.2f} |"
    yield ""


def synthetic_lines(person_years: list[PersonYear]) -> Iterator[str]:
    yield "## Synthetic data: epsilon 3.5 of 4, delta 0.000001, seven columns, mean of three runs\n"
    yield "| columns in a table | total variation distance | mean error in persons |"
    yield "|---|---|---|"
    rows = rows_of(person_years, choose(OPEN.specification, OPEN.fixed))
    real = lines_of(rows)
    runs, spent = [], []
    for _ in range(3):
        seconds, made = timed(lambda: synthesised(rows.names, real))
        runs.append(means(likeness(rows.names, real, made.rows)))
        spent.append(seconds)
    for size in runs[0]:
        distance, error = (sum(run[size][part] for run in runs) / len(runs) for part in (0, 1))
        yield f"| {size} | {distance:.4f} | {error:.1f} |"
    yield f"\nOne run takes {sum(spent) / len(spent):.1f} s."
    seconds, drawn = timed(lambda: [abs(noise(Fraction(4))) for _ in range(10_000)])
    error = sum(drawn) / len(drawn)
    yield f"A cell of a fixed table at epsilon 1/4: mean error {error:.2f}; {seconds / 10:.3f} s for 1,000 cells."


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.process_time()
    found = work()
    return time.process_time() - begun, found


if __name__ == "__main__":
    main()
