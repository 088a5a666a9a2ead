"""What rows tell of the cells of tables: every cut over their columns that a table has too, as facts for the attack.

A blank may be any value: rows that show all values of a cell are the least that it counts, those that may have them the most.
It knows no register and protects nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf, prod

from reports.disclosure.attack import Recovered, attack, fit, merged
from reports.disclosure.release import Fact, Key, Release

YEARS = "years"
Pattern = tuple[str | None, ...]
Members = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True)
class Dimension:
    """A column as a dimension of tables. codes: what a row may show, with the codes of the dimension that it stands for.

    told: conditions of tables that any known code implies. beside: by what a row shows, which codes it may have as well.
    """

    name: str
    codes: Mapping[str, frozenset[str]]
    told: frozenset[tuple[str, str]] = frozenset()
    beside: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Tally:
    """How many rows show each combination of codes of some columns, None where blank. The first dimension is the years."""

    population: str
    dimensions: tuple[Dimension, ...]
    rows: Mapping[Pattern, int]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.dimensions)

    def number(self, box: "Box") -> tuple[int, int]:
        """Of rows that are certainly in the box, and that may be."""
        certain = possible = 0
        for pattern, number in self.rows.items():
            sides = [_within(code, wanted, one) for code, wanted, one in zip(pattern, box.codes, self.dimensions, strict=True)]
            certain += number * all(sure for sure, _ in sides)
            possible += number * all(may for _, may in sides)
        return certain, possible


@dataclass(frozen=True)
class Box:
    """codes: of each dimension those that rows may show, None where any. whole: where a cell counts all that they stand for.

    beyond: it counts years too that the rows are not of.
    """

    codes: tuple[frozenset[str] | None, ...]
    whole: tuple[bool, ...]
    beyond: bool

    def size(self, tally: Tally) -> int:
        """Of how many combinations of codes of the dimensions."""
        sides = zip(self.codes, tally.dimensions, strict=True)
        return prod(len(frozenset().union(*(one.codes[code] for code in codes))) for codes, one in sides if codes is not None)


def attack_with(
    releases: Sequence[Release], extracts: Iterable[Sequence[Tally]], counted: Mapping[Key, int] | None = None
) -> Recovered:
    """Attack releases that show the same counts, with what extracts tell. Raises BadReleaseError where they do not.

    counted: the true counts. That nobody or hardly anybody is in a cell in which nobody is, is no finding: extracts show whom
    they are of, and what they do not show is told of nobody.
    """
    found, counts = attack([together(releases, extracts)]), counted or {}
    exact, near = (tuple(one for one in fits if counts.get(one.key) != 0) for fits in (found.exact, found.near))
    return Recovered(found.attacked, exact, near)


def together(releases: Sequence[Release], extracts: Iterable[Sequence[Tally]]) -> Release:
    """With facts of each extract, in turn, as far as any counts fit them: all that it tells, as it may be of just those whom
    the tables count; else that at least so many are counted; else nothing, as it is of another moment.
    """
    found = merged(releases)
    for tallies in extracts:
        facts = facts_of(tallies, found)
        at_least = tuple(replace(one, largest=inf) for one in facts if one.least > 0)
        tried = (replace(found, facts=(*found.facts, *more)) for more in (facts, at_least))
        found = next(filter(fit, tried), found)
    return found


def facts_of(tallies: Sequence[Tally], release: Release) -> tuple[Fact, ...]:
    """Of each cell that can be told from these columns, alone or with those that the rows do not tell apart from it."""
    keys = sorted({key for table in release.tables for key, _ in table.named()}, key=lambda key: sorted(key.codes))
    members = members_of(release)
    found: dict[frozenset[Key], Fact] = {}
    for tally in tallies:
        for box, cells in _boxes(tally, keys, members).items():
            least, largest = tally.number(box)
            whole = sum(share for _, share in cells) == box.size(tally)
            names = tuple(key for key, _ in cells)
            found.setdefault(frozenset(names), Fact(names, least if whole else 0, inf if box.beyond else largest))
    return tuple(one for one in found.values() if one.least > 0 or one.largest < inf)


def members_of(release: Release) -> Members:
    """Of each dimension the codes that are sums of others, each person-year counted once."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for one in release.groups:
        if one.dimension == one.of and not one.several:
            found.setdefault(one.dimension, {}).update(one.members)
    return found


def shown_by(dimension: Dimension, code: str, members: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """What rows show of whom a cell with this code counts; empty where they tell nothing of it."""
    side = _side(dimension, code, members)
    return side.codes if side and side.codes else frozenset()


def _boxes(tally: Tally, keys: Iterable[Key], members: Members) -> dict[Box, list[tuple[Key, int]]]:
    """The cells of each box, each with how many combinations of codes it counts."""
    found: dict[Box, list[tuple[Key, int]]] = {}
    for key in keys:
        conditions = _conditions(key, tally)
        if conditions is None:
            continue
        sides = [_side(one, conditions.get(one.name), members.get(one.name, {})) for one in tally.dimensions]
        placed = [side for side in sides if side is not None]
        if len(placed) == len(sides):
            beyond = any(side.beyond for side in placed)
            box = Box(tuple(side.codes for side in placed), tuple(side.whole for side in placed), beyond)
            found.setdefault(box, []).append((key, prod(side.share for side in placed)))
    return found


def _conditions(key: Key, tally: Tally) -> Mapping[str, str] | None:
    """By dimension, without those that others imply; None where the rows do not tell of one."""
    given = dict(key.codes)
    told = {condition for one in tally.dimensions if given.get(one.name) for condition in one.told}
    left = dict(key.codes - told)
    return left if key.population == tally.population and left.keys() <= set(tally.names) else None


@dataclass(frozen=True)
class _Side:
    """What a cell counts of one dimension, in codes that rows show. share: of how many codes of the dimension."""

    codes: frozenset[str] | None
    share: int = 1
    whole: bool = True
    beyond: bool = False


def _side(dimension: Dimension, code: str | None, members: Mapping[str, tuple[str, ...]]) -> _Side | None:
    if code is None:
        return _Side(None)
    every = frozenset().union(*dimension.codes.values())
    wanted = _spread(code, every, members)
    inside = wanted & every
    shown = frozenset(one for one, meant in dimension.codes.items() if meant & inside)
    meant = frozenset[str]().union(*(dimension.codes[one] for one in shown))
    beyond = wanted > inside
    if not inside or (beyond and dimension.name != YEARS) or (meant != inside and len(wanted) > 1):
        return None
    return _Side(shown, len(inside), meant == inside, beyond)


def _spread(code: str, every: frozenset[str], members: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    if code in every or code not in members:
        return frozenset({code})
    return frozenset().union(*(_spread(one, every, members) for one in members[code]))


def _within(code: str | None, wanted: frozenset[str] | None, dimension: Dimension) -> tuple[bool, bool]:
    """Whether a row that shows this code certainly has one that is wanted, and whether it may have."""
    if wanted is None:
        return True, True
    certain = code in wanted
    return certain, certain or code is None or bool(wanted & dimension.beside.get(code, frozenset()))
