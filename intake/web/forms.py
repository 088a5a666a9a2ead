"""One form for each step of a report, and forms of the pages about reports.

They read what was filled in; what is allowed the rules decide, for every channel.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consent import gate
from intake.codes import lists
from intake.notifications.attachments import ENDINGS
from intake.notifications.stubs import STUB_DAYS
from intake.web.fields import (
    DO_NOT_KNOW,
    AnswerField,
    CodeField,
    CodeSetField,
    DayField,
    PartialField,
    ReasonField,
    block,
    messages,
    names,
    text,
)

_ASKED_LATER = _("Choose all that have taken place. The days are asked next.")
OWN_REFERENCE = _("The number under which you know this person's file: a case number or a registration number. No name.")
REFERENCE_OF_SIGNAL = format_lazy(
    _(
        "Only so that the same report, sent twice, counts once. It is kept for {days} days, as a digest from which nobody can "
        "read the number. No name. You may leave it empty."
    ),
    days=STUB_DAYS,
)


class StepForm(forms.Form):
    """Draws "(optional)" behind what may stay empty."""

    mark_optional = True

    def __init__(self, *content: Any, wanted: Collection[str] | None = None, on: date | None = None, **more: Any) -> None:
        """The wanted questions, with the answers that a report of this day may give; a form copies all that it has."""
        if wanted is not None:
            known = type(self).base_fields.items()
            self.base_fields = {name: field for name, field in known if name in wanted}  # type: ignore[misc]
        super().__init__(*content, **more)
        for field in self.fields.values():
            if on is not None and isinstance(field, CodeField | CodeSetField):
                field.keep_valid(on)


class ReportForm(StepForm):
    date = DayField("date")


class AnswerForm(StepForm):
    """Before everything else where consent is needed."""

    answer = AnswerField("answer", gate.Answer, label=_("Does the person consent to being registered?"))


class StatementForm(StepForm):
    capacity = AnswerField(
        "capacity",
        gate.Capacity,
        help_text=_("From 16 a person gives consent alone. An unknown age is no hurdle: say what you see."),
    )
    judged_how = AnswerField("judged_how", gate.Judgement)
    signer = AnswerField("signer", gate.Signer)
    method = AnswerField("method", gate.Method)
    interpreter = AnswerField(
        "interpreter", gate.Interpreter, required=False, help_text=_("Never somebody who may be involved in what happened.")
    )
    language = forms.ChoiceField(
        label=_("In which language was the text read or signed?"),
        choices=[(code, gate.NOTICE_LANGUAGE_NAMES[code]) for code in gate.NOTICE_LANGUAGES],
        widget=forms.RadioSelect,
        error_messages=messages("language"),
    )
    requested_on = DayField("requested_on", required=False)
    signed_on = DayField("signed_on")


class SigningForm(StepForm):
    """What is asked further where somebody else signed, or where nothing was signed."""

    proof = AnswerField("proof", gate.Proof)
    representative_independent = AnswerField("representative_independent", gate.Independence)
    view_of_person = AnswerField(
        "view_of_person", gate.PersonsView, help_text=_("Ask everybody from 12 years on. It does not decide, but it is kept.")
    )
    witness = AnswerField("witness", gate.Witness)


class PurposesForm(StepForm):
    """Beside the registration, and apart from it: whatever the answers are, the report goes on."""

    help = AnswerField("help", gate.PURPOSE_ANSWERS, required=False)
    research_extract = AnswerField("research_extract", gate.PURPOSE_ANSWERS, required=False)


class PersonForm(StepForm):
    own_reference = text("own_reference", help_text=OWN_REFERENCE)
    given_names = names("given_names")
    name_prefix = text("prefix", width="govuk-input--width-5", help_text=_("For example: van der, al, da."))
    family_name = text("family_name")
    family_name_missing = ReasonField("family_name")
    aliases = names("aliases")
    birth = PartialField("birth")
    birth_estimated = forms.BooleanField(label=_("This date is an estimate"), required=False)
    birth_missing = ReasonField("birth")
    bsn = text("bsn", width="govuk-input--width-10")
    v_number = text("v_number", width="govuk-input--width-10")
    document_number = text("document_number", width="govuk-input--width-10")
    contact = block("contact")
    contact_missing = ReasonField("contact")


class BackgroundForm(StepForm):
    age_band = CodeField(
        "age_band", lists.AGE_BANDS, radio=True, help_text=_("Only if no date of birth is known."), reasons=True
    )
    sex = CodeField("sex", lists.SEXES, radio=True, reasons=True)
    nationality = CodeField("nationalities", lists.COUNTRIES, reasons=True)
    second_nationality = CodeField("nationalities", lists.COUNTRIES, label=_("Second nationality"))
    municipality_of_residence = CodeField("municipality_of_residence", lists.MUNICIPALITIES, reasons=True)


class InspectionForm(StepForm):
    """What a report of the inspectorate rests on."""

    indication = CodeField("indication", lists.INDICATIONS, radio=True)
    reflection_period = CodeField("reflection-period", lists.REFLECTION_PERIODS, radio=True)


class PhasesForm(StepForm):
    phases = CodeSetField("phases", lists.PHASES, label=_("Which of these have taken place"), help_text=_ASKED_LATER)
    help_state = CodeField("help-state", lists.HELP_STATES, radio=True, reasons=True)


class ResidenceForm(StepForm):
    """B8, asylum and what became of the case."""

    b8_steps = CodeSetField("phases", lists.B8_STATES, label=_("Steps of the B8 procedure"), help_text=_ASKED_LATER)
    residence_route = CodeField("residence-route", lists.RESIDENCE_ROUTES, radio=True, reasons=True)
    first_asylum_country = CodeField("first-asylum-country", lists.COUNTRIES, reasons=True)
    statement_unit = CodeField("statement-unit", lists.POLICE_UNITS, reasons=True)
    investigative_leads = CodeField("investigative-leads", lists.INVESTIGATIVE_LEADS, radio=True, reasons=True)
    dismissal_reason = CodeField("dismissal-reason", lists.DISMISSAL_REASONS, radio=True, reasons=True)


class DaysForm(StepForm):
    """The days of the steps that were chosen; the fields of the others are taken out."""


for _field in lists.PHASE_FIELDS:
    DaysForm.base_fields[_field.replace("-", "_")] = PartialField(_field)


class NarrativeForm(StepForm):
    narrative = block("narrative", help_text=_("What you want the register to know. It is sealed like the name."), rows=10)


class FilesForm(StepForm):
    attachment = forms.FileField(
        label=_("Add a file"),
        help_text=_("PDF, JPEG or PNG, at most 10 MB. The file and its name are sealed like the name of the person."),
        allow_empty_file=True,
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={
            "invalid": _("The file did not come over. Choose it again."),
            "missing": _("The file did not come over. Choose it again."),
        },
    )


class ScanForm(StepForm):
    attachment = forms.FileField(
        label=_("Add a photo or PDF of the signed sheet"),
        help_text=_("PDF, JPEG or PNG, at most 10 MB. Only who reviews the statement can open it."),
        allow_empty_file=True,
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={
            "invalid": _("The file did not come over. Choose it again."),
            "missing": _("The file did not come over. Choose it again."),
        },
    )


class CoarseForm(StepForm):
    """All that is asked about somebody who is not registered: nothing that says who it is."""

    reason = AnswerField("reason", gate.NoConsentReason, required=False)
    own_reference = text("own_reference", help_text=REFERENCE_OF_SIGNAL)
    age_band = CodeField("age_band", lists.AGE_BANDS, radio=True, nothing=DO_NOT_KNOW)
    nationality = CodeField("nationalities", lists.COUNTRIES, help_text=_("Only the region of the world is kept."))
    exploitation_types = CodeSetField("exploitation_types", lists.EXPLOITATION_TYPES)
    police_region = CodeField(
        "police-region", lists.POLICE_REGIONS, help_text=_("Where it happened, not where it is reported.")
    )


class ExploitationForm(StepForm):
    exploitation_types = CodeSetField(
        "exploitation_types",
        lists.EXPLOITATION_TYPES,
        help_text=_("Choose all that apply."),
        reasons=True,
    )
    exploitation_from = PartialField("exploitation_from")
    exploitation_from_missing = ReasonField("exploitation_from")
    exploitation_to = PartialField("exploitation_to")
    exploitation_to_missing = ReasonField("exploitation_to")
    exploitation_places = CodeSetField("exploitation_places", lists.EXPLOITATION_PLACES, reasons=True)
    exploitation_countries = CodeField("exploitation_countries", lists.COUNTRIES, reasons=True)
    second_exploitation_country = CodeField(
        "exploitation_countries", lists.COUNTRIES, label=_("Second country of exploitation")
    )
    municipality_of_exploitation = CodeField("municipality_of_exploitation", lists.MUNICIPALITIES, reasons=True)


class DetailsForm(StepForm):
    """Of the chosen types only; the fields of the others are taken out."""

    prostitution_sectors = CodeSetField("prostitution_sectors", lists.PROSTITUTION_SECTORS, reasons=True)
    labour_sectors = CodeSetField("labour_sectors", lists.LABOUR_SECTORS, reasons=True)
    criminal_kinds = CodeSetField("criminal_kinds", lists.CRIMINAL_KINDS, reasons=True)
    organ_removal = CodeField("organ_removal", lists.ORGAN_REMOVAL, radio=True, reasons=True)


class ScoreForm(StepForm):
    """FairWork's own list."""

    score_pay = CodeField("score-pay", lists.SCORE_ANSWERS, radio=True, reasons=True)
    score_conditions = CodeField("score-conditions", lists.SCORE_ANSWERS, radio=True, reasons=True)
    score_coercion = CodeField("score-coercion", lists.SCORE_ANSWERS, radio=True, reasons=True)


class TechnologyForm(StepForm):
    technology_role = CodeField("technology-role", lists.TECHNOLOGY_ROLES, radio=True, reasons=True)
    platforms = CodeSetField("platforms", lists.PLATFORMS, reasons=True)
    technology_control = CodeField("technology-control", lists.TECHNOLOGY_CONTROL, radio=True, reasons=True)
    demand_channel = CodeField("demand-channel", lists.DEMAND_CHANNELS, radio=True, reasons=True)
    money_flow = CodeField("money-flow", lists.MONEY_FLOWS, radio=True, reasons=True)


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File with reports"),
        help_text=_("XLSX or CSV in the columns of the template, JSON or JSON Lines; at most 32 MB and 100,000 rows."),
        allow_empty_file=True,
        error_messages={
            "required": _("Choose the file with the reports."),
            "invalid": _("The file did not come over. Choose it again."),
            "missing": _("The file did not come over. Choose it again."),
        },
    )
