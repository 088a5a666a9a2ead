"""The filters of a figure, as a form that is sent by GET: so that a cut has an address. What it refuses it names by place.

Only what the declaration of the figure carries can be filtered; it counts nothing.
"""

from collections.abc import Iterator, Mapping, Sequence

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.codes.lists import FORMS, REPORTER_GROUPS
from reports.figures.cuts import Cut, Dimension, dimensions
from reports.figures.declaring import FORM_COLUMNS, Figure
from reports.figures.rows import UNKNOWN_ROW

FIRST, LAST, FORM, REPORTER = "from", "to", "form", "reporter"
PLACES: Mapping[str, Dimension] = {
    FIRST: Dimension.PERIOD,
    LAST: Dimension.PERIOD,
    FORM: Dimension.FORM,
    REPORTER: Dimension.GROUP,
}
FIELD_OF = {Dimension.PERIOD: FIRST, Dimension.FORM: FORM, Dimension.GROUP: REPORTER}
UNKNOWN_FORM = "unknown"
LABELS = {FIRST: _("From"), LAST: _("Up to and including"), FORM: _("Form"), REPORTER: _("Reported by")}
EVERYTHING = {FIRST: _("first year"), LAST: _("last year"), FORM: _("all forms"), REPORTER: _("everybody who reports")}
REFUSALS = {
    FIRST: _("From: this is no year of the figure. Choose one from the list."),
    LAST: _("Up to and including: this is no year of the figure. Choose one from the list."),
    FORM: _("Form: there is no form with this code. Choose one from the list."),
    REPORTER: _("Reported by: there is no reporter group with this code. Choose one from the list."),
}
NOT_OF_THIS_FIGURE = {
    Dimension.PERIOD: _("From, up to and including: this figure cannot be filtered by period."),
    Dimension.FORM: _("Form: this figure cannot be filtered by form."),
    Dimension.GROUP: _("Reported by: this figure cannot be filtered by reporter group."),
}
NO_SUCH_FILTER = _("The address asks for a filter that does not exist. There are: from, to, form, reporter.")
TWICE = _("The address has a filter twice. Each can be there once.")
PUBLISHED_AS_IT_IS = _("The address has a filter. A published figure is shown as it was published, and cannot be filtered.")
TURNED = _("Up to and including: this year comes before the first one.")
TOO_MANY = _("From: in these years there are too many person-years to count by reporter. Choose fewer years.")

Choices = Sequence[tuple[str, str | Promise]]


class FilterForm(forms.Form):
    """Unbound it would have no cut: it is always given the query of the address."""

    def __init__(self, figure: Figure, years: Sequence[int], language: str, query: QueryDict) -> None:
        super().__init__(query)
        self.years = years
        self.permitted = dimensions(figure)
        self.choices = _choices(figure, years, language)
        for name, choices in self.choices.items():
            self.fields[name] = forms.ChoiceField(
                label=LABELS[name],
                choices=[("", EVERYTHING[name]), *choices],
                required=False,
                error_messages={"invalid_choice": REFUSALS[name]},
            )

    def clean(self) -> dict[str, object]:
        for problem in self._problems():
            self.add_error(None, problem)
        first, last = self.cleaned_data.get(FIRST), self.cleaned_data.get(LAST)
        if first and last and int(first) > int(last):
            self.add_error(LAST, TURNED)
        return self.cleaned_data

    def _problems(self) -> Iterator[str]:
        query = self.data
        if set(query) - set(PLACES):
            yield str(NO_SUCH_FILTER)
        if isinstance(query, QueryDict) and any(len(query.getlist(name)) > 1 for name in query):
            yield str(TWICE)
        asked = {PLACES[name] for name in query if name in PLACES and query[name]}
        for dimension in sorted(asked - self.permitted):
            yield str(NOT_OF_THIS_FIGURE[dimension])

    @property
    def cut(self) -> Cut:
        """Of a form that is valid."""
        chosen = self.cleaned_data
        form = chosen.get(FORM)
        return Cut(
            first=int(chosen[FIRST]) if chosen.get(FIRST) else None,
            last=int(chosen[LAST]) if chosen.get(LAST) else None,
            form=None if not form else "" if form == UNKNOWN_FORM else form,
            group=chosen.get(REPORTER, ""),
        )

    @property
    def query(self) -> str:
        """What of the address makes the cut, to be put behind the address of a file."""
        made = QueryDict(mutable=True)
        made.update({name: self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)})
        return made.urlencode()

    def refuse(self, dimension: Dimension) -> None:
        """What only the counting could tell."""
        self.add_error(FIELD_OF[dimension], TOO_MANY if dimension is Dimension.PERIOD else REFUSALS[FIELD_OF[dimension]])

    def refuse_all(self) -> None:
        """Of published figures nothing but what was stored can be asked."""
        self.full_clean()
        self.errors.clear()
        self.fields.clear()
        self.add_error(None, PUBLISHED_AS_IT_IS)

    @property
    def chosen(self) -> tuple[tuple[str | Promise, str], ...]:
        """The filters in use, with the words of their values."""
        return tuple(
            (LABELS[name], str(dict(choices)[self.cleaned_data[name]]))
            for name, choices in self.choices.items()
            if self.cleaned_data.get(name)
        )


def _choices(figure: Figure, years: Sequence[int], language: str) -> dict[str, Choices]:
    permitted = dimensions(figure)
    found: dict[str, Choices] = {}
    if Dimension.PERIOD in permitted:
        counted = [(str(year), str(year)) for year in years if year >= figure.first_year]
        found |= {FIRST: counted, LAST: counted}
    if Dimension.FORM in permitted:
        found[FORM] = [(code or UNKNOWN_FORM, form_name(code, language)) for code in FORM_COLUMNS]
    if Dimension.GROUP in permitted:
        found[REPORTER] = [(code, REPORTER_GROUPS.label(code, language)) for code in REPORTER_GROUPS.codes]
    return found


def form_name(code: str, language: str) -> str:
    return FORMS.label(code, language) if code else UNKNOWN_ROW.label.in_language(language)
