"""The figures of an edition as tables that hang together, so that all are protected by one programme and attacked as one.

A number is called by the conditions that it counts under, the same in every figure that shows it (naming). What readers know
of how figures hang together stands here: periods are years, the rows of a figure make up its total, populations nest, an
exploitation type is its combinations, a region its nationalities, and police reports stand in two figures.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain, pairwise

from intake.codes.forms import CROSS_BORDER, DOMESTIC
from intake.codes.lists import AGE_BANDS, COUNTRIES, MUNICIPALITIES, CodeList
from reports.disclosure.release import TOTAL, Cell, Groups, Key, Mean, Means, Nested, Release
from reports.disclosure.release import Table as Linked
from reports.editions import naming
from reports.editions.naming import EVERY_ROW, Place, whole
from reports.figures.declaring import Figure
from reports.figures.tables import Counts, Table
from reports.figures.tables import Means as TableMeans
from reports.personyears.derive import AFRICAN, EMM_ONLY, NOT_AFRICAN
from reports.personyears.populations import NESTED, Population

ANY = "(any)"
PERSONS = "persons"
BY_POLICE = "form_reported_by_police"
SEXUAL_FORMS = (DOMESTIC, CROSS_BORDER)
# The other dimensions that tell whether somebody is Dutch, and the code that says so.
DUTCH = {"region": "netherlands", "nationality": "NL"}

FEWEST_OF_A_MEAN = 30
_OLDEST = 120
_RANGES = tuple(
    (row.code, int(row.attributes["from_age"]), int(row.attributes["to_age"] or _OLDEST)) for row in AGE_BANDS.rows.values()
)

Conditions = dict[str, str]
Numbers = Sequence[tuple[Conditions, int]]


def as_release(tables: Mapping[str, Table], *, base: int, codes: Mapping[str, Sequence[str]] | None = None) -> Release:
    """The release holds each number under the key that key_of gives.

    codes: by figure all codes that rows can have, where the table does not have a row for each that can count somebody.
    """
    found, codes = list(tables.values()), codes or {}
    linked = chain.from_iterable(_linked(table, short=table.figure.id in codes) for table in found)
    return Release(
        tables=(*linked, *_types(found)),
        base=base,
        groups=tuple(_groups(found, codes)),
        populations=(*_populations(), *(Nested(f"{PERSONS}|{population}", population) for population in NESTED)),
        means=tuple(_means(table, table.means) for table in found if table.means is not None),
    )


def key_of(figure: Figure, place: Place) -> Key:
    return _key(_conditions(figure, place))


def everybody_of(figure: Figure, years: str) -> Key:
    return _key(naming.conditions_of_everybody(figure, years))


def persons_of(figure: Figure) -> Key:
    return Key(f"{PERSONS}|{figure.population}", frozenset())


def _key(conditions: Mapping[str, str]) -> Key:
    rest = {name: code for name, code in conditions.items() if name != "population"}
    return Key(conditions["population"], frozenset(rest.items()))


def _conditions(figure: Figure, place: Place) -> Conditions:
    found = dict(naming.conditions(figure, place))
    if found.pop("any", None):
        found[figure.counts] = ANY
    if figure.imputed:
        found |= {"imputed": figure.id, "periods": found.pop("years")}
    if figure.counts == BY_POLICE:
        code = found.pop(BY_POLICE)
        found |= {"groups": "police"} | ({} if code == ANY else {"form": code})
    return found


def _linked(table: Table, *, short: bool) -> Iterator[Linked]:
    """short: it has not all rows. The unknown are no row of a ranked figure, and are in its total."""
    figure = table.figure
    rows = [(row.row.code, row.counts) for row in table.rows]
    totals = [] if table.total is None else [(EVERY_ROW, table.total)]
    years = "periods" if figure.imputed else "years"
    dimension = "form" if figure.counts == BY_POLICE else figure.counts
    left_out = frozenset({dimension}) if short or figure.ranked else frozenset()
    if naming.one_table_a_row(figure):
        for row in rows:
            yield from _tables_of_row(table, row, years)
    else:
        by_years = _table(figure.id, (dimension, years), _by_years(table, [*rows, *totals]))
        yield replace(by_years, incomplete=left_out)
        if figure.by_form:
            by_form = _table(f"{figure.id} by form", (dimension, "form"), _by_form(table, [*rows, *totals]))
            yield replace(by_form, incomplete=left_out)
    if table.covered:
        of = [(naming.conditions_of_everybody(figure, period), one.of) for period, one in table.covered.items()]
        yield _table(f"{figure.id} everybody", ("years",), of)
    yield Linked(f"{figure.id} persons", f"{PERSONS}|{figure.population}", (), (Cell((), table.persons),))


def _tables_of_row(table: Table, row: tuple[str | None, Counts], years: str) -> Iterator[Linked]:
    yield _table(f"{table.figure.id} {row[0]}", (years,), _by_years(table, [row]))
    if table.figure.by_form:
        yield _table(f"{table.figure.id} {row[0]} by form", ("form",), _by_form(table, [row]))


def _by_years(table: Table, rows: Iterable[tuple[str | None, Counts]]) -> Numbers:
    """An imputed figure has its whole as a column already."""
    found = [(row, column, count) for row, counts in rows for column, count in counts.year.items()]
    if not table.figure.imputed:
        found += [(row, whole(table), counts.all) for row, counts in rows if len(table.columns) > 1]
    return [(_conditions(table.figure, Place(row, column)), count) for row, column, count in found]


def _by_form(table: Table, rows: Iterable[tuple[str | None, Counts]]) -> Numbers:
    years, found = whole(table), []
    for row, counts in rows:
        found.append((_conditions(table.figure, Place(row, years)), counts.all))
        found += [(_conditions(table.figure, Place(row, years, form)), count) for form, count in counts.form.items()]
    return found


def _table(name: str, dimensions: tuple[str, ...], numbers: Numbers) -> Linked:
    """Numbers whose conditions differ in these dimensions alone."""
    cells = tuple(
        Cell(tuple(conditions.get(dimension, TOTAL) for dimension in dimensions), count, _nobody_can(conditions))
        for conditions, count in numbers
    )
    first = numbers[0][0] if numbers else {"population": str(Population.BASE)}
    rest = {name: code for name, code in first.items() if name not in (*dimensions, "population")}
    return Linked(name, first["population"], dimensions, cells, rest)


def _means(table: Table, means: TableMeans) -> Means:
    """A printed mean is whole: rounded half up from one decimal, which was rounded half up itself."""
    figure, years = table.figure, whole(table)
    places = [(Place(EVERY_ROW, column), value) for column, value in means.year.items()]
    places += [(Place(EVERY_ROW, years, form), value) for form, value in means.form.items()]
    places += [(Place(EVERY_ROW, years), means.all)] if len(table.columns) > 1 else []
    values = tuple(
        Mean(key_of(figure, place), float(whole_mean(value)) - 0.55, float(whole_mean(value)) + 0.45)
        for place, value in places
        if value is not None
    )
    return Means(figure.counts, _RANGES, values, fewest=FEWEST_OF_A_MEAN)


def whole_mean(mean: Decimal) -> Decimal:
    return mean.quantize(Decimal(1), rounding=ROUND_HALF_UP)


def _nobody_can(conditions: Conditions) -> bool:
    """Sexual exploitation of Dutch persons is domestic, of others cross-border: the form tells who is Dutch."""
    form = conditions.get("form")
    told = [(code, DUTCH[name]) for name, code in conditions.items() if name in DUTCH]
    if form not in SEXUAL_FORMS or not told:
        return False
    return any((code == dutch) != (form == DOMESTIC) for code, dutch in told if code != ANY)


def _types(tables: Sequence[Table]) -> Iterator[Linked]:
    """Everybody with a type of exploitation, which nobody prints and everybody can add up from the combinations."""
    for table in tables:
        if table.figure.counts == "combination":
            for kind in sorted(_combinations(table)):
                having = [row.counts for row in table.rows if kind in row.row.code.split("+")]
                columns = {column: sum(counts.year[column] for counts in having) for column in table.columns}
                if len(table.columns) > 1:
                    columns[whole(table)] = sum(counts.all for counts in having)
                base = {"population": str(table.figure.population), "type": kind}
                yield _table(f"type {kind}", ("years",), [(base | {"years": years}, count) for years, count in columns.items()])


def _combinations(table: Table) -> dict[str, tuple[str, ...]]:
    codes = [row.row.code for row in table.rows if row.row.code]
    kinds = {kind for code in codes for kind in code.split("+")}
    return {kind: tuple(code for code in codes if kind in code.split("+")) for kind in sorted(kinds)}


def _groups(tables: Sequence[Table], every_code: Mapping[str, Sequence[str]]) -> Iterator[Groups]:
    yield Groups("years", "years", tuple(_periods(tables)))
    yield Groups("form", "form", ((CROSS_BORDER, (f"{CROSS_BORDER}:{AFRICAN}", f"{CROSS_BORDER}:{NOT_AFRICAN}")),))
    for table in tables:
        figure = table.figure
        codes = tuple(every_code.get(figure.id) or (row.row.code for row in table.rows))
        if table.total is not None and figure.counts != BY_POLICE:
            yield Groups(figure.counts, figure.counts, ((ANY, codes),), several=naming.has_several(figure.counts))
        if figure.imputed:
            *periods, last = table.columns
            yield Groups("periods", "periods", ((last, tuple(periods)),))
        if figure.counts == "combination":
            yield Groups("type", "combination", tuple(_combinations(table).items()))
        if figure.counts == "nationality":
            yield Groups("region", "nationality", tuple(_regions(codes, COUNTRIES)))
        if figure.counts == "municipality_of_exploitation":
            yield Groups("police_region", figure.counts, (*_regions(codes, MUNICIPALITIES), ("", ("",))))


def _periods(tables: Iterable[Table]) -> Iterator[tuple[str, tuple[str, ...]]]:
    names = {name for table in tables for name in (*table.columns, whole(table)) if "-" in name}
    for name in sorted(names):
        first, last = map(int, name.split("-"))
        yield name, tuple(str(year) for year in range(first, last + 1))


def _regions(places: Iterable[str], known: CodeList) -> Iterator[tuple[str, tuple[str, ...]]]:
    found: dict[str, list[str]] = {}
    for code in places:
        if code in known:
            found.setdefault(known.get(code).region, []).append(code)
    return ((region, tuple(codes)) for region, codes in found.items() if region)


def _populations() -> Iterator[Nested]:
    """Those known through EMM alone are just those whom the second population leaves out."""
    for wider, narrower in pairwise(NESTED):
        rest = frozenset({("emm", EMM_ONLY)}) if wider is Population.REGISTERED else frozenset()
        yield Nested(str(narrower), str(wider), rest)
