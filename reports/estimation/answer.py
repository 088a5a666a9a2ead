"""What may be said about a table: an estimate, a range only, or nothing, with the reasons in words.

A refusal is an answer; a table that nobody can search at all is an error.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from reports.estimation import reasons
from reports.estimation.chao import lower_bound
from reports.estimation.existence import refusal_code
from reports.estimation.histories import BadTableError, OverlapTable, check
from reports.estimation.intervals import Interval, profile
from reports.estimation.models import Model
from reports.estimation.reasons import Reason, Thresholds
from reports.estimation.replicates import Replicates, interval, replicate
from reports.estimation.selection import EXHAUSTIVE_BIC, NEAR_BEST, Chosen, NoModelError, Search, choose

ESTIMATE, RANGE, REFUSED = "estimate", "range", "refused"
VICTIMS, OFFENDERS = "victims", "offenders"
SUBJECTS = (VICTIMS, OFFENDERS)

ASSUMPTION = (
    "The table cannot show how persons on no list differ from those on some list: the result holds only if no dependence "
    "among all lists at once sets them apart, if every person could come on each list, and if links between lists are right."
)

Dependence = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asked:
    """How to search and how sure: one of selection.SEARCHES, terms of 2 to order lists, replicates of the bootstrap or none.

    dependence: pairs of lists of which one is known to refer to the other: every model has their term. consent_break: the
    period contains the year in which lists broke, so that no more than a range is given. about: whom the lists hold.
    """

    search: str = EXHAUSTIVE_BIC
    order: int = 2
    replicates: int = 0
    seed: int = 1
    processes: int = 1
    dependence: Dependence = ()
    consent_break: bool = False
    about: str = VICTIMS
    thresholds: Thresholds = field(default_factory=Thresholds)

    def without(self, codes: Sequence[str]) -> Self:
        """For the table from which these lists are gone."""
        return replace(self, dependence=tuple(pair for pair in self.dependence if not set(pair) & set(codes)))

    def merged(self, codes: Sequence[str], into: str) -> Self:
        """For the table in which these lists are one: a dependence between two of them is inside that list."""
        renamed = ((into if one in codes else one, into if two in codes else two) for one, two in self.dependence)
        return replace(self, dependence=tuple(dict.fromkeys(pair for pair in renamed if pair[0] != pair[1])))


@dataclass(frozen=True)
class Answer:
    """table: as searched, its lists by code. total, interval and span are None when refused.

    refusal_code: that of the chosen model, or of the list effects alone where no model has an estimate; None where nothing was
    fitted. span: the lowest and highest total of the models near the best and the chosen one, for a range; where consent
    broke the lists it takes in the limits too. chao: the lower bound with list effects.
    """

    table: OverlapTable
    status: str
    refusal_code: int | None
    reasons: tuple[Reason, ...]
    chosen: Chosen | None = None
    total: float | None = None
    interval: Interval | None = None
    span: tuple[float, float] | None = None
    replicates: Replicates | None = None
    chao: float | None = None
    assumption: str = ASSUMPTION


def answer(table: OverlapTable, asked: Asked, drawn: Replicates | None = None) -> Answer:
    """What may be said about the table; drawn: its replicates, where they were drawn before.

    Raises BadTableError for a table that cannot be searched (histories.check).
    """
    if asked.about == OFFENDERS:
        return Answer(table.ordered(), REFUSED, None, (reasons.offenders(),))
    check(table)
    ordered = table.ordered()
    how = search_of(ordered, asked)
    try:
        chosen = choose(ordered.counts, how)
    except NoModelError:
        code = refusal_code(how.forced, ordered.counts, how.lists)
        return Answer(ordered, REFUSED, code, (reasons.no_estimate(),), chao=lower_bound(ordered))
    if ordered.seen_twice < asked.thresholds.fewest_seen_twice:
        return _refused(ordered, reasons.few_seen_twice(ordered.seen_twice, asked.thresholds), chosen)
    if asked.replicates and drawn is None:
        drawn = replicate(ordered.counts, how, number=asked.replicates, seed=asked.seed, processes=asked.processes)
    return _with_limits(ordered, chosen, asked, drawn)


def search_of(ordered: OverlapTable, asked: Asked) -> Search:
    """ordered: its lists by code. Raises BadTableError where a dependence is not between two of its lists."""
    return Search(len(ordered.lists), asked.search, asked.order, _forced(ordered, asked.dependence))


def _forced(ordered: OverlapTable, dependence: Dependence) -> Model:
    found = set()
    for pair in dependence:
        if len(set(pair)) != 2 or not set(pair) <= set(ordered.lists):
            raise BadTableError("A known referral is between two lists of the table; name both by their codes.")
        found.add(sum(1 << ordered.lists.index(code) for code in pair))
    return tuple(sorted(found))


def _with_limits(table: OverlapTable, chosen: Chosen, asked: Asked, drawn: Replicates | None) -> Answer:
    how = search_of(table, asked)
    limits = profile(chosen.best.model, table.counts, how.lists)
    if drawn is not None:
        if drawn.failed > asked.thresholds.most_failed:
            return _refused(table, reasons.failing_replicates(drawn.failed, asked.thresholds), chosen)
        limits = interval(drawn, table.counts, how, chosen.best.total)
    if limits.high is None:
        return _refused(table, reasons.no_upper_limit(), chosen)
    span = _span(chosen)
    told = tuple(_only_a_range(chosen, span, asked))
    if asked.consent_break:
        span = min(span[0], limits.low), max(span[1], limits.high)
    return Answer(
        table,
        RANGE if told else ESTIMATE,
        0,
        told,
        chosen,
        chosen.best.total,
        limits,
        span if told else None,
        drawn,
        lower_bound(table),
    )


def _only_a_range(chosen: Chosen, span: tuple[float, float], asked: Asked) -> list[Reason]:
    found = [reasons.consent_break()] if asked.consent_break else []
    if span[1] > asked.thresholds.widest_factor * span[0]:
        found.append(reasons.models_differ(len(chosen.near), NEAR_BEST, span, asked.thresholds))
    return found


def _span(chosen: Chosen) -> tuple[float, float]:
    totals = [one.total for one in (chosen.best, *chosen.near)]
    return min(totals), max(totals)


def _refused(table: OverlapTable, reason: Reason, chosen: Chosen) -> Answer:
    return Answer(table, REFUSED, 0, (reason,), chosen, chao=lower_bound(table))
