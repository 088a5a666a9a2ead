"""Which microdata may leave, as data: columns with their ladders of generalisation, and who may have which of them.

It knows no register and reads no rows. What a request asks for is checked here before anything is counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

MOST_QUASI_IDENTIFIERS = 4
# Together with sex they single out half of all rows of the register.
NEVER_TOGETHER = frozenset({"nationality", "unit", "year", "age"})


class Kind(StrEnum):
    """A quasi-identifier is what somebody who looks for a person knows; a sensitive column is what they would like to know.

    There is no kind for a date, a free text or a key: such a column cannot be declared.
    """

    QUASI_IDENTIFIER = "quasi-identifier"
    SENSITIVE = "sensitive"


@dataclass(frozen=True)
class Level:
    """One step of a ladder. codes: all that a value may become; recode: from the finest code to one of these.

    top: keep the so many most frequent codes and call the rest OTHER; then recode is not looked at. Empty is unknown.
    """

    name: str
    codes: tuple[str, ...]
    recode: Mapping[str, str] = field(default_factory=dict)
    top: int = 0


OTHER = "other"


@dataclass(frozen=True)
class Column:
    """ladder goes from fine to coarse; its first level is the finest that leaves."""

    name: str
    kind: Kind
    ladder: tuple[Level, ...]

    def level(self, name: str) -> Level | None:
        return next((level for level in self.ladder if level.name == name), None)


@dataclass(frozen=True)
class Specification:
    """k: rows that share each combination of quasi-identifiers; diversity: values of each sensitive column among them.

    anonymous: False where rows leave under pseudonyms by a law of their own; then columns alone are limited.
    """

    name: str
    k: int
    diversity: int
    columns: tuple[Column, ...]
    anonymous: bool = True

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True)
class Chosen:
    """A column of an extract, at one step of its ladder."""

    column: Column
    level: Level


class NotAllowedTogetherError(ValueError):
    """A request that no protection makes safe. code is for programs; names are columns, never values."""

    def __init__(self, code: str, names: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.names = tuple(names)


def choose(specification: Specification, asked: Mapping[str, str]) -> tuple[Chosen, ...]:
    """The columns asked for (name to level) in the order of the specification. Raises NotAllowedTogetherError."""
    outside = sorted(name for name in asked if specification.column(name) is None)
    if outside:
        raise NotAllowedTogetherError("outside-allow-list", outside)
    if not asked:
        raise NotAllowedTogetherError("nothing")
    chosen = tuple(_at_level(column, asked[column.name]) for column in specification.columns if column.name in asked)
    if not specification.anonymous:
        return chosen
    quasi = [one.column.name for one in chosen if one.column.kind is Kind.QUASI_IDENTIFIER]
    if set(quasi) >= NEVER_TOGETHER:
        raise NotAllowedTogetherError("never-together", sorted(NEVER_TOGETHER))
    if len(quasi) > MOST_QUASI_IDENTIFIERS:
        raise NotAllowedTogetherError("too-many", quasi)
    return chosen


def _at_level(column: Column, name: str) -> Chosen:
    level = column.level(name)
    if level is None:
        raise NotAllowedTogetherError("level", [column.name])
    return Chosen(column, level)
