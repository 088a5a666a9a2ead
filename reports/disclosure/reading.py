"""A release as JSON, in and out in one form. Errors name the place in the file and what to give there, never a number.

{"threshold": 5, "method": "rounding", "base": 5,
 "tables": [{"id": "2.7", "population": "base", "dims": ["year", "form"], "filter": {}, "incomplete": [],
             "cells": [{"year": "2019", "form": "Total", "value": 1334}]}],
 "groups": {"form": {"sexual": ["BL-SU", "GO-SU"]}, "region": {"of": "nationality", "codes": {"Africa": ["NG"]}}},
 "populations": [{"subset": "without-emm", "superset": "registered", "rest": {"emm": "emm-only"}}]}
"""

from collections.abc import Iterator, Mapping
from typing import Any

from reports.disclosure.release import (
    TOTAL,
    BadReleaseError,
    Cell,
    Groups,
    Key,
    Mean,
    Means,
    Method,
    Nested,
    NoReleaseError,
    Release,
    Rounding,
    Table,
)

LARGEST = 2**31
LARGEST_BASE = 1000
MOST_CELLS = 200_000


def read(given: Any) -> Release:
    """A release from parsed JSON. Raises NoReleaseError where it has not the form of one, and BadReleaseError where what it
    says cannot be.
    """
    top = _mapping(given, "The file")
    tables = tuple(_table(one, f"tables[{number}]") for number, one in enumerate(_list(top.get("tables"), "tables")))
    if not tables:
        raise NoReleaseError("tables: there is none; give at least one.")
    if sum(len(table.cells) for table in tables) > MOST_CELLS:
        raise BadReleaseError(f"tables: together they have more than {MOST_CELLS} cells; protect them in parts.")
    _refuse_twice([table.id for table in tables], "tables: an id")
    populations = enumerate(_list(top.get("populations", []), "populations"))
    return Release(
        tables=tables,
        threshold=_whole(top.get("threshold", 5), "threshold", least=2, largest=LARGEST_BASE),
        method=_method(top.get("method", Method.ROUNDING)),
        base=_whole(top.get("base", 5), "base", least=2, largest=LARGEST_BASE),
        groups=tuple(_groups(_mapping(top.get("groups", {}), "groups"))),
        populations=tuple(_nested(one, f"populations[{number}]") for number, one in populations),
        reference=_text(top.get("reference", ""), "reference", empty=True),
        means=tuple(_means(one, f"means[{number}]") for number, one in enumerate(_list(top.get("means", []), "means"))),
    )


def as_json(release: Release) -> dict[str, Any]:
    """The same form as was read; a suppressed cell is null, a rounded table says how it was rounded."""
    return {
        "threshold": release.threshold,
        "method": str(release.method),
        "base": release.base,
        "reference": release.reference,
        "tables": [_table_as_json(table) for table in release.tables],
        "groups": dict(_groups_as_json(release.groups)),
        "populations": [_nested_as_json(one) for one in release.populations],
    } | ({"means": [_means_as_json(one) for one in release.means]} if release.means else {})


def _table(given: Any, place: str) -> Table:
    table = _mapping(given, place)
    dimensions = _codes(table.get("dims"), f"{place}.dims")
    made = Table(
        id=_text(table.get("id"), f"{place}.id"),
        population=_text(table.get("population"), f"{place}.population"),
        dimensions=dimensions,
        cells=tuple(_cells(_list(table.get("cells"), f"{place}.cells"), dimensions, f"{place}.cells")),
        filter=_filter(_mapping(table.get("filter") or {}, f"{place}.filter"), f"{place}.filter"),
        incomplete=frozenset(_codes(table.get("incomplete", []), f"{place}.incomplete")),
        rounding=_rounding(table.get("rounding"), f"{place}.rounding"),
    )
    if set(dimensions) & set(made.filter) or "value" in dimensions:
        raise NoReleaseError(f"{place}.dims: a dimension is called value or stands in the filter too; name it once.")
    if not made.incomplete <= set(dimensions):
        raise NoReleaseError(f"{place}.incomplete: names a dimension that the table does not have.")
    return made


