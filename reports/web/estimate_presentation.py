"""Turns a stored estimate into what its page draws: charts, tables and words. It estimates nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from reports.charts.overlaps import Combination, Reach, iceberg, overlap
from reports.estimation.answer import REFUSED
from reports.prevalence.parameters import Parameters
from reports.prevalence.selectors import RunView
from reports.prevalence.steps import WHOLE
from reports.web.estimate_texts import (
    HUNDRED,
    STATUSES,
    bounds,
    list_name,
    lists_words,
    model_words,
    number,
    period_words,
    reason_words,
    report_text,
    stratum_words,
)
from reports.web.presentation import ChartView

MOST_COMBINATIONS, MOST_MODELS = 18, 15

Result = Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """A row of a table: its name, status with colour, limits in words, and why not more."""

    name: str
    status: str | Promise
    colour: str
    words: str
    why: str = ""


@dataclass(frozen=True)
class Plain:
    """A table of texts for _components/table.html."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class EstimateView:
    """charts with their tables; overlap is None where its numbers cannot be protected together."""

    whole: Line
    reasons: list[str]
    years: tuple[Line, ...]
    iceberg: ChartView
    overlap: ChartView | None
    combinations: Plain | None
    lists: Plain | None
    models: Plain
    left: int
    sensitivity: tuple[tuple[str, tuple[Line, ...]], ...]
    strata: tuple[Line, ...]
    strata_total: Line | None
    text: list[str]


def estimate_view(run: RunView, result: Result) -> EstimateView:
    asked = run.parameters
    whole, *years = result["parts"]
    shown = result["overlap"]
    strata = result["strata"] or {"strata": []}
    return EstimateView(
        whole=_line(period_words(asked), whole, asked),
        reasons=reason_words(whole, asked),
        years=tuple(_line(str(one["year"]), one, asked) for one in years),
        iceberg=_iceberg(asked, years or [whole], shown),
        overlap=_overlap(shown) if shown else None,
        combinations=_combinations_table(shown) if shown else None,
        lists=_lists_table(shown) if shown else None,
        models=_models(whole),
        left=max(0, len(whole["near_best"]) - MOST_MODELS),
        sensitivity=tuple(_sensitivity(result["sensitivity"] or {}, asked)),
        strata=tuple(_line(stratum_words(asked.strata, one["codes"]), one, asked) for one in strata["strata"]),
        strata_total=_strata_total(strata),
        text=report_text(run, whole, shown),
    )


def _line(name: str, answer: Mapping[str, Any], asked: Parameters) -> Line:
    status, colour = STATUSES[answer["status"]]
    return Line(name, status, colour, bounds(answer).words, " ".join(reason_words(answer, asked)))


def _strata_total(strata: Mapping[str, Any]) -> Line | None:
    if not strata["strata"]:
        return None
    if strata["total"] is None:
        status, colour = STATUSES[REFUSED]
        return Line(_("all strata"), status, colour, _("no sum, as it would count the refused ones as nobody"))
    status, colour = STATUSES["pooled"]
    return Line(_("all strata"), status, colour, bounds({"status": "pooled", "interval": strata["interval"]}).words)


def _iceberg(asked: Parameters, parts: Sequence[Mapping[str, Any]], shown: Mapping[str, Any] | None) -> ChartView:
    registered = shown["registered"] if shown else {}
    columns = []
    for one in parts:
        found, year = bounds(one), str(one["year"]) if one["year"] else WHOLE
        column = year if one["year"] else period_words(asked)
        columns.append(Reach(column, registered.get(year, 0), found.low, found.high, found.words))
    legend = (_("registered"), _("not registered, at least"), _("not registered, at most"))
    return ChartView(
        "iceberg",
        _("Registered and estimated"),
        _("A bar for each year: below what is registered, on it what the estimate adds at least and at most. See the table."),
        iceberg(columns, legend),
    )


def _combinations(shown: Mapping[str, Any]) -> list[tuple[frozenset[int], str, int]]:
    """The most frequent first."""
    codes = list(shown["lists"])
    found = [
        (frozenset(place for place, seen in enumerate(history) if seen == "1"), value)
        for history, value in shown["histories"].items()
    ]
    ordered = sorted(found, key=lambda one: (-one[1], sorted(one[0])))
    return [(members, lists_words(codes[place] for place in sorted(members)), value) for members, value in ordered]


def _overlap(shown: Mapping[str, Any]) -> ChartView:
    drawn = [Combination(*one) for one in _combinations(shown)[:MOST_COMBINATIONS]]
    lists = [(list_name(code), value) for code, value in shown["lists"].items()]
    return ChartView(
        "overlap",
        _("Who is on which lists"),
        _(
            "A bar for each combination of lists, the largest first; the squares below it say which lists. All numbers are in "
            "the table below the chart."
        ),
        overlap(lists, drawn),
    )


def _combinations_table(shown: Mapping[str, Any]) -> Plain:
    rows = tuple((name, number(value)) for _members, name, value in _combinations(shown))
    return Plain(
        _("On exactly these lists"), (_("Lists"), _("How many")), (*rows, (_("on any list"), number(shown["on_a_list"])))
    )


def _lists_table(shown: Mapping[str, Any]) -> Plain:
    rows = tuple((list_name(code), number(value)) for code, value in shown["lists"].items())
    return Plain(_("On each list"), (_("List"), _("How many")), rows)


def _models(whole: Mapping[str, Any]) -> Plain:
    near = whole["near_best"]
    rows = tuple(
        (
            model_words(one["terms"]),
            number(round(one["total"] / HUNDRED) * HUNDRED),
            number(bic_above(one, near)),
        )
        for one in near[:MOST_MODELS]
    )
    return Plain(
        _("Models that the data cannot tell apart"),
        (_("Dependence between lists"), _("Total"), _("BIC above the lowest")),
        rows,
    )


def bic_above(one: Mapping[str, Any], near: Sequence[Mapping[str, Any]]) -> int:
    """Whole: with decimals a few differences give the exact counts away."""
    above: float = one["bic"] - near[0]["bic"]
    return round(above)


def _sensitivity(found: Mapping[str, Any], asked: Parameters) -> Iterator[tuple[str, tuple[Line, ...]]]:
    titles = {
        "left_out": _("Without one of the lists"),
        "merged": _("With two lists as one"),
        "hidden": _("How many of a list the others would have estimated"),
    }
    for name, title in titles.items():
        lines = tuple(_varied(one, asked) for one in found.get(name, ()))
        if lines:
            yield title, lines


def _varied(one: Mapping[str, Any], asked: Parameters) -> Line:
    name = list_name(one["list"]) if "list" in one else lists_words(one["lists"])
    status, colour = STATUSES[one["status"]]
    return Line(name, status, colour, bounds({**one, "range": one["interval"]}).words)
