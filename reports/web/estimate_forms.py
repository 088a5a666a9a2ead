"""The form with which an estimate is asked for: period, what each group is, strata, known referrals and the search."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.estimation.overlaps import FEEDS, GROUPS, pairs_of
from reports.estimation.selection import EXHAUSTIVE_BIC
from reports.prevalence.limits import thresholds
from reports.prevalence.parameters import MOST_REPLICATES, MOST_REPLICATES_OF_MANY, Parameters
from reports.web.estimate_texts import SEARCHES, STRATA, list_name

OWN, OUT, FIRST, SECOND = "own", "out", "first", "second"
ROLES = (
    (OWN, _("a list of its own")),
    (FIRST, _("part of merged list 1")),
    (SECOND, _("part of merged list 2")),
    (OUT, _("left out")),
)
REPLICATES = (
    ("0", _("none: limits by profile likelihood, the model taken as given")),
    (str(MOST_REPLICATES_OF_MANY), _("200, the search repeated in each")),
    (str(MOST_REPLICATES), _("1,000, the search repeated in each (at most five lists; some minutes)")),
)
REPLICATES_OF_SECTORS = (("200", "200"), ("500", "500"))
CHOOSE = _("Choose one from the list.")
A_NUMBER = _("Write a whole number from zero up.")
SEPARATOR = ">"
LARGEST_SEED = 2**31


class EstimateForm(forms.Form):
    """years: of the register. A field for each group that can be a list."""

    def __init__(self, years: Sequence[int], data: Any = None) -> None:
        super().__init__(data)
        self.fields |= _period(years)
        for code in (*GROUPS, *FEEDS):
            self.fields[f"list_{code}"] = _choice(list_name(code), ROLES, OUT if code in FEEDS else OWN)
        self.fields["strata"] = _several(
            _("Also by"),
            [(name, label) for name, (label, _codes) in STRATA.items()],
            _("Totals of groups, which lend each other strength. A group without overlap is refused; then there is no sum."),
        )
        self.fields["dependence"] = _several(
            _("Known referrals"),
            [(SEPARATOR.join(pair), f"{list_name(pair[0])} → {list_name(pair[1])}") for pair in pairs_of(GROUPS)],
            _("Where one group is known to send people on to the other, every model has this dependence."),
        )
        self.fields["search"] = _choice(_("How is the model chosen?"), SEARCHES.items(), EXHAUSTIVE_BIC)
        self.fields["order"] = _choice(_("Dependence between up to"), (("2", _("two lists")), ("3", _("three lists"))), "2")
        self.fields["replicates"] = _choice(_("Replicates of the bootstrap"), REPLICATES, "0")
        self.fields["seed"] = _seed()

    def asked(self) -> Parameters:
        """Of a form that is valid."""
        given = self.cleaned_data
        roles = {code: given[f"list_{code}"] for code in (*GROUPS, *FEEDS)}
        merged = (tuple(code for code, role in roles.items() if role == place) for place in (FIRST, SECOND))
        return Parameters(
            first_year=int(given["first_year"]),
            last_year=int(given["last_year"]),
            lists=tuple(code for code, role in roles.items() if role != OUT),
            merged=tuple(codes for codes in merged if codes),
            strata=tuple(given["strata"]),
            dependence=tuple(_pair(one) for one in given["dependence"]),
            search=given["search"],
            order=int(given["order"]),
            replicates=int(given["replicates"]),
            seed=given["seed"],
            thresholds=thresholds(),
        )


class SectorsForm(forms.Form):
    def __init__(self, years: Sequence[int], data: Any = None) -> None:
        super().__init__(data)
        self.fields |= _period(years)
        self.fields["replicates"] = _choice(
            _("Replicates of the bootstrap"), REPLICATES_OF_SECTORS, REPLICATES_OF_SECTORS[0][0]
        )
        self.fields["seed"] = _seed()

    def asked(self) -> Parameters:
        """Of a form that is valid."""
        given = self.cleaned_data
        return Parameters(
            int(given["first_year"]), int(given["last_year"]), replicates=int(given["replicates"]), seed=given["seed"]
        )


def _period(years: Sequence[int]) -> dict[str, forms.Field]:
    names = [(str(year), str(year)) for year in years]
    return {
        "first_year": _choice(_("From which year?"), names, names[0][0] if names else ""),
        "last_year": _choice(_("Up to and including which year?"), names, names[-1][0] if names else ""),
    }


def _seed() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Seed"),
        help_text=_("The same number gives the same replicates."),
        initial=1,
        min_value=0,
        max_value=LARGEST_SEED,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), A_NUMBER),
    )


def _pair(given: str) -> tuple[str, str]:
    one, _separator, two = given.partition(SEPARATOR)
    return one, two


def _choice(label: Any, choices: Iterable[tuple[str, Any]], initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        initial=initial,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )


def _several(label: Any, choices: Iterable[tuple[str, Any]], help_text: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=list(choices),
        help_text=help_text,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": CHOOSE, "invalid_list": CHOOSE},
    )
