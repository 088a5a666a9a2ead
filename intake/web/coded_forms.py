"""The coded part of an own report as a form: everything as it is known, to correct it, or what is not known yet, to add to it.

Nothing in it says who the person is. What may stand together the rules decide.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.reporters import ReporterGroup
from intake.batches import cells
from intake.codes import lists
from intake.codes.characteristics import Characteristics
from intake.codes.lists import CodeList
from intake.notifications import merging, sentences
from intake.notifications.fields import PERIOD, SETS, SINGLES
from intake.notifications.inputs import Problem
from intake.web.fields import LONGEST_READ_THROUGH, NARROW, CodeField, CodeSetField

FEW = 7
MORE = 2
INSPECTION = frozenset({"indication", "reflection-period"})
SCORES = frozenset({"score-pay", "score-conditions", "score-coercion"})
OF_SIGNALS = frozenset({"police-region"})


@dataclass(frozen=True)
class Section:
    title: str | Promise
    names: tuple[str, ...]
    hint: str | Promise = ""


@dataclass(frozen=True)
class Asked:
    """A section with the fields that are asked of this report."""

    section: Section
    fields: list[BoundField]
    unfolded: bool


SECTIONS = (
    Section(
        _("The person, in codes"),
        ("sex", "nationalities", "municipality_of_residence", "residence-route", "first-asylum-country"),
    ),
    Section(
        _("The exploitation"),
        (
            "exploitation_types", "prostitution_sectors", "labour_sectors", "criminal_kinds", "organ_removal",
            "exploitation_places", "exploitation_countries", "municipality_of_exploitation", *PERIOD,
            "indication", "reflection-period", "score-pay", "score-conditions", "score-coercion",
        ),
    ),
    Section(_("Technology"), ("technology-role", "platforms", "technology-control", "demand-channel", "money-flow")),
    Section(_("Help and investigation"), ("help-state", "statement-unit", "investigative-leads", "dismissal-reason")),
    Section(
        _("Steps with a date"),
        tuple(lists.PHASE_FIELDS),
        _("Write the day as 31-12-2019, or 12-2019 or 2019. Write yes if the day is unknown, and nothing if it was not taken."),
    ),
)  # fmt: skip


class PartialDayField(forms.CharField):
    """A day of which only the year, or year and month, may be known; of a step also that it was taken on an unknown day."""

    def __init__(self, name: str, *, step: bool) -> None:
        widget = forms.TextInput(attrs={"class": NARROW, "autocomplete": "off"})
        super().__init__(label=str(sentences.label(name)), required=False, widget=widget)
        self.problem = Problem(name, "wrong-date")
        self.step = step

    def clean(self, value: Any) -> str | None:
        """None for a step that was not taken."""
        text = super().clean(value)
        try:
            return cells.phase(text) if self.step else cells.partial_day(text)
        except cells.CellError:
            raise forms.ValidationError(sentences.sentence(self.problem), code="wrong-date") from None


class CodedForm(forms.Form):
    """adding leaves out what is known already."""

    def __init__(self, known: Characteristics, *, group: str, on: date, data: Any = None, adding: bool = False) -> None:
        super().__init__(data)
        self.known, self.on, self.adding = known, on, adding
        refused = OF_SIGNALS | (frozenset() if group == ReporterGroup.ISZW_DO else INSPECTION)
        refused |= frozenset() if group == ReporterGroup.FAIRWORK else SCORES
        for section in SECTIONS:
            for name in section.names:
                if name not in refused:
                    self.fields |= dict(self._fields_of(name))

    def sections(self) -> Iterator[Asked]:
        """Folded where nothing is known or wrong: few reports have something in every section."""
        for section in SECTIONS:
            if fields := [self[name] for name in self.fields if name.partition("--")[0] in section.names]:
                yield Asked(section, fields, unfolded=any(field.errors or field.value() for field in fields))

    def characteristics(self) -> Characteristics:
        """Of a valid form. Why something was missing is kept for what is missing still."""
        typed = self.cleaned_data
        found: dict[str, Any] = {name: self._set(name) for name in SETS}
        found |= {name: typed.get(name) or "" for name in (*SINGLES, *PERIOD)}
        further = {name: typed[name] for name in lists.FURTHER_QUESTIONS if typed.get(name)}
        phases = {code: typed[name] for name, code in lists.PHASE_FIELDS.items() if typed.get(name) is not None}
        found |= {"further": tuple(sorted(further.items())), "phases": tuple(sorted(phases.items()))}
        missing = () if self.adding else self.known.missing
        return merging.without_needless_reasons(Characteristics(**found, missing=missing))

    def _set(self, name: str) -> tuple[str, ...]:
        values = self.cleaned_data.get(name) or ()
        several = (value for key, value in self.cleaned_data.items() if key.startswith(f"{name}--"))
        return tuple(sorted({*values, *filter(None, several)}))

    def _fields_of(self, name: str) -> Iterator[tuple[str, forms.Field]]:
        if codes := SETS.get(name):
            yield from self._set_fields(name, codes)
        elif name in PERIOD or name in lists.PHASE_FIELDS:
            yield from self._day_fields(name)
        elif not (self.adding and self._single(name)):
            yield name, _one(name, SINGLES.get(name) or lists.FURTHER_QUESTIONS[name], self._single(name), self.on)

    def _single(self, name: str) -> str:
        return getattr(self.known, name, "") or dict(self.known.further).get(name, "")

    def _set_fields(self, name: str, codes: CodeList) -> Iterator[tuple[str, forms.Field]]:
        """A list that is too long to read through is asked one by one."""
        known = () if self.adding else getattr(self.known, name)
        if len(codes.rows) <= LONGEST_READ_THROUGH:
            chosen = CodeSetField(name, codes, required=False, initial=known)
            chosen.keep_valid(self.on)
            yield name, chosen
            return
        for number, code in enumerate([*known, *[""] * MORE], start=1):
            field = _one(name, codes, code, self.on)
            field.label = f"{sentences.label(name)} {number}" if number > 1 else str(sentences.label(name))
            yield f"{name}--{number}", field

    def _day_fields(self, name: str) -> Iterator[tuple[str, forms.Field]]:
        step = name in lists.PHASE_FIELDS
        known = dict(self.known.phases).get(lists.PHASE_FIELDS[name]) if step else getattr(self.known, name)
        if self.adding and known and len(known) == len("2019-03-14"):
            return
        field = PartialDayField(name, step=step)
        field.initial = "" if self.adding else cells.phase_text(known) if step else cells.partial_day_text(known or "")
        yield name, field


def _one(name: str, codes: CodeList, initial: str, on: date) -> CodeField:
    field = CodeField(name, codes, radio=len(codes.rows) <= FEW, required=False, initial=initial)
    field.keep_valid(on)
    return field


def problems_by_field(
    form: forms.Form, problems: tuple[Problem, ...], named: Callable[[str], str]
) -> dict[str | None, list[str | Promise]]:
    """Under the field of the form that each problem is about; without one, on top."""
    found: dict[str | None, list[str | Promise]] = {}
    for problem in problems:
        names = (problem.field, named(problem.field))
        name = next((name for name in form.fields if name.partition("--")[0] in names), None)
        found.setdefault(name, []).append(sentences.sentence(problem))
    return found
