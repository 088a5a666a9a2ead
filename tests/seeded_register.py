"""Made-up registers in the two files of the reference register, by the same rules and with margins of their own per seed.

Every person is in one year. Nobody with sexual exploitation is in the base population on a report of KMar alone; a letter
follows a police report, but for a few persons known through a letter alone; EMM enriches whom an investigative service
reported; outside the base population stand persons known through EMM alone, and sexual exploitation that KMar alone reported.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from intake.codes import lists
from tests.reference_register import DATA, nationalities

YEARS = ("2015", "2016", "2017", "2018", "2019")
TYPES = ("sexual", "labour", "criminal", "organ")
BANDS = {"minor": (11, 17), "18-22": (18, 22), "23-29": (23, 29), "30-39": (30, 39), "40+": (40, 64)}
INVESTIGATING = ("police", "KMar", "ISZW-DO")
BASE, KMAR_ONLY, EMM_ONLY = "base", "kmar_only_sexual", "emm_only"
LEGAL_BASIS = {"EMM": "feed", "OM": "letter"} | dict.fromkeys(INVESTIGATING, "yes")
REGION_OF = {"Netherlands": "Netherlands", "unknown": "unknown"}

Row = dict[str, str]


@dataclass(frozen=True)
class Register:
    persons: list[Row]
    reports: list[Row]


class Margins:
    """How often each value of a field is drawn: chances of this seed alone."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.weights: dict[tuple[str, ...], list[float]] = {}

    def draw(self, values: Sequence[str]) -> str:
        weights = self.weights.setdefault(tuple(values), [])
        if not weights:
            weights += [self.random.uniform(0.1, 1) ** 2 for _ in values]
        return self.random.choices(values, weights)[0]


def seeded(seed: int, size: int = 1500) -> Register:
    random = Random(seed)
    margins = Margins(random)
    register = Register([], [])
    for number in range(size):
        population = random.choices((BASE, KMAR_ONLY, EMM_ONLY), (86, 6, 8))[0]
        person = _person(margins, population) | {"person_id": f"P{number:05}"}
        register.persons.append(person)
        register.reports.extend(_reports(margins, person))
    random.shuffle(register.reports)
    for number, row in enumerate(register.reports):
        row["report_id"] = f"R{number:05}"
    return register


def _person(margins: Margins, population: str) -> Row:
    random = margins.random
    types = [kind for kind in TYPES if random.random() < {"sexual": 0.55, "organ": 0.02}.get(kind, 0.2)]
    if population == KMAR_ONLY and "sexual" not in types:
        types.insert(0, "sexual")
    year, nationality = margins.draw(YEARS), margins.draw(tuple(nationalities()))
    band = margins.draw((*BANDS, "unknown"))
    return {
        "population": population,
        "year": year,
        "types": "+".join(types) or "unknown",
        "form": _form(types, nationality),
        "sex": margins.draw(("male", "female", "unknown")),
        "age": str(random.randint(*BANDS[band])) if band in BANDS else "",
        "age_group": band,
        "nationality": nationality,
        "region": _region(nationality),
        "prostitution_sector": _label(margins, lists.PROSTITUTION_SECTORS, known="sexual" in types, share=0.45),
        "labour_sector": _label(margins, lists.LABOUR_SECTORS, known="labour" in types, share=0.7),
        "criminal_kind": _label(margins, lists.CRIMINAL_KINDS, known="criminal" in types and year != "2015", share=0.9),
    }


def _form(types: Sequence[str], nationality: str) -> str:
    if "sexual" in types:
        return {"Netherlands": "BL-SU", "other unknown": "unknown"}.get(nationality, "GO-SU")
    return "AU" if "labour" in types else "CU" if "criminal" in types else "unknown"


def _region(nationality: str) -> str:
    """As the reference register has it for the same nationality; a filler is called after its region."""
    if nationality.startswith("other "):
        return nationality.removeprefix("other ")
    return _reference_regions()[nationality]


def _reference_regions() -> dict[str, str]:
    if len(REGION_OF) == 2:
        lines = (DATA / "persons.csv").read_text(encoding="utf-8").splitlines()
        columns = lines[0].split(",")
        nationality, region = columns.index("nationality"), columns.index("region")
        for line in lines[1:]:
            cells = line.split(",")
            REGION_OF[cells[nationality]] = cells[region]
    return REGION_OF


def _label(margins: Margins, codes: lists.CodeList, *, known: bool, share: float) -> str:
    if not known or margins.random.random() > share:
        return ""
    return margins.draw(tuple(row.label_en for row in codes.rows.values()))


def _reports(margins: Margins, person: Row) -> list[Row]:
    random = margins.random
    if person["population"] == EMM_ONLY:
        return [_report(random, person, "EMM") for _ in range(random.choice((1, 1, 2)))]
    groups = _groups(margins, person)
    rows = [_report(random, person, group) for group in sorted(groups) if group != "police"]
    if "police" in groups:
        units = {
            margins.draw([row.label_en for row in lists.POLICE_UNITS.rows.values()]) for _ in range(random.choice((1, 1, 3)))
        }
        rows += [_report(random, person, "police", unit=unit) for unit in sorted(units)]
        if random.random() < 0.1:
            first = min(row["date"] for row in rows if row["source"] == "police")
            rows.append(_report(random, person, "OM", after=first))
    if not groups:
        rows.append(_report(random, person, "OM"))
    if set(INVESTIGATING) & groups and random.random() < 0.3:
        rows.append(_report(random, person, "EMM"))
    return rows


def _groups(margins: Margins, person: Row) -> set[str]:
    if person["population"] == KMAR_ONLY:
        return {"KMar"}
    if margins.random.random() < 0.01:
        return set()
    labels = [row.label_en for row in lists.REPORTER_GROUPS.rows.values()]
    groups = {margins.draw(labels) for _ in range(margins.random.choice((1, 1, 2)))}
    return groups | {"police"} if groups == {"KMar"} and "sexual" in person["types"] else groups


def _report(random: Random, person: Row, source: str, unit: str = "", after: str = "") -> Row:
    first = date.fromisoformat(after or f"{person['year']}-01-01")
    day = first + timedelta(days=random.randint(0, (date(first.year, 12, 31) - first).days))
    return {
        "person_id": person["person_id"],
        "date": day.isoformat(),
        "source": source,
        "unit": unit,
        "legal_basis": LEGAL_BASIS.get(source, "no"),
        "counted_as_report": "no" if source in ("EMM", "OM") else "yes",
    }
