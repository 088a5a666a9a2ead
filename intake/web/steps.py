"""The form of a report as data: its steps, whom each is about, what it asks, and how its answers become one input.

It keeps nothing and knows no request: web.journey puts the answers of a draft beside it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.reporters import OtherReporter, ReporterGroup
from consent import gate
from intake.codes import lists, partial_days
from intake.codes.characteristics import Characteristics
from intake.notifications.drafts import FileKind
from intake.notifications.fields import MISSABLE, PERIOD
from intake.notifications.inputs import ConsentAnswer, Identity, NotificationInput, PartialDate
from intake.notifications.policies import Reporter
from intake.web import forms
from intake.web.fields import Missing
from intake.web.forms import StepForm

_STATEMENT = tuple(forms.StatementForm.base_fields)
_SAID = ("answer", "reason", *_STATEMENT, *forms.SigningForm.base_fields, *forms.PurposesForm.base_fields)
_GUARDED = (gate.Signer.CURATOR, gate.Signer.MENTOR)
_NUMBERS = ("bsn", "v_number", "document_number")
# Names in a form where the rules say it otherwise.
FORM_FIELD = {
    "nationalities": "nationality",
    "prefix": "name_prefix",
    "estimated": "birth_estimated",
    "notice_version": "language",
}
_SETS = ("exploitation_types", "prostitution_sectors", "labour_sectors", "criminal_kinds", "platforms", "exploitation_places")
_SINGLE = ("sex", "organ_removal", "municipality_of_exploitation", "municipality_of_residence")
_TEXTS = ("family_name", "bsn", "v_number", "document_number", "contact", "narrative", "own_reference")


class Standing(StrEnum):
    """What is settled about a person. Before it is, nothing can be entered that says who it is."""

    OPEN = "open"
    REGISTERED = "registered"
    SIGNAL = "signal"


@dataclass(frozen=True)
class Situation:
    """What a step's questions depend on: who reports, on which day and basis, and what was chosen so far."""

    reporter: Reporter
    day: date | None
    basis: gate.Basis
    needs_consent: bool
    given: bool
    standing: Standing
    not_asked: bool = False
    signer: str = ""
    method: str = ""
    purposes: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()


Asked = Callable[[Situation], tuple[str, ...]]


@dataclass(frozen=True)
class Step:
    """about_person: asked of each person, else once for all. early: before consent is settled. needed: none is sent without.

    files: what kind of files it asks for, where it asks for no answers.
    """

    name: str
    title: str | Promise
    form: type[StepForm]
    asked: Asked
    about_person: bool = True
    early: bool = False
    needed: bool = False
    files: FileKind | None = None


def of_all(form: type[StepForm]) -> Asked:
    """Every question, of somebody who is registered."""
    return lambda now: () if now.standing is Standing.SIGNAL else tuple(form.base_fields)


def _consent(now: Situation) -> tuple[str, ...]:
    return ("answer",) if now.needs_consent else ()


def _statement(now: Situation) -> tuple[str, ...]:
    return _STATEMENT if now.needs_consent and now.given else ()


def signing_fields(signer: str, method: str) -> tuple[str, ...]:
    """Who signs for somebody else proves it where a court appointed them; what was not signed was heard by a witness."""
    known = signer in tuple(gate.Signer) and signer != gate.Signer.PERSON
    proof = ("proof",) if signer in _GUARDED else ()
    represented = ("representative_independent", "view_of_person") if known else ()
    return (*proof, *represented, *(("witness",) if method == gate.Method.ORAL else ()))


def _signing(now: Situation) -> tuple[str, ...]:
    return signing_fields(now.signer, now.method) if now.needs_consent and now.given else ()


def _purposes(now: Situation) -> tuple[str, ...]:
    """What the table says rests on consent for this reporter as well."""
    return now.purposes if now.needs_consent and now.given else ()


def _scan(now: Situation) -> tuple[str, ...]:
    """Only of somebody who consented, and who says so in the step before: a scan names the person."""
    return tuple(forms.ScanForm.base_fields) if now.needs_consent and now.given else ()


def _told_by_others(now: Situation) -> set[str]:
    """What private persons are not asked: they all report in one organisation, where the number of another would be known."""
    return {"own_reference"} if now.reporter.other_kind == OtherReporter.PRIVATE_PERSON else set()


def _coarse(now: Situation) -> tuple[str, ...]:
    """Why nobody was asked only of who was not."""
    refused = _told_by_others(now) if now.not_asked else {"reason", *_told_by_others(now)}
    asked = tuple(name for name in forms.CoarseForm.base_fields if name not in refused)
    return asked if now.standing is Standing.SIGNAL else ()


def _person(now: Situation) -> tuple[str, ...]:
    """A number that the basis does not allow is not asked for."""
    refused = {number for number in _NUMBERS if not getattr(now.basis, f"{number}_allowed")} | _told_by_others(now)
    return tuple(name for name in of_all(forms.PersonForm)(now) if name not in refused)


def _inspection(now: Situation) -> tuple[str, ...]:
    return of_all(forms.InspectionForm)(now) if now.reporter.group == ReporterGroup.ISZW_DO else ()


def _score(now: Situation) -> tuple[str, ...]:
    return of_all(forms.ScoreForm)(now) if now.reporter.group == ReporterGroup.FAIRWORK else ()


_DETAILS_OF = {
    "sexual": ("prostitution_sectors",),
    "labour": ("labour_sectors",),
    "criminal": ("criminal_kinds",),
    "organ": ("organ_removal",),
}


