"""States, steps and reports of extracts in words, and the lines of their pages."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reports.extracts.reporting import PURPOSES
from reports.extracts.selectors import ExtractView, StepView
from reports.extracts.workflow import State
from reports.figures.rows import Text
from reports.releases import budget
from reports.web.aggregate_texts import name_of

Words = str | Promise

STATES: Mapping[State, tuple[Words, str]] = {
    State.DESCRIBED: (_("risk is being counted"), "yellow"),
    State.PREVIEWED: (_("not asked for yet"), "blue"),
    State.ASKED: (_("waits for approval"), "yellow"),
    State.APPROVED: (_("approved, is being made"), "yellow"),
    State.READY: (_("ready"), "green"),
    State.REFUSED: (_("refused"), "red"),
    State.IMPOSSIBLE: (_("cannot be made safe"), "red"),
    State.TAKEN_BACK: (_("taken back"), "grey"),
    State.EXPIRED: (_("file removed"), "grey"),
}
RECALLED: tuple[Words, str] = (_("recalled"), "red")
STEPS: Mapping[str, Words] = {
    "previewed": _("Risk counted"),
    "asked": _("Asked for"),
    "approved": _("Approved"),
    "ready": _("Made"),
    "fetched": _("Fetched"),
    "refused": _("Refused"),
    "impossible": _("Cannot be made safe"),
    "taken-back": _("Taken back"),
    "expired": _("File removed"),
}


def said(text: Text) -> str:
    return text.in_language(get_language() or "nl")


def state(one: ExtractView) -> tuple[Words, str]:
    return RECALLED if one.withdrawn else STATES[one.state]


def row_of(one: ExtractView) -> dict[str, Any]:
    """A line of a list."""
    return {"extract": one, "title": said(one.product.title), "state": state(one), "asked_by": name_of(one.asked_by)}


def facts(one: ExtractView) -> list[dict[str, Words]]:
    lines: list[tuple[Words, str]] = [
        (_("Kind of data"), said(one.product.title)),
        (_("Purpose"), said(PURPOSES[one.purpose])),
        (_("What for"), one.why),
        (_("Recipient"), one.recipient),
        (_("To be kept until"), date_format(one.until)),
        (_("Years"), f"{one.years[0]}-{one.years[1]}"),
        (_("Columns"), "; ".join(f"{said(column.title)}: {said(column.levels[level])}" for column, level in one.columns)),
        (_("Asked for by"), name_of(one.asked_by)),
    ]
    if one.product.budget:
        spent = str(_("epsilon %(asked)s of %(cap)s, of which %(left)s is left"))
        lines.append(
            (_("Privacy budget"), spent % {"asked": one.product.budget.epsilon, "cap": budget.CAP, "left": budget.left()})
        )
    if one.file is not None:
        lines += [
            (_("Checksum (SHA-256)"), one.file.digest),
            (_("Can be fetched until"), date_format(localtime(one.file.expires), "SHORT_DATETIME_FORMAT")),
            (_("Watermark"), one.watermark),
        ]
    return [{"label": label, "value": value} for label, value in lines]


def step(one: StepView) -> dict[str, Any]:
    return {"what": STEPS[one.kind], "at": one.at, "by": name_of(one.by), "reason": one.reason}


def likeness(one: ExtractView) -> dict[str, Any]:
    """Of synthetic rows that were made: means by number of columns, and each table; distances in per cent."""
    if "likeness" not in one.preview:
        return {}
    titles = {column.name: said(column.title) for column, _level in one.columns}
    return {
        "means": [(size, distance * 100, error) for size, distance, error in one.preview["means"]],
        "tables": [
            (" × ".join(titles[name] for name in names), distance * 100, error)
            for names, distance, error in one.preview["likeness"]
        ],
    }


def risk(one: ExtractView) -> dict[str, Any]:
    """The preview: sentences, and the share left out of each column for a bar, in per cent."""
    report = one.preview
    if "k" not in report:
        return {}
    titles = {column.name: said(column.title) for column, _level in one.columns}
    return {
        "rows": report["rows"],
        "k": report["k"],
        "below_k": report["below_k"] * 100,
        "alone": report["alone"],
        "subsets": report["subsets"],
        "uniform": report["uniform"],
        "distance_1": report["distance_1"] * 100,
        "distance_2": report["distance_2"] * 100,
        "blank": [(titles[name], share * 100) for name, share in report["blank"].items()],
    }
