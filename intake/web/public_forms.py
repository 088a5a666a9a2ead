"""What visitors without an account are asked. Each question may stay unanswered where it can, and none is asked twice."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from consent import gate
from intake.codes import lists
from intake.web.fields import DO_NOT_KNOW, CodeField
from intake.web.widgets import Radios

QUARTERS = 12
QUARTER_NAMES = (
    _("January to March"),
    _("April to June"),
    _("July to September"),
    _("October to December"),
)


class PublicForm(forms.Form):
    mark_optional = True


def quarters() -> list[tuple[str, str]]:
    """The newest first; none is chosen beforehand."""
    today: date = timezone.localdate()
    newest = today.year * 4 + (today.month - 1) // 3
    past = [(f"{number // 4}-{number % 4 + 1}", quarter_name(number // 4, number % 4 + 1)) for number in _back(newest)]
    return [("", gettext("Choose")), *past]


def _back(newest: int) -> range:
    return range(newest, newest - QUARTERS, -1)


def quarter_name(year: int, quarter: int) -> str:
    return gettext("%(months)s %(year)s") % {"months": QUARTER_NAMES[quarter - 1], "year": year}


def one_of(label: Any, choices: Any, wanted: Any, **options: Any) -> forms.ChoiceField:
    """Radio buttons; wanted is said when nothing, or something else, was chosen."""
    said = {"required": wanted, "invalid_choice": wanted}
    return forms.ChoiceField(label=label, choices=choices, widget=Radios, error_messages=said, **options)


class SignalForm(PublicForm):
    mark_optional = False

    kind = one_of(
        _("What is happening to the person?"),
        (
            ("sexual", _("Forced to have sex, or to sell sex")),
            ("labour", _("Forced to work, or badly treated at work")),
            ("criminal", _("Forced to steal, beg, sell drugs or do other things that are not allowed")),
            ("organ", _("Forced to give up an organ")),
            ("", _("Something else, or I do not know")),
        ),
        _("Choose what comes closest."),
        required=False,
    )
    quarter = forms.ChoiceField(
        label=_("When did you see this?"),
        help_text=_("If it still goes on, choose the newest."),
        choices=quarters,
        error_messages={"required": _("Choose when you saw this."), "invalid_choice": _("Choose when you saw this.")},
    )
    age_band = CodeField(
        "age_band",
        lists.AGE_BANDS,
        radio=True,
        nothing=DO_NOT_KNOW,
        label=_("How old is the person, do you think?"),
    )
    region = CodeField(
        "region",
        lists.REGIONS,
        radio=True,
        nothing=DO_NOT_KNOW,
        label=pgettext_lazy("question", "Where does the person come from?"),
        help_text=_("Only the part of the world."),
    )
    police_region = CodeField("police-region", lists.POLICE_REGIONS, nothing=DO_NOT_KNOW, label=_("Where does it happen?"))


# Each in its own letters: who needs one looks for that.
SPOKEN = (
    ("nl", "Nederlands"),
    ("en", "English"),
    ("ar", "العربية"),
    ("bg", "Български"),
    ("es", "Español"),
    ("fr", "Français"),
    ("hu", "Magyar"),
    ("pl", "Polski"),
    ("ro", "Română"),
    ("ti", "ትግርኛ"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
    ("", _("Another language, or not said")),
)


def line(label: Any, wanted: Any, *, longest: int, **options: Any) -> forms.CharField:
    """One line that no browser remembers for the next visitor."""
    too_long = _("This is too long. Write it shorter.")
    field = forms.CharField(
        label=label,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": wanted},
        **options,
    )
    field.validators = [MaxLengthValidator(longest, message=too_long), ProhibitNullCharactersValidator(message=wanted)]
    return field


class CallbackForm(PublicForm):
    name = line(
        _("How may we address you?"),
        _("Write a name. It need not be your real name."),
        longest=80,
        help_text=_("It need not be your real name."),
    )
    contact = line(
        _("On which telephone number or e-mail address can we reach you?"),
        _("Write a telephone number or an e-mail address."),
        longest=120,
        help_text=_("Choose one that nobody else reads or answers."),
    )
    moment = line(
        _("When is it safe to call?"),
        _("Write when it is safe to call."),
        longest=200,
        required=False,
        help_text=_("For example: on weekdays between 10 and 12. We do not leave a message."),
    )
    spoken = one_of(_("Which language do you speak?"), SPOKEN, _("Choose a language."), required=False)
    region = CodeField(
        "police-region",
        lists.POLICE_REGIONS,
        required=False,
        label=_("In which part of the Netherlands are you?"),
        help_text=_("Then somebody from near can call you."),
    )


class LinkForm(PublicForm):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Choose an address whose mail nobody else reads. We use it once, to send the link, and then destroy it."),
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an e-mail address, for example name@example.org."),
            "max_length": _("Write an e-mail address, for example name@example.org."),
        },
    )


class CodeForm(PublicForm):
    wrong = _("This is not the code. Look at what you wrote down.")
    code = line(
        _("Code"),
        _("Write the code."),
        longest=40,
        required=False,
        help_text=_("You wrote it down when you first opened the link."),
    )


class StopForm(PublicForm):
    code = line(
        _("The code on the paper that you were given"),
        _("Write the code."),
        longest=40,
        help_text=_("Ten letters and digits, for example 7K2M9-XQ4TC."),
    )

    def clean_code(self) -> str:
        """By its length alone: whether it is the code of somebody's receipt is told to nobody."""
        code: str = self.cleaned_data["code"]
        if not gate.is_code(code):
            raise forms.ValidationError(_("A code has ten letters and digits. Look at the paper again."))
        return code


class BeginForm(PublicForm):
    MYSELF, ANOTHER = "myself", "another"

    about = one_of(
        _("Whom is the report about?"),
        ((MYSELF, _("Myself")), (ANOTHER, _("Somebody else, who agrees to it"))),
        _("Choose whom the report is about."),
    )
