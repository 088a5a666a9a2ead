"""The pages of the ledger of releases: what left or was refused, by kind and purpose, and who has something of one release.

They show no number of reports: that would be an exact count.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.web import current_actor, needs
from reports.releases import selectors
from reports.releases.errors import UnknownReleaseError
from reports.releases.selectors import READS, Asked, Entry
from reports.releases.services import EVERYBODY, Kind, Outcome, Purpose
from reports.web.aggregate_texts import name_of

SHOWN = 50
MOST_DIGITS = 18
KINDS: Mapping[str, str | Promise] = {
    Kind.EDITION: _("Edition"),
    Kind.FIGURE: _("File of a figure"),
    Kind.CHART: _("Chart"),
    Kind.TABLES: _("Tables and files of an edition"),
    Kind.DELIVERY: _("Delivery"),
    Kind.EXTRACT: _("Extract"),
    Kind.SYNTHETIC: _("Synthetic data"),
    Kind.ANSWER: _("Answer to a program"),
}
OUTCOMES: Mapping[str, tuple[str | Promise, str]] = {
    Outcome.RELEASED: (_("released"), "green"),
    Outcome.REFUSED: (_("refused"), "red"),
}
PURPOSES: Mapping[str, str | Promise] = {
    Purpose.PUBLICATION: _("Publication"),
    Purpose.NATIONAL_RAPPORTEUR: _("Task of the National Rapporteur"),
    Purpose.STATISTICS_NETHERLANDS: _("Statistics Netherlands"),
    Purpose.DATA_STANDARD: _("International data standard"),
    Purpose.RESEARCH: _("Research"),
    Purpose.POLICY: _("Policy"),
    Purpose.OWN_ANALYSIS: _("Analysis by the registry"),
}
NOT_IN_LIST: dict[str, Any] = {"required": "", "invalid_choice": _("Choose one from the list.")}


def _choice(label: Any, everything: str | Promise, names: Mapping[str, str | Promise]) -> forms.ChoiceField:
    choices = [("", everything), *((str(code), name) for code, name in names.items())]
    return forms.ChoiceField(required=False, label=label, choices=choices, error_messages=NOT_IN_LIST)


class LedgerForm(forms.Form):
    kind = _choice(_("What"), _("everything"), KINDS)
    outcome = _choice(_("Outcome"), _("released or refused"), {code: name for code, (name, _colour) in OUTCOMES.items()})
    purpose = _choice(_("Purpose"), _("all purposes"), PURPOSES)


@require_safe
@needs(READS)
def ledger(request: HttpRequest) -> HttpResponse:
    form = LedgerForm(request.GET)
    if not form.is_valid():
        return render(request, "reports/ledger.html", {"form": form}, status=422)
    before = _number(request.GET.get("before", ""))
    answer = selectors.read(asked=Asked(**form.cleaned_data, before=before), limit=SHOWN, by=current_actor(request))
    query = request.GET.copy()
    query.pop("before", None)
    content = {"form": form, "answer": answer, "rows": _rows(answer.entries), "query": query.urlencode(), "back": before}
    return render(request, "reports/ledger.html", content)


@require_safe
@needs(READS)
def release(request: HttpRequest, release: UUID) -> HttpResponse:
    try:
        entries = selectors.of_release(release, by=current_actor(request))
    except UnknownReleaseError:
        raise Http404 from None
    content = {"release": release, "rows": _rows(entries), "recalled": entries[0].recalled}
    return render(request, "reports/ledger_release.html", content)


def _rows(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    return [
        {
            "entry": one,
            "kind": KINDS.get(one.kind, one.kind),
            "outcome": OUTCOMES[one.outcome],
            "purpose": PURPOSES.get(one.purpose, one.purpose),
            "by": name_of(one.by) or one.by,
            "recipient": _("everybody who reads figures")
            if one.recipient == EVERYBODY
            else name_of(one.recipient) or one.recipient,
            "parameters": [(name, _said(value)) for name, value in one.parameters.items()],
        }
        for one in entries
    ]


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _number(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= MOST_DIGITS else None