def _details(now: Situation) -> tuple[str, ...]:
    asked = tuple(name for kind, names in _DETAILS_OF.items() if kind in now.types for name in names)
    return () if now.standing is Standing.SIGNAL else asked


def _days(now: Situation) -> tuple[str, ...]:
    asked = tuple(day_field(code) for code in now.phases if code in lists.PHASE_CODES)
    return () if now.standing is Standing.SIGNAL else asked


def day_field(code: str) -> str:
    return form_field(f"phase-{code}")


def _about(name: str, title: Promise, form: type[StepForm], *, asked: Asked | None = None, **kind: Any) -> Step:
    return Step(name, title, form, asked or of_all(form), **kind)


REPORT = Step("report", _("The report"), forms.ReportForm, lambda now: ("date",), about_person=False, early=True, needed=True)
CONSENT = _about("consent", _("Consent"), forms.AnswerForm, asked=_consent, early=True, needed=True)
STATEMENT = _about("statement", _("How consent was given"), forms.StatementForm, asked=_statement, early=True, needed=True)
PHASES = _about("phases", _("What has taken place so far"), forms.PhasesForm)
RESIDENCE = _about("residence", _("B8 and residence"), forms.ResidenceForm)
FILES = _about("files", _("Attachments"), forms.FilesForm, files=FileKind.ATTACHMENT)
SIGNING = _about("signing", _("Who signed, or heard it"), forms.SigningForm, asked=_signing, early=True, needed=True)
PURPOSES = _about("purposes", _("Two other questions"), forms.PurposesForm, asked=_purposes)
SCAN = _about("scan", _("The signed statement"), forms.ScanForm, asked=_scan, files=FileKind.STATEMENT)
EXPLOITATION = _about("exploitation", _("The exploitation"), forms.ExploitationForm, about_person=False, needed=True)
STEPS = (
    REPORT,
    CONSENT,
    STATEMENT,
    SIGNING,
    PURPOSES,
    SCAN,
    _about("signal", _("What may be kept without consent"), forms.CoarseForm, asked=_coarse, early=True, needed=True),
    _about("person", _("About the person"), forms.PersonForm, asked=_person, needed=True),
    _about("background", _("Background"), forms.BackgroundForm),
    _about("inspection", _("Indication and reflection period"), forms.InspectionForm, asked=_inspection, needed=True),
    PHASES,
    RESIDENCE,
    _about("days", _("On which days"), forms.DaysForm, asked=_days),
    _about("narrative", _("Explanation"), forms.NarrativeForm),
    FILES,
    EXPLOITATION,
    _about("details", _("More about the exploitation"), forms.DetailsForm, asked=_details, about_person=False),
    _about("score", _("Score list"), forms.ScoreForm, asked=_score, about_person=False),
    _about("technology", _("Technology and money"), forms.TechnologyForm, about_person=False),
)


def form_field(field: str) -> str:
    """What a form calls the field of a rule."""
    return FORM_FIELD.get(field, field).replace("-", "_")


def notification_of(values: Mapping[str, Any]) -> NotificationInput:
    """Of the cleaned answers of all steps about one person; what was not asked is not in it."""
    known = {name: value for name, value in values.items() if not isinstance(value, Missing)}
    reasons = {name: value.reason for name, value in values.items() if isinstance(value, Missing)}
    return NotificationInput(
        date=known.get("date") or date.min,
        identity=identity_of(known),
        characteristics=replace(_characteristics(known), missing=_missing(reasons)),
        consent=_consent_answer(known),
        age_band=known.get("age_band", ""),
    )


def identity_of(values: Mapping[str, Any]) -> Identity:
    birth = replace(values.get("birth") or PartialDate(), estimated=bool(values.get("birth_estimated")))
    return Identity(
        given_names=values.get("given_names", ()),
        aliases=values.get("aliases", ()),
        birth=birth,
        prefix=values.get("name_prefix", ""),
        **{name: values[name] for name in _TEXTS if name in values},
    )


def _characteristics(values: Mapping[str, Any]) -> Characteristics:
    further = {question: values.get(form_field(question), "") for question in lists.FURTHER_QUESTIONS}
    period: dict[str, Any] = {name: _day(values[name]) for name in PERIOD if name in values}
    taken_place = (*values.get("phases", ()), *values.get("b8_steps", ()))
    return Characteristics(
        nationalities=_several(values, "nationality", "second_nationality"),
        exploitation_countries=_several(values, "exploitation_countries", "second_exploitation_country"),
        further=tuple(sorted((question, answer) for question, answer in further.items() if answer)),
        phases=tuple(sorted((code, _day(values.get(day_field(code)))) for code in taken_place)),
        **period,
        **{name: values[name] for name in (*_SETS, *_SINGLE) if name in values},
    )


def _several(values: Mapping[str, Any], *names: str) -> tuple[str, ...]:
    return tuple(sorted({values.get(name, "") for name in names} - {""}))


def _day(value: PartialDate | None) -> str:
    """An impossible day stays one, for the rules to refuse."""
    return partial_days.text_of(value.year, value.month, value.day) if value and value.year is not None else ""


def _missing(reasons: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Under the names of the rules."""
    found = {name.removesuffix("_missing"): reason for name, reason in reasons.items()}
    return tuple(sorted((field, found[form_field(field)]) for field in MISSABLE if form_field(field) in found))


def _consent_answer(values: Mapping[str, Any]) -> ConsentAnswer | None:
    if not values.get("answer"):
        return None
    known = {name: values[name] for name in _SAID if name in values}
    return ConsentAnswer(**known, notice_version=gate.CURRENT_NOTICE)
