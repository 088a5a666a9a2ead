"""Derives what figures count from a merged person-year: form, sectors by hierarchy, region, population, reporters.

The hierarchies and labels are data of intake.codes. It reads no database and counts nothing.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from intake.codes.forms import CROSS_BORDER, form_of
from intake.codes.lists import (
    AGE_BANDS,
    B8_STATES,
    COUNTRIES,
    CRIMINAL_KINDS,
    EXPLOITATION_PLACES,
    EXPLOITATION_TYPES,
    FURTHER_QUESTIONS,
    LABOUR_SECTORS,
    MUNICIPALITIES,
    ORGAN_REMOVAL,
    PHASES,
    PLATFORMS,
    POLICE_UNITS,
    PROSTITUTION_SECTORS,
    SEXES,
    CodeList,
)
from intake.codes.regions import counted_nationality, region_of
from reports.personyears.contributions import EMM, OM, POLICE
from reports.personyears.merge import FURTHER, GAP, GAPS, STEP, Merged
from reports.personyears.populations import Population, population_of, within
from reports.personyears.steps import helped_after_half_a_year, wait_for_decision

# Reporter of the imputation stratum where several reported: those with a legal basis first (Figure 2.11 turned round).
OTHER_REPORTERS = "other-reporters"
REPORTERS_IN_ORDER = ("police", "kmar", "iszw-do", "care-coordinators", "fairwork", OTHER_REPORTERS)
EMM_ONLY, EMM_AND_OTHERS = "emm-only", "emm-and-others"
# The further questions that figures count, each an attribute of Counted.
QUESTIONS = (
    "technology-role",
    "technology-control",
    "demand-channel",
    "money-flow",
    "investigative-leads",
    "residence-route",
    "first-asylum-country",
    "dismissal-reason",
)
AFRICA = "africa"
AFRICAN, NOT_AFRICAN = "african", "not-african"
MINOR, ADULT = "minor", "adult"

Rule = Callable[..., Any]
Reporters = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Counted:
    """What figures count of one person-year, in codes; empty is unknown. Each attribute may be the rows of a figure."""

    population: str
    emm: str = ""
    exploitation_types: tuple[str, ...] = ()
    form: str = ""
    prostitution_sector: str = ""
    labour_sector: str = ""
    criminal_kind: str = ""
    sex: str = ""
    nationality: str = ""
    region: str = ""
    age: int | None = None
    age_band: str = ""
    groups: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    lead_reporter: str = ""
    bases: tuple[str, ...] = ()
    organ_removal: str = ""
    platforms: tuple[str, ...] = ()
    exploitation_places: tuple[str, ...] = ()
    exploitation_countries: tuple[str, ...] = ()
    municipality_of_exploitation: str = ""
    technology_role: str = ""
    technology_control: str = ""
    demand_channel: str = ""
    money_flow: str = ""
    investigative_leads: str = ""
    residence_route: str = ""
    first_asylum_country: str = ""
    dismissal_reason: str = ""
    municipality_of_residence: str = ""
    phases: tuple[str, ...] = ()
    b8_steps: tuple[str, ...] = ()
    b8_wait: str = ""
    wait_to_count: str = ""
    help_after_half_a_year: str = ""
    gaps: tuple[str, ...] = ()
    om: str = ""

    @property
    def populations(self) -> tuple[str, ...]:
        return within(Population(self.population))

    @property
    def combination(self) -> str:
        return "+".join(self.exploitation_types)

    @property
    def form_reported_by_police(self) -> tuple[str, ...]:
        """Cross-border sexual exploitation is split into African and not (Figure 2.13)."""
        if POLICE not in self.groups:
            return ()
        if self.form != CROSS_BORDER:
            return (self.form,)
        return (f"{CROSS_BORDER}:{AFRICAN if self.region == AFRICA else NOT_AFRICAN}",)

    @property
    def visibility(self) -> str:
        """Of the prostitution sector: more or less visible."""
        sector = self.prostitution_sector
        return PROSTITUTION_SECTORS.get(sector).attributes["visibility"] if sector else ""

    @property
    def police_region(self) -> str:
        """Of the municipality of exploitation; the unit that reports is no place."""
        municipality = self.municipality_of_exploitation
        return MUNICIPALITIES.get(municipality).region if municipality else ""

    @property
    def meeting_places(self) -> tuple[str, ...]:
        return self.platforms or ("",)

    @property
    def places(self) -> tuple[str, ...]:
        return self.exploitation_places or ("",)

    @property
    def countries(self) -> tuple[str, ...]:
        return self.exploitation_countries or ("",)

    @property
    def phases_reached(self) -> tuple[str, ...]:
        return self.phases or ("",)

    @property
    def b8_steps_taken(self) -> tuple[str, ...]:
        return self.b8_steps or ("",)

    @property
    def reports_and_gaps(self) -> tuple[str, ...]:
        """Each group that reported, and each with a field that none of its reports knows."""
        return (*self.groups, *self.gaps)

    @property
    def majority(self) -> str:
        return {"": "", MINOR: MINOR}.get(self.age_band, ADULT)

    def values(self, dimension: str) -> tuple[str, ...]:
        """Every value that counts in this dimension (personyears.dimensions); one of an attribute that has one."""
        found: str | tuple[str, ...] = getattr(self, dimension)
        return (found,) if isinstance(found, str) else found

    def to_text(self) -> str:
        """JSON of what is known, equal for equal values; an age of 0 is known."""
        return joined([part for name, value in vars(self).items() if (part := text_of(name, value))])

    @classmethod
    def from_text(cls, stored: str) -> Self:
        known: dict[str, Any] = json.loads(stored)
        values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in known.items()}
        return cls(**values)


def text_of(name: str, value: Any) -> str:
    """One member of the stored JSON; empty where nothing is known."""
    return "" if value in ("", (), None) else f"{json.dumps(name)}:{json.dumps(value, separators=(',', ':'))}"


def joined(parts: Iterable[str]) -> str:
    return "{" + ",".join(parts) + "}"


def derive(merged: Merged) -> Counted:
    """Attribute by attribute, as DERIVED says."""
    return Counted(**{name: one.rule(*(merged.values.get(read, "") for read in one.reads)) for name, one in DERIVED.items()})


def _population(sources: Iterable[str], reporters: Reporters, types: Iterable[str]) -> str:
    return population_of(sources=tuple(sources), groups=_groups(reporters), exploitation_types=_types(types)).value


def _types(codes: Iterable[str]) -> tuple[str, ...]:
    given = set(codes)
    return tuple(code for code in EXPLOITATION_TYPES.codes if code in given)


def _form(types: Iterable[str], nationalities: Iterable[str]) -> str:
    return form_of(_types(types), _known(nationalities, COUNTRIES))


def _first_of(codes: CodeList) -> Rule:
    """The one value of several by the list's hierarchy."""
    return lambda given: codes.first(_known(given, codes))


