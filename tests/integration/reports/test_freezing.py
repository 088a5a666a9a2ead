"""Freezing: an edition holds what the register held at its cut-off, counted once, in bytes that depend on nothing else."""

import random
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from intake.facts import ContributionFact
from intake.models.contribution import Contribution
from intake.models.use import Use
from jobs.models import Job
from jobs.services import drain
from reports.editions import freezing, selectors, services
from reports.editions.printed import Printed, from_bytes, to_bytes
from reports.figures.printing import as_json
from reports.figures.services import exact_figures
from reports.models import Edition, EditionStep, Freeze, FrozenInput
from safeguards.errors import AppendOnlyError
from tests.integration.reports.edited import ANALYST, FEW, asked, not_attacked, published
from tests.integration.reports.written import refresh_all, relink, remove, write, write_all
from tests.reference_register import facts_by_person_year

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_figures")]
CUTOFF = datetime(2020, 3, 1, tzinfo=UTC)


def some(step: int) -> list[ContributionFact]:
    return [fact for facts in list(facts_by_person_year().values())[::step] for fact in facts]


def exact(row: Edition) -> object:
    return as_json(services.exact_tables(edition=row.id, by=ANALYST))


def live() -> object:
    refresh_all()
    tables = exact_figures(by=ANALYST).tables
    return as_json({figure.id: tables[figure.id] for figure in FEW})


def test_protected_bytes_give_the_tables_again_and_the_same_bytes() -> None:
    write_all(some(100))
    row = published()
    found = selectors.latest()
    assert found is not None
    assert found.edition.number == row.number == 1
    assert to_bytes(from_bytes(found.content)) == found.content
    assert found.tables["2.7"].rows


def test_registers_that_say_the_same_give_the_same_bytes_whoever_came_first() -> None:
    facts = some(150)
    write_all(facts)
    first = not_attacked(cutoff=CUTOFF)
    Contribution.objects.all().delete()
    persons = {fact.person: uuid4() for fact in facts}
    moved = [replace(fact, contribution=uuid4(), person=persons[fact.person]) for fact in facts]
    random.Random(7).shuffle(moved)
    write_all(moved)
    second = not_attacked("2026-2", cutoff=CUTOFF)
    assert without_heading(first) == without_heading(second)
    assert first.input_digest == second.input_digest == KNOWN_DIGEST


# Of the register of the test above: the same on SQLite and on PostgreSQL.
KNOWN_DIGEST = "32eed0acac5f3b9929366510a7d8e0f7408ea9b1dba7a8c64a445252eb40c80d"


def without_heading(row: Edition) -> tuple[bytes, object]:
    return to_bytes(Printed({}, from_bytes(bytes(row.protected)).tables)), exact(row)


def test_what_was_recorded_after_the_cut_off_is_not_in_it() -> None:
    write_all(some(300))
    before = exact(not_attacked(cutoff=CUTOFF))
    write(exploitation_types=("labour",))
    assert exact(not_attacked("2026-2", cutoff=CUTOFF)) == before


def test_years_outside_the_period_are_not_in_it() -> None:
    write(day="2014-05-01")
    write(day="2015-05-01")
    tables = services.exact_tables(edition=not_attacked().id, by=ANALYST)
    assert tables["2.1"].rows[0].counts.year == {"2015": 1, "2016": 0, "2017": 0, "2018": 0, "2019": 0}


def test_freeze_that_is_killed_in_every_portion_gives_the_edition_of_one_that_was_not() -> None:
    write_all(some(300))
    undisturbed = not_attacked(cutoff=CUTOFF)
    identifier = asked("2026-2", cutoff=CUTOFF)
    portions = 0
    while Freeze.objects.get(id=identifier).state != Freeze.State.FROZEN:
        with pytest.raises(Killed):
            go_on_and_die(identifier)
        freezing.go_on(identifier, portion=4)
        portions += 1
    assert portions > 4
    assert without_heading(Edition.objects.get(id=identifier)) == without_heading(undisturbed)
    assert FrozenInput.objects.filter(freeze=identifier).count() == undisturbed.inputs


class Killed(Exception):
    """The process went."""


@transaction.atomic
def go_on_and_die(identifier: UUID) -> None:
    freezing.go_on(identifier, portion=4)
    raise Killed


def test_portion_of_a_freeze_asks_for_the_next_and_a_finished_one_for_nothing() -> None:
    write()
    identifier = asked()
    freezing.go_on(identifier)
    assert Job.objects.filter(kind=freezing.JOB, object_id=str(identifier), state=Job.State.WAITING).count() == 1
    drain(["reports"])
    assert not Job.objects.filter(kind=freezing.JOB, state=Job.State.WAITING).exists()
    freezing.go_on(identifier)
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("turn", range(1, 9))
def test_edition_is_right_whenever_the_register_changes_while_it_is_frozen(turn: int) -> None:
    """A link, a split and a removal between any two portions: each contribution counts once, as it is linked at the end."""
    people = [uuid4() for _ in range(4)]
    rows = [write(people[n % 4], day=f"201{5 + n % 5}-01-01", sex="female", age=20 + n) for n in range(10)]
    identifier = asked()
    for _ in range(turn):
        freezing.go_on(identifier, portion=3)
    state = Freeze.objects.get(id=identifier).state
    relink(rows[0], people[1])
    relink(rows[5], uuid4())
    remove(rows[7])
    drain(["reports"])
    row = Edition.objects.get(id=identifier)
    assert row.inputs == FrozenInput.objects.filter(freeze=identifier).count() == 9
    if state in (Freeze.State.COLLECTING, Freeze.State.CATCHING_UP):
        assert exact(row) == live()


def test_contributions_that_an_edition_counted_are_recorded_as_used_by_it() -> None:
    rows = [write(), write(day="2018-01-01")]
    row = not_attacked()
    assert set(Use.objects.filter(release=row.id).values_list("contribution", flat=True)) == {one.id for one in rows}


def test_one_edition_is_frozen_at_a_time() -> None:
    asked()
    with pytest.raises(freezing.errors.EditionError) as refused:
        asked("2026-2")
    assert refused.value.code == "under-way"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "edition 1"}, "name"),
        ({"years": (2019, 2015)}, "period"),
        ({"years": (2015, 20190)}, "period"),
        ({"cutoff": datetime(2100, 1, 1, tzinfo=UTC)}, "cutoff"),
    ],
)
def test_edition_that_cannot_be_is_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(freezing.errors.EditionError) as refused:
        asked(**changes)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert not Freeze.objects.exists()


def test_edition_and_its_steps_are_written_once() -> None:
    row = published()
    step = EditionStep.objects.get()
    for written in (row, step):
        with pytest.raises(AppendOnlyError):
            written.save()
        with pytest.raises(AppendOnlyError):
            type(written).objects.filter(pk=written.pk).update(pk=uuid4())
    for statement in (
        "UPDATE reports_edition SET name = '2026-9'",
        "DELETE FROM reports_edition",
        "UPDATE reports_editionstep SET reason = 'x'",
        "DELETE FROM reports_editionstep",
    ):
        assert refuses(statement)


def refuses(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return True
    return False


def test_frozen_inputs_go_with_their_contribution() -> None:
    gone: UUID = write().id
    not_attacked()
    Contribution.objects.filter(id=gone).delete()
    assert not FrozenInput.objects.exists()
