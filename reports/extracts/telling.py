"""What the rows of an extract tell of the figures: how many of them count in each cell, by columns that figures have too."""

from collections import Counter
from collections.abc import Mapping, Sequence

from reports.disclosure.microdata.rows import BLANK, Rows
from reports.disclosure.microdata.specification import OTHER, Chosen
from reports.disclosure.telling import YEARS, Dimension, Tally
from reports.extracts.columns import BY_NAME, FORM, YEAR, Counts
from reports.personyears.populations import Population

_ANY_YEAR = "any"


def tallies_of(rows: Rows, chosen: Sequence[Chosen], years: range) -> tuple[Tally, ...]:
    """By the years, the form and one more of the columns that leave: the cuts that figures have, as far as rows show them."""
    known = {one.column.name: one for one in chosen if dimension_of(rows, one, years)}
    always = [name for name in (YEAR.name, FORM.name) if name in known]
    others = [name for name in known if name not in always]
    return tuple(
        _tally(rows, [known[name] for name in (*always, *more)], years) for more in ([[one] for one in others] or [[]])
    )


def _tally(rows: Rows, chosen: Sequence[Chosen], years: range) -> Tally:
    dimensions = [found for one in chosen if (found := dimension_of(rows, one, years))]
    shown = [_shown(rows, one.column.name) for one in chosen]
    if all(one.name != YEARS for one in dimensions):
        dimensions.insert(0, Dimension(YEARS, {_ANY_YEAR: frozenset(map(str, years))}))
        shown.insert(0, [_ANY_YEAR] * len(rows))
    return Tally(str(Population.BASE), tuple(dimensions), Counter(zip(*shown, strict=True)))


def _shown(rows: Rows, name: str) -> list[str | None]:
    values = rows.values[name]
    return [None if code == BLANK else values[code] for code in rows.column(name).tolist()]


def dimension_of(rows: Rows, chosen: Chosen, years: range) -> Dimension | None:
    """As figures have the column; None where none has it."""
    counts = BY_NAME[chosen.column.name].counts
    if counts is None:
        return None
    told = frozenset({("type", counts.among)}) if counts.among else frozenset[tuple[str, str]]()
    return Dimension(counts.dimension, _meanings(rows, chosen, counts, years), told, counts.beside)


def _meanings(rows: Rows, chosen: Chosen, counts: Counts, years: range) -> Mapping[str, frozenset[str]]:
    """What each code of the level stands for, in codes of figures. What only the others have is nothing that rows show."""
    finest, level = chosen.column.ladder[0], chosen.level
    codes = [str(year) for year in years] if counts.dimension == YEARS else [code for code in finest.codes if code != OTHER]
    recode = level.recode
    if level.top:
        frequent = {*_shown(rows, chosen.column.name), ""}
        recode = {code: OTHER for code in codes if code not in frequent}
    found: dict[str, set[str]] = {}
    for code in codes:
        if code or not counts.beside:
            found.setdefault(recode.get(code, code), set()).add(code)
    return {code: frozenset(meant) for code, meant in found.items()}
