"""What may be said about a table: an estimate, a range only, or nothing, with the reasons in words.

The thresholds are here, each with its reason. A refusal is an answer; a table that nobody can search at all is an error.
"""

from dataclasses import dataclass

from reports.estimation.chao import lower_bound
from reports.estimation.existence import refusal_code
from reports.estimation.histories import OverlapTable, check
from reports.estimation.intervals import Interval, profile
from reports.estimation.replicates import Replicates, Search, interval, replicate
from reports.estimation.selection import EXHAUSTIVE_BIC, NEAR_BEST, Chosen, NoModelError, choose

ESTIMATE, RANGE, REFUSED = "estimate", "range", "refused"

# All knowledge of who was not seen rests on those seen twice; with ten, chance alone moves the total by a third (1/sqrt(10)).
FEWEST_SEEN_TWICE = 10
# Limits are 2.5% quantiles: if more than twice that share of replicates has no estimate, the limits are made of who is left.
MOST_FAILED = 0.05
# Models that the data cannot tell apart and whose totals differ by more than this factor: one number would hide the choice.
WIDEST_FACTOR = 2.0

ASSUMPTION = (
    "The table cannot show how persons on no list differ from those on some list: the result holds only if no dependence "
    "among all lists at once sets them apart, if every person could come on each list, and if links between lists are right."
)

FEW_SEEN_TWICE, NO_ESTIMATE, FAILING_REPLICATES, NO_UPPER_LIMIT, MODELS_DIFFER = (
    "FEW_SEEN_TWICE",
    "NO_ESTIMATE",
    "FAILING_REPLICATES",
    "NO_UPPER_LIMIT",
    "MODELS_DIFFER",
)


@dataclass(frozen=True)
class Reason:
    code: str
    text: str


@dataclass(frozen=True)
class Asked:
    """How to search and how sure: one of selection.SEARCHES, terms of 2 to order lists, replicates of the bootstrap or none."""

    search: str = EXHAUSTIVE_BIC
    order: int = 2
    replicates: int = 0
    seed: int = 1
    processes: int = 1


@dataclass(frozen=True)
class Answer:
    """table: as searched, its lists by code. total, interval and span are None when refused.

    refusal_code: that of the chosen model, or of the list effects alone where no model has an estimate. span: the lowest and
    highest total of the models near the best and the chosen one, for a range. chao: the lower bound with list effects.
    """

    table: OverlapTable
    status: str
    refusal_code: int
    reasons: tuple[Reason, ...]
    chosen: Chosen | None
    total: float | None
    interval: Interval | None
    span: tuple[float, float] | None
    replicates: Replicates | None
    chao: float | None
    assumption: str = ASSUMPTION


def answer(table: OverlapTable, asked: Asked) -> Answer:
    """What may be said about the table. Raises BadTableError for one that cannot be searched (histories.check)."""
    check(table)
    ordered = table.ordered()
    try:
        chosen = choose(ordered.counts, len(ordered.lists), search=asked.search, order=asked.order)
    except NoModelError:
        return _without_model(ordered)
    if (few := _few_seen_twice(ordered)) is not None:
        return _refused(ordered, 0, few, chosen)
    return _with_limits(ordered, chosen, asked)


def _with_limits(table: OverlapTable, chosen: Chosen, asked: Asked) -> Answer:
    how = Search(len(table.lists), asked.search, asked.order)
    drawn = None
    limits = profile(chosen.best.model, table.counts, how.lists)
    if asked.replicates:
        drawn = replicate(table.counts, how, number=asked.replicates, seed=asked.seed, processes=asked.processes)
        if drawn.failed > MOST_FAILED:
            return _refused(table, 0, _failing(drawn), chosen)
        limits = interval(drawn, table.counts, how, chosen.best.total)
    if limits.high is None:
        return _refused(table, 0, Reason(NO_UPPER_LIMIT, "The data set no upper limit to the total."), chosen)
    span = _span(chosen)
    differ = span[1] > WIDEST_FACTOR * span[0]
    return Answer(
        table,
        RANGE if differ else ESTIMATE,
        0,
        (_differing(chosen, span),) if differ else (),
        chosen,
        chosen.best.total,
        limits,
        span if differ else None,
        drawn,
        lower_bound(table),
    )


def _span(chosen: Chosen) -> tuple[float, float]:
    totals = [one.total for one in (chosen.best, *chosen.near)]
    return min(totals), max(totals)


def _without_model(table: OverlapTable) -> Answer:
    code = refusal_code((), table.counts, len(table.lists))
    reason = Reason(NO_ESTIMATE, "No model that was looked at has a finite total that the overlaps determine.")
    return _refused(table, code, reason, None)


def _refused(table: OverlapTable, code: int, reason: Reason, chosen: Chosen | None) -> Answer:
    return Answer(table, REFUSED, code, (reason,), chosen, None, None, None, None, lower_bound(table))


def _few_seen_twice(table: OverlapTable) -> Reason | None:
    if table.seen_twice >= FEWEST_SEEN_TWICE:
        return None
    return Reason(
        FEW_SEEN_TWICE,
        f"Persons on exactly two lists: {table.seen_twice}. Fewer than {FEWEST_SEEN_TWICE} carry no estimate: "
        "chance alone would decide it.",
    )


def _failing(drawn: Replicates) -> Reason:
    return Reason(
        FAILING_REPLICATES,
        f"{drawn.failed:.0%} of the replicates have no estimate, more than {MOST_FAILED:.0%}: "
        "the table hangs on a few persons.",
    )


def _differing(chosen: Chosen, span: tuple[float, float]) -> Reason:
    low, high = (round(total, -2) for total in span)
    return Reason(
        MODELS_DIFFER,
        f"Range only: the data cannot tell apart the {len(chosen.near)} models within {NEAR_BEST:.0f} BIC of the lowest; with "
        f"the one chosen they give {low:,.0f} to {high:,.0f}, more than a factor of {WIDEST_FACTOR:.0f}. "
        "The total and the interval hold only if the model named is true.",
    )
