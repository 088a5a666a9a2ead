"""What of an overlap is shown: numbers rounded together, so that they add up and no small one can be worked out."""

from collections.abc import Mapping, Sequence
from typing import Any

from reports.disclosure.protecting import protect
from reports.disclosure.release import TOTAL, BadReleaseError, Cell, Groups, Key, Release, Table
from reports.prevalence.steps import WHOLE, YEAR

LISTED, BASE = "on-a-list", "base"
BASE_OF_ROUNDING = 5


def shown(parts: Sequence[Mapping[str, Any]], secret: bytes) -> dict[str, Any] | None:
    """Of the whole period: histories, lists and those on any list; of each year how many are registered.

    None where they cannot be protected together.
    """
    whole = next(part for part in parts if part["part"] == WHOLE)
    years = {str(part["year"]): part["registered"] for part in parts if part["part"] == YEAR}
    histories, lists = _histories(whole), whole["lists"]
    tables = (
        Table("histories", LISTED, ("history",), _cells(histories)),
        Table("lists", LISTED, ("list",), _of_lists(histories, lists), incomplete=frozenset({"list"})),
        Table("registered", BASE, ("year",), _cells(years, total=whole["registered"])),
    )
    members = [(code, tuple(one for one in histories if one[place] == "1")) for place, code in enumerate(lists)]
    release = Release(tables, base=BASE_OF_ROUNDING, groups=(Groups("list", "history", tuple(members)),))
    try:
        safe = protect(release, secret=secret).release.values()
    except BadReleaseError:
        return None
    return {
        "base": BASE_OF_ROUNDING,
        "lists": {code: safe[_key(LISTED, "list", code)] for code in lists},
        "histories": {one: number for one in histories if (number := safe[_key(LISTED, "history", one)])},
        "on_a_list": safe[Key(LISTED, frozenset())],
        "registered": {year: safe[_key(BASE, "year", year)] for year in years} | {WHOLE: safe[Key(BASE, frozenset())]},
    }


def _histories(whole: Mapping[str, Any]) -> dict[str, int]:
    """All that there could be."""
    size = len(whole["lists"])
    every = (f"{history:0{size}b}"[::-1] for history in range(1, 2**size))
    return {history: whole["counts"].get(history, 0) for history in every}


def _cells(numbers: Mapping[str, int], total: int | None = None) -> tuple[Cell, ...]:
    every = sum(numbers.values()) if total is None else total
    return (*(Cell((code,), number) for code, number in numbers.items()), Cell((TOTAL,), every))


def _of_lists(histories: Mapping[str, int], lists: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(
        Cell((code,), sum(number for history, number in histories.items() if history[place] == "1"))
        for place, code in enumerate(lists)
    )


def _key(population: str, dimension: str, code: str) -> Key:
    return Key(population, frozenset({(dimension, code)}))
