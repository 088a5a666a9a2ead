"""Links that nobody is asked about, for a supervisor: those of one report, and those that an answer cut. It decides nothing."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from accounts.web import current_actor, needs
from intake.matching import selectors
from intake.matching.selectors import Question, Side
from intake.models.matching import Pair
from intake.web import review_names as names

Text = str | Promise
SHOWN = 20
MOST_OF_A_REPORT = 50

# What a decided link waits for.
WAITS: dict[str, Text] = {
    Pair.Waits.SECOND: _("a second reader has to look"),
    Pair.Waits.DISPUTED: _("two readers disagree"),
}
DECIDED: dict[str, Text] = {
    "": _("linked automatically"),
    Pair.Decision.SAME: _("decided: the same person"),
    Pair.Decision.DIFFERENT: _("decided: different persons"),
}


@needs(Permission.SETTLE_LINKAGE)
@require_safe
def links(request: HttpRequest) -> HttpResponse:
    reference = request.GET.get("reference", "").strip()
    # PostgreSQL refuses a text with a NUL.
    readable = bool(reference) and reference.isprintable()
    of_report = selectors.correctable(reference, MOST_OF_A_REPORT + 1) if readable else ()
    found = selectors.cut(SHOWN + 1, reader=current_actor(request).id, after=_after(request))
    content = {
        "reference": reference,
        "of_report": _rows(of_report[:MOST_OF_A_REPORT]),
        "most": MOST_OF_A_REPORT,
        "more_of_report": len(of_report) > MOST_OF_A_REPORT,
        "cut": _rows(found[:SHOWN]),
        "older": found[SHOWN - 1].id if len(found) > SHOWN else None,
        "begins": "after" not in request.GET,
    }
    return render(request, "intake/review_links.html", content)


def _after(request: HttpRequest) -> Question | None:
    try:
        return selectors.question(UUID(request.GET.get("after", "")))
    except ValueError:
        return None


def _rows(found: Iterable[Question]) -> list[tuple[Question, list[tuple[Side, Text]], Text]]:
    return [(one, names.sides(one), WAITS.get(one.waits) or DECIDED[one.decision]) for one in found]
