"""Every figure counted again from the two files of a register, in the files' own words: it knows nothing of the engine."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from intake.codes.lists import COUNTRIES, LABOUR_SECTORS
from reports.figures.definitions import MONITOR
from tests.reference_register import countries_of

Row = Mapping[str, str]
Key = tuple[str, str, str, str]
Cells = dict[Key, float]

POPULATIONS = {
    "registered": ("base", "kmar_only_sexual", "emm_only"),
    "registered, excluding EMM-only": ("base", "kmar_only_sexual"),
    "registered, excluding EMM-only and KMar-only sexual exploitation": ("base",),
}
IMPUTED = {"2015-2016": ("2015", "2016"), "2017-2019": ("2017", "2018", "2019")}
MORE_VISIBLE = ("window", "brothel/club/private house")
REPORTERS = ("police", "KMar", "ISZW-DO", "care coordinators", "FairWork", "other reporters")
TOP = 5


def tally(persons: Sequence[Row], reports: Sequence[Row]) -> Cells:
    """(figure, row, axis, column) to its number, those that are not 0. Axis is year or form where a figure has both."""
    base = [row for row in persons if row["population"] == "base"]
    cells: Counter[Key] = Counter()
    for found in (
        _by_year(
            "2.1", ((name, row) for name, within in POPULATIONS.items() for row in persons if row["population"] in within)
        ),
        _total(_by_year("2.2", _known_through_emm(persons, reports))),
        _total(_by_year("2.3", ((row["types"], row) for row in base))),
        _total(_by_year("2.4a", _known(base, "sexual", "prostitution_sector"))),
        _total(_by_year("2.5", ((_labour(row["labour_sector"]), row) for row in _among(base, "labour")))),
        _total(_by_year("2.6", _kinds(base))),
        _total(_by_year("2.7", ((row["form"], row) for row in base))),
        _by_form("2.8", ((row["sex"], row) for row in base)),
        _by_form("2.9", ((row["region"], row) for row in base)),
        _by_form("2.10", ((row["age_group"], row) for row in base)),
        _by_form("2.11", _reported(base, reports, lambda report: report["source"])),
        _by_form("2.12", _reported(base, reports, _unit)),
        _total(_by_year("2.13", ((_police_form(row), row) for row in _police(base, reports)))),
    ):
        cells.update(found)
    every: Cells = {**cells, **_imputed(base, reports), **_nationalities(persons), **_means(base)}
    return {key: number for key, number in every.items() if number}


def _by_year(figure: str, rows: Iterable[tuple[str, Row]]) -> Iterator[Key]:
    for name, row in rows:
        yield figure, name, "", row["year"]
        yield figure, name, "", "all"


def _total(keys: Iterable[Key]) -> Iterator[Key]:
    for figure, name, axis, column in keys:
        yield figure, name, axis, column
        yield figure, "total", axis, column


def _by_form(figure: str, rows: Iterable[tuple[str, Row]]) -> Iterator[Key]:
    for name, row in rows:
        for shown in (name, "total"):
            yield figure, shown, "year", row["year"]
            yield figure, shown, "form", row["form"]
            yield figure, shown, "", "all"


def _sources(reports: Iterable[Row]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for report in reports:
        found.setdefault(report["person_id"], set()).add(report["source"])
    return found


def _known_through_emm(persons: Iterable[Row], reports: Iterable[Row]) -> Iterator[tuple[str, Row]]:
    sources = _sources(reports)
    for row in persons:
        if "EMM" in sources[row["person_id"]]:
            yield ("EMM only" if sources[row["person_id"]] == {"EMM"} else "EMM and reported by others"), row


def _among(base: Iterable[Row], kind: str) -> list[Row]:
    return [row for row in base if kind in row["types"].split("+")]


def _known(base: Iterable[Row], kind: str, field: str) -> Iterator[tuple[str, Row]]:
    return ((row[field], row) for row in _among(base, kind) if row[field])


def _labour(label: str) -> str:
    """Sections of which note 38 makes 'other labour'."""
    others = [row.label_en for row in LABOUR_SECTORS.rows.values() if row.attributes["common"] == "other"]
    return "other labour" if label in others else label or "unknown"


def _kinds(base: Iterable[Row]) -> Iterator[tuple[str, Row]]:
    return ((row["criminal_kind"] or "unknown", row) for row in _among(base, "criminal") if row["year"] >= "2016")


def _reported(base: Iterable[Row], reports: Iterable[Row], what: Callable[[Row], str]) -> Iterator[tuple[str, Row]]:
    by_id = {row["person_id"]: row for row in base}
    counted = (report for report in reports if report["counted_as_report"] == "yes" and report["person_id"] in by_id)
    return ((name, by_id[person]) for person, name in {(report["person_id"], what(report)) for report in counted} if name)


def _police(base: Iterable[Row], reports: Iterable[Row]) -> list[Row]:
    sources = _sources(reports)
    return [row for row in base if "police" in sources[row["person_id"]]]


def _unit(report: Row) -> str:
    """Only the police's units are counted; other reports may name one too."""
    return report["unit"] if report["source"] == "police" else ""


