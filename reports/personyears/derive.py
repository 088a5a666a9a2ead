"""Derives what figures count from a merged person-year: form, sectors by hierarchy, region, population, reporters.

The hierarchies and labels are data of intake.codes. It reads no database and counts nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from intake.codes.forms import CROSS_BORDER, form_of
from intake.codes.lists import (
    AGE_BANDS,
    COUNTRIES,
    CRIMINAL_KINDS,
    EXPLOITATION_PLACES,
    EXPLOITATION_TYPES,
    FURTHER_QUESTIONS,
    LABOUR_SECTORS,
    MUNICIPALITIES,
    ORGAN_REMOVAL,
    PLATFORMS,
    POLICE_UNITS,
    PROSTITUTION_SECTORS,
    SEXES,
    CodeList,
)
from intake.codes.regions import counted_nationality, region_of
from reports.personyears.contributions import EMM, POLICE
from reports.personyears.merge import Merged
from reports.personyears.populations import Population, population_of, within

# Reporter of the imputation stratum where several reported: those with a legal basis first (Figure 2.11 turned round).
OTHER_REPORTERS = "other-reporters"
REPORTERS_IN_ORDER = ("police", "kmar", "iszw-do", "care-coordinators", "fairwork", OTHER_REPORTERS)
EMM_ONLY, EMM_AND_OTHERS = "emm-only", "emm-and-others"
# The further questions that figures count, each an attribute of Counted.
QUESTIONS = ("technology-role", "technology-control", "demand-channel", "money-flow", "investigative-leads")
AFRICA = "africa"
AFRICAN, NOT_AFRICAN = "african", "not-african"
MINOR, ADULT = "minor", "adult"


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
    def meeting_places(self) -> tuple[str, ...]:
        return self.platforms or ("",)

    @property
    def places(self) -> tuple[str, ...]:
        return self.exploitation_places or ("",)

    @property
    def countries(self) -> tuple[str, ...]:
        return self.exploitation_countries or ("",)

    @property
    def majority(self) -> str:
        return {"": "", MINOR: MINOR}.get(self.age_band, ADULT)

    def values(self, dimension: str) -> tuple[str, ...]:
        """Every value that counts in this dimension (personyears.dimensions); one of an attribute that has one."""
        found: str | tuple[str, ...] = getattr(self, dimension)
        return (found,) if isinstance(found, str) else found

    def to_json(self) -> dict[str, Any]:
        """Only what is known; an age of 0 is known."""
        known = {name: value for name, value in vars(self).items() if value not in ("", (), None)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in known.items()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()}
        return cls(**values)


def derive(merged: Merged) -> Counted:
    found = merged.characteristics
    types = tuple(code for code in EXPLOITATION_TYPES.codes if code in found.exploitation_types)
    nationalities = _known(found.nationalities, COUNTRIES)
    reporters = _reporters(merged)
    groups = tuple(dict.fromkeys(group for group, _ in reporters))
    return Counted(
        population=population_of(sources=merged.sources, groups=groups, exploitation_types=types).value,
        emm=_emm(merged.sources),
        exploitation_types=types,
        form=form_of(types, nationalities),
        prostitution_sector=PROSTITUTION_SECTORS.first(_known(found.prostitution_sectors, PROSTITUTION_SECTORS)),
        labour_sector=_labour_row(found.labour_sectors),
        criminal_kind=CRIMINAL_KINDS.first(_known(found.criminal_kinds, CRIMINAL_KINDS)),
        sex=_known_or_unknown(found.sex, SEXES),
        nationality=counted_nationality(nationalities),
        region=region_of(nationalities),
        age=merged.age,
        age_band=_known_or_unknown(merged.age_band, AGE_BANDS),
        groups=groups,
        units=tuple(dict.fromkeys(unit for group, unit in reporters if group == POLICE)),
        lead_reporter=_lead_reporter(reporters),
        bases=merged.bases,
        organ_removal=_known_or_unknown(found.organ_removal, ORGAN_REMOVAL),
        platforms=_known(found.platforms, PLATFORMS),
        exploitation_places=_known(found.exploitation_places, EXPLOITATION_PLACES),
        exploitation_countries=_known(found.exploitation_countries, COUNTRIES),
        municipality_of_exploitation=_known_or_unknown(found.municipality_of_exploitation, MUNICIPALITIES),
        **_answers(found.further),
    )


def _answers(further: Iterable[tuple[str, str]]) -> dict[str, str]:
    given = dict(further)
    return {
        question.replace("-", "_"): _known_or_unknown(given.get(question, ""), FURTHER_QUESTIONS[question])
        for question in QUESTIONS
    }


def _known(codes: Iterable[str], of: CodeList) -> tuple[str, ...]:
    """A code that a later edition of the list no longer has counts as unknown; it stays in the merged values."""
    return tuple(code for code in codes if code in of)


def _known_or_unknown(code: str, of: CodeList) -> str:
    return code if code in of else ""


def _reporters(merged: Merged) -> tuple[tuple[str, str], ...]:
    """A group that the list no longer has still reported: it counts among the others. A unit of the past is an unknown unit."""
    return tuple(
        (group if group in REPORTERS_IN_ORDER else OTHER_REPORTERS, _known_or_unknown(unit, POLICE_UNITS))
        for group, unit in merged.reporters
    )


def _emm(sources: Iterable[str]) -> str:
    known_through = set(sources)
    if EMM not in known_through:
        return ""
    return EMM_ONLY if known_through == {EMM} else EMM_AND_OTHERS


def _labour_row(codes: Iterable[str]) -> str:
    """The one sector by hierarchy, as its row of Figure 2.5: sections that are seldom reported share 'other labour'."""
    sector = LABOUR_SECTORS.first(_known(codes, LABOUR_SECTORS))
    return LABOUR_SECTORS.get(sector).attributes["figure_row"] if sector else ""


def _lead_reporter(reporters: Iterable[tuple[str, str]]) -> str:
    """Group and unit of the first report of the highest group; empty where nobody reported."""
    ordered = sorted(reporters, key=lambda one: REPORTERS_IN_ORDER.index(one[0]))
    return ":".join(filter(None, ordered[0])) if ordered else ""
