"""The three populations of Figure 2.1, judged on the contributions of one person in one year. Counts nothing itself."""

from collections.abc import Collection
from enum import StrEnum

from reports.personyears.contributions import EMM, KMAR


class Population(StrEnum):
    """From wide to narrow; each lies within the one before it."""

    REGISTERED = "registered"
    WITHOUT_EMM_ONLY = "without-emm-only"
    BASE = "base"


NESTED = tuple(Population)


def population_of(*, sources: Collection[str], groups: Collection[str], exploitation_types: Collection[str]) -> Population:
    """The narrowest population that the person-year belongs to.

    Known through EMM alone: registered only. Sexual exploitation of which KMar is the only reporter: not in the base
    population, and since EMM and OM are no reporters they do not change that. An OM letter alone is in all three.
    """
    if set(sources) == {EMM}:
        return Population.REGISTERED
    if "sexual" in exploitation_types and set(groups) == {KMAR}:
        return Population.WITHOUT_EMM_ONLY
    return Population.BASE


def within(population: Population) -> tuple[Population, ...]:
    """All populations that a person-year of this narrowest one belongs to."""
    return NESTED[: NESTED.index(population) + 1]