def _police_form(row: Row) -> str:
    if row["form"] != "GO-SU":
        return row["form"]
    return "GO-SU (African)" if row["region"] == "Africa" else "GO-SU (non-African)"


def _imputed(base: Sequence[Row], reports: Sequence[Row]) -> Cells:
    leads = _leads(reports)
    found: Counter[Key] = Counter()
    for period, years in IMPUTED.items():
        strata: dict[tuple[str, ...], Counter[str]] = {}
        for row in _among(base, "sexual"):
            if row["year"] in years:
                majority = row["age_group"] if row["age_group"] in ("minor", "unknown") else "adult"
                sector = row["prostitution_sector"]
                counts = strata.setdefault((row["region"], majority, leads.get(row["person_id"], "")), Counter())
                counts["" if not sector else "more" if sector in MORE_VISIBLE else "less"] += 1
        known = [one for one in strata.values() if one["more"] + one["less"]]
        covered = sum(one.total() for one in known)
        less = sum(Fraction(one.total() * one["less"], one["more"] + one["less"]) for one in known)
        whole = int(less + Fraction(1, 2))
        for column in (period, "2015-2019", "all"):
            found["2.4b", "less visible", "", column] += whole
            found["2.4b", "more visible", "", column] += covered - whole
            found["2.4b", "total", "", column] += covered
            found["2.4b", "of", "", column] += sum(one.total() for one in strata.values())
    return dict(found)


def _leads(reports: Iterable[Row]) -> dict[str, str]:
    """The first report of the highest group, with its unit."""
    sent = [row for row in reports if row["source"] in REPORTERS]
    found: dict[str, str] = {}
    for row in sorted(sent, key=lambda row: (REPORTERS.index(row["source"]), row["date"], row["unit"])):
        found.setdefault(row["person_id"], row["source"] + _unit(row))
    return found


def _nationalities(persons: Sequence[Row]) -> Cells:
    names = [COUNTRIES.label(code, "en") for code in countries_of(persons)]
    of_base = [(name, row) for name, row in zip(names, persons, strict=True) if row["population"] == "base"]
    counts = Counter(key for key in _by_form("T2.1", of_base))
    columns: dict[tuple[str, str], dict[str, int]] = {}
    for (_, name, axis, column), count in counts.items():
        if name not in ("total", "unknown"):
            columns.setdefault((axis, column), {})[name] = count
    ranks = {
        (f"rank {name}", *place): 1 + sum(other > count for other in column.values())
        for place, column in columns.items()
        for name, count in column.items()
    }
    listed = {key[0].removeprefix("rank ") for key, rank in ranks.items() if rank <= TOP}
    shown = {key: number for key, number in counts.items() if key[1] in listed or key[1] == "total"}
    return shown | {("T2.1", *key): rank for key, rank in ranks.items() if key[0].removeprefix("rank ") in listed}


def _means(base: Iterable[Row]) -> Cells:
    ages: dict[tuple[str, str], list[int]] = {}
    for row in base:
        if row["age"]:
            for place in (("year", row["year"]), ("form", row["form"]), ("", "all")):
                ages.setdefault(place, []).append(int(row["age"]))
    return {
        ("2.10", "mean age", *place): float((Decimal(sum(known)) / len(known)).quantize(Decimal("0.1"), ROUND_HALF_UP))
        for place, known in ages.items()
    }


def printed(figures: Mapping[str, Mapping[str, object]]) -> Cells:
    """The publication's figures as manage.py figures --json prints them, under the keys of tally, those that are not 0."""
    return printed_of({figure.id: figures[figure.id] for figure in MONITOR})


def printed_of(figures: Mapping[str, Mapping[str, object]]) -> Cells:
    found: Cells = {}
    for figure, content in figures.items():
        parts = {"total": content.get("total", {}), "mean age": content.get("mean_age", {})}
        parts |= {f"rank {name}": ranks for name, ranks in _mapping(content.get("ranks")).items()}
        parts |= {"of": {column: _mapping(one)["of"] for column, one in _mapping(content.get("covered")).items()}}
        for name, numbers in (*_mapping(content["rows"]).items(), *parts.items()):
            found.update({(figure, name, *place): number for place, number in _numbers(numbers)})
        for name, number in _mapping(content.get("row_totals")).items():
            found[figure, name, "", "all"] = number
        if "n" in content:
            found[figure, "total", "", "all"] = content["n"]  # type: ignore[assignment]
        if "covered" in content:
            found[figure, "of", "", "all"] = found[figure, "of", "", "2015-2019"]
    return {key: number for key, number in found.items() if number}


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _numbers(values: object) -> Iterator[tuple[tuple[str, str], float]]:
    for name, value in _mapping(values).items():
        if isinstance(value, Mapping):
            yield from (((name, column), number) for column, number in value.items())
        else:
            yield ("", name), value  # type: ignore[misc]