def _cells(given: list[Any], dimensions: tuple[str, ...], place: str) -> Iterator[Cell]:
    seen = set()
    for number, one in enumerate(given):
        here = f"{place}[{number}]"
        cell = _mapping(one, here)
        if "value" not in cell:
            raise NoReleaseError(f'{here}: has no "value"; give a whole number, or null where it is suppressed.')
        codes = tuple(_text(cell.get(dimension), f"{here}.{dimension}", empty=True) for dimension in dimensions)
        if codes in seen:
            raise BadReleaseError(f"{here}: the same codes stand there twice; give each cell once.")
        seen.add(codes)
        value = None if cell["value"] is None else _whole(cell["value"], f"{here}.value", least=0, largest=LARGEST)
        yield Cell(codes, value, _structural(cell, value, here))


def _structural(cell: Mapping[str, Any], value: int | None, here: str) -> bool:
    structural = cell.get("structural", False)
    if not isinstance(structural, bool):
        raise NoReleaseError(f"{here}.structural: must be true or false.")
    if structural and value:
        raise BadReleaseError(f"{here}.structural: true is for a cell in which nobody can be counted; its value is 0.")
    return structural


def _filter(given: Mapping[str, Any], place: str) -> dict[str, str]:
    """A list of codes is the group of just these, called by their names together."""
    found = {}
    for dimension, code in given.items():
        codes = _codes(code if isinstance(code, list) else [code], f"{place}.{dimension}")
        if codes != (TOTAL,):
            found[dimension] = " | ".join(sorted(codes))
    return found


def _rounding(given: Any, place: str) -> Rounding | None:
    if given is None:
        return None
    rounding = _mapping(given, place)
    if rounding.get("mode") != "adjacent":
        raise NoReleaseError(f"{place}.mode: only adjacent is known, the multiples beside a count.")
    return Rounding(_whole(rounding.get("base"), f"{place}.base", least=2, largest=LARGEST_BASE))


def _method(given: Any) -> Method:
    if given not in [*Method]:
        raise NoReleaseError(f"method: must be one of {', '.join(Method)}.")
    return Method(given)


def _groups(given: Mapping[str, Any]) -> Iterator[Groups]:
    for dimension, one in given.items():
        place = f"groups.{dimension}"
        codes, of, several = _mapping(one, place), dimension, False
        if isinstance(codes.get("of"), str):
            of, several, codes = codes["of"], codes.get("several") is True, _mapping(codes.get("codes"), f"{place}.codes")
        members = {code: _codes(held, f"{place}.{code}") for code, held in codes.items()}
        if of == dimension and _goes_round(members):
            raise BadReleaseError(f"{place}: a group has itself as a member; name what it is made of.")
        yield Groups(dimension, of, tuple(members.items()), several)


def _goes_round(members: Mapping[str, tuple[str, ...]]) -> bool:
    left = {code: {member for member in held if member in members} for code, held in members.items()}
    while done := {code for code, held in left.items() if not held}:
        left = {code: held - done for code, held in left.items() if code not in done}
    return bool(left)


def _nested(given: Any, place: str) -> Nested:
    pair = _mapping(given, place)
    rest = _filter(_mapping(pair.get("rest", {}), f"{place}.rest"), f"{place}.rest")
    subset, superset = (_text(pair.get(name), f"{place}.{name}") for name in ("subset", "superset"))
    return Nested(subset, superset, frozenset(rest.items()))


def _means(given: Any, place: str) -> Means:
    means = _mapping(given, place)
    ranges = _mapping(means.get("ranges"), f"{place}.ranges")
    return Means(
        dimension=_text(means.get("dimension"), f"{place}.dimension"),
        ranges=tuple((code, *_range(ends, f"{place}.ranges.{code}")) for code, ends in ranges.items()),
        values=tuple(_mean(one, f"{place}.values[{n}]") for n, one in enumerate(_list(means.get("values"), f"{place}.values"))),
        fewest=_whole(means.get("fewest", 30), f"{place}.fewest", least=1, largest=LARGEST),
    )


