"""The work of an estimate in steps of some seconds: each is worked out from what is stored, and gives plain values.

It reads no database. A step that is done again gives the same, so that it does not matter how often it was begun.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from typing import Any

from reports.estimation.answer import REFUSED, Asked, answer, search_of
from reports.estimation.histories import BadTableError, OverlapTable, check, read_table
from reports.estimation.pooling import Pooled, Terms, pool
from reports.estimation.printing import as_json, persons, sensitivity_as_json
from reports.estimation.reasons import Reason, no_table
from reports.estimation.replicates import Replicates, gathered, totals_of
from reports.estimation.sensitivity import vary
from reports.prevalence.parameters import FEW, Parameters

WHOLE, YEAR, STRATUM = "whole", "year", "stratum"
DRAW, ANSWER, VARY, POOL = "draw", "answer", "vary", "pool"
# Replicates in a step: a search of up to five lists takes hundredths of a second, one of six more than one.
AT_ONCE, AT_ONCE_OF_MANY = 50, 5

Json = Any
Part = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """part: its place among those counted. first and last: of a draw the numbers of its replicates, last not among them."""

    kind: str
    part: int = 0
    first: int = 0
    last: int = 0


@dataclass(frozen=True)
class Work:
    """inputs: as overlaps.counted gives them. partial: what the steps before gave, one each."""

    asked: Parameters
    inputs: Mapping[str, Any]
    partial: Sequence[Json] = ()

    @property
    def parts(self) -> Sequence[Part]:
        return list(self.inputs["parts"])

    def of(self, kind: str, part: int = 0) -> list[Json]:
        """What the steps of this kind gave for this part, as far as they are done."""
        done = zip(plan(self), self.partial, strict=False)
        return [found for step, found in done if (step.kind, step.part) == (kind, part)]


def plan(work: Work) -> tuple[Step, ...]:
    found: list[Step] = []
    for place, part in enumerate(work.parts):
        if part["part"] != STRATUM:
            found += [*_draws(work.asked, place, part), Step(ANSWER, place)]
    found.append(Step(VARY))
    return tuple(found) + ((Step(POOL),) if work.asked.strata else ())


def carry_out(work: Work) -> Json:
    """The next step."""
    step = plan(work)[len(work.partial)]
    return _KINDS[step.kind](work, step)


def assembled(work: Work) -> dict[str, Json]:
    """The result, once every step is done."""
    parts = [
        {"part": part["part"], "year": part.get("year"), **work.of(ANSWER, place)[0]}
        for place, part in enumerate(work.parts)
        if part["part"] != STRATUM
    ]
    strata = work.of(POOL)
    return {"parts": parts, "sensitivity": work.of(VARY)[0], "strata": strata[0] if strata else None}


def _draws(asked: Parameters, place: int, part: Part) -> list[Step]:
    """None for a table that is refused whatever replicates say."""
    table = _table(part)
    if not asked.replicates or _wrong_with(table) or table.seen_twice < asked.thresholds.fewest_seen_twice:
        return []
    at_once = AT_ONCE if len(table.lists) <= FEW else AT_ONCE_OF_MANY
    starts = range(0, asked.replicates, at_once)
    return [Step(DRAW, place, first, min(first + at_once, asked.replicates)) for first in starts]


def _draw(work: Work, step: Step) -> Json:
    part = work.parts[step.part]
    ordered = _table(part).ordered()
    how = search_of(ordered, _asked(work, part))
    totals = totals_of(ordered.counts, how, work.asked.seed, range(step.first, step.last))
    return [total if isfinite(total) else None for total in totals]


def _answer(work: Work, step: Step) -> Json:
    part = work.parts[step.part]
    table, asked = _table(part), _asked(work, part)
    try:
        return as_json(answer(table, asked, _drawn(work, step.part)), asked, table.lists)
    except BadTableError as error:
        return _refused(table, no_table(error))


def _refused(table: OverlapTable, reason: Reason) -> Json:
    """Of a year that cannot be searched where the whole period can, or the other way round: no number."""
    return {
        "status": REFUSED,
        "observed": table.observed,
        "total": None,
        "interval": None,
        "range": None,
        "terms": [],
        "near_best": [],
        **_told((reason,)),
    }


def _told(reasons: Sequence[Reason]) -> dict[str, Json]:
    return {
        "reasons": [reason.text for reason in reasons],
        "reason_codes": [reason.code for reason in reasons],
        "reason_lists": [list(reason.lists) for reason in reasons],
    }


def _drawn(work: Work, part: int) -> Replicates | None:
    totals = [nan if total is None else total for chunk in work.of(DRAW, part) for total in chunk]
    return gathered(totals) if totals else None


def _vary(work: Work, step: Step) -> Json:
    part = work.parts[step.part]
    table = _table(part)
    return None if _wrong_with(table) else sensitivity_as_json(vary(table, _asked(work, part)))


def _pool(work: Work, step: Step) -> Json:
    """Under the model of the whole period."""
    whole = work.of(ANSWER)[0]
    terms: Terms = frozenset(frozenset(term) for term in whole["terms"])
    tables = {tuple(part["codes"]): _table(part) for part in work.parts if part["part"] == STRATUM}
    return _pooled(pool(tables, terms, _asked(work, work.parts[0])))


def _pooled(found: Pooled) -> Json:
    strata = [
        {
            "codes": list(one.stratum),
            "observed": one.observed,
            "left_out": list(one.left_out),
            "status": REFUSED if one.reason else "pooled",
            "alone": persons(one.alone),
            "total": persons(one.total),
            "interval": _interval(one.low, one.high),
            **_told([one.reason] if one.reason else []),
        }
        for one in found.strata
    ]
    total = {"total": persons(found.total), "interval": _interval(found.low, found.high)}
    return {"strata": strata, "between": found.between, **total}


def _interval(low: float | None, high: float | None) -> Json:
    return None if low is None else [persons(low), persons(high)]


def _asked(work: Work, part: Part) -> Asked:
    return work.asked.asked(consent_break=part["consent_break"])


def _table(part: Part) -> OverlapTable:
    return read_table({"lists": part["lists"], "counts": part["counts"]})


def _wrong_with(table: OverlapTable) -> bool:
    try:
        check(table)
    except BadTableError:
        return True
    return False


_KINDS: Mapping[str, Callable[[Work, Step], Json]] = {DRAW: _draw, ANSWER: _answer, VARY: _vary, POOL: _pool}
