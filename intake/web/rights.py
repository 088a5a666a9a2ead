"""The privacy officer's desk for what people ask about their own data: the list, one case, and each step of it.

Who asks is written nowhere. An identity is seen under an unlock alone, and no page of it is kept by the browser.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.web.actors import current_actor
from accounts.web.guards import needs
from accounts.web.waiting import Waiting, tells_waiting
from consent import gate
from intake.errors import CaseStepError, IntakeError, UnknownCaseError
from intake.rights import copies, policies, removals, selectors, services
from intake.rights.copies import Copy, Look, ReportCopy
from intake.rights.grounds import ARTICLES, Outcome, Right
from intake.rights.selectors import CaseView, ReportLine, StepLine
from intake.rights.services import Request
from intake.web import review_names
from intake.web import rights_names as called
from intake.web.coded_rows import rows_of
from intake.web.rights_forms import (
    AddReportForm,
    CloseForm,
    DecisionForm,
    ExtendForm,
    IdentifyForm,
    NewCaseForm,
    forms_for,
)
from intake.web.unlocks import identity_rows
from safeguards.actions import told
from safeguards.actors import Actor

SHOWN = 200
CASE = "intake:rights-case"


@tells_waiting(policies.HANDLES)
def waiting(by: Actor) -> Iterator[Waiting]:
    open_cases = selectors.cases(closed=False, limit=SHOWN, by=by)
    yield Waiting(_("Requests that wait for an answer"), "intake:rights", len(open_cases))
    yield Waiting(
        _("Requests of which the answer is late or urgent"), "intake:rights", sum(c.late or c.urgent for c in open_cases)
    )
    yield Waiting(_("Requests in which a second person agreed to what you asked"), "intake:rights", selectors.granted(by=by))


@dataclass(frozen=True)
class Act:
    """A step of a case: its form, what it does, and what is said when it is done."""

    form: Callable[..., forms.Form]
    carry_out: Callable[[UUID, Any, Actor], None]
    done: str | Promise


def _decide(case: UUID, form: Any, by: Actor) -> None:
    services.decide(case=case, outcome=Outcome(form.cleaned_data["outcome"]), ground=form.cleaned_data["ground"], by=by)


ACTS: Mapping[str, Act] = {
    "identify": Act(
        IdentifyForm,
        lambda case, form, by: services.identify(case=case, how=form.chosen(), by=by),
        _("It is recorded who asks."),
    ),
    "extend": Act(
        ExtendForm, lambda case, form, by: services.extend(case=case, reason=form.chosen(), by=by), _("The term is extended.")
    ),
    "add": Act(
        AddReportForm,
        lambda case, form, by: services.add_report(case=case, reference=form.chosen(), by=by),
        _("The report is part of the case."),
    ),
    "decide": Act(DecisionForm, _decide, _("The decision is recorded and carried out.")),
    "close": Act(
        CloseForm, lambda case, form, by: services.close(case=case, told=form.chosen(), by=by), _("The case is closed.")
    ),
}


@needs(policies.HANDLES)
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    closed = request.GET.get("closed") == "1"
    found = selectors.cases(closed=closed, limit=SHOWN, by=current_actor(request))
    rows = [(line, called.RIGHTS[line.right], called.STATES[line.state]) for line in found]
    return render(request, "intake/rights.html", {"rows": rows, "closed": closed})


@needs(policies.HANDLES)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = NewCaseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        asked = form.cleaned_data
        wanted = Request(Right(asked["right"]), asked["requester"], asked["received"] or timezone.localdate())
        try:
            made = services.receive(request=wanted, by=current_actor(request))
        except CaseStepError as error:
            form.add_error("received", str(called.PROBLEMS[error.code]))
        else:
            return redirect(CASE, case=made)
    return render(request, "intake/rights_new.html", {"form": form}, status=422 if form.errors else 200)


@needs(policies.HANDLES)
@never_cache
@require_safe
def case(request: HttpRequest, case: UUID) -> HttpResponse:
    return case_page(request, case)


@needs(policies.HANDLES)
@never_cache
@require_POST
def step(request: HttpRequest, case: UUID, name: str) -> HttpResponse:
    act = ACTS.get(name)
    if act is None:
        raise Http404
    extra = {"right": _view(request, case).line.right} if name == "decide" else {}
    form = act.form(request.POST, **extra)
    if form.is_valid():
        try:
            act.carry_out(case, form, current_actor(request))
        except UnknownCaseError:
            raise Http404 from None
        except CaseStepError as error:
            form.add_error(None, str(called.PROBLEMS[error.code]))
        else:
            messages.success(request, str(act.done))
            return redirect(CASE, case=case)
    return case_page(request, case, {name: form})


@needs(policies.HANDLES)
@require_POST
def leave_out(request: HttpRequest, case: UUID, report: UUID) -> HttpResponse:
    return carried_out(
        request, case, lambda by: services.leave_out(case=case, report=report, by=by), _("The report is left out.")
    )


@needs(policies.HANDLES)
@require_POST
def ask(request: HttpRequest, case: UUID, report: UUID) -> HttpResponse:
    done = _("A colleague has to grant this before you can look.")
    return carried_out(request, case, lambda by: services.ask_to_look(case=case, report=report, by=by), done)


@needs(policies.HANDLES)
@require_POST
def ask_removal(request: HttpRequest, case: UUID) -> HttpResponse:
    done = _("A second person is asked to agree with the removal.")
    return carried_out(request, case, lambda by: removals.ask(case=case, by=by), done)


@needs(policies.HANDLES)
@require_POST
def lift(request: HttpRequest, case: UUID) -> HttpResponse:
    done = _("The restriction is ended. The reports are linked and counted again.")
    return carried_out(request, case, lambda by: services.lift(case=case, by=by), done)


@needs(policies.HANDLES)
@never_cache
@require_POST
def copy(request: HttpRequest, case: UUID) -> HttpResponse:
    """Posted, since each copy is a look at every identity in it. As a page, or as JSON to hand over."""
    try:
        made = copies.make(case=case, by=current_actor(request))
    except UnknownCaseError:
        raise Http404 from None
    except CaseStepError as error:
        messages.warning(request, str(called.PROBLEMS[error.code]))
        return redirect(CASE, case=case)
    if request.POST.get("form") == "json":
        name = f'attachment; filename="inzage-{made.case}.json"'
        options = {"ensure_ascii": False, "indent": 1}
        return JsonResponse(made.to_json(), json_dumps_params=options, headers={"Content-Disposition": name})
    return render(request, "intake/rights_copy.html", _readable(made))


def case_page(request: HttpRequest, identifier: UUID, wrong: Mapping[str, forms.Form] | None = None) -> HttpResponse:
    """wrong is a form that was posted and not accepted: it stands in the place of the empty one."""
    view = _view(request, identifier)
    content = {
        "view": view,
        "line": view.line,
        "right": called.RIGHTS[view.line.right],
        "article": called.citation(ARTICLES[Right(view.line.right)]),
        "rows": _facts(view),
        "steps": [_step(one) for one in view.steps],
        "reports": [_report(one) for one in view.reports],
        "searches": [(one, called.SEARCHES[one.state]) for one in view.searches],
        "forms": forms_for(view) | dict(wrong or {}),
        "wrong": next(iter((wrong or {}).values()), None),
    }
    return render(request, "intake/rights_case.html", content, status=422 if wrong else 200)


def carried_out(request: HttpRequest, case: UUID, act: Callable[[Actor], object], done: str | Promise) -> HttpResponse:
    """What the desk does with one button: done, or the reason why not, on the page of the case."""
    try:
        act(current_actor(request))
    except UnknownCaseError:
        raise Http404 from None
    except CaseStepError as error:
        messages.warning(request, str(called.PROBLEMS[error.code]))
    except IntakeError:
        messages.warning(request, str(_("This is there no more.")))
    else:
        messages.success(request, str(done))
    return redirect(CASE, case=case)


def _view(request: HttpRequest, identifier: UUID) -> CaseView:
    try:
        return selectors.case(identifier, by=current_actor(request))
    except UnknownCaseError:
        raise Http404 from None


def _facts(view: CaseView) -> list[dict[str, object]]:
    line = view.line
    rows = [
        (_("Reference of the case"), line.reference),
        (_("Who asks"), called.REQUESTERS[line.requester]),
        (_("Received on"), line.received),
        (_("Answer due on"), line.due),
        (_("Extended because"), called.name(view.extended, called.EXTENSIONS) if view.extended else ""),
        (_("Established by"), called.name(view.identified, called.IDENTIFIED) if view.identified else ""),
        (_("State"), called.STATES[line.state]),
        (_("Decision"), called.OUTCOMES[line.outcome] if line.outcome else ""),
        (_("Ground"), f"{called.GROUNDS[view.ground]} ({called.citation(view.citation)})" if view.ground else ""),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _step(one: StepLine) -> tuple[StepLine, str | Promise, str | Promise]:
    return one, called.name(one.kind, called.STEPS), called.name(one.reason, called.REASONS) if one.reason else ""


def _report(one: ReportLine) -> tuple[ReportLine, str | Promise]:
    return one, review_names.reporter(one.source, one.group)


def _readable(made: Copy) -> dict[str, object]:
    return {
        "copy": made,
        "reports": [_readable_report(report) for report in made.reports],
        "looks": [_readable_look(look) for look in made.looks],
    }


def _readable_report(report: ReportCopy) -> tuple[object, ...]:
    reporter = review_names.reporter(report.source, report.group)
    coded = cast(list[Any], rows_of(report.content.characteristics))
    return report, reporter, identity_rows(report.identity), coded, [_readable_statement(one) for one in report.statements]


def _readable_statement(kept: gate.KeptStatement) -> dict[str, object]:
    happened = [(event, told(event.action), event.why) for event in kept.events]
    personally = _readable_confirmation(kept.confirmation) if kept.confirmation else []
    purpose = called.name(kept.purpose, called.PURPOSES)
    return {"kept": kept, "purpose": purpose, "events": happened, "personally": personally}


def _readable_confirmation(said: gate.KeptConfirmation) -> list[dict[str, object]]:
    rows = [
        (_("Confirmed by you personally on"), said.signed_on),
        (_("How you confirmed it"), said.how),
        (_("Language of the text that you confirmed"), said.text),
        (_("Interpreter"), said.interpreted),
        (_("Who else heard it"), said.heard),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _readable_look(look: Look) -> tuple[Look, str | Promise, str, str | Promise]:
    why = called.WHY.get(look.reason) or gate.reason_name(look.reason) or look.reason
    return look, called.ACTIONS.get(look.action) or told(look.action), called.role(look.role), why
