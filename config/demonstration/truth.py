"""Decides the review queue of linkage by what the demonstration knows to be true. A real register has no such knowledge."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from accounts.roles import Role
from config.demonstration.channels import LOADER
from intake.matching import review
from intake.models.decision import Answer, Verdict
from intake.models.matching import Pair, PersonContribution
from safeguards.actors import Actor

PAIRS_AT_ONCE = 200


@dataclass(frozen=True)
class Decided:
    """How many questions were open, by what was decided."""

    same: int
    different: int


@dataclass(frozen=True)
class Wrong:
    """Persons of the register that hold several reference persons, and reference persons that are spread over several."""

    joined: int
    apart: int


def decide_questions(person_of: Mapping[UUID, str], registry: UUID) -> Decided:
    """Every open question whose two contributions are of the demonstration."""
    by = Actor(kind="system", id=LOADER, organisation=registry, roles=(Role.LINKAGE_REVIEWER.value,))
    open_pairs = Pair.objects.filter(band=Pair.Band.QUESTION, waits=Pair.Waits.FIRST).order_by("-weight", "id")
    counted: Counter[str] = Counter()
    decisions = {
        pair.id: _verdict(person_of[pair.first_id], person_of[pair.second_id])
        for pair in open_pairs
        if pair.first_id in person_of and pair.second_id in person_of
    }
    counted.update(verdict.answer for verdict in decisions.values())
    pairs = list(decisions)
    for start in range(0, len(pairs), PAIRS_AT_ONCE):
        review.decide_many(verdicts={pair: decisions[pair] for pair in pairs[start : start + PAIRS_AT_ONCE]}, by=by)
    return Decided(counted[Answer.SAME], counted[Answer.DIFFERENT])


def wrong_persons(person_of: Mapping[UUID, str]) -> Wrong:
    """What linkage made of the demonstration, against the truth."""
    truths: dict[UUID, set[str]] = {}
    persons: dict[str, set[UUID]] = {}
    for contribution, person in PersonContribution.objects.values_list("contribution_id", "person_id"):
        if truth := person_of.get(contribution):
            truths.setdefault(person, set()).add(truth)
            persons.setdefault(truth, set()).add(person)
    return Wrong(
        joined=sum(len(found) > 1 for found in truths.values()), apart=sum(len(found) > 1 for found in persons.values())
    )


def _verdict(first: str, second: str) -> Verdict:
    return Verdict.SAME_DETAILS if first == second else Verdict.DIFFERENT_DETAILS
