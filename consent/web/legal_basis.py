"""The legal-basis table as a page to read and print, for everybody who is signed in."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.reporters import Purpose
from consent.bases import BASES, CAPACITIES, REPORTERS, BasisRow, CapacityRow, Kind, Number
from consent.web.names import NAMES, name, reporter_name

Row = dict[str, str | Promise | bool | date | list[str | Promise] | None]


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    dutch = get_language() == "nl"
    groups = [
        (reporter_name(reporter), [_basis(row, dutch) for row in BASES.rows if row.reporter == reporter])
        for reporter in REPORTERS
    ]
    capacities = [_capacity(row, dutch) for row in CAPACITIES.rows]
    return render(request, "consent/legal_basis.html", {"groups": groups, "capacities": capacities})


def _basis(row: BasisRow, dutch: bool) -> Row:
    return {
        "item": name(row.item, Purpose, Number),
        "kind": name(row.kind, Kind),
        "own": bool(row.organisation),
        **_law(row, dutch),
    }


def _capacity(row: CapacityRow, dutch: bool) -> Row:
    return {
        "capacity": NAMES[row.capacity],
        "signers": [NAMES[signer] for signer in row.signers],
        "proof": row.proof,
        **_law(row, dutch),
    }


def _law(row: BasisRow | CapacityRow, dutch: bool) -> Row:
    return {
        "citation": row.citation_nl if dutch else row.citation_en,
        "note": row.note_nl if dutch else row.note_en,
        "confirmed": row.confirmed,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }
