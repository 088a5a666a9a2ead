"""Whatever two readers and two supervisors do, in every order: what two of them agreed on no other one undoes alone."""

from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple
from uuid import UUID, uuid4

import pytest

from accounts.roles import Role
from intake.errors import IntakeError
from intake.linkage.fellegi_sunter import shipped
from intake.matching import policies, quality_sample, sampling, standing
from intake.matching.pairs import NOTHING
from intake.matching.standing import Position, Told
from intake.models.decision import Answer, LinkDecision
from intake.models.matching import Pair
from safeguards.actors import Actor

ACTS = 6
PEOPLE = tuple(
    Actor("user", name, roles=(role.value,))
    for name, role in (
        ("reader", Role.LINKAGE_REVIEWER),
        ("other-reader", Role.LINKAGE_REVIEWER),
        ("supervisor", Role.LINKAGE_SUPERVISOR),
        ("other-supervisor", Role.LINKAGE_SUPERVISOR),
    )
)
VERDICTS = (Answer.SAME, Answer.DIFFERENT, Answer.CANNOT_TELL)


class Step(NamedTuple):
    """One act: what was told and held before it, whose act it was, and what is told and held after it."""

    told: Told
    before: Position
    by: str
    answer: Answer
    after: Position


def row(told: Told, by: Actor, answer: Answer, reading: str, about: LinkDecision | None = None) -> LinkDecision:
    return LinkDecision(id=len(told.answers) + 1, by=by.id, answer=answer, reading=reading, about_id=about and about.pk)


def acts(pair: Pair, told: Told) -> Iterator[LinkDecision]:
    """Everything that anybody may do now, by the rules of the desk."""
    before = told.standing
    for by in PEOPLE:
        with suppress(IntakeError):
            reading = policies.reading_for(pair, before, by)
            yield from [row(told, by, verdict, reading) for verdict in VERDICTS]
        with suppress(IntakeError):
            policies.check_may_undo(before, by)
            yield row(told, by, Answer.TAKEN_BACK, before[-1].reading, before[-1])
        with suppress(IntakeError):
            policies.check_may_contest(pair, before, by)
            yield row(told, by, Answer.CONTESTED, before[-1].reading, before[-1])


def held(pair: Pair, told: Told) -> Position:
    return standing.position(told.standing, twice=policies.is_read_twice(pair, told))


def steps(band: str) -> Iterator[Step]:
    """Every act in every state that so many acts lead to."""
    one, other = sorted((uuid4(), uuid4()))
    weight = shipped().upper if band == Pair.Band.AUTOMATIC else shipped().lower
    pair = Pair(id=UUID(int=1), first_id=one, second_id=other, band=band, weight=weight, explanation=NOTHING)
    seen, reached = set(), [Told()]
    for _ in range(ACTS):
        following = []
        for told in reached:
            before = held(pair, told)
            pair.waits = before.waits
            for act in acts(pair, told):
                then = told.and_then(act)
                yield Step(told, before, act.by, Answer(act.answer), held(pair, then))
                state = (*((row.by, row.answer, row.reading) for row in then.standing), standing.contested(then.answers))
                if state not in seen:
                    seen.add(state)
                    following.append(then)
        reached = following


@pytest.fixture(params=[(band, drawn) for band in (Pair.Band.QUESTION, Pair.Band.AUTOMATIC) for drawn in (False, True)])
def taken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[Step]:
    band, drawn = request.param
    monkeypatch.setattr(sampling, "read_twice", lambda two: drawn)
    monkeypatch.setattr(quality_sample, "sampled", lambda: {UUID(int=1)})
    return list(steps(band))


def agreed(step: Step) -> set[str]:
    return {row.by for row in step.told.standing if row.answer == step.before.decision}


def test_what_two_agreed_on_is_changed_by_no_other_one(taken: list[Step]) -> None:
    of_two = [step for step in taken if len(agreed(step)) > 1 and step.by not in agreed(step)]
    assert {step.answer for step in taken} >= {*VERDICTS, Answer.TAKEN_BACK}
    assert len({step.before.decision for step in taken if len(agreed(step)) > 1}) == 2
    assert [step for step in of_two if step.after.decision != step.before.decision] == []


def test_nobody_changes_what_another_one_decided_but_by_settling(taken: list[Step]) -> None:
    changed = [step for step in taken if step.before.decision and step.after.decision != step.before.decision]
    assert changed
    for step in changed:
        own = step.answer == Answer.TAKEN_BACK and step.told.standing[-1].by == step.by
        assert own or step.before.waits == Pair.Waits.DISPUTED, step
        assert own or step.by.endswith("supervisor"), step