def _one_of(codes: CodeList) -> Rule:
    return lambda given: given if given in codes else ""


def _set_of(codes: CodeList) -> Rule:
    return lambda given: _known(given, codes)


def _known(codes: Iterable[str], of: CodeList) -> tuple[str, ...]:
    """A code that a later edition of the list no longer has counts as unknown; it stays in the merged values."""
    return tuple(code for code in codes if code in of)


def _labour_row(codes: Iterable[str]) -> str:
    """The one sector by hierarchy, as its row of Figure 2.5: sections that are seldom reported share 'other labour'."""
    sector = LABOUR_SECTORS.first(_known(codes, LABOUR_SECTORS))
    return LABOUR_SECTORS.get(sector).attributes["figure_row"] if sector else ""


def _counted_reporters(reporters: Reporters) -> Reporters:
    """A group that the list no longer has still reported: it counts among the others. A unit of the past is an unknown unit."""
    return tuple(
        (group if group in REPORTERS_IN_ORDER else OTHER_REPORTERS, unit if unit in POLICE_UNITS else "")
        for group, unit in reporters
    )


def _groups(reporters: Reporters) -> tuple[str, ...]:
    return tuple(dict.fromkeys(group for group, _ in _counted_reporters(reporters)))


def _units(reporters: Reporters) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit for group, unit in _counted_reporters(reporters) if group == POLICE))


def _lead_reporter(reporters: Reporters) -> str:
    """Group and unit of the first report of the highest group; empty where nobody reported."""
    ordered = sorted(_counted_reporters(reporters), key=lambda one: REPORTERS_IN_ORDER.index(one[0]))
    return ":".join(filter(None, ordered[0])) if ordered else ""


