"""An answer as plain values for JSON; persons with one decimal, terms in the order that the lists came in."""

from collections.abc import Sequence
from typing import Any

from reports.estimation.answer import Answer, Asked
from reports.estimation.models import Model
from reports.estimation.selection import EXHAUSTIVE_BIC, Fitted
from reports.estimation.sensitivity import Sensitivity, Variation

SEARCH_NAMES = {
    EXHAUSTIVE_BIC: "lowest BIC of all hierarchical models",
    "stepwise-aic": "stepwise by AIC with a Wald test",
    "stepwise-p": "stepwise by the p-value of the overlap",
}


def as_json(found: Answer, asked: Asked, lists: Sequence[str]) -> dict[str, Any]:
    """found: as answered; lists: the codes in the order to print them in."""
    chosen, limits = found.chosen, found.interval
    codes = found.table.lists
    return {
        "status": found.status,
        "refusal_code": found.refusal_code,
        "observed": found.table.observed,
        "seen_once": found.table.seen_once,
        "seen_twice": found.table.seen_twice,
        "total": persons(found.total),
        "interval": [persons(limits.low), persons(limits.high)] if limits else None,
        "interval_method": limits.method if limits else None,
        "range": [persons(total) for total in found.span] if found.span else None,
        "method": _method(found, asked),
        "terms": _terms(chosen.best.model, codes, lists) if chosen else [],
        "reasons": [reason.text for reason in found.reasons],
        "reason_codes": [reason.code for reason in found.reasons],
        "reason_lists": [list(reason.lists) for reason in found.reasons],
        "assumption": found.assumption,
        "near_best": [_model(one, codes, lists) for one in chosen.near] if chosen else [],
        "lowest_aic": _model(chosen.lowest_aic, codes, lists) if chosen else None,
        "chao": persons(found.chao),
        "replicates": _drawn(found),
        "dependence": [list(pair) for pair in asked.dependence],
    }


def _drawn(found: Answer) -> dict[str, Any] | None:
    drawn = found.replicates
    return {"asked": drawn.asked, "failed": round(drawn.failed, 4)} if drawn else None


def sensitivity_as_json(found: Sensitivity | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "left_out": [_variation(one) for one in found.left_out],
        "merged": [_variation(one) for one in found.merged],
        "hidden": [{"list": one.list_code, "known": one.known, **_result(one.found)} for one in found.hidden],
    }


def _method(found: Answer, asked: Asked) -> str:
    name = SEARCH_NAMES[asked.search]
    if asked.search == EXHAUSTIVE_BIC and found.chosen and not found.chosen.exhaustive:
        name = "lowest BIC of a stepwise search, for all models are too many"
    return f"Poisson log-linear model, terms of up to {asked.order} lists, {name}; extended maximum likelihood"


def _terms(model: Model, codes: Sequence[str], lists: Sequence[str]) -> list[list[str]]:
    places = [sorted(lists.index(code) for place, code in enumerate(codes) if term >> place & 1) for term in model]
    return [[lists[place] for place in term] for term in sorted(places, key=lambda term: (len(term), term))]


def _model(one: Fitted, codes: Sequence[str], lists: Sequence[str]) -> dict[str, Any]:
    terms = _terms(one.model, codes, lists)
    return {"terms": terms, "total": persons(one.total), "bic": round(one.bic, 2), "aic": round(one.aic, 2)}


def _variation(one: Variation) -> dict[str, Any]:
    return {"lists": list(one.lists), **_result(one)}


def _result(one: Variation) -> dict[str, Any]:
    interval = [persons(one.low), persons(one.high)] if one.total is not None else None
    return {"status": one.status, "total": persons(one.total), "interval": interval}


def persons(number: float | None) -> float | None:
    """With one decimal."""
    return None if number is None else round(number, 1)
