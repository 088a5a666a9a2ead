"""The care coordinators' work list of people who asked to be called: taken with a reason, called, and then destroyed."""

from collections.abc import Iterator
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import Permission
from accounts.web import waiting as start
from accounts.web.actors import current_actor
from accounts.web.guards import needs
from accounts.web.waiting import tells_waiting
from intake.codes import lists
from intake.errors import UnknownCallbackError
from intake.public import callbacks
from intake.public.callbacks import Reason, Result, Waiting
from intake.web.public_forms import SPOKEN, one_of
from safeguards.actors import Actor


@tells_waiting(Permission.ANSWER_CALLBACKS)
def asked(by: Actor) -> Iterator[start.Waiting]:
    found = callbacks.waiting(by=by)
    yield start.Waiting(gettext_lazy("People who asked to be called"), "intake:callbacks", len(found))


class TakeForm(forms.Form):
    reason = one_of(
        gettext_lazy("Why do you take this one?"),
        (
            (Reason.REGION.value, gettext_lazy("It is in my region")),
            (Reason.LANGUAGE.value, gettext_lazy("I speak this language, or have an interpreter for it")),
            (Reason.AGREED.value, gettext_lazy("Agreed with my colleagues")),
        ),
        gettext_lazy("Choose why you take this one."),
    )


class ResultForm(forms.Form):
    result = one_of(
        gettext_lazy("What came of it?"),
        (
            (Result.REACHED.value, gettext_lazy("I spoke to the person")),
            (Result.NOT_REACHED.value, gettext_lazy("I could not reach the person")),
            (Result.NOT_WANTED.value, gettext_lazy("The person does not want to be called any more")),
        ),
        gettext_lazy("Choose what came of it."),
    )


@needs(Permission.ANSWER_CALLBACKS)
@require_safe
def work_list(request: HttpRequest) -> HttpResponse:
    found = callbacks.waiting(by=current_actor(request))
    return render(request, "intake/callbacks.html", {"waiting": [_shown(item) for item in found]})


@needs(Permission.ANSWER_CALLBACKS)
@require_safe
def callback(request: HttpRequest, callback: UUID) -> HttpResponse:
    return _page(request, callback)


@needs(Permission.ANSWER_CALLBACKS)
@require_POST
def take(request: HttpRequest, callback: UUID) -> HttpResponse:
    form = TakeForm(request.POST)
    if not form.is_valid():
        return _page(request, callback, form)
    try:
        callbacks.take(callback=callback, reason=Reason(form.cleaned_data["reason"]), by=current_actor(request))
    except UnknownCallbackError:
        messages.info(request, _("Somebody else has taken this request, or its time is over."))
        return redirect("intake:callbacks")
    return redirect("intake:callback", callback=callback)


@needs(Permission.ANSWER_CALLBACKS)
@require_POST
def give_back(request: HttpRequest, callback: UUID) -> HttpResponse:
    try:
        callbacks.give_back(callback=callback, by=current_actor(request))
    except UnknownCallbackError:
        raise Http404 from None
    messages.success(request, _("The request stands in the list again."))
    return redirect("intake:callbacks")


@needs(Permission.ANSWER_CALLBACKS)
@require_POST
def done(request: HttpRequest, callback: UUID) -> HttpResponse:
    form = ResultForm(request.POST)
    if not form.is_valid():
        return _page(request, callback, form)
    try:
        callbacks.finish(callback=callback, result=Result(form.cleaned_data["result"]), by=current_actor(request))
    except UnknownCallbackError:
        raise Http404 from None
    messages.success(request, _("The request is done. The name and the number are destroyed."))
    return redirect("intake:callbacks")


def _page(request: HttpRequest, callback: UUID, form: forms.Form | None = None) -> HttpResponse:
    """Name and number only to who took it, and each time recorded first."""
    by = current_actor(request)
    try:
        item = callbacks.one(callback=callback, by=by)
        contact = callbacks.show(callback=callback, by=by) if item.mine else None
    except UnknownCallbackError:
        raise Http404 from None
    shown = form or (ResultForm() if item.mine else TakeForm())
    context = {"item": _shown(item), "contact": contact, "form": shown}
    return render(request, "intake/callback.html", context, status=422 if shown.errors else 200)


def _shown(item: Waiting) -> dict[str, object]:
    language = "nl" if get_language() == "nl" else "en"
    return {
        "id": item.id,
        "region": lists.POLICE_REGIONS.label(item.region, language),
        "language": dict(SPOKEN).get(item.language) or _("another language"),
        "made": item.made,
        "expires": item.expires,
        "mine": item.mine,
    }