def _range(given: Any, place: str) -> tuple[int, int]:
    ends = _list(given, place)
    if len(ends) != 2:
        raise NoReleaseError(f"{place}: must be a list of the lowest and the highest value.")
    low, high = (_whole(end, place, least=0, largest=LARGEST) for end in ends)
    if low > high:
        raise BadReleaseError(f"{place}: the lowest must not be above the highest.")
    return low, high


def _mean(given: Any, place: str) -> Mean:
    mean = _mapping(given, place)
    codes = _filter(_mapping(mean.get("codes", {}), f"{place}.codes"), f"{place}.codes")
    least, largest = (_number(mean.get(name), f"{place}.{name}") for name in ("least", "largest"))
    if least > largest:
        raise BadReleaseError(f"{place}: least must not be above largest.")
    return Mean(Key(_text(mean.get("population"), f"{place}.population"), frozenset(codes.items())), least, largest)


def _number(given: Any, place: str) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= LARGEST:
        raise NoReleaseError(f"{place}: must be a number from 0 to {LARGEST}.")
    return float(given)


def _mapping(given: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise NoReleaseError(f"{place}: must be an object in braces.")
    return given


def _list(given: Any, place: str) -> list[Any]:
    if not isinstance(given, list):
        raise NoReleaseError(f"{place}: must be a list in brackets.")
    return given


def _codes(given: Any, place: str) -> tuple[str, ...]:
    codes = tuple(_text(one, f"{place}[{number}]", empty=True) for number, one in enumerate(_list(given, place)))
    _refuse_twice(list(codes), f"{place}: a code")
    return codes


def _text(given: Any, place: str, *, empty: bool = False) -> str:
    """A code may be a number or empty in the file; it is text."""
    if isinstance(given, int) and not isinstance(given, bool):
        given = str(given)
    if not isinstance(given, str) or not (given or empty):
        raise NoReleaseError(f"{place}: must be a text.")
    return given


def _whole(given: Any, place: str, *, least: int, largest: int) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= largest:
        raise NoReleaseError(f"{place}: must be a whole number from {least} to {largest}.")
    return given


def _refuse_twice(names: list[str], what: str) -> None:
    if len(set(names)) < len(names):
        raise NoReleaseError(f"{what} stands there twice; give each once.")


def _table_as_json(table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": table.id,
        "population": table.population,
        "dims": list(table.dimensions),
        "filter": dict(table.filter),
        "cells": [_cell_as_json(table, cell) for cell in table.cells],
    }
    if table.incomplete:
        found["incomplete"] = sorted(table.incomplete)
    if table.rounding:
        found["rounding"] = {"base": table.rounding.base, "mode": table.rounding.mode}
    return found


def _cell_as_json(table: Table, cell: Cell) -> dict[str, Any]:
    found: dict[str, Any] = dict(zip(table.dimensions, cell.codes, strict=True)) | {"value": cell.value}
    return found | {"structural": True} if cell.structural else found


def _nested_as_json(nested: Nested) -> dict[str, Any]:
    found: dict[str, Any] = {"subset": nested.subset, "superset": nested.superset}
    return found | {"rest": dict(sorted(nested.rest))} if nested.rest else found


def _means_as_json(means: Means) -> dict[str, Any]:
    return {
        "dimension": means.dimension,
        "ranges": {code: [low, high] for code, low, high in means.ranges},
        "fewest": means.fewest,
        "values": [
            {
                "population": mean.cell.population,
                "codes": dict(sorted(mean.cell.codes)),
                "least": mean.least,
                "largest": mean.largest,
            }
            for mean in means.values
        ],
    }


def _groups_as_json(groups: tuple[Groups, ...]) -> Iterator[tuple[str, Any]]:
    for one in groups:
        codes = {code: list(members) for code, members in one.codes}
        plain = one.dimension == one.of and not one.several
        yield one.dimension, codes if plain else {"of": one.of, "codes": codes} | ({"several": True} if one.several else {})
