"""How the numbers of a release hang together: lines and their totals, groups, narrower cells and nested populations.

Protection and attack use the same relations, so that what is protected here is protected against whoever can add and subtract.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.disclosure.programme import Relation
from reports.disclosure.release import TOTAL, BadReleaseError, Groups, Key, Nested, Release, Table, name_of

INFINITE = float("inf")


@dataclass(frozen=True)
class Linked:
    """Columns are the keys in their order; relations hold for what was counted."""

    keys: tuple[Key, ...]
    relations: tuple[Relation, ...]

    def places(self) -> dict[Key, int]:
        return {key: place for place, key in enumerate(self.keys)}


@dataclass(frozen=True)
class Sum:
    """whole is the sum of its parts; where they do not make up the whole, at least that."""

    whole: Key
    parts: tuple[Key, ...]
    complete: bool = True


def link(release: Release) -> Linked:
    """All relations between the cells of a release, each once."""
    keys = _keys(release)
    places = {key: place for place, key in enumerate(keys)}
    relations = {_relation(one, places): None for one in sums(release)}
    return Linked(keys, tuple(relations))


def sums(release: Release) -> Iterator[Sum]:
    """Every sum that the tables, the groups and the populations tell."""
    within = {one.dimension: one.members for one in release.groups if one.dimension == one.of}
    covered: set[tuple[Key, str]] = set()
    for table in release.tables:
        for dimension in table.dimensions:
            for line in _lines(table, dimension):
                yield from _sums_of_line(line, within.get(dimension, {}), complete=dimension not in table.incomplete)
                if TOTAL in line:
                    covered |= {(key, dimension) for key in line.values()}
    keys = dict.fromkeys(_keys(release))
    for one in release.groups:
        yield from _sums_across(one, keys)
    sums_of_several = {(one.dimension, code) for one in release.groups if one.several for code in one.members}
    yield from _narrower(keys, covered, sums_of_several)
    yield from _nested(release.populations, keys)


def check(release: Release) -> dict[Key, int]:
    """The counts of a release, once they are seen to agree. Raises BadReleaseError with the place where they do not."""
    values = release.values()
    for one in sums(release):
        total = sum(values[part] for part in one.parts)
        if values[one.whole] < total or (one.complete and values[one.whole] != total):
            raise BadReleaseError(
                f"{name_of(one.whole)} is not what {name_of(one.parts[0]) if one.parts else 'nothing'} and the cells beside it "
                "come to; mend the counts, or declare the dimension incomplete where its codes are a choice."
            )
    return values


def _keys(release: Release) -> tuple[Key, ...]:
    """Of all cells, each once and in one order."""
    return tuple(sorted({key for table in release.tables for key, _ in table.named()}, key=_order))


def _lines(table: Table, dimension: str) -> list[dict[str, Key]]:
    place = table.dimensions.index(dimension)
    found: dict[tuple[str, ...], dict[str, Key]] = defaultdict(dict)
    for key, cell in table.named():
        rest = (*cell.codes[:place], *cell.codes[place + 1 :])
        found[rest][cell.codes[place]] = key
    return [*found.values()]


def _sums_of_line(line: Mapping[str, Key], groups: Mapping[str, tuple[str, ...]], *, complete: bool) -> Iterator[Sum]:
    """A cell that a line leaves out counts nobody; a member of a group that it leaves out is only not shown."""
    members = {code: _members(code, groups, line) for code in line if code in groups}
    for code, (shown, whole) in members.items():
        if shown:
            yield Sum(line[code], tuple(line[one] for one in sorted(shown)), complete=whole)
    if TOTAL in line:
        yield Sum(line[TOTAL], tuple(line[code] for code in _disjoint(line, members)), complete=complete)


def _members(code: str, groups: Mapping[str, tuple[str, ...]], line: Mapping[str, Key]) -> tuple[set[str], bool]:
    """The codes of the line that a group is made of, and whether they are all of it."""
    shown: set[str] = set()
    whole = True
    for member in groups[code]:
        if member in line:
            shown.add(member)
        elif member in groups:
            deeper, all_there = _members(member, groups, line)
            shown |= deeper
            whole &= all_there
        else:
            whole = False
    return shown, whole


def _disjoint(line: Mapping[str, Key], members: Mapping[str, tuple[set[str], bool]]) -> list[str]:
    """Codes that make up the total of a line: groups instead of their members, or the members where groups overlap."""
    shown = [(code, held) for code, (held, _) in members.items() if held]
    everything = [one for _, held in shown for one in held if one not in members]
    overlap = len(everything) > len(set(everything))
    inside = {one for code, held in shown for one in held}
    left_out = {code for code, _ in shown} if overlap else inside
    return sorted(set(line) - left_out - {TOTAL})


def _sums_across(groups: Groups, keys: Collection[Key]) -> Iterator[Sum]:
    """A region is at least what its listed nationalities come to, and exactly that where all of them are listed."""
    members_of = groups.members
    for key in keys:
        code = dict(key.codes).get(groups.dimension)
        if code in members_of:
            rest = key.codes - {(groups.dimension, code)}
            members = [Key(key.population, rest | {(groups.of, member)}) for member in members_of[code]]
            listed = tuple(member for member in members if member in keys)
            if listed:
                yield Sum(key, listed, complete=len(listed) == len(members))


def _narrower(keys: Collection[Key], covered: set[tuple[Key, str]], left_out: set[tuple[str, str]]) -> Iterator[Sum]:
    """A cell is at most the cell with one code less, also where they stand in different tables."""
    for key in keys:
        for dimension, code in sorted(key.codes):
            wider = Key(key.population, key.codes - {(dimension, code)})
            if wider in keys and (key, dimension) not in covered and (dimension, code) not in left_out:
                yield Sum(wider, (key,), complete=False)


def _nested(populations: Sequence[Nested], keys: Collection[Key]) -> Iterator[Sum]:
    for one in populations:
        for key in keys:
            wider, rest = Key(one.superset, key.codes), Key(one.superset, key.codes | one.rest)
            if key.population == one.subset and wider in keys:
                told = bool(one.rest) and rest in keys
                yield Sum(wider, (key, rest) if told else (key,), complete=told)


def _relation(one: Sum, places: Mapping[Key, int]) -> Relation:
    terms = ((places[one.whole], 1.0), *((places[part], -1.0) for part in one.parts))
    return Relation(tuple(sorted(terms)), 0.0, 0.0 if one.complete else INFINITE)


def _order(key: Key) -> tuple[str, tuple[tuple[str, str], ...]]:
    return key.population, tuple(sorted(key.codes))
