"""The table that decides region of origin, for everybody who is signed in. It shows the decisions; regions.py holds them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from intake.codes.lists import COUNTRIES, REGIONS
from intake.codes.regions import RegionRow, region_table


@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    language = get_language() or "nl"
    rows = [_row(row, language) for row in region_table()]
    decided = [row for row in rows if row["reason"]]
    followed = sorted((row for row in rows if not row["reason"]), key=lambda row: (row["region"], row["country"]))
    return render(request, "intake/regions.html", {"decided": decided, "followed": followed})


def _row(row: RegionRow, language: str) -> dict[str, str]:
    dutch = language == "nl"
    return {
        "country": row.label_nl if dutch else row.label_en,
        "region": REGIONS.label(row.region, language),
        "m49": REGIONS.label(row.m49_region, language) if row.m49_region else "",
        "nationality_of": COUNTRIES.label(row.nationality_of, language) if row.nationality_of else "",
        "reason": row.reason_nl if dutch else row.reason_en,
    }
