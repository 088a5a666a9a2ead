"""The desk where links are reviewed: the lists, one pair side by side, an answer, an answer taken back.

Who the persons are is shown only after a look at both was opened with a motive; each showing is recorded first.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts import permissions
from accounts.roles import Permission
from accounts.web import current_actor, needs
from accounts.web.waiting import Waiting, tells_waiting
from intake import comparing
from intake.errors import (
    ContradictionError,
    DisputedError,
    IntakeError,
    NotAskedError,
    NotDecidedError,
    NotForReviewError,
    OwnDecisionError,
    UnknownPairError,
)
from intake.matching import history, letters, quality_sample, review, selectors
from intake.matching.selectors import Question
from intake.models.decision import Reading, Verdict
from intake.models.matching import Pair
from intake.unlock import Motive
from intake.web import review_comparison as comparison
from intake.web import review_names as names
from intake.web.unlocks import MOTIVES
from safeguards.actors import Actor

REVIEW = Permission.REVIEW_LINKAGE
SHOWN = 20

ANSWERS: dict[type[IntakeError], str | Promise] = {
    OwnDecisionError: gettext_lazy("You answered about this pair yourself. Somebody else has to look at it again."),
    NotAskedError: gettext_lazy(
        "This pair waits for nobody's answer. Its last answer can be taken back, and a supervisor can correct a link."
    ),
    DisputedError: gettext_lazy("Two readers disagree on this pair. A supervisor settles it."),
    NotDecidedError: gettext_lazy("There is no answer that you can take back here."),
    ContradictionError: gettext_lazy(
        "This contradicts earlier decisions about reports of these persons. Take one of those back first."
    ),
}


class Desk(StrEnum):
    """The lists that a reader works through; the next pair comes from the same one."""

    QUESTIONS = "questions"
    CHECKS = "checks"
    DISPUTES = "disputes"


@tells_waiting(REVIEW)
def waiting(by: Actor) -> Iterator[Waiting]:
    asked = selectors.count_open(reader=by.id)
    yield Waiting(gettext_lazy("Pairs of reports that may be about one person"), "intake:review-queue", asked)
    if permissions.has(by, Permission.SETTLE_LINKAGE):
        disputed = selectors.count_disputes(reader=by.id)
        yield Waiting(gettext_lazy("Pairs on which two readers disagree"), "intake:review-queue", disputed, "disputes")
    yield Waiting(gettext_lazy("Letters about persons whom no police unit reported"), "intake:letters", letters.waiting())


@needs(REVIEW)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    by = current_actor(request)
    questions = selectors.open_questions(SHOWN, reader=by.id)
    checks = quality_sample.next_checks()
    settles = permissions.has(by, Permission.SETTLE_LINKAGE)
    content = {
        "desk": Desk.QUESTIONS,
        "rows": [(question, _reasons(question), names.sides(question)) for question in questions],
        "waiting": selectors.count_open(reader=by.id),
        "check": checks[0] if checks else None,
        "checks": len(checks),
        "disputed": selectors.count_disputes(reader=by.id) if settles else 0,
        "disputes": [(one, names.sides(one)) for one in selectors.disputes(SHOWN, reader=by.id)] if settles else [],
        "quality": permissions.has(by, Permission.READ_LINKAGE_QUALITY),
        "settles": settles,
    }
    return render(request, "intake/review_queue.html", content | _done(request))


@needs(REVIEW)
@require_safe
def pair(request: HttpRequest, pair: UUID) -> HttpResponse:
    by = current_actor(request)
    question = _found(pair)
    reading = review.reading_of(pair=pair, by=by)
    blind = question.waits == Pair.Waits.SECOND and question.read_by != by.id
    check = question.band != Pair.Band.QUESTION and not blind
    # What linkage made of it would speak for it, and the answer is what linkage is measured by.
    unaware = check and reading == Reading.FIRST
    content = {
        "question": question,
        "desk": _desk(request),
        "reading": reading,
        "decided": question.decision and not blind,
        "check": check,
        "unaware": unaware,
        "evidence": _evidence(question),
        "reasons": _reasons(question),
        "sides": names.sides(question),
        "lines": comparison.of_reports(question),
        "histories": [_told(one, by) for one in history.of_both(question, reader=by.id, unaware=unaware)],
        "choices": names.choices() if reading else [],
        "motives": [(motive.value, MOTIVES[motive]) for motive in comparing.MOTIVES],
        "takes_back": review.may_undo(pair=pair, by=by),
        "contests": not blind and review.may_contest(pair=pair, by=by),
        "own": question.decided_by == by.id or question.read_by == by.id,
    }
    return render(request, "intake/review_pair.html", content | _identities(question, by) | _done(request, but=pair))


@needs(REVIEW)
@require_safe
def following(request: HttpRequest, pair: UUID) -> HttpResponse:
    """The pair after this one, which stays in its list."""
    return _next(request, _desk(request), after=_found(pair))


@needs(REVIEW)
@require_POST
def decide(request: HttpRequest, pair: UUID) -> HttpResponse:
    question, verdict, desk = _found(pair), request.POST.get("verdict", ""), _desk(request)
    if verdict not in Verdict.values:
        messages.warning(
            request, _("Choose what you see and why: the same person, different persons, or that you cannot tell.")
        )
        return _stay(pair, desk)
    try:
        review.decide(pair=pair, verdict=Verdict(verdict), by=current_actor(request))
    except UnknownPairError:
        raise Http404 from None
    except (OwnDecisionError, NotAskedError, DisputedError, ContradictionError) as error:
        messages.warning(request, str(ANSWERS[type(error)]))
        return _stay(pair, desk)
    return _next(request, desk, after=question, done=pair)


@needs(REVIEW)
@require_POST
def undo(request: HttpRequest, pair: UUID) -> HttpResponse:
    try:
        review.undo(pair=pair, by=current_actor(request))
    except UnknownPairError:
        raise Http404 from None
    except (NotDecidedError, ContradictionError) as error:
        messages.warning(request, str(ANSWERS[type(error)]))
    else:
        messages.success(request, _("The answer is taken back."))
        if selectors.question(pair) is None:
            return redirect("intake:review-queue")
    return _stay(pair, _desk(request))


@needs(REVIEW)
@require_POST
def contest(request: HttpRequest, pair: UUID) -> HttpResponse:
    try:
        review.contest(pair=pair, by=current_actor(request))
    except UnknownPairError:
        raise Http404 from None
    except NotDecidedError:
        messages.warning(request, _("This answer cannot be read again: it is your own, or not one person's word alone."))
    else:
        messages.success(request, _("Somebody else reads this pair. Until then the answer holds."))
    return _stay(pair, _desk(request))


@needs(REVIEW)
@require_POST
def unlock(request: HttpRequest, pair: UUID) -> HttpResponse:
    motive, desk = request.POST.get("motive", ""), _desk(request)
    if motive not in comparing.MOTIVES:
        messages.warning(request, _("Choose why you look."))
        return _stay(pair, desk)
    try:
        comparing.open_both(pair=pair, motive=Motive(motive), by=current_actor(request))
    except NotForReviewError:
        raise Http404 from None
    return redirect(f"{_address(pair, desk)}#identities")


def _desk(request: HttpRequest) -> Desk:
    asked = request.POST.get("list") or request.GET.get("list", "")
    return Desk(asked) if asked in list(Desk) else Desk.QUESTIONS


def _address(pair: UUID, desk: Desk, **more: object) -> str:
    query = urlencode({"list": desk.value} | more if desk is not Desk.QUESTIONS else more)
    return reverse("intake:review-pair", kwargs={"pair": pair}) + (f"?{query}" if query else "")


def _stay(pair: UUID, desk: Desk) -> HttpResponse:
    return redirect(_address(pair, desk))


def _next(request: HttpRequest, desk: Desk, *, after: Question, done: UUID | None = None) -> HttpResponse:
    """At the end of a list the reader goes to its beginning, where what was passed over still stands."""
    reader = current_actor(request).id
    found = _of_list(desk, reader, after) or _of_list(desk, reader, None)
    more = {"done": done} if done else {}
    if found is None or found == after.id:
        return redirect(f"{reverse('intake:review-queue')}?{urlencode(more)}" if more else "intake:review-queue")
    return redirect(_address(found, desk, **more))


def _of_list(desk: Desk, reader: str, after: Question | None) -> UUID | None:
    if desk is Desk.CHECKS:
        return next(iter(quality_sample.next_checks(after=after.id if after else None)), None)
    if desk is Desk.DISPUTES:
        return next((one.id for one in selectors.disputes(1, reader=reader, after=after)), None)
    return next((one.id for one in selectors.open_questions(1, reader=reader, after=after)), None)


def _done(request: HttpRequest, but: UUID | None = None) -> dict[str, Any]:
    """The answer that was just given, for as long as it is the last about its pair, so that a slip is put right at once."""
    try:
        pair = UUID(request.GET.get("done", ""))
    except ValueError:
        return {}
    answer = review.own_last(pair=pair, by=current_actor(request))
    if answer is None or pair == but:
        return {}
    return {"done": pair, "done_answer": names.ANSWERS[answer.answer], "done_reason": names.REASONS[answer.reason]}


def _found(pair: UUID) -> Question:
    question = selectors.question(pair)
    if question is None:
        raise Http404
    return question


def _identities(question: Question, by: Actor) -> dict[str, Any]:
    both = comparing.identities_of(pair=question.id, by=by)
    if both is None:
        return {}
    erased = both.first is None or both.second is None
    return {"both": both, "motive": MOTIVES[both.motive], "persons": comparison.of_identities(both), "erased": erased}


def _told(found: history.History, by: Actor) -> tuple[history.History, list[tuple[Any, ...]]]:
    """Who answered is told as the reader or somebody else, never by name."""
    answers = [
        (row, names.ANSWERS[row.answer], names.REASONS.get(row.reason, ""), names.READINGS[row.reading], row.by == by.id)
        for row in found.answered
    ]
    return found, answers


def _evidence(question: Question) -> list[tuple[str | Promise, ...]]:
    return [
        (names.field(part.field), names.level(part.field, part.level), names.strength(part.weight), _bits(part.weight))
        for part in question.evidence
    ]


def _bits(weight: float) -> str:
    return f"{'+' if weight > 0 else ''}{number_format(round(weight, 1), decimal_pos=1)}"


def _reasons(question: Question) -> list[str | Promise]:
    """Why a person has to look; to a second reader not that a link is held back, which ends with a clear answer."""
    reasons = [names.caution(caution) for caution in question.cautions]
    return [names.HELD_BACK, *reasons] if question.held_back and question.waits != Pair.Waits.SECOND else reasons
