"""The work of a run that imputes prostitution sectors, in steps: by weights and by regression beside the strata of Figure 2.4b.

It reads no database. What it imputes stands in the result of the run and enters no record.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from intake.codes.lists import PROSTITUTION_SECTORS
from reports.personyears import weighting
from reports.personyears.impute import Stratum, impute
from reports.personyears.weighting import Floats, Persons
from reports.prevalence.steps import Work

AT_ONCE = 25
VISIBILITIES = ("less-visible", "more-visible")
# Region of origin, minority and the group of the reporter; strata take the unit of the reporter too, as Figure 2.4b does.
FACTORS = 3

Json = Any


def plan(work: Work) -> tuple[range, ...]:
    """An empty range for the estimates, then the numbers of the replicates of each step."""
    numbers = work.asked.replicates
    return range(0), *(range(first, min(first + AT_ONCE, numbers)) for first in range(0, numbers, AT_ONCE))


def carry_out(work: Work) -> Json:
    persons, numbers = _persons(work), plan(work)[len(work.partial)]
    if not persons.known.any():
        return [] if numbers else None
    if not numbers:
        found = weighting.estimate(persons)
        return {"weighted": found.weighted.tolist(), "regressed": found.regressed.tolist()}
    drawn = weighting.draw(persons, work.asked.seed, numbers)
    return [{"weighted": one.weighted.tolist(), "regressed": one.regressed.tolist()} for one in drawn]


def assembled(work: Work) -> dict[str, Json]:
    """refused where no sector at all is known. rows: the two of Figure 2.4b; sectors: each on its own."""
    persons, estimates = _persons(work), work.partial[0]
    if estimates is None:
        return {"refused": True, "of": int(persons.total)}
    drawn = [one for chunk in work.partial[1:] for one in chunk]
    rows = {code: _row(persons, estimates, drawn, _mask(persons, code)) for code in VISIBILITIES}
    sectors = {code: _row(persons, estimates, drawn, _one(persons, code)) for code in persons.sectors}
    strata = _stratified(work)
    return {
        "refused": False,
        "of": int(persons.total),
        "rows": {code: row | {"stratified": strata[code]} for code, row in rows.items()},
        "stratified_covered": sum(strata.values()),
        "sectors": sectors,
        "quality": vars(weighting.quality(persons)),
        "replicates": {"asked": work.asked.replicates, "given": len(drawn)},
    }


def _row(persons: Persons, estimates: Json, drawn: Sequence[Json], mask: Floats) -> dict[str, Json]:
    found: dict[str, Json] = {"known": int(persons.known.sum(axis=0) @ mask)}
    for method in ("weighted", "regressed"):
        totals = [np.array([float(np.array(one[method]) @ mask)]) for one in drawn]
        low, high = weighting.limits(totals) if totals else (None, None)
        interval = None if low is None or high is None else [round(float(low[0]), 1), round(float(high[0]), 1)]
        found[method] = {"total": round(float(np.array(estimates[method]) @ mask), 1), "interval": interval}
    return found


def _mask(persons: Persons, visibility: str) -> Floats:
    return np.array([float(_visibility(sector) == visibility) for sector in persons.sectors])


def _one(persons: Persons, code: str) -> Floats:
    return np.array([float(sector == code) for sector in persons.sectors])


def _visibility(sector: str) -> str:
    return PROSTITUTION_SECTORS.get(sector).attributes["visibility"]


def _persons(work: Work) -> Persons:
    counted: Counter[tuple[tuple[str, ...], str]] = Counter()
    for *factors, _lead, sector, number in work.inputs["cells"]:
        counted[tuple(factors), sector] += number
    return weighting.gathered(counted)


def _stratified(work: Work) -> Mapping[str, int]:
    """As Figure 2.4b does, over the period as one."""
    strata: dict[tuple[str, ...], Counter[str]] = {}
    for region, majority, _group, lead, sector, number in work.inputs["cells"]:
        strata.setdefault((region, majority, lead), Counter())[_visibility(sector) if sector else ""] += number
    found = impute(
        [Stratum(tuple(one[code] for code in VISIBILITIES), one[""]) for _, one in sorted(strata.items())], len(VISIBILITIES)
    )
    return dict(zip(VISIBILITIES, found.rows, strict=True))
