"""Form fields that read what people type as typed values. Whether a value is allowed is for the rules, not for a field."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any
from unicodedata import combining, normalize

from django import forms
from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from consent import gate
from intake.batches import cells
from intake.codes import lists
from intake.codes.lists import CodeList
from intake.notifications import sentences
from intake.notifications.inputs import PartialDate, Problem
from intake.web.widgets import CodeCheckboxes, CodeSelect, Radios

Choices = list[tuple[str | Promise, Any]]
MISSING = "missing:"
LONGEST_READ_THROUGH = 40
DO_NOT_KNOW = _("I do not know")
WIDE, NARROW = "govuk-input--width-20", "govuk-input--width-10"


class DayField(forms.CharField):
    """A whole date in one box, as people write it."""

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(**_options(name, options, hint=_("For example 31-12-2019."), width=NARROW))
        self.problem = Problem(name, "wrong-date")

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return cells.day(text)
        except cells.CellError:
            raise forms.ValidationError(sentences.sentence(self.problem), code="wrong-date") from None


class PartialField(forms.CharField):
    """A date of which only the year, or year and month, may be known."""

    def __init__(self, name: str, **options: Any) -> None:
        hint = _("For example 31-12-2019. Write 12-2019 or 2019 if you do not know more.")
        super().__init__(**_options(name, {"required": False} | options, hint=hint, width=NARROW))
        self.problem = Problem(name, "wrong-date")

    def clean(self, value: Any) -> PartialDate:
        text = super().clean(value)
        try:
            return cells.partial_date(text)
        except cells.CellError:
            raise forms.ValidationError(sentences.sentence(self.problem), code="wrong-date") from None


class NamesField(forms.CharField):
    """Several names with commas between them."""

    def clean(self, value: Any) -> tuple[str, ...]:
        return cells.items(super().clean(value), ",|")


@dataclass(frozen=True)
class Missing:
    """The answer that there is none, and why."""

    reason: str

    def __str__(self) -> str:
        return lists.MISSING_REASONS.label(self.reason, language())


class CodeField(forms.ChoiceField):
    """One code of a list, or with reasons why there is none; nothing is what the empty answer is called."""

    def __init__(self, name: str, codes: CodeList, *, radio: bool = False, reasons: bool = False, **options: Any) -> None:
        widget = Radios if radio else CodeSelect
        self.nothing = options.pop("nothing", _("Not filled in"))
        self.codes, self.reasons, self.radio, self.day = codes, reasons, radio, None
        super().__init__(**_options(name, {"required": False} | options), choices=self._offered, widget=widget)
        self.keep_valid(None)

    day: date | None

    def keep_valid(self, on: date | None) -> None:
        """Offers only what a report of this day may use."""
        self.day = on
        self.choices = self._offered
        if isinstance(self.widget, CodeSelect):
            self.widget.codes = self._codes

    def _codes(self) -> tuple[tuple[str, str], ...]:
        return offered(self.codes.scheme, language(), self.day)

    def valid_value(self, value: Any) -> bool:
        """Looked up, since the choices of a long list are drawn up to be shown."""
        code = str(value)
        if code.startswith(MISSING):
            return self.reasons and code.removeprefix(MISSING) in lists.MISSING_REASONS
        return code in self.codes and (self.day is None or self.codes.valid(code, self.day))

    def clean(self, value: Any) -> str | Missing:
        return _answer(super().clean(value))

    def _offered(self) -> Choices:
        known = self._codes()
        if not self.reasons:
            return [*known, ("", self.nothing)] if self.radio else [("", self.nothing), *known]
        return [*known, reasons(_("or"))] if self.radio else [("", self.nothing), reasons(_("No answer")), *known]


class CodeSetField(forms.MultipleChoiceField):
    """Any number of codes of a list, or with reasons why there is none."""

    def __init__(self, name: str, codes: CodeList, *, reasons: bool = False, **options: Any) -> None:
        self.codes, self.reasons, self.problem = codes, reasons, Problem(name, "answered-and-missing")
        self.day: date | None = None
        super().__init__(**_options(name, {"required": False} | options), choices=self._offered, widget=CodeCheckboxes)

    def keep_valid(self, on: date) -> None:
        self.day = on
        self.choices = self._offered

    def clean(self, value: Any) -> tuple[str, ...] | Missing:
        chosen = tuple(sorted(super().clean(value)))
        found = [_answer(code) for code in chosen if code.startswith(MISSING)]
        if found and len(chosen) > 1:
            raise forms.ValidationError(sentences.sentence(self.problem), code=self.problem.code)
        return found[0] if found and isinstance(found[0], Missing) else chosen

    def _offered(self) -> Choices:
        known = offered(self.codes.scheme, language(), self.day)
        return [*known, reasons(_("or"))] if self.reasons else [*known]


class ReasonField(forms.ChoiceField):
    """Why a text or a date was left empty."""

    def __init__(self, name: str) -> None:
        label = _lazy_label(name)
        super().__init__(label=label, required=False, choices=self._offered, error_messages=messages(name))

    def clean(self, value: Any) -> str | Missing:
        return _answer(super().clean(value))

    @staticmethod
    def _offered() -> Choices:
        return [("", _("Not filled in")), *reasons("")[1]]


class AnswerField(forms.ChoiceField):
    """One of the closed answers of a statement of consent."""

    def __init__(self, name: str, answers: Iterable[StrEnum], **options: Any) -> None:
        offered: Choices = [(answer.value, gate.LABELS[answer]) for answer in answers]
        required = options.get("required", True)
        super().__init__(
            **_options(name, options),
            choices=offered if required else [*offered, ("", _("Not filled in"))],
            widget=Radios,
        )


def text(name: str, **options: Any) -> forms.CharField:
    width = options.pop("width", WIDE)
    return forms.CharField(**_options(name, {"required": False, "strip": True} | options, width=width))


def names(name: str, **options: Any) -> NamesField:
    return NamesField(**_options(name, {"required": False} | options, hint=_("Put a comma between two names."), width=WIDE))


def block(name: str, *, rows: int = 4, **options: Any) -> forms.CharField:
    attributes = {"rows": rows, "autocomplete": "off"}
    return forms.CharField(**_options(name, {"required": False} | options), widget=forms.Textarea(attrs=attributes))


@lru_cache(maxsize=128)
def offered(scheme: str, spoken: str, on: date | None) -> tuple[tuple[str, str], ...]:
    """What a report of this day may use. A list that is too long to read through is in order of its labels."""
    found = lists.CODE_LISTS[scheme].choices(spoken, on=on)
    return tuple(sorted(found, key=_by_label)) if len(found) > LONGEST_READ_THROUGH else found


def reasons(name: str | Promise) -> tuple[str | Promise, Choices]:
    """As one group of choices."""
    known = lists.MISSING_REASONS.choices(language())
    return name, [(f"{MISSING}{code}", label) for code, label in known]


def _answer(value: str) -> str | Missing:
    return Missing(value.removeprefix(MISSING)) if value.startswith(MISSING) else value


def _by_label(offered: tuple[str, str]) -> str:
    """As in a dictionary: without regard to capitals, accents and leading marks ('s-Hertogenbosch under h)."""
    plain = "".join(letter for letter in normalize("NFKD", offered[1].casefold()) if not combining(letter))
    return plain.removeprefix("'s-").lstrip("'")


def language() -> str:
    return "nl" if get_language() == "nl" else "en"


def _options(name: str, options: dict[str, Any], *, hint: str | Promise = "", width: str = "") -> dict[str, Any]:
    """Label, hint and own error messages; the box has no autocompletion, since a browser would remember the person."""
    defaults: dict[str, Any] = {"label": sentences.label(name), "help_text": hint, "error_messages": messages(name)}
    if width and "widget" not in options:
        defaults["widget"] = forms.TextInput(attrs={"class": width, "autocomplete": "off", "spellcheck": "false"})
    return defaults | options


def messages(name: str) -> dict[str, Any]:
    wrong = _sentence(Problem(name, "unknown-code"))
    return {
        "required": _sentence(Problem(name, "required")),
        "invalid_choice": wrong,
        "invalid_list": wrong,
        "null_characters_not_allowed": _sentence(Problem(name, "forbidden-character")),
    }


def _label_of_reason(name: str) -> str:
    return gettext("Reason if this stays empty: %(field)s") % {"field": sentences.label(name)}


_lazy_label = lazy(_label_of_reason, str)
_sentence = lazy(sentences.sentence, str)
