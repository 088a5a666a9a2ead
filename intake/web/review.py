"""The desk where links are reviewed: the queue, one pair with its evidence, a decision, a decision taken back.

It shows how much two reports agree, never what stands in them; a look at the identities is another page with a reason.
"""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import Permission
from accounts.web import current_actor, needs
from accounts.web.waiting import Waiting, tells_waiting
from intake.errors import ContradictionError, IntakeError, NotDecidedError, OwnDecisionError, UnknownPairError
from intake.linkage.comparisons import Field, Level
from intake.linkage.decisions import Caution
from intake.matching import letters, review, selectors
from intake.matching.selectors import Question, Side
from intake.web import review_names as names
from safeguards.actors import Actor

REVIEW = Permission.REVIEW_LINKAGE
SHOWN = 50

ANSWERS: dict[type[IntakeError], str | Promise] = {
    OwnDecisionError: gettext_lazy("You decided on this pair yourself. Somebody else has to look at it again."),
    NotDecidedError: gettext_lazy("This decision was already taken back."),
    ContradictionError: gettext_lazy(
        "This contradicts earlier decisions about reports of these persons. Take one of those back first."
    ),
}


@tells_waiting(REVIEW)
def waiting(_by: Actor) -> Iterator[Waiting]:
    yield Waiting(gettext_lazy("Pairs of reports that may be about one person"), "intake:review-queue", selectors.count_open())
    yield Waiting(gettext_lazy("Letters about persons whom no police unit reported"), "intake:letters", letters.waiting())


@needs(REVIEW)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    questions = selectors.open_questions(limit=SHOWN)
    rows = [(question, _reasons(question), _sides(question)) for question in questions]
    return render(request, "intake/review_queue.html", {"rows": rows, "waiting": selectors.count_open()})


@needs(REVIEW)
@require_safe
def pair(request: HttpRequest, pair: UUID) -> HttpResponse:
    question = _found(pair)
    content = {
        "question": question,
        "evidence": _evidence(question),
        "reasons": _reasons(question),
        "sides": _sides(question),
        "own": question.decided_by == current_actor(request).id,
    }
    return render(request, "intake/review_pair.html", content)


@needs(REVIEW)
@require_POST
def decide(request: HttpRequest, pair: UUID) -> HttpResponse:
    decision = request.POST.get("decision", "")
    if decision not in review.Decision.values:
        messages.warning(request, _("Choose whether the reports are about the same person or about different persons."))
        return redirect("intake:review-pair", pair=pair)
    try:
        review.decide(pair=pair, decision=review.Decision(decision), by=current_actor(request))
    except UnknownPairError:
        raise Http404 from None
    except (OwnDecisionError, ContradictionError) as error:
        messages.warning(request, str(ANSWERS[type(error)]))
        return redirect("intake:review-pair", pair=pair)
    messages.success(request, _("The decision is recorded."))
    return _next()


@needs(REVIEW)
@require_POST
def undo(request: HttpRequest, pair: UUID) -> HttpResponse:
    try:
        review.undo(pair=pair, by=current_actor(request))
    except UnknownPairError:
        raise Http404 from None
    except NotDecidedError as error:
        messages.warning(request, str(ANSWERS[type(error)]))
    else:
        messages.success(request, _("The decision is taken back."))
    return redirect("intake:review-pair", pair=pair)


def _next() -> HttpResponse:
    following = selectors.open_questions(limit=1)
    return redirect("intake:review-pair", pair=following[0].id) if following else redirect("intake:review-queue")


def _found(pair: UUID) -> Question:
    question = selectors.question(pair)
    if question is None:
        raise Http404
    return question


def _evidence(question: Question) -> list[tuple[str | Promise, ...]]:
    return [
        (names.FIELDS[Field(part.field)], names.LEVELS[Level(part.level)], names.strength(part.weight), _bits(part.weight))
        for part in question.evidence
    ]


def _bits(weight: float) -> str:
    return f"{'+' if weight > 0 else ''}{number_format(round(weight, 1), decimal_pos=1)}"


def _reasons(question: Question) -> list[str | Promise]:
    """Why a person has to look."""
    reasons = [names.CAUTIONS[Caution(caution)] for caution in question.cautions]
    return [names.HELD_BACK, *reasons] if question.held_back else reasons


def _sides(question: Question) -> list[tuple[Side, str | Promise]]:
    return [(side, names.reporter(side.source, side.group)) for side in (question.first, question.second)]
