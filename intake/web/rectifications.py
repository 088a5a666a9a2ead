"""Putting a report right within a case of rectification: the person, or the circumstances. The report is linked anew."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.web.actors import current_actor
from accounts.web.guards import needs
from intake.codes.characteristics import Characteristics
from intake.errors import CaseStepError, IntakeError, UnknownCaseError
from intake.notifications.rules import Invalid
from intake.rights import policies, rectifications
from intake.web import rights_names as called
from intake.web.coded_forms import CodedForm, problems_by_field
from intake.web.rights import CASE
from intake.web.rights_forms import PersonForm, as_filled_in
from intake.web.steps import form_field

DONE = _("The report is put right, and is linked anew.")


@needs(policies.HANDLES)
@never_cache
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, case: UUID, report: UUID) -> HttpResponse:
    """Filled in with what stands there: the look is recorded."""
    by = current_actor(request)
    try:
        if request.method == "POST":
            form = PersonForm(request.POST)
            if form.is_valid():
                rectifications.rectify_person(case=case, contribution=report, identity=form.identity(), by=by)
                messages.success(request, str(DONE))
                return redirect(CASE, case=case)
        else:
            form = PersonForm(initial=as_filled_in(rectifications.current(case=case, contribution=report, by=by)))
    except Invalid as refused:
        tell(form, refused)
    except IntakeError as error:
        return refused_page(request, case, error)
    return render(request, "intake/rights_person.html", {"form": form, "case": case}, status=422 if form.errors else 200)


@needs(policies.HANDLES)
@never_cache
@require_http_methods(["GET", "POST"])
def circumstances(request: HttpRequest, case: UUID, report: UUID) -> HttpResponse:
    by = current_actor(request)
    try:
        row = rectifications.coded(case=case, contribution=report, by=by)
        known, data = Characteristics.from_json(row.characteristics), request.POST if request.method == "POST" else None
        form = CodedForm(known, group=row.group, on=row.date, data=data, adding=False)
        if form.is_valid():
            anew = form.characteristics()
            rectifications.rectify_codes(case=case, contribution=report, characteristics=anew, by=by)
            messages.success(request, str(DONE))
            return redirect(CASE, case=case)
    except Invalid as refused:
        tell(form, refused)
    except IntakeError as error:
        return refused_page(request, case, error)
    content = {"form": form, "case": case, "sections": list(form.sections())}
    return render(request, "intake/rights_circumstances.html", content, status=422 if form.errors else 200)


def tell(form: forms.Form, refused: Invalid) -> None:
    for name, texts in problems_by_field(form, refused.problems, form_field).items():
        for text in texts:
            form.add_error(name, str(text))


def refused_page(request: HttpRequest, case: UUID, error: IntakeError) -> HttpResponse:
    """Back to the case, with the reason."""
    if isinstance(error, UnknownCaseError):
        raise Http404 from None
    known = called.PROBLEMS.get(error.code) if isinstance(error, CaseStepError) else None
    messages.warning(request, str(known or _("This is there no more.")))
    return redirect(CASE, case=case)
