"""The page of the audit trail. What is asked for is posted and then stands in the address: an identifier, never a name."""

import re
from collections.abc import Iterable
from datetime import date
from operator import itemgetter
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import labels, trail
from accounts.trail import Question
from accounts.web.actors import current_actor
from accounts.web.choices import offer
from accounts.web.guards import needs
from safeguards import actions

# Made by us, whatever it is of. Shorter numbers, references and names of processes must be known already.
LONG = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SHORT = re.compile(r"[0-9]{1,8}|[2-9B-DF-HJKMNP-RTV-Z]{12}|[a-z]+([.-][a-z]+)*")
EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 31)
NOT_AN_IDENTIFIER = _("Enter an identifier as it stands in the trail. A name is not looked for here.")
MOST_DIGITS = 18
NOT_IN_LIST: dict[str, Any] = {"required": "", "invalid_choice": _("Choose one from the list.")}


def identifier(value: str) -> None:
    """What is refused is recorded nowhere: the trail never forgets, and somebody may type a name."""
    if not LONG.fullmatch(value) and not (SHORT.fullmatch(value) and trail.knows(value)):
        raise forms.ValidationError(NOT_AN_IDENTIFIER)


def day(label: Any) -> forms.DateField:
    """As dates are typed everywhere; an address of before has the year in front."""
    widget = forms.DateInput(format="%d-%m-%Y", attrs={"class": "govuk-input--width-10"})
    wrong = _("Enter a date as in 28-11-2026.")
    return forms.DateField(
        required=False,
        label=label,
        help_text=_("For example: 28-11-2026."),
        widget=widget,
        input_formats=["%d-%m-%Y", "%Y-%m-%d"],
        validators=[MinValueValidator(EARLIEST, wrong), MaxValueValidator(LATEST, wrong)],
        error_messages={"required": "", "invalid": wrong},
    )


def _told(codes: Iterable[str]) -> list[tuple[str, str]]:
    """As they are told, in the order of the alphabet."""
    return sorted(((code, actions.told(code)) for code in codes), key=itemgetter(1))


class QuestionForm(forms.Form):
    object_id = forms.CharField(
        required=False,
        max_length=64,
        validators=[identifier],
        error_messages={"required": ""},
        label=_("Object"),
        help_text=_("The identifier of a report, a statement, a case or a user, as it stands in the trail."),
    )
    person = forms.ChoiceField(required=False, label=_("Who, of the registry"), error_messages=NOT_IN_LIST)
    actor_id = forms.CharField(
        required=False,
        max_length=64,
        validators=[identifier],
        error_messages={"required": ""},
        label=_("Who, by identifier"),
        help_text=_("Of somebody else."),
    )
    action = forms.ChoiceField(required=False, label=_("Action"), error_messages=NOT_IN_LIST)
    since = day(_("From"))
    until = day(_("Up to and including"))

    def __init__(self, *args: Any, people: Any, happened: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", [("", _("everybody")), *people])
        offer(self, "action", [("", _("all")), *_told(happened)])

    def question(self, before: int | None) -> Question:
        """Of a form that is right; what is wrong is not looked for."""
        asked = self.cleaned_data
        return Question(
            object_id=asked.get("object_id") or "",
            actor_id=asked.get("person") or asked.get("actor_id") or "",
            action=asked.get("action") or "",
            since=asked.get("since"),
            until=asked.get("until"),
            before=before,
        )


@needs(trail.READS)
@never_cache
@require_http_methods(["GET", "POST"])
def read(request: HttpRequest) -> HttpResponse:
    by = current_actor(request)
    form = QuestionForm(request.POST or request.GET, people=trail.people(by=by), happened=trail.known_actions(by=by))
    if not form.is_valid():
        return render(request, "accounts/trail.html", {"form": form, "answer": None}, status=422)
    if request.method == "POST":
        return redirect(f"{reverse('trail:read')}?{_address(form)}")
    answer = trail.read(question=form.question(_before(request)), by=by)
    content = {
        "form": form,
        "answer": answer,
        "rows": [(line, labels.OBJECTS.get(line.object_type, line.object_type)) for line in answer.lines],
        "query": _address(form),
        "back": _before(request) is not None,
    }
    return render(request, "accounts/trail.html", content)


def _address(form: QuestionForm) -> str:
    query = QueryDict(mutable=True)
    said = {name: value for name, value in form.cleaned_data.items() if value}
    query.update({name: f"{value:%d-%m-%Y}" if isinstance(value, date) else str(value) for name, value in said.items()})
    return query.urlencode()


def _before(request: HttpRequest) -> int | None:
    given = request.GET.get("before", "")
    return int(given) if given.isdecimal() and len(given) <= MOST_DIGITS else None
