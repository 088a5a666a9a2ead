"""What protecting all figures of the reference register together costs, by each method, and what the attack finds in it.

Writes benchmarks/disclosure.md. Nothing is stored: any settings do. Run:
DJANGO_SETTINGS_MODULE=config.settings.test python -m django shell --no-imports \\
    -c "from benchmarks.disclosure import main; main()"
"""

import os
import platform
import resource
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from reports.disclosure.attack import Recovered, attack
from reports.disclosure.microdata.rows import BLANK
from reports.disclosure.protecting import examine, protect
from reports.disclosure.release import Key, Release
from reports.disclosure.suppression import suppress_release
from reports.editions.exported import printed_release
from reports.editions.linked import as_release
from reports.editions.protecting import Rounding, protected
from reports.figures.compute import counters_of
from reports.figures.definitions import FIGURES
from reports.figures.tables import Table, tables
from reports.personyears.derive import derive
from reports.personyears.merge import merge
from tests import everything_out, reference_register

REPORT = Path(__file__).with_name("disclosure.md")
# Shared years, forms and totals, nested populations, a hierarchy of forms and one of regions, and a list of the most frequent.
TEN = ("2.1", "2.2", "2.3", "2.7", "2.8", "2.9", "2.10", "2.12", "2.13", "T2.1")
SECRET = b"a secret of thirty-two bytes, or"
LATE, WITHDRAWN = 30, 3


@dataclass(frozen=True)
class Row:
    name: str
    wall: float
    processor: float
    cells: int
    left_out: int
    lost: float
    error: float
    largest: int
    found: Recovered

    def line(self) -> str:
        return (
            f"| {self.name} | {self.wall:.1f} / {self.processor:.1f} | {self.cells:,} | {self.left_out:,} | "
            f"{self.lost:.2%} | {self.error:.2f} | {self.largest} | {len(self.found.exact)} / {len(self.found.near)} |"
        )


def exact_tables(skip: slice = slice(None)) -> dict[str, Table]:
    facts = list(reference_register.facts_by_person_year().items())[skip]
    counters = counters_of((year, derive(merge(contributions))) for (_, year), contributions in facts)
    return tables(FIGURES, counters, everything=True)


def measured(name: str, release: Release, method: Callable[[Release], Release]) -> Row:
    wall, processor = time.perf_counter(), time.process_time()
    out = method(release)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    counted, printed = release.values(), numbers(out)
    gone = [key for key, value in printed.items() if value is None]
    moved = [abs(value - counted[key]) for key, value in printed.items() if value is not None]
    return Row(
        name,
        wall,
        processor,
        len(counted),
        len(gone),
        sum(counted[key] for key in gone) / sum(counted.values()),
        sum(moved) / len(moved),
        max(moved),
        attack([out]),
    )


def numbers(release: Release) -> Mapping[Key, int | None]:
    return {key: cell.value for table in release.tables for key, cell in table.named()}


def rounded(release: Release) -> Release:
    return protect(release, secret=SECRET).release


def small_ones(release: Release) -> Release:
    """Each small count left out, and nothing beside it."""
    return release.printed({key: None if 0 < value < 5 else value for key, value in release.values().items()}, None)


def table_by_table(release: Release) -> Release:
    """Each table suppressed as if it were alone: what is left out of one can stand in another."""
    found = (
        suppress_release(replace(release, tables=(table,), groups=(), populations=())).release.tables[0]
        for table in release.tables
    )
    return replace(release, tables=tuple(found), means=())


def jointly(release: Release) -> Release:
    return suppress_release(release).release


def written(rows: list[Row], joint: Row, editions: str) -> str:
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"""# Protecting all figures together

Written by `benchmarks/disclosure.py` on {datetime.now(UTC):%Y-%m-%d}; Python {platform.python_version()}, {os.cpu_count()}
cores, load {load} (other work included), peak memory of the process {peak} MB. One run each; nothing here is a test.

The reference register, all figures with every row. Seconds: wall / processor, without the attack but for controlled rounding,
which lets nothing out before its own attack found nothing. Lost: the share of what all cells count that is not printed. Error:
printed less counted, mean and largest. Found: counts below five that the attack works out, exactly / to two or three.

| method | s | cells | left out | lost | mean error | largest | found |
|---|---|---|---|---|---|---|---|
{chr(10).join(row.line() for row in rows)}

Ten linked figures ({", ".join(TEN)}), which are more tables by year and by form: the same columns.

| method | s | cells | left out | lost | mean error | largest | found |
|---|---|---|---|---|---|---|---|
{joint.line()}

{editions}
"""


def two_editions() -> str:
    """The release of the register, and its next edition after late reports and withdrawals, attacked together."""
    rounding = Rounding(SECRET)
    first, second = (
        printed_release(protected(exact_tables(part), rounding), base=5, reference=name)
        for part, name in ((slice(LATE, None), "first"), (slice(None, -WITHDRAWN), "second"))
    )
    wall, processor = time.perf_counter(), time.process_time()
    found = examine([first, second])
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    attacked = sum(one.attacked for one in found.together) + sum(one.attacked for _, _, one in found.differences)
    said = "nothing is found" if found.nothing else "SOMETHING IS FOUND"
    return (
        f"An edition and its next one after {LATE} late person-years and {WITHDRAWN} withdrawn ones, attacked together and\n"
        f"for every difference ({attacked:,} numbers): {said}, in {wall:.1f} / {processor:.1f} s."
    )


def with_extracts() -> str:
    """Both moments, and an extract of every kind that has rows of persons, each made safe against what is out before it."""
    moments = everything_out.first_moment(), everything_out.second_moment()
    editions = [everything_out.edition(moment, FIGURES, str(place)) for place, moment in enumerate(moments)]
    lines, out = [], []
    for kind in everything_out.EVERY_KIND:
        product, columns = kind
        alone = everything_out.extract(moments[1], kind).protected.rows
        processor = time.process_time()
        made = everything_out.extract(moments[1], kind, editions, [one.tallies for one in reversed(out)])
        processor = time.process_time() - processor
        out.append(made)
        before, after = (float((rows.codes == BLANK).mean()) for rows in (alone, made.protected.rows))
        lines.append(f"| {product.name} | {', '.join(columns)} | {before:.2%} | {after:.2%} | {processor:.0f} |")
    found = [everything_out.recovered(edition, out) for edition in editions]
    attacked = sum(one.attacked for one in found)
    said = "nothing is found" if all(one.nothing for one in found) else "SOMETHING IS FOUND"
    return f"""Extracts of the later moment, one after the other, each attacked with both editions and those before it. Blank:
of all values, as k-anonymity and diversity alone need it, and as the attack needs it. Seconds are of the processor.

| kind | columns | blank alone | blank with all that is out | s |
|---|---|---|---|---|
{chr(10).join(lines)}

Each edition with all of them ({attacked:,} numbers): {said}."""


def main() -> None:
    exact = exact_tables()
    everything = as_release(exact, base=5)
    rows = [
        measured("controlled rounding, all figures by one programme", everything, rounded),
        measured("small counts left out, nothing else", everything, small_ones),
        measured("suppression table by table", everything, table_by_table),
    ]
    ten = as_release({name: exact[name] for name in TEN}, base=5)
    found = suppress_release(ten)
    name = f"joint suppression: {len(found.primary)} small counts, {len(found.secondary)} others"
    joint = measured(name, ten, jointly)
    REPORT.write_text(written(rows, joint, f"{two_editions()}\n\n{with_extracts()}"), encoding="utf-8")
