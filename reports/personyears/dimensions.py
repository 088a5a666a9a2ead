"""What figures may count of a person-year, by name, and every code that can come of it; '' is unknown. Data only.

A figure names one of these; so a definition with a row that can never be counted is found when it is declared.
"""

from collections.abc import Iterable, Mapping
from itertools import combinations

from intake.codes import lists, waits
from intake.codes.forms import CROSS_BORDER
from reports.personyears.derive import ADULT, AFRICAN, EMM_AND_OTHERS, EMM_ONLY, MINOR, NOT_AFRICAN, QUESTIONS
from reports.personyears.merge import GAPS, WITH_BASIS, WITHOUT_BASIS
from reports.personyears.populations import Population
from reports.personyears.steps import HELPED, NOT_HELPED, WAITS


def _or_unknown(codes: Iterable[str]) -> frozenset[str]:
    return frozenset(("", *codes))


def _combinations(types: tuple[str, ...]) -> Iterable[str]:
    return ("+".join(some) for size in range(len(types) + 1) for some in combinations(types, size))


def _attribute(codes: lists.CodeList, name: str) -> frozenset[str]:
    return _or_unknown(row.attributes[name] for row in codes.rows.values())


DIMENSIONS: Mapping[str, frozenset[str]] = {
    "populations": frozenset(Population),
    "emm": _or_unknown((EMM_ONLY, EMM_AND_OTHERS)),
    "combination": frozenset(_combinations(lists.EXPLOITATION_TYPES.codes)),
    "form": _or_unknown(lists.FORMS.codes),
    "prostitution_sector": _or_unknown(lists.PROSTITUTION_SECTORS.codes),
    "visibility": _attribute(lists.PROSTITUTION_SECTORS, "visibility"),
    "labour_sector": _attribute(lists.LABOUR_SECTORS, "figure_row"),
    "criminal_kind": _or_unknown(lists.CRIMINAL_KINDS.codes),
    "sex": _or_unknown(lists.SEXES.codes),
    "nationality": _or_unknown(lists.COUNTRIES.codes),
    "region": _or_unknown(lists.REGIONS.codes),
    "age_band": _or_unknown(lists.AGE_BANDS.codes),
    "majority": _or_unknown((MINOR, ADULT)),
    "groups": frozenset(lists.REPORTER_GROUPS.codes),
    "units": _or_unknown(lists.POLICE_UNITS.codes),
    "form_reported_by_police": _or_unknown(
        (*(set(lists.FORMS.codes) - {CROSS_BORDER}), f"{CROSS_BORDER}:{AFRICAN}", f"{CROSS_BORDER}:{NOT_AFRICAN}")
    ),
    "bases": frozenset((WITH_BASIS, WITHOUT_BASIS)),
    "organ_removal": _or_unknown(lists.ORGAN_REMOVAL.codes),
    "meeting_places": _or_unknown(lists.PLATFORMS.codes),
    "places": _or_unknown(lists.EXPLOITATION_PLACES.codes),
    "countries": _or_unknown(lists.COUNTRIES.codes),
    "municipality_of_exploitation": _or_unknown(lists.MUNICIPALITIES.codes),
    "police_region": _or_unknown(lists.POLICE_REGIONS.codes),
    "municipality_of_residence": _or_unknown(lists.MUNICIPALITIES.codes),
    "phases_reached": _or_unknown(lists.PHASES.codes),
    "b8_steps_taken": _or_unknown(lists.B8_STATES.codes),
    "b8_wait": _or_unknown((*WAITS, waits.LONGER)),
    "wait_to_count": _or_unknown(waits.BANDS),
    "help_after_half_a_year": _or_unknown((HELPED, NOT_HELPED)),
    "reports_and_gaps": frozenset(
        (*lists.REPORTER_GROUPS.codes, *(f"{group}:{name}" for group in lists.REPORTER_GROUPS.codes for name in GAPS))
    ),
    **{question.replace("-", "_"): _or_unknown(lists.FURTHER_QUESTIONS[question].codes) for question in QUESTIONS},
}

# The attributes of derive.Counted that a dimension looks at, where it is not one itself.
READS: Mapping[str, tuple[str, ...]] = {
    "populations": ("population",),
    "combination": ("exploitation_types",),
    "visibility": ("prostitution_sector",),
    "police_region": ("municipality_of_exploitation",),
    "majority": ("age_band",),
    "form_reported_by_police": ("groups", "form", "region"),
    "meeting_places": ("platforms",),
    "places": ("exploitation_places",),
    "countries": ("exploitation_countries",),
    "phases_reached": ("phases",),
    "b8_steps_taken": ("b8_steps",),
    "reports_and_gaps": ("groups", "gaps"),
}

# What figures may count of an anonymous signal (intake.facts.SignalFact), by attribute.
SIGNALS: Mapping[str, frozenset[str]] = {
    "group": frozenset(lists.REPORTER_GROUPS.codes),
    "police_region": _or_unknown(lists.POLICE_REGIONS.codes),
}

# What an imputed figure may divide its population by, besides the dimensions themselves.
STRATA = frozenset((*DIMENSIONS, "lead_reporter"))
# What may be averaged: whole numbers, None where unknown.
MEASURES = frozenset(("age",))
