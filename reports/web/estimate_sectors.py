"""Turns imputed sectors into what their page and files show. Numbers are rounded to fives; it estimates nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.codes.lists import PROSTITUTION_SECTORS
from reports.web.estimate_presentation import Plain
from reports.web.estimate_texts import language, number

FIVE = 5
ROWS: Mapping[str, str | Promise] = {
    "less-visible": gettext_lazy("less visible sectors"),
    "more-visible": gettext_lazy("more visible sectors"),
}


@dataclass(frozen=True)
class SectorsView:
    """refused: no sector at all is known. tables are for _components/table.html."""

    refused: bool
    of: str
    visibility: Plain | None = None
    sectors: Plain | None = None
    quality: Plain | None = None


def sectors_view(result: Mapping[str, Any]) -> SectorsView:
    if result["refused"]:
        return SectorsView(True, _rounded(result["of"]))
    return SectorsView(False, _rounded(result["of"]), _visibility(result), _sectors(result), _quality(result["quality"]))


def _visibility(result: Mapping[str, Any]) -> Plain:
    head = (_("Sectors"), _("Known"), _("By strata, as Figure 2.4b"), _("By weights"), _("By regression"))
    rows = [
        (
            str(ROWS[code]),
            _rounded(row["known"]),
            _rounded(row["stratified"]),
            _with_limits(row["weighted"]),
            _with_limits(row["regressed"]),
        )
        for code, row in result["rows"].items()
    ]
    whole = (_("of whom covered"), "–", _rounded(result["stratified_covered"]), _rounded(result["of"]), _rounded(result["of"]))
    return Plain(_("More and less visible sectors"), head, (*rows, whole))


def _sectors(result: Mapping[str, Any]) -> Plain:
    head = (_("Sector"), _("Known"), _("By weights"), _("By regression"))
    rows = [
        (
            PROSTITUTION_SECTORS.label(code, language()),
            _rounded(row["known"]),
            _with_limits(row["weighted"]),
            _with_limits(row["regressed"]),
        )
        for code, row in result["sectors"].items()
    ]
    return Plain(_("Each sector"), head, tuple(rows))


def _quality(found: Mapping[str, Any]) -> Plain:
    rows = (
        (_("Known sectors"), _rounded(found["known"])),
        (_("Effective sample: equally weighted known sectors that say as much"), number(int(found["effective"]))),
        (_("Largest weight: persons that one known sector stands for"), number_format(found["largest"], 1, use_l10n=True)),
        (_("Cells of region, minority and reporter without a known sector"), number(found["empty_cells"])),
        (_("Persons in such cells"), _rounded(found["empty_persons"])),
    )
    return Plain(_("How much the weights rest on"), (_("What"), _("How many")), rows)


def _with_limits(found: Mapping[str, Any]) -> str:
    if found["interval"] is None:
        return _rounded(found["total"])
    low, high = (_rounded(limit) for limit in found["interval"])
    return _("%(total)s (%(low)s to %(high)s)") % {"total": _rounded(found["total"]), "low": low, "high": high}


def _rounded(value: float) -> str:
    return number(round(value / FIVE) * FIVE)
