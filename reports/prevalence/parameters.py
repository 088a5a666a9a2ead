"""What an analyst asks of an estimate, as it is stored with it: period, lists, strata and how to search. It counts nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from reports.estimation.answer import Asked
from reports.estimation.histories import FEWEST_LISTS, MOST_LISTS
from reports.estimation.overlaps import GROUPS
from reports.estimation.reasons import Thresholds
from reports.estimation.selection import EXHAUSTIVE_BIC
from reports.prevalence import errors

# All models of six lists take seconds for each replicate: more than these would be hours.
MOST_REPLICATES, MOST_REPLICATES_OF_MANY, FEW = 1000, 200, 5
JOINED = "+"


@dataclass(frozen=True)
class Parameters:
    """lists: reporter groups, emm or om. merged: groups of them that are one list each; its code is theirs joined.

    dependence: pairs of lists of which one is known to refer to the other.
    """

    first_year: int
    last_year: int
    lists: tuple[str, ...] = GROUPS
    merged: tuple[tuple[str, ...], ...] = ()
    strata: tuple[str, ...] = ()
    dependence: tuple[tuple[str, str], ...] = ()
    search: str = EXHAUSTIVE_BIC
    order: int = 2
    replicates: int = 0
    seed: int = 1
    thresholds: Thresholds = field(default_factory=Thresholds)

    @property
    def period(self) -> tuple[int, int]:
        return self.first_year, self.last_year

    @property
    def years(self) -> range:
        return range(self.first_year, self.last_year + 1)

    @property
    def merge(self) -> Mapping[str, tuple[str, ...]]:
        return {JOINED.join(codes): codes for codes in self.merged}

    @property
    def number_of_lists(self) -> int:
        return len(self.lists) - sum(len(codes) - 1 for codes in self.merged)

    def asked(self, *, consent_break: bool) -> Asked:
        found = Asked(
            self.search,
            self.order,
            self.replicates,
            self.seed,
            1,
            self.dependence,
            consent_break,
            thresholds=self.thresholds,
        )
        for into, codes in self.merge.items():
            found = found.merged(codes, into)
        return found

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        values = {name: _frozen(value) for name, value in stored.items()}
        return cls(**(values | {"thresholds": Thresholds(**stored["thresholds"])}))


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


def check(asked: Parameters, register: Sequence[int]) -> None:
    """register: its years. Raises EstimateError for what cannot be asked; codes of lists and strata the counting checks."""
    check_period(asked, register)
    if any(len(codes) < 2 for codes in asked.merged):
        raise errors.merged_alone()
    if asked.number_of_lists < FEWEST_LISTS:
        raise errors.few_lists()
    if asked.number_of_lists > MOST_LISTS:
        raise errors.many_lists()
    if not all(_between_lists(pair, asked) for pair in asked.dependence):
        raise errors.referral_not_between_lists()
    most = MOST_REPLICATES if asked.number_of_lists <= FEW else MOST_REPLICATES_OF_MANY
    if asked.replicates > most:
        raise errors.many_replicates(most)


def check_period(asked: Parameters, register: Sequence[int]) -> None:
    if not set(asked.years) or not {asked.first_year, asked.last_year} <= set(register):
        raise errors.period_not_right()


def _between_lists(pair: Iterable[str], asked: Parameters) -> bool:
    places = {one for code in pair for one in _list_of(code, asked)}
    return set(pair) <= set(asked.lists) and len(places) == 2


def _list_of(code: str, asked: Parameters) -> tuple[str, ...]:
    return next(((JOINED.join(codes),) for codes in asked.merged if code in codes), (code,))
