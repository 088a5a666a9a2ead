"""The forms of the desk for the rights of a person. What is possible the services decide; a name is only ever posted."""

from typing import Any, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.batches import cells
from intake.notifications.inputs import Identity, PartialDate
from intake.rights import grounds
from intake.rights.grounds import Extension, Identified, Outcome, Told
from intake.rights.selectors import CaseView
from intake.web import rights_names as called
from intake.web.fields import DayField, PartialField, names, text
from intake.web.public_forms import one_of
from intake.web.steps import identity_of

CHOOSE = _("Choose one of these.")
SHORT = "govuk-input--width-10"


def choices(given: called.Names) -> list[tuple[str, str | Promise]]:
    return [(str(code), label) for code, label in given.items()]


class NewCaseForm(forms.Form):
    right = one_of(_("What does the person ask?"), choices(called.RIGHTS), CHOOSE)
    requester = one_of(_("Who asks?"), choices(called.REQUESTERS), CHOOSE)
    received = DayField(
        "date",
        label=_("On which day did the request come in?"),
        error_messages={"required": _("Enter the day on which the request came in.")},
    )


class IdentifyForm(forms.Form):
    how = one_of(_("How was it established who asks?"), choices(called.IDENTIFIED), CHOOSE)

    def chosen(self) -> Identified:
        return Identified(self.cleaned_data["how"])


class ExtendForm(forms.Form):
    reason = one_of(
        _("Why does the answer take longer? Tell the person within the first month."), choices(called.EXTENSIONS), CHOOSE
    )

    def chosen(self) -> Extension:
        return Extension(self.cleaned_data["reason"])


class AddReportForm(forms.Form):
    reference = forms.CharField(
        label=_("Reference of the report"),
        help_text=_("As it stands on the receipt. Never a name."),
        max_length=40,
        error_messages={"required": _("Enter the reference of the report.")},
    )

    def chosen(self) -> str:
        return str(self.cleaned_data["reference"]).strip().upper()


class DecisionForm(forms.Form):
    """The grounds are those that the law knows for this right."""

    outcome = one_of(_("What is the decision?"), choices(called.OUTCOMES), CHOOSE)
    ground = one_of(_("On which ground?"), (), CHOOSE, required=False)

    def __init__(self, *args: Any, right: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [row for outcome in Outcome for row in grounds.of(right, outcome)]
        offered = [(row.ground.value, f"{called.GROUNDS[row.ground]} ({called.citation(row.citation)})") for row in rows]
        cast(forms.ChoiceField, self.fields["ground"]).choices = [*offered, ("", _("No ground is needed"))]


class CloseForm(forms.Form):
    told = one_of(_("How was the person told?"), choices(called.TOLD), CHOOSE)

    def chosen(self) -> Told:
        return Told(self.cleaned_data["told"])


class PersonForm(forms.Form):
    """Who somebody is. Nothing of it is kept by the browser, and none of it ever stands in an address."""

    mark_optional = True
    given_names = names("given_names")
    name_prefix = text("prefix", width="govuk-input--width-5")
    family_name = text("family_name")
    aliases = names("aliases")
    birth = PartialField("birth")
    birth_estimated = forms.BooleanField(label=_("This date is an estimate"), required=False)
    v_number = text("v_number", width=SHORT)
    bsn = text("bsn", width=SHORT)
    document_number = text("document_number", width=SHORT)

    def identity(self) -> Identity:
        return identity_of(self.cleaned_data)


class SearchForm(PersonForm):
    motive = one_of(_("Why do you look for this person?"), choices(called.MOTIVES), CHOOSE)


def as_filled_in(identity: Identity) -> dict[str, Any]:
    return {
        "given_names": ", ".join(identity.given_names),
        "name_prefix": identity.prefix,
        "family_name": identity.family_name,
        "aliases": ", ".join(identity.aliases),
        "birth": cells.partial_text(PartialDate(identity.birth.year, identity.birth.month, identity.birth.day)),
        "birth_estimated": identity.birth.estimated,
        "v_number": identity.v_number,
        "bsn": identity.bsn,
        "document_number": identity.document_number,
    }


def forms_for(view: CaseView) -> dict[str, forms.Form]:
    """What can be done with the case as it stands, by the name of the step."""
    line = view.line
    if line.state == "decided":
        return {"close": CloseForm()}
    if line.state == "closed":
        return {}
    found: dict[str, forms.Form] = {} if view.identified else {"identify": IdentifyForm()}
    if view.identified:
        found["add"] = AddReportForm()
    found["decide"] = DecisionForm(right=line.right)
    if not view.extended and line.days_left >= 0:
        found["extend"] = ExtendForm()
    return found
