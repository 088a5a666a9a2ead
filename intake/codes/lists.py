"""The closed lists of the register, read once from the CSV files beside this module; codes are stored, labels never.

It knows what a code is called, in which order lists rank it and when it may be used. It does not decide what a report
must contain, and it changes nothing: a new edition of a list is a new version of its file, reviewed as a difference.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

DATA = Path(__file__).parent / "data"
COMMON_COLUMNS = ("scheme", "version", "code", "label_nl", "label_en", "region", "valid_from", "valid_to")
UNKNOWN = {"nl": "onbekend", "en": "unknown"}


class UnknownCodeError(KeyError):
    """The code is not in the list; the message names the list and never the code, which somebody typed."""

    def __init__(self, scheme: str) -> None:
        super().__init__(f"not a code of the list {scheme}")
        self.scheme = scheme


@dataclass(frozen=True)
class Code:
    """One row of a list. An empty date is no limit; valid_to is the first day on which it may no longer be used."""

    code: str
    label_nl: str
    label_en: str
    region: str
    valid_from: date | None
    valid_to: date | None
    attributes: Mapping[str, str]

    def label(self, language: str) -> str:
        return self.label_nl if language == "nl" else self.label_en

    def valid(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)

    @property
    def hierarchy(self) -> int:
        """The rank where one value must be chosen from several: lowest first (notes 20, 38 and 54 of the monitor)."""
        return int(self.attributes["hierarchy"])


@dataclass(frozen=True)
class CodeList:
    """One closed list in the order of its file. The empty code is 'unknown' in every list and stands in none."""

    scheme: str
    version: str
    rows: Mapping[str, Code]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self.rows)

    def __contains__(self, code: object) -> bool:
        return code in self.rows

    def get(self, code: str) -> Code:
        found = self.rows.get(code)
        if found is None:
            raise UnknownCodeError(self.scheme)
        return found

    def label(self, code: str, language: str) -> str:
        return self.get(code).label(language) if code else UNKNOWN["nl" if language == "nl" else "en"]

    def choices(self, language: str, *, on: date | None = None) -> tuple[tuple[str, str], ...]:
        """Code and label, for a form; with a date only what may be used on that date."""
        return tuple((row.code, row.label(language)) for row in self.rows.values() if on is None or row.valid(on))

    def valid(self, code: str, on: date) -> bool:
        """Whether a report of this date may use the code; a code that does not exist is not valid."""
        row = self.rows.get(code)
        return row is not None and row.valid(on)

    def first(self, codes: Iterable[str]) -> str:
        """The one value of several by the list's hierarchy; empty for none."""
        return min(codes, key=lambda code: self.get(code).hierarchy, default="")

    def by_label(self, label_en: str) -> str:
        """The code of an English label, as the published tables print it; 'unknown' is the empty code."""
        if label_en in ("", UNKNOWN["en"]):
            return ""
        found = next((row.code for row in self.rows.values() if row.label_en == label_en), None)
        if found is None:
            raise UnknownCodeError(self.scheme)
        return found


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _code(row: dict[str, str]) -> Code:
    return Code(
        code=row["code"],
        label_nl=row["label_nl"],
        label_en=row["label_en"],
        region=row["region"],
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        attributes=MappingProxyType({name: value for name, value in row.items() if name not in COMMON_COLUMNS}),
    )


def read(path: Path) -> CodeList:
    """One file is one version of one scheme, and a code stands in it once; anything else is a mistake in the file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    schemes = {(row["scheme"], row["version"]) for row in rows}
    codes = [row["code"] for row in rows]
    if len(schemes) != 1 or len(codes) != len(set(codes)) or "" in codes:
        raise ValueError(f"{path.name}: one scheme, one version and every code once")
    ((scheme, version),) = schemes
    return CodeList(scheme=scheme, version=version, rows=MappingProxyType({row["code"]: _code(row) for row in rows}))


def _list(scheme: str) -> CodeList:
    return read(DATA / f"{scheme}.csv")


EXPLOITATION_TYPES = _list("exploitation-types")
PROSTITUTION_SECTORS = _list("prostitution-sectors")
LABOUR_SECTORS = _list("labour-sectors")
SBI_SECTIONS = _list("sbi-sections")
CRIMINAL_KINDS = _list("criminal-kinds")
ORGAN_REMOVAL = _list("organ-removal")
SEXES = _list("sexes")
COUNTRIES = _list("countries")
REGIONS = _list("regions")
AGE_BANDS = _list("age-bands")
FORMS = _list("forms")
TECHNOLOGY_ROLES = _list("technology-roles")
TECHNOLOGY_CONTROL = _list("technology-control")
PLATFORMS = _list("platforms")
B8_STATES = _list("b8-states")
PHASES = _list("phases")
EXPLOITATION_PLACES = _list("exploitation-places")
INVESTIGATIVE_LEADS = _list("investigative-leads")
DISMISSAL_REASONS = _list("dismissal-reasons")
INDICATIONS = _list("indications")
REFLECTION_PERIODS = _list("reflection-periods")
MUNICIPALITIES = _list("municipalities")
REPORTER_GROUPS = _list("reporter-groups")
OTHER_REPORTERS = _list("other-reporters")
POLICE_UNITS = _list("police-units")
POLICE_REGIONS = _list("police-regions")
SOURCE_REGISTERS = _list("source-registers")
MISSING_REASONS = _list("missing-reasons")
DEMAND_CHANNELS = _list("demand-channels")
MONEY_FLOWS = _list("money-flows")
HELP_STATES = _list("help-states")
RESIDENCE_ROUTES = _list("residence-routes")
SCORE_ANSWERS = _list("score-answers")

CODE_LISTS: Mapping[str, CodeList] = MappingProxyType(
    {found.scheme: found for found in list(globals().values()) if isinstance(found, CodeList)}
)

# The list that answers each further question of Characteristics.further.
FURTHER_QUESTIONS: Mapping[str, CodeList] = MappingProxyType(
    {
        "technology-role": TECHNOLOGY_ROLES,
        "technology-control": TECHNOLOGY_CONTROL,
        "demand-channel": DEMAND_CHANNELS,
        "money-flow": MONEY_FLOWS,
        "help-state": HELP_STATES,
        "investigative-leads": INVESTIGATIVE_LEADS,
        "dismissal-reason": DISMISSAL_REASONS,
        "residence-route": RESIDENCE_ROUTES,
        "first-asylum-country": COUNTRIES,
        "statement-unit": POLICE_UNITS,
        "indication": INDICATIONS,
        "reflection-period": REFLECTION_PERIODS,
        "score-pay": SCORE_ANSWERS,
        "score-conditions": SCORE_ANSWERS,
        "score-coercion": SCORE_ANSWERS,
        "police-region": POLICE_REGIONS,
    }
)

# The dated steps of Characteristics.phases by code, and the field that each is where a field is named (in a form, a problem,
# a reason why it is missing): "reflection-period" is a question as well.
PHASE_CODES: Mapping[str, Code] = MappingProxyType({**PHASES.rows, **B8_STATES.rows})
PHASE_FIELDS: Mapping[str, str] = MappingProxyType({f"phase-{code}": code for code in PHASE_CODES})