def _gaps(*groups_by_field: Iterable[str]) -> tuple[str, ...]:
    """Group and field, a group that the list no longer has among the others; known to none of the reports of the group."""
    return tuple(
        f"{group}:{name}"
        for name, groups in zip(GAPS, groups_by_field, strict=True)
        for group in sorted({group if group in REPORTERS_IN_ORDER else OTHER_REPORTERS for group in groups})
    )


def _taken(codes: CodeList) -> Rule:
    """The steps of this list that are known to have been taken, dated or not."""
    return lambda *days: tuple(code for code, known in zip(codes.codes, days, strict=True) if known)


def _help(reported: date | None, *days: Iterable[str]) -> str:
    started, ended, sheltered, left, gone = days
    return helped_after_half_a_year(reported, (started, ended), (sheltered, left), gone)


def _steps(*codes: str) -> tuple[str, ...]:
    return tuple(STEP + code for code in codes)


def _emm(sources: Iterable[str]) -> str:
    known_through = set(sources)
    if EMM not in known_through:
        return ""
    return EMM_ONLY if known_through == {EMM} else EMM_AND_OTHERS


def _om(sources: Iterable[str]) -> str:
    return OM if OM in sources else ""


@dataclass(frozen=True)
class Derivation:
    """rule is given the merged values of these names, in this order."""

    reads: tuple[str, ...]
    rule: Rule


# Every attribute of Counted: which merged values it is derived from, and how.
DERIVED: Mapping[str, Derivation] = {
    "population": Derivation(("sources", "reporters", "exploitation_types"), _population),
    "emm": Derivation(("sources",), _emm),
    "exploitation_types": Derivation(("exploitation_types",), _types),
    "form": Derivation(("exploitation_types", "nationalities"), _form),
    "prostitution_sector": Derivation(("prostitution_sectors",), _first_of(PROSTITUTION_SECTORS)),
    "labour_sector": Derivation(("labour_sectors",), _labour_row),
    "criminal_kind": Derivation(("criminal_kinds",), _first_of(CRIMINAL_KINDS)),
    "sex": Derivation(("sex",), _one_of(SEXES)),
    "nationality": Derivation(("nationalities",), lambda given: counted_nationality(_known(given, COUNTRIES))),
    "region": Derivation(("nationalities",), lambda given: region_of(_known(given, COUNTRIES))),
    "age": Derivation(("age",), lambda age: age[0]),
    "age_band": Derivation(("age",), lambda age: age[1] if age[1] in AGE_BANDS else ""),
    "groups": Derivation(("reporters",), _groups),
    "units": Derivation(("reporters",), _units),
    "lead_reporter": Derivation(("reporters",), _lead_reporter),
    "bases": Derivation(("bases",), tuple),
    "organ_removal": Derivation(("organ_removal",), _one_of(ORGAN_REMOVAL)),
    "platforms": Derivation(("platforms",), _set_of(PLATFORMS)),
    "exploitation_places": Derivation(("exploitation_places",), _set_of(EXPLOITATION_PLACES)),
    "exploitation_countries": Derivation(("exploitation_countries",), _set_of(COUNTRIES)),
    "municipality_of_exploitation": Derivation(("municipality_of_exploitation",), _one_of(MUNICIPALITIES)),
    "municipality_of_residence": Derivation(("municipality_of_residence",), _one_of(MUNICIPALITIES)),
    "phases": Derivation(_steps(*PHASES.codes), _taken(PHASES)),
    "b8_steps": Derivation(_steps(*B8_STATES.codes), _taken(B8_STATES)),
    "wait_to_count": Derivation(("first_wait",), lambda band: band),
    "b8_wait": Derivation(_steps("requested", "granted", "refused"), wait_for_decision),
    "help_after_half_a_year": Derivation(
        ("first_report", *_steps("help-started", "help-ended", "shelter-started", "shelter-ended", "out-of-sight")), _help
    ),
    "gaps": Derivation(tuple(GAP + name for name in GAPS), _gaps),
    "om": Derivation(("sources",), _om),
    **{
        question.replace("-", "_"): Derivation((FURTHER + question,), _one_of(FURTHER_QUESTIONS[question]))
        for question in QUESTIONS
    },
}
